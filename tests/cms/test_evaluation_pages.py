"""What learners think, in the administration: for trainers and coordinators, ten answers at a time."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from courses.models import Evaluation, Module
from tests.factories import ModuleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def answered(module: Module, count: int, *, released: bool, **said: str) -> None:
    Evaluation.objects.bulk_create(Evaluation(module=module, is_released=released, **said) for _number in range(count))


@pytest.fixture
def module() -> Module:
    return ModuleFactory(title="Demokratidialog")


def page_of(client: Client, module: Module) -> str:
    return client.get(reverse("evaluations:module", args=[module.pk])).content.decode()


@pytest.mark.parametrize("who", ["trainer", "coordinator"])
def test_it_shows_counts_and_texts(client_of, request, module, who) -> None:
    answered(module, 9, released=True, worth_time="yes", knows_what_to_do="partly")
    answered(module, 1, released=True, unclear="Vem ringer jag på natten?")
    client = client_of(request.getfixturevalue(who))

    page = page_of(client, module)

    assert "10 personer har svarat" in page
    assert "Vem ringer jag på natten?" in page
    assert 'value="9" max="10"' in page
    assert "10 svar" in client.get(reverse("evaluations:list")).content.decode()


def test_it_shows_nothing_of_what_waits(client_of, trainer, module) -> None:
    answered(module, 9, released=False, unclear="Hemligt än så länge")
    client = client_of(trainer)

    page = page_of(client, module) + client.get(reverse("evaluations:list")).content.decode()

    assert "Färre än tio har svarat." in page
    assert "Hemligt" not in page
    assert "9" not in page[page.index("<h1>") : page.index("</main>")]


def test_it_escapes_what_learners_wrote(client_of, trainer, module) -> None:
    answered(module, 10, released=True, unclear="<script>alert(1)</script>")

    page = page_of(client_of(trainer), module)

    assert "<script>alert" not in page
    assert escape("<script>alert(1)</script>") in page


@pytest.mark.parametrize("who", ["learner", "manager", "outsider"])
def test_nobody_else_reads_it(client_of, request, module, who) -> None:
    client = client_of(request.getfixturevalue(who))

    for address in (reverse("evaluations:list"), reverse("evaluations:module", args=[module.pk])):
        assert client.get(address).status_code in {302, 403}


def test_an_unknown_module_is_not_found(client_of, trainer) -> None:
    assert client_of(trainer).get(reverse("evaluations:module", args=[999])).status_code == 404


def test_it_asks_as_many_queries_for_many_modules_as_for_one(client_of, trainer, django_assert_max_num_queries) -> None:
    client = client_of(trainer)
    for _number in range(30):
        answered(ModuleFactory(), 10, released=True)

    with django_assert_max_num_queries(20):
        client.get(reverse("evaluations:list"))
