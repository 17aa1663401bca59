"""The learner's start page, the list of modules and one module."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import path, reverse

from config.urls import urlpatterns as site
from courses import views
from courses.actions.withdraw import lift, withdraw
from courses.models import Completion, Exemption, LegalSource, ModuleRule, Offer, Round
from courses.payload import Image, Legal, Review, Source, Text
from tests.drafts import check, draft, given_out, lesson, question
from tests.factories import RECORDED, START, ModuleFactory
from tests.taking import NOON, TODAY, assign, take_check, take_lesson, take_module

urlpatterns = [path("min-start/", views.start), *site]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__), pytest.mark.usefixtures("today", "city", "in_english")]

LATER = NOON + dt.timedelta(days=400)


@pytest.fixture
def edition():
    return given_out()


@pytest.fixture
def client(client_of, learner) -> Client:
    return client_of(learner)


def text_of(response) -> str:
    return " ".join(response.content.decode().split()).replace("> ", ">").replace(" <", "<")


def start_page(client) -> str:
    return text_of(client.get("/min-start/"))


def module_page(client, edition) -> str:
    return text_of(client.get(reverse("courses:module", kwargs={"slug": edition.module.slug})))


def statuses(page: str) -> list[str]:
    return re.findall(r'<li class="task" data-status="(\w+)"', page)


def test_an_assigned_module_stands_first_with_what_to_do_by_when(client, edition, administration) -> None:
    given_out(draft(slug="annan", title="Annan modul"))
    assign(edition.module, administration)

    page = start_page(client)

    assert page.index("Assigned to you") < page.index("Begin Informationsdelning") < page.index("More modules")
    assert page.index("More modules") < page.index("Begin Annan modul")
    assert "Done by 30 April 2026" in page
    assert "9 minutes" in page


def test_the_statuses_follow_what_the_learner_does(client, learner, edition, administration) -> None:
    assign(edition.module, administration)
    before = statuses(start_page(client))
    take_lesson(learner, edition)
    during = statuses(start_page(client))
    take_check(learner, edition)

    assert [before, during, statuses(start_page(client))] == [["not_started"], ["in_progress"], ["done"]]


def test_what_is_done_comes_last(client, learner, administration) -> None:
    done, undone = given_out(draft(slug="a", title="A")), given_out(draft(slug="b", title="B"))
    assign(done.module, administration, due_on=TODAY)
    assign(undone.module, administration)
    take_module(learner, done)

    assert statuses(start_page(client)) == ["not_started", "done"]


def test_a_module_whose_day_has_passed_is_overdue_besides_its_status(client, edition, administration) -> None:
    assign(edition.module, administration, due_on=TODAY - dt.timedelta(days=1))

    page = start_page(client)

    assert "Overdue" in page
    assert statuses(page) == ["not_started"]


def test_a_module_is_not_overdue_on_its_last_day(client, edition, administration) -> None:
    assign(edition.module, administration, due_on=TODAY)

    assert "Overdue" not in start_page(client)


def test_a_module_that_ran_out_is_overdue_and_asks_for_the_check(client_of, learner, edition, administration) -> None:
    ModuleRule.objects.create(module=edition.module, validity_months=12, from_on=START, recorded_at=RECORDED)
    assign(edition.module, administration, due_on=dt.date(2028, 1, 1))
    take_module(learner, edition, NOON - dt.timedelta(days=20))

    with time_machine.travel(LATER, tick=False):
        page = start_page(client_of(learner))

    assert "Overdue" in page
    assert "Take the knowledge check again: the validity has run out." in page


def test_a_refresher_is_overdue_when_it_has_waited_too_long(client, client_of, learner, edition, administration) -> None:
    assign(edition.module, administration)
    take_module(learner, edition)
    rewritten = lesson(blocks=(Text(id="t", html="<p>Ny lag.</p>"),))
    given_out(draft(rewritten, check()), edition.module, material=frozenset({"l1"}), in_force_from=TODAY)

    waiting = start_page(client)
    with time_machine.travel(NOON + dt.timedelta(days=91), tick=False):
        late = start_page(client_of(learner))

    assert "Renew Informationsdelning" in waiting
    assert "Done by 31 May 2026" in waiting
    assert ("Overdue" in waiting, "Overdue" in late) == (False, True)


def test_a_module_that_is_still_to_come_has_no_link(client, administration) -> None:
    module = ModuleFactory(slug="kommande")
    assign(module, administration)
    given_out(draft(slug="kommande", title="Kommande"), module, in_force_from=dt.date(2026, 4, 1))

    page = start_page(client)

    assert statuses(page) == ["blocked"]
    assert "Can be taken from 1 April 2026." in page
    assert 'href="/moduler/kommande/"' not in page


def test_showing_an_assigned_module_is_an_offer_written_once(client, learner, edition, administration) -> None:
    assign(edition.module, administration)

    for _visit in range(2):
        start_page(client)
        module_page(client, edition)

    offer = Offer.objects.get()
    assert (offer.user, offer.module, offer.channel, offer.offered_on) == (learner, edition.module, "site", TODAY)


def test_showing_a_module_that_is_not_assigned_offers_nothing(client, edition) -> None:
    start_page(client)
    module_page(client, edition)

    assert not Offer.objects.exists()


def test_reading_writes_no_round(client, edition, administration) -> None:
    assign(edition.module, administration)
    start_page(client)
    module_page(client, edition)

    assert not Round.objects.exists()


def test_the_start_page_asks_a_bounded_number_of_queries(
    client, learner, administration, django_assert_max_num_queries
) -> None:
    for number in range(6):
        edition = given_out(draft(slug=f"m{number}", title=f"M{number}"))
        assign(edition.module, administration)
        take_lesson(learner, edition)
    start_page(client)

    with django_assert_max_num_queries(10):
        start_page(client)


def test_a_person_without_employment_may_take_every_module(client_of, outsider, edition) -> None:
    page = start_page(client_of(outsider))

    assert "No module is assigned to you. You may take any of them." in page
    assert "Begin Informationsdelning" in page


def test_an_empty_site_says_so(client) -> None:
    assert "There are no modules yet" in start_page(client)
    assert "There are no modules yet" in text_of(client.get("/moduler/"))


def test_the_list_of_modules_shows_them_by_title(client) -> None:
    given_out(draft(slug="b", title="Bete"))
    given_out(draft(slug="a", title="Ansvar"))

    page = text_of(client.get("/moduler/"))

    assert page.index("Begin Ansvar") < page.index("Begin Bete")


def test_a_module_says_what_it_gives_for_whom_and_which_edition_it_is(client, edition) -> None:
    page = module_page(client, edition)

    for words in ("skilja åsikt från brott", "Alla som möter barn och unga.", "Edition 1.0", "Ny utgåva.", "Not reviewed by"):
        assert words in page


def test_a_reviewed_edition_names_the_jurist(client) -> None:
    edition = given_out(review=Review(by="Jo Jurist", on=dt.date(2026, 1, 30)))

    page = module_page(client, edition)

    assert "Reviewed by jurist Jo Jurist, 30 January 2026." in page
    assert "Not reviewed by" not in page


def test_the_button_leads_to_the_next_step_that_is_not_done(client, learner, edition) -> None:
    before = module_page(client, edition)
    take_lesson(learner, edition)
    after = module_page(client, edition)

    assert re.search(r'href="/moduler/informationsdelning/l1/"[^>]*><span>Begin', before)
    assert re.search(r'href="/moduler/informationsdelning/k1/"[^>]*><span>Continue', after)
    assert "You have not passed “Kunskapskontroll” yet." in after


def test_a_withdrawn_module_says_why_and_offers_no_step(client, edition, trainer) -> None:
    withdraw(edition=edition, step_key="", reason="Fel i allt.", by=trainer, at=NOON)

    page = module_page(client, edition)

    assert "The module is withdrawn at present" in page
    assert "Fel i allt." in page
    assert "<span>Begin" not in page


def test_what_a_withdrawal_held_back_is_completed_with_one_button(client, learner, edition, trainer) -> None:
    take_lesson(learner, edition)
    stop = withdraw(edition=edition, step_key="l1", reason="Vänta.", by=trainer, at=NOON)
    take_check(learner, edition)
    held_back = module_page(client, edition)
    lift(withdrawal=stop, by=trainer, at=NOON)

    assert "Withdrawn at present: Vänta." in held_back
    assert "Complete the module" in module_page(client, edition)
    response = client.post(reverse("courses:module", kwargs={"slug": edition.module.slug}))
    assert response.url == reverse("courses:completed", kwargs={"slug": edition.module.slug})
    assert Completion.objects.count() == 1


def test_nobody_completes_by_asking_alone(client, edition) -> None:
    client.post(reverse("courses:module", kwargs={"slug": edition.module.slug}))

    assert not Completion.objects.exists()


def test_the_completion_page_says_how_long_it_is_valid(client, learner, edition) -> None:
    ModuleRule.objects.create(module=edition.module, validity_months=24, from_on=START, recorded_at=RECORDED)
    take_module(learner, edition)

    page = text_of(client.get(reverse("courses:completed", kwargs={"slug": edition.module.slug})))

    assert "valid to and including 1 March 2028" in page
    assert "/mina-intyg/" in page


def test_before_the_completion_its_page_leads_to_the_module(client, edition) -> None:
    response = client.get(reverse("courses:completed", kwargs={"slug": edition.module.slug}))

    assert response.url == reverse("courses:module", kwargs={"slug": edition.module.slug})


def test_a_refresher_says_what_has_changed(client, learner, edition) -> None:
    take_module(learner, edition)
    rewritten = lesson(blocks=(Text(id="t", html="<p>Ny lag.</p>"),))
    given_out(draft(rewritten, check()), edition.module, material=frozenset({"l1"}), change_note="Ny lag om skolor.")

    page = module_page(client, edition)

    assert "Ny lag om skolor. Only the steps that have changed are left." in page
    assert statuses(page) == ["not_started", "done"]


def test_the_printout_holds_every_lesson_and_no_answer(client) -> None:
    source = Source(key="osl", designation="OSL 10 kap. 27 §", law="OSL", check_again_on=dt.date(2027, 1, 1))
    LegalSource.objects.create(key="osl", law="OSL", designation="OSL 10 kap. 27 §", summary="Så.")
    blocks = (Text(id="t", html="<p>Läs <b>detta</b>.</p>"), Legal(id="s", source="osl"), question("q"))
    edition = given_out(draft(lesson(blocks=blocks), check(), sources=(source,)))

    page = text_of(client.get(reverse("courses:print", kwargs={"slug": edition.module.slug})))

    assert "Läs<b>detta</b>" in page
    assert "OSL 10 kap. 27 §" in page
    assert "Räcker misstanke?" in page
    assert "Misstanke räcker." not in page


def test_the_printout_leaves_out_what_is_withdrawn(client, edition, trainer) -> None:
    withdraw(edition=edition, step_key="l1", reason="Lagen ändras.", by=trainer, at=NOON)

    page = text_of(client.get(reverse("courses:print", kwargs={"slug": edition.module.slug})))

    assert "Lagen ändras." in page
    assert "Läs detta." not in page


@pytest.mark.parametrize("page", ["module", "completed", "print"])
def test_a_former_address_leads_on_and_an_unknown_one_is_not_found(client, page) -> None:
    first = given_out()
    given_out(draft(slug="dela"), first.module)

    moved = client.get(reverse(f"courses:{page}", kwargs={"slug": "informationsdelning"}))

    assert (moved.status_code, moved.url) == (301, reverse(f"courses:{page}", kwargs={"slug": "dela"}))
    assert client.get(reverse(f"courses:{page}", kwargs={"slug": "finns-inte"})).status_code == 404


@pytest.mark.parametrize("page", ["module", "completed", "print"])
def test_a_module_before_its_day_is_not_found(client, page) -> None:
    edition = given_out(in_force_from=TODAY + dt.timedelta(days=1))

    assert client.get(reverse(f"courses:{page}", kwargs={"slug": edition.module.slug})).status_code == 404


@pytest.mark.parametrize("address", ["/min-start/", "/moduler/", "/moduler/informationsdelning/"])
def test_nobody_comes_in_without_logging_in(edition, address) -> None:
    assert Client().get(address).url.startswith("/konto/")


def test_an_image_is_served_by_a_view(client) -> None:
    image = Image(id="i", file=f"{'a' * 64}.png", width=10, height=10, alt="En bild")
    edition = given_out(draft(lesson(blocks=(image,)), check()))

    page = text_of(client.get(reverse("courses:step", kwargs={"slug": edition.module.slug, "step": "l1"})))

    assert f'src="/moduler/fil/{"a" * 64}.png"' in page


def test_it_says_that_the_learner_is_exempt_why_and_how_long(client, learner, edition, administration) -> None:
    assign(edition.module, administration)
    exempt = {"user": learner, "module": edition.module, "reason": "leaving", "from_on": TODAY, "recorded_at": RECORDED}
    Exemption.objects.create(until_on=TODAY + dt.timedelta(days=1), **exempt)

    page = module_page(client, edition)

    assert "You are exempt from this module" in page
    assert "Until and including 2 March 2026" in page
    assert "Leaves the post soon" in page
