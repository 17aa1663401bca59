"""One way to draw every field: label, hint, and what is wrong in the same words twice."""

from __future__ import annotations

import pytest
from django import forms
from django.template.loader import render_to_string

from config.templatetags.looks import FormError, current, form_errors, module_sign, place_in, status_words


class OfferForm(forms.Form):
    name = forms.CharField(
        label="Namn", help_text="Som i personalsystemet.", widget=forms.TextInput(attrs={"placeholder": "Namn"})
    )
    channel = forms.ChoiceField(label="Kanal", choices=[("m", "E-post"), ("s", "Webbplats")], widget=forms.RadioSelect)
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Modulen är redan tilldelad.")


def drawn(form: forms.Form, name: str) -> str:
    return render_to_string("components/field.html", {"field": form[name]})


def test_it_lists_errors_of_the_form_then_of_its_fields_with_where_to_go() -> None:
    errors = form_errors(OfferForm({"name": ""}))

    assert [error.target for error in errors] == ["", "id_name", "id_channel_0", ""]
    assert errors[0] == FormError("Modulen är redan tilldelad.")


def test_it_names_the_empty_field_in_summary_and_at_the_field_alike() -> None:
    form = OfferForm({"name": ""})

    in_summary = form_errors(form)[1].text

    assert "Namn" in in_summary
    assert in_summary in drawn(form, "name")


def test_it_finds_nothing_wrong_in_no_form_or_an_unsent_one() -> None:
    assert form_errors(None) == []
    assert form_errors(OfferForm()) == []


def test_it_ties_hint_and_error_to_the_field() -> None:
    html = drawn(OfferForm({"name": ""}), "name")

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_it_draws_choices_in_a_fieldset_with_its_question() -> None:
    html = drawn(OfferForm(), "channel")

    assert "<fieldset" in html
    assert "<legend>" in html
    assert html.count('class="ds-input"') == 2


def test_it_draws_no_placeholder() -> None:
    assert "placeholder" not in drawn(OfferForm(), "name")


def test_it_counts_places_from_one_and_says_none_as_zero() -> None:
    assert [place_in(option, ["b", "a"]) for option in ("a", "b", "c")] == [2, 1, 0]
    assert place_in("a", None) == 0


def test_it_refuses_a_status_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        status_words("almost")


def test_it_gives_a_module_without_a_sign_the_common_one() -> None:
    assert [module_sign(slug) for slug in ("informationsdelning", "nytt")] == ["informationsdelning", "module"]


@pytest.mark.parametrize(
    ("path", "address", "said"),
    [("/", "/", "page"), ("/chef/3/", "/chef/", "true"), ("/mina-intyg/", "/", ""), ("/vid-oro/", "/chef/", "")],
)
def test_it_says_which_link_of_the_menu_leads_here(rf: object, path: str, address: str, said: str) -> None:
    assert current({"request": rf.get(path)}, address) == said  # type: ignore[arg-type, attr-defined]  # a dict serves as context
