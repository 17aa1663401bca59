"""Certificates of a whole department: begun, worked on, interrupted, cancelled, taken home."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from certificates import jobs
from certificates.actions import issue_many, issuing, replace, revoke
from certificates.bundle import stream_zip
from certificates.jobs import SILENCE, JobRefused, begin_job, cancel, counts_of, take_up_silent, work_on
from certificates.models import Certificate, IssuingJob
from certificates.tasks import issue_missing, take_up_jobs
from organisation.models import Department, Event, User
from tests.completions import completed
from tests.factories import EmploymentFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=30)
ISSUE, REISSUE = IssuingJob.Kind.ISSUE, IssuingJob.Kind.REISSUE
ClientOf = Callable[[User], Client]


@pytest.fixture
def staff(city: Any, youth_centre: Department) -> list[User]:
    """Three who work there and have completed the module."""
    people = [EmploymentFactory(department=youth_centre).user for _turn in range(3)]
    for person in people:
        completed(person)
    return people


def begun(department: Department, by: User, kind: str = ISSUE, **terms: Any) -> IssuingJob:
    return begin_job(department=department, kind=kind, by=by, at=LATER, reason="Nytt namn på staden.", **terms)


def finished(job: IssuingJob, at: dt.datetime = LATER) -> IssuingJob:
    while work_on(job.pk, at=at):
        pass
    job.refresh_from_db()
    return job


def test_it_issues_what_is_missing_for_all_who_work_there(staff, administration, other_department, coordinator) -> None:
    completed(EmploymentFactory(department=other_department).user)

    job = finished(begun(administration, coordinator))

    assert job.finished_at == LATER
    assert counts_of(job) == {"total": 3, "done": 3, "undrawn": 0}
    assert {one.completion.user for one in Certificate.objects.exclude(document=None)} == set(staff)


def test_it_takes_the_latest_completion_of_each(city, youth_centre, coordinator) -> None:
    person = EmploymentFactory(department=youth_centre).user
    completed(person)
    latest = completed(person, number=2)

    job = finished(begun(youth_centre, coordinator))

    assert [item.completion for item in job.items.all()] == [latest]


def test_it_re_issues_each_once(staff, youth_centre, coordinator) -> None:
    finished(begun(youth_centre, coordinator))
    former = set(Certificate.objects.all())

    job = finished(begun(youth_centre, coordinator, REISSUE))
    finished(job)

    new = Certificate.objects.exclude(replaces=None)
    assert {one.replaces for one in new} == former
    assert {one.reason for one in new} == {"Nytt namn på staden."}
    assert set(Certificate.objects.current()) == set(new.exclude(document=None))


def test_another_goes_on_where_a_killed_worker_stopped(staff, youth_centre, coordinator, monkeypatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 1)
    finished(begun(youth_centre, coordinator))
    job = begun(youth_centre, coordinator, REISSUE)
    calls: Iterator[int] = iter(range(100))

    def killed_in_the_second(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return issue_many(*args, **kwargs)

    monkeypatch.setattr(jobs, "issue_many", killed_in_the_second)
    with pytest.raises(KeyboardInterrupt):
        finished(job)
    monkeypatch.setattr(jobs, "issue_many", issue_many)
    assert counts_of(job)["done"] == 1

    # What the killed one had taken waits until that one is taken to be gone.
    assert finished(job).is_working
    assert counts_of(job)["done"] == 2
    finished(job, LATER + SILENCE * 2)

    assert Certificate.objects.exclude(replaces=None).count() == 3
    assert counts_of(job)["done"] == 3
    assert not job.is_working


def test_two_who_work_on_it_take_different_ones(staff, youth_centre, coordinator, monkeypatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 2)
    job = begun(youth_centre, coordinator)
    asked: list[set[int]] = []

    def another_comes_between(keys: list[int], **terms: Any) -> Any:
        asked.append(set(keys))
        if len(asked) == 1:
            work_on(job.pk, at=LATER)
        return issue_many(keys, **terms)

    monkeypatch.setattr(jobs, "issue_many", another_comes_between)
    finished(job)

    first, second = asked
    assert (len(first), len(second)) == (2, 1)
    assert not first & second
    assert not job.is_working


def test_what_is_wrong_with_one_stops_no_other_and_is_tried_again(staff, youth_centre, coordinator, monkeypatch) -> None:
    job = begun(youth_centre, coordinator)
    bad = job.items.order_by("pk")[1]
    real = issuing.draw_page

    def broken(certificate: Certificate, *more: Any) -> Any:
        if certificate.completion_id == bad.completion_id:
            raise RuntimeError("broken")
        return real(certificate, *more)

    monkeypatch.setattr(issuing, "draw_page", broken)
    with pytest.raises(RuntimeError, match="broken"):
        work_on(job.pk, at=LATER)
    monkeypatch.setattr(issuing, "draw_page", real)
    assert counts_of(job) == {"total": 3, "done": 2, "undrawn": 0}

    finished(job, LATER + SILENCE * 2)

    assert counts_of(job)["done"] == 3


def test_it_waits_as_a_whole_for_the_seal(staff, youth_centre, coordinator, settings) -> None:
    settings.SEAL_WHEN_MISSING = "wait"
    job = begun(youth_centre, coordinator)

    assert not work_on(job.pk, at=LATER)
    assert (counts_of(job)["done"], Certificate.objects.count()) == (0, 0)

    settings.SEAL_WHEN_MISSING = "unsealed"
    assert finished(job).finished_at


def test_the_sweep_leaves_to_a_job_what_it_works_on(staff, youth_centre, coordinator) -> None:
    other = completed()
    job = begun(youth_centre, coordinator)

    issue_missing()
    assert [one.completion for one in Certificate.objects.all()] == [other]

    cancel(job, by=coordinator, at=LATER)
    issue_missing()
    assert Certificate.objects.count() == 4


def test_the_sweep_takes_it_up_after_a_silence(staff, youth_centre, coordinator, time_machine) -> None:
    job = begun(youth_centre, coordinator)
    assert take_up_silent(LATER + SILENCE) == []

    time_machine.move_to(LATER + SILENCE * 2)
    take_up_jobs()

    job.refresh_from_db()
    assert not job.is_working


def test_a_silent_one_is_taken_up_once(staff, youth_centre, coordinator) -> None:
    job = begun(youth_centre, coordinator)
    later = LATER + SILENCE * 2

    assert [take_up_silent(later), take_up_silent(later)] == [[job.pk], []]


def test_it_works_in_batches(staff, youth_centre, coordinator, monkeypatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 2)
    job = begun(youth_centre, coordinator)

    assert work_on(job.pk, at=LATER)
    assert counts_of(job)["done"] == 2
    assert not work_on(job.pk, at=LATER)
    assert counts_of(job)["done"] == 3


def test_it_leaves_protected_persons_out_and_counts_them(staff, youth_centre, coordinator, client_of: ClientOf) -> None:
    User.objects.filter(pk=staff[0].pk).update(is_protected=True)

    job = finished(begun(youth_centre, coordinator))

    assert (job.left_out, job.items.count()) == (1, 2)
    page = client_of(coordinator).get(f"/admin/intyg-for-manga/{job.pk}/").content.decode()
    assert "<dt>Ingår inte</dt><dd>1, med skyddade personuppgifter</dd>" in page


def test_it_leaves_revoked_ones_and_what_somebody_else_replaced(staff, youth_centre, coordinator) -> None:
    finished(begun(youth_centre, coordinator))
    one, two, three = Certificate.objects.order_by("number")
    revoke(one, reason="Fel person.", by=coordinator, at=LATER)
    job = begun(youth_centre, coordinator, REISSUE)
    by_hand = replace(two, reason="Felstavat.", by=coordinator, at=LATER)

    finished(job)

    assert {item.certificate for item in job.items.all()} == {by_hand, Certificate.objects.get(replaces=three)}


def test_it_goes_on_past_a_name_that_cannot_be_drawn(staff, youth_centre, coordinator) -> None:
    User.objects.filter(pk=staff[0].pk).update(last_name="\U000132b4")

    job = finished(begun(youth_centre, coordinator))

    assert counts_of(job) == {"total": 3, "done": 3, "undrawn": 1}


def test_the_job_and_the_administration_say_what_stops_one(staff, youth_centre, coordinator, client_of: ClientOf) -> None:
    User.objects.filter(pk=staff[0].pk).update(last_name="李")
    job, client = finished(begun(youth_centre, coordinator)), client_of(coordinator)
    (waiting,) = Certificate.objects.filter(document=None)
    said = f"Intyg {waiting.number} väntar: inget typsnitt har tecknen 李 (U+674E)."
    pages = [f"/admin/intyg-for-manga/{job.pk}/", "/admin/intyg/", f"/admin/intyg/{waiting.number}/"]

    assert [said in client.get(page).content.decode() for page in pages] == [True] * 3
    assert "1 intyg väntar" in client.get("/admin/").content.decode()
    assert "Klart, men alla är inte utfärdade" in client.get(pages[0]).content.decode()

    User.objects.filter(pk=staff[0].pk).update(last_name="Li")
    client.post(f"/admin/intyg/{waiting.number}/", {"do": "replace", "reason": "Namnet med latinska bokstäver."})

    assert Certificate.objects.get(replaces=waiting).document.size
    assert [said in client.get(page).content.decode() for page in pages] == [False] * 3
    assert "intyg väntar" not in client.get("/admin/").content.decode()


def test_a_cancelled_one_stops_and_leaves_what_is_done(staff, youth_centre, coordinator, monkeypatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 1)
    job = begun(youth_centre, coordinator)
    work_on(job.pk, at=LATER)

    assert cancel(job, by=coordinator, at=LATER)

    assert not work_on(job.pk, at=LATER)
    assert counts_of(job)["done"] == 1
    assert not cancel(job, by=coordinator, at=LATER)


def test_a_department_has_one_job_at_a_time(staff, youth_centre, coordinator) -> None:
    job = begun(youth_centre, coordinator)
    with pytest.raises(JobRefused, match="håller redan på"):
        begun(youth_centre, coordinator)

    finished(job)

    assert begun(youth_centre, coordinator).pk != job.pk


def test_it_needs_somebody_who_has_completed_something(city, youth_centre, coordinator) -> None:
    with pytest.raises(JobRefused):
        begun(youth_centre, coordinator)


def test_holders_are_told_of_re_issued_ones_only_if_that_is_chosen(staff, youth_centre, coordinator) -> None:
    finished(begun(youth_centre, coordinator))

    finished(begun(youth_centre, coordinator, REISSUE))
    assert not Certificate.objects.exclude(replaces=None).exclude(letter=None).exists()

    finished(begun(youth_centre, coordinator, REISSUE, tells_holders=True))
    assert Certificate.objects.current().exclude(letter=None).count() == 3


def test_the_archive_holds_each_under_its_number_and_a_list(staff, youth_centre, coordinator, client_of: ClientOf) -> None:
    User.objects.filter(pk=staff[0].pk).update(last_name="=1+1")
    job = finished(begun(youth_centre, coordinator))

    answer = client_of(coordinator).get(f"/admin/intyg-for-manga/{job.pk}/intyg.zip")

    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]
    assert archive.testzip() is None
    assert {each.date_time[:3] for each in archive.infolist()} == {(2026, 4, 1)}
    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert archive.namelist() == ["lista.csv", *(f"{number}.pdf" for number in numbers)]
    assert [archive.read(f"{one.number}.pdf") for one in Certificate.objects.all()] == [
        one.document.read() for one in Certificate.objects.all()
    ]
    rows = list(csv.reader(io.StringIO(archive.read("lista.csv").decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == numbers
    assert "Alva =1+1" in {row[1] for row in rows}
    event = Event.objects.get(verb="certificate.exported")
    assert (event.actor, event.details) == (coordinator, {"rows": 3})


def test_the_archive_is_made_while_it_is_sent() -> None:
    asked: list[int] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for number in range(3):
            asked.append(number)
            yield f"{number}.pdf", b"x" * 1000

    pieces = stream_zip(files(), AT)

    assert len(next(pieces)) > 1000
    assert asked == [0]


def test_the_pages_show_it_begin_go_on_and_end(staff, youth_centre, coordinator, client_of: ClientOf) -> None:
    client = client_of(coordinator)
    terms = {"department": youth_centre.pk, "kind": REISSUE}

    refused = client.post("/admin/intyg-for-manga/", terms)
    begun_page = client.post("/admin/intyg-for-manga/", terms | {"reason": "Nytt namn."})
    page = client.get(begun_page["Location"])

    assert "Skriv varför intygen utfärdas på nytt" in refused.content.decode()
    # Tasks run at once in tests.
    assert "3 av 3" in page.content.decode()
    assert "Refresh" not in page


def test_a_job_that_goes_on_refreshes_and_can_be_cancelled(staff, youth_centre, coordinator, client_of: ClientOf) -> None:
    job, client = begun(youth_centre, coordinator), client_of(coordinator)

    page = client.get(f"/admin/intyg-for-manga/{job.pk}/")
    client.post(f"/admin/intyg-for-manga/{job.pk}/avbryt/")

    assert page["Refresh"] == "4"
    job.refresh_from_db()
    assert job.cancelled_at


@pytest.mark.parametrize("address", ["", "intyg.zip"])
def test_nobody_else_sees_it(staff, youth_centre, coordinator, trainer, client_of: ClientOf, address) -> None:
    job = finished(begun(youth_centre, coordinator))
    colleague = UserFactory(is_staff=True)
    colleague.groups.add(coordinator.groups.get())
    path = f"/admin/intyg-for-manga/{job.pk}/{address}"

    assert client_of(colleague).get(path).status_code == 404
    assert client_of(trainer).get(path).status_code in {302, 403}
