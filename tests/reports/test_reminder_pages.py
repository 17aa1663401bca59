"""The pages of reminders."""

from __future__ import annotations

import pytest
from django.core import mail

from organisation.models import Event
from reports.models import MailChoice, Mailing, RefusedAddress, reminded_on
from reports.reminding.posting import MailServerDown
from tests.factories import EmploymentFactory, UserFactory
from tests.reports.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def post(client, department, edition, *people, **more):
    data = {"person": [person.pk for person in people], "module": edition.module.pk, **more}
    return client.post(f"/chef/{department.pk}/paminn/", data)


def test_it_shows_who_gets_what_before_anything_is_sent(client_of, manager, youth_centre, learner, edition) -> None:
    nameless = EmploymentFactory(user=UserFactory(email=None, last_name="Utanpost"), department=youth_centre).user
    refused = EmploymentFactory(user=UserFactory(last_name="Avvisad"), department=youth_centre).user
    RefusedAddress.objects.create(user=refused, address=refused.email, refused_on=TODAY, code=550)

    response = post(client_of(manager), youth_centre, edition, learner, nameless, refused)

    assert "1 person får ett mejl" in response.text
    assert "Din chef vill påminna dig om modulen ”Informationsdelning”." in response.text
    assert {choice.person.last_name: choice.obstacle for choice in response.context["reminding"].left_out} == {
        "Utanpost": "no_address",
        "Avvisad": "refused",
    }
    assert mail.outbox == []


def test_it_sends_once_a_day_and_keeps_who_asked(client_of, manager, youth_centre, learner, edition) -> None:
    client = client_of(manager)

    answers = [post(client, youth_centre, edition, learner, do="send") for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [message.to for message in mail.outbox] == [[learner.email]]
    assert Mailing.objects.get().asked_by == manager
    assert reminded_on([learner.pk], edition.module.pk) == {learner.pk: TODAY}
    assert Event.objects.filter(verb="persons.reminded", actor=manager).exists()
    assert "Påmind 31 mars." in client.get(f"/chef/{youth_centre.pk}/").text


def test_it_reaches_nobody_outside_the_department_or_with_protected_identity(
    client_of, manager, youth_centre, other_department, learner, edition
) -> None:
    stranger = EmploymentFactory(department=other_department).user
    protected = EmploymentFactory(user=UserFactory(is_protected=True), department=youth_centre).user

    response = post(client_of(manager), youth_centre, edition, stranger, protected, do="send")

    assert response.status_code == 302
    assert mail.outbox == []


@pytest.mark.parametrize("somebody", ["learner", "other_manager", "coordinator", "trainer"])
def test_it_is_not_found_for_who_does_not_answer_for_the_department(
    client_of, request, youth_centre, learner, edition, somebody
) -> None:
    assert post(client_of(request.getfixturevalue(somebody)), youth_centre, edition, learner, do="send").status_code == 404
    assert mail.outbox == []


@pytest.mark.parametrize("wrong", ["", "x", "9" * 30, "-1", "999999"])
def test_a_module_that_is_none_is_not_found(client_of, manager, youth_centre, learner, edition, wrong: str) -> None:
    data = {"person": [learner.pk], "module": wrong}

    assert client_of(manager).post(f"/chef/{youth_centre.pk}/paminn/", data).status_code == 404


@pytest.mark.parametrize("wrong", [[], ["x"], ["9" * 30]])
def test_without_a_person_it_leads_back(client_of, manager, youth_centre, edition, wrong: list[str]) -> None:
    data = {"person": wrong, "module": edition.module.pk}

    response = client_of(manager).post(f"/chef/{youth_centre.pk}/paminn/", data)

    assert response["Location"] == f"/chef/{youth_centre.pk}/"


def test_a_mail_server_that_is_down_is_said(client_of, manager, youth_centre, learner, edition, monkeypatch) -> None:
    def down(*_arguments: object) -> None:
        raise MailServerDown("no answer")

    monkeypatch.setattr("reports.reminding.posting.Post._open", down)
    response = post(client_of(manager), youth_centre, edition, learner, do="send")

    assert response.status_code == 302
    assert not Mailing.objects.exists()


def test_one_chooses_how_reminders_come(client_of, learner) -> None:
    client = client_of(learner)

    client.post("/konto/paminnelser/", {"how": "weekly"})
    wrong = client.post("/konto/paminnelser/", {"how": "never"})

    assert wrong.status_code == 200
    assert MailChoice.objects.get(user=learner).is_weekly
    assert client.get("/konto/paminnelser/").context["form"].initial == {"how": "weekly"}


def test_the_link_in_a_mail_leads_to_the_next_step(client_of, learner, edition) -> None:
    response = client_of(learner).get("/moduler/informationsdelning/fortsatt/")

    assert response["Location"] == "/moduler/informationsdelning/l1/"
    assert client_of(learner).get("/moduler/finns-inte/fortsatt/").status_code == 404
