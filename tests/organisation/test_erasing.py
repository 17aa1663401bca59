"""A person is erased by a decision: who it was goes, that it happened stays, and a genuine paper stays genuine."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from certificates.actions import HolderErased, issue, missing_completions, replace, reserve, store, storing
from certificates.models import Certificate, CertificateDocument, ErasedCertificate, file_name_of, private_storage
from courses.models import Acceptance, Answer, Assignment, Attempt, Completion, Module, Offer
from organisation.actions.erase_person import ErasureRefused, erase_person
from organisation.files import delete_doomed
from organisation.history import end
from organisation.models import DoomedFile, Employment, Erasure, Event, HrUpload, User
from tests.completions import COMPLETED_AT, completed
from tests.factories import RECORDED, START, AudienceRuleFactory, CityFactory, ManagerFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2028, 5, 1, 10, 0, tzinfo=dt.UTC)
DECISION = "KS 2028/12"


@pytest.fixture
def leaver(city: Any, learner: User) -> User:
    """Worked at the youth centre, completed a module there, and has left."""
    completion = completed(learner)
    answered = {"round": completion.round, "step_key": "k1", "material_revision": 1}
    attempt = Attempt.objects.create(
        **answered, edition=completion.edition, number=1, question_ids=["k1-q1"], started_at=AT, finished_at=AT
    )
    Answer.objects.create(**answered, attempt=attempt, question_id="k1-q1", response="k1-q1-a", is_right=True, answered_at=AT)
    Offer.objects.create(user=learner, module=completion.module, channel="site", offered_on=AT.date(), recorded_at=AT)
    issue(completion, at=AT)
    end(Employment.objects.get(user=learner), until_on=dt.date(2027, 1, 1), by=None, at=AT)
    return learner


def erased(person: User, by: User, decision: str = DECISION) -> Erasure:
    return erase_person(person=person, decision=decision, by=by, at=LATER)


def everything_stored() -> str:
    """Return all rows of all tables as text."""
    return "".join(serializers.serialize("json", model._default_manager.all()) for model in apps.get_models())


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """Erase as a request does: what comes after the commit is done too."""

    def run(*args: Any, **kwargs: Any) -> Erasure:
        with django_capture_on_commit_callbacks(execute=True):
            return erased(*args, **kwargs)

    return run


def test_nothing_says_who_it_was_any_more(leaver, coordinator, committed, settings) -> None:
    number, last_name, address = leaver.employee_number, leaver.last_name, leaver.email
    assert last_name in everything_stored()

    committed(leaver, coordinator)

    stored = everything_stored()
    assert not [word for word in (number, last_name, address) if word in stored]
    assert not list(private_storage().listdir("certificates")[1])
    folder = settings.STORAGES["private"]["OPTIONS"]["location"]
    assert not [file for file in folder.rglob("*") if file.is_file()]


def test_what_happened_stays(leaver, coordinator) -> None:
    kept = (Completion, Employment, Offer)
    before = [list(model.objects.filter(user=leaver).values()) for model in kept]

    erased(leaver, coordinator)

    assert [list(model.objects.filter(user=leaver).values()) for model in kept] == before
    assert not Attempt.objects.exists()
    assert not Answer.objects.exists()


def test_the_figures_of_past_days_stay(leaver, coordinator, manager, youth_centre) -> None:
    audience = AudienceRuleFactory(departments=[youth_centre]).audience
    dated = {"from_on": START, "recorded_at": RECORDED}
    assignment = Assignment.objects.create(module=Module.objects.get(), audience=audience, due_on=AT.date(), **dated)
    seen = {"accepted_on": START, "accepted_by": manager, "persons": 1, "minutes": 30, "recorded_at": RECORDED}
    Acceptance.objects.create(assignment=assignment, department=youth_centre, **seen)

    def figures(**terms: Any) -> list[dict[str, Any]]:
        out = StringIO()
        call_command("figures", as_of="2026-08-31", format="json", stdout=out, **terms)
        return json.loads(out.getvalue())

    before = figures()
    assert any(row["completed"] and row["offered"] and row["started"] for row in before)

    erased(leaver, coordinator)

    assert figures() == before
    assert figures(known_at="2027-01-01T00:00:00+00:00") == before


def test_a_person_without_name_or_login_is_left(leaver, coordinator) -> None:
    leaver.groups.add(coordinator.groups.get())

    erased(leaver, coordinator)

    left = User.objects.get(pk=leaver.pk)
    assert str(left) == "Gallrad person"
    assert (left.employee_number, left.email, left.is_active, left.is_staff) == (None, None, False, False)
    assert not left.has_usable_password()
    assert not left.groups.exists()


def test_the_protocol_says_how_much_and_not_who(leaver, coordinator) -> None:
    protocol = erased(leaver, coordinator, "  KS  2028/12 ")

    assert (protocol.decision, protocol.erased_by, protocol.erased_on) == ("KS 2028/12", coordinator, LATER.date())
    assert protocol.counts | {"answers": 1, "attempts": 1, "certificates": 1, "completions": 1} == protocol.counts
    event = Event.objects.get(verb="person.erased")
    assert (event.actor, event.details) == (coordinator, {"decision": "KS 2028/12"})


def test_a_bearer_of_the_paper_is_told_that_it_is_genuine(leaver, coordinator, client) -> None:
    code = Certificate.objects.get().code

    erased(leaver, coordinator)

    page = client.get(f"/verifiera/{code}/").content.decode()
    assert 'data-verdict="genuine"' in page
    assert f"Gallrade enligt beslut {DECISION}" in page
    assert "be om PDF-filen" in page
    assert client.get(f"/verifiera/{code}.json").json()["erased_by_decision"] == DECISION


def test_a_bearer_of_the_file_is_told_that_it_is_unchanged(leaver, coordinator, client) -> None:
    content = CertificateDocument.objects.get().read()

    erased(leaver, coordinator)

    def answer(file: bytes) -> str:
        return client.post("/verifiera/", {"fil": SimpleUploadedFile("intyg.pdf", file)}).content.decode()

    assert "Filen är oförändrad" in answer(content)
    assert 'data-verdict="unknown"' in answer(content + b"x")


def test_without_the_key_nobody_can_tell_which_file_it_was(leaver, coordinator, client, settings) -> None:
    content = CertificateDocument.objects.get().read()
    erased(leaver, coordinator)

    settings.ERASURE_KEY = "another"

    answer = client.post("/verifiera/", {"fil": SimpleUploadedFile("intyg.pdf", content)}).content.decode()
    assert 'data-verdict="unknown"' in answer


def test_a_replaced_one_is_erased_too_and_shows_as_replaced(leaver, coordinator, client) -> None:
    old = Certificate.objects.get()
    replace(old, reason=f"{leaver.last_name} var felstavat.", by=coordinator, at=AT)
    issue(old.completion, at=AT)

    erased(leaver, coordinator)

    assert ErasedCertificate.objects.count() == 2
    assert not [one for one in Certificate.objects.all() if one.sheet or one.reason]
    assert 'data-verdict="replaced"' in client.get(f"/verifiera/{old.code}/").content.decode()


def test_nothing_more_is_issued(leaver, coordinator) -> None:
    waiting = completed(leaver, number=2)
    never_asked = completed(leaver, number=3)
    certificate = reserve(waiting, at=AT)

    erased(leaver, coordinator)

    assert missing_completions() == []
    for completion in (waiting, never_asked):
        with pytest.raises(HolderErased):
            issue(completion, at=LATER)
    with pytest.raises(HolderErased):
        store(certificate, b"%PDF drawn before, stored after", at=LATER)
    assert not private_storage().listdir("certificates")[1]


def test_files_that_an_outage_left_go_with_the_next_sweep(leaver, coordinator, committed, monkeypatch) -> None:
    name = CertificateDocument.objects.get().file_name

    def refuse(*_args: Any) -> None:
        raise OSError("no storage")

    monkeypatch.setattr(type(private_storage()), "delete", refuse)
    committed(leaver, coordinator)
    assert (private_storage().exists(name), DoomedFile.objects.count()) == (True, 1)
    monkeypatch.undo()

    assert delete_doomed() == 0
    assert (private_storage().exists(name), DoomedFile.objects.count()) == (False, 0)


def test_a_file_that_a_killed_worker_left_goes_too(leaver, coordinator, committed, monkeypatch) -> None:
    certificate = reserve(completed(leaver, number=2), at=AT)
    real = storing.write_once

    def killed(name: str, content: bytes) -> None:
        real(name, content)
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(storing, "write_once", killed)
        with pytest.raises(SystemExit):
            store(certificate, b"%PDF with a name on it", at=AT)
    left = file_name_of(hashlib.sha256(b"%PDF with a name on it").hexdigest())
    assert private_storage().exists(left)

    committed(leaver, coordinator)

    assert not private_storage().exists(left)


def test_hr_files_that_would_bring_the_person_back_go(leaver, coordinator) -> None:
    for text in (f"{leaver.employee_number};{leaver.last_name}", "A99999;Annan"):
        upload = HrUpload(handed_in_at=AT, handed_in_by=coordinator, as_of=AT.date(), rows=1, started_at=AT)
        upload.departments.save("d.csv", ContentFile(b"x"), save=False)
        upload.people.save("p.csv", ContentFile(text.encode()), save=True)

    erased(leaver, coordinator)

    (left,) = HrUpload.objects.all()
    with left.people.open("rb") as file:
        assert file.read() == b"A99999;Annan"


@pytest.mark.parametrize(
    "decision", ["", "   ", "KS", "x" * 70 + "1", "ks<1>", "KS 2028/12 Kråkbär", "19121212-1212", "beslut om lo 3"]
)
def test_it_refuses_what_is_no_number_or_says_who(leaver, coordinator, decision) -> None:
    with pytest.raises(ErasureRefused):
        erased(leaver, coordinator, decision)

    assert not Erasure.objects.exists()
    assert User.objects.get(pk=leaver.pk).last_name == "Kråkbär"


def test_it_refuses_whoever_is_still_here(city, learner, manager, coordinator) -> None:
    for person in (learner, manager, coordinator):
        with pytest.raises(ErasureRefused):
            erased(person, coordinator)

    assert not Erasure.objects.exists()


def test_it_refuses_whoever_begins_or_takes_over_later(leaver, coordinator, youth_centre, other_department) -> None:
    ManagerFactory(manager=leaver, department=other_department, from_on=dt.date(2029, 1, 1), recorded_at=COMPLETED_AT)

    with pytest.raises(ErasureRefused, match="chef"):
        erased(leaver, coordinator)


def test_it_erases_once(leaver, coordinator) -> None:
    erased(leaver, coordinator)

    with pytest.raises(ErasureRefused, match="redan"):
        erased(leaver, coordinator)
    assert Erasure.objects.count() == 1


def test_it_does_all_or_nothing(leaver, coordinator, monkeypatch) -> None:
    monkeypatch.setattr("organisation.actions.erase_person._leave_a_shell", lambda person: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        erased(leaver, coordinator)

    assert not Erasure.objects.exists()
    assert Answer.objects.exists()
    assert CertificateDocument.objects.get().read().startswith(b"%PDF")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_certificates_that_are_issued_at_the_same_moment_leave_nothing_behind() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("two real connections need PostgreSQL; its run tries it")
    CityFactory()
    person, coordinator = UserFactory(last_name="Samtidigsson"), UserFactory()
    completions = [completed(person, number=number) for number in range(1, 7)]
    start = threading.Barrier(4)

    def issue_some(own: list[Completion]) -> None:
        start.wait()
        for completion in own:
            with suppress(HolderErased):
                issue(completion, at=AT)

    def work(job: Any) -> None:
        try:
            job()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        jobs = [partial(issue_some, completions[place::3]) for place in range(3)]
        list(pool.map(work, [*jobs, lambda: (start.wait(), erased(person, coordinator))]))

    assert Erasure.objects.count() == 1
    assert "Samtidigsson" not in everything_stored()
    assert not [one for one in CertificateDocument.objects.all() if one.sha256]
    folders = private_storage().listdir("certificates")[0] if private_storage().exists("certificates") else []
    assert not [file for folder in folders for file in private_storage().listdir(f"certificates/{folder}")[1]]
