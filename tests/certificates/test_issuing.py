"""Issuing the certificate of a completion."""

import datetime as dt
import hashlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from certificates import actions, seals
from certificates.actions import CannotBeDrawn, issue, issuing, missing_completions
from certificates.columns import DoesNotFit
from certificates.models import Certificate, CertificateDocument, private_storage
from certificates.tasks import issue_missing
from courses.models import ModuleRule
from courses.payload import Review
from courses.signals import completed as completed_signal
from organisation.models import Event, User
from tests.completions import COMPLETED_ON, completed
from tests.drafts import draft, given_out
from tests.factories import RECORDED, CityFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


def text_of(document: CertificateDocument) -> dict:
    return Certificate.objects.get(document=document).sheet


def test_it_numbers_draws_and_stores(city) -> None:
    document = issue(completed(), at=AT)

    content = document.read()
    assert document.certificate.number == "TST-2026-000001"
    assert content.startswith(b"%PDF-1.7")
    assert (document.sha256, document.size) == (hashlib.sha256(content).hexdigest(), len(content))


def test_it_gives_rising_numbers_without_gaps(city) -> None:
    numbers = [issue(completed(), at=AT).certificate.number for _turn in range(3)]

    assert numbers == ["TST-2026-000001", "TST-2026-000002", "TST-2026-000003"]


def test_it_starts_a_new_series_with_the_city_s_year(city) -> None:
    issue(completed(), at=AT)

    # 23.30 UTC on 31 December is the new year in Stockholm.
    document = issue(completed(), at=dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC))

    assert document.certificate.number == "TST-2027-000001"


def test_it_issues_once_however_often_it_is_asked(city) -> None:
    completion = completed()

    documents = {issue(completion, at=AT).pk for _turn in range(3)}

    assert len(documents) == Certificate.objects.count() == 1


def test_the_page_says_what_was_so_that_day(city) -> None:
    review = Review(by="Jurist Exempel", on=dt.date(2026, 1, 20))
    edition = given_out(draft(), review=review)
    ModuleRule.objects.create(module=edition.module, validity_months=24, from_on=dt.date(2026, 1, 1), recorded_at=RECORDED)

    sheet = text_of(
        issue(completed(UserFactory(first_name="Åsa", last_name="Öberg"), edition, department_name="Gården"), at=AT)
    )

    assert (sheet["holder"], sheet["department"], sheet["edition"]) == ("Åsa Öberg", "Gården", "1.0")
    assert sheet["completed_on"] == "2026-03-02"
    assert "20" in sheet["reviewed"]
    assert "1" in sheet["validity"]
    assert "2028" in sheet["validity"]
    assert sheet["abilities"] == ["skilja åsikt från brott"]


def test_a_later_change_of_name_or_city_leaves_the_bytes_alone(city) -> None:
    completion = completed()
    before = issue(completion, at=AT).read()
    User.objects.update(last_name="Nytt")
    CityFactory._meta.model.objects.update(name="Annan stad")

    assert issue(completion, at=AT + dt.timedelta(days=9)).read() == before


def test_a_crash_before_the_page_is_stored_keeps_the_number(city, monkeypatch) -> None:
    completion = completed()
    monkeypatch.setattr(issuing, "draw", lambda *_sheet, **_more: (_ for _ in ()).throw(RuntimeError("killed")))
    with pytest.raises(RuntimeError):
        issue(completion, at=AT)
    number = Certificate.objects.get().number
    monkeypatch.undo()

    assert issue(completion, at=AT).certificate.number == number
    assert Certificate.objects.count() == 1


def test_half_a_file_from_a_crash_is_replaced(city, monkeypatch) -> None:
    completion = completed()
    whole = issue(completion, at=AT)
    name, content = whole.file_name, whole.read()
    private_storage().delete(name)
    with private_storage().open(name, "wb") as file:
        file.write(content[:100])

    actions.write_once(name, content)

    assert whole.read() == content


def test_the_first_stored_bytes_win(city) -> None:
    certificate = actions.reserve(completed(), at=AT)
    first = actions.store(certificate, b"%PDF first", at=AT)

    second = actions.store(certificate, b"%PDF second", at=AT)

    assert (second.pk, second.read()) == (first.pk, b"%PDF first")


def test_the_sweep_issues_what_a_killed_worker_left(city) -> None:
    completions = [completed() for _turn in range(3)]
    actions.reserve(completions[1], at=AT)

    issue_missing()

    assert missing_completions() == []
    assert CertificateDocument.objects.count() == 3


def test_a_completion_asks_for_its_certificate(city, django_capture_on_commit_callbacks) -> None:
    completion = completed()

    completed_signal.send(sender=None, completion_id=completion.pk)

    assert Certificate.objects.get().completion == completion


def test_a_name_that_no_font_has_waits_and_is_told_once(city) -> None:
    completion = completed(UserFactory(last_name="\U000132b4"))

    for _turn in range(2):
        with pytest.raises(CannotBeDrawn, match="TST-2026-000001"):
            issue(completion, at=AT)
    issue_missing()

    assert Event.objects.filter(verb="certificate.not_drawn").count() == 1
    assert not CertificateDocument.objects.exists()


def test_one_that_cannot_be_drawn_never_stops_the_others(city, monkeypatch) -> None:
    for name in ("\U000132b4", "W" * 100, "Öberg"):
        completed(UserFactory(last_name=name))
    real = issuing.draw

    def far_too_long(sheet: Any, **more: Any) -> bytes:
        if "WWW" in sheet.holder:
            raise DoesNotFit
        return real(sheet, **more)

    monkeypatch.setattr(issuing, "draw", far_too_long)
    issue_missing()

    assert CertificateDocument.objects.get().certificate.sheet["holder"].endswith("Öberg")
    assert Certificate.objects.to_be_mended().count() == 2


def test_whatever_is_wrong_with_one_never_stops_the_sweep(city, monkeypatch, caplog) -> None:
    first, second = completed(), completed()
    real = issuing.draw_page

    def broken(certificate: Certificate, *more: Any) -> Any:
        if certificate.completion == first:
            raise RuntimeError("broken")
        return real(certificate, *more)

    monkeypatch.setattr(issuing, "draw_page", broken)
    issue_missing()

    assert CertificateDocument.objects.get().certificate.completion == second
    assert f"completion {first.pk} was not issued" in caplog.text
    assert f"completion {second.pk} was not issued" not in caplog.text


def test_the_sweep_looks_once_how_it_stands_with_the_seal(city, monkeypatch) -> None:
    for _turn in range(3):
        completed()
    looks: list[dt.datetime] = []
    real = seals.seal_state
    monkeypatch.setattr(issuing, "seal_state", lambda at: looks.append(at) or real(at))

    issue_missing()

    assert (len(looks), CertificateDocument.objects.count()) == (1, 3)


@pytest.mark.parametrize(
    "name", ["Åsa Öberg", "Zoë Ébert", "Łucja Żak", "Ali Baʼath", "Νίκη Αλφα", "Юлия Пример", "Đặng Thị Mẫu"]
)
def test_it_draws_names_of_many_scripts(city, name) -> None:
    first, last = name.split(" ", 1)

    assert issue(completed(UserFactory(first_name=first, last_name=last)), at=AT).size > 0


@pytest.mark.parametrize("model", [Certificate, CertificateDocument])
def test_the_database_refuses_to_change_a_certificate(city, model) -> None:
    issue(completed(), at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all()._raw_delete(using="default")


def test_the_sweep_command_says_what_it_did(city, capsys) -> None:
    completed()
    completed(UserFactory(last_name="\U000132b4"))

    call_command("issue_certificates")

    assert "Utfärdade intyg: 1. Väntar: 1." in capsys.readouterr().out


def test_the_list_command_gives_the_agreed_keys(city, capsys) -> None:
    issue(completed(), at=AT)

    call_command("certificates", format="json")

    (row,) = json.loads(capsys.readouterr().out)
    assert set(row) == {"number", "module", "edition", "issued_on", "status", "sha256"}
    assert (row["module"], row["status"], row["issued_on"]) == ("informationsdelning", "issued", "2026-03-02")


def test_the_list_command_keeps_to_a_department(city, youth_centre, administration, other_department, capsys) -> None:
    issue(completed(department=youth_centre), at=AT)
    issue(completed(department=other_department), at=AT)

    with time_machine.travel(AT):
        call_command("certificates", department=administration.external_id)

    assert "Antal intyg: 1." in capsys.readouterr().out


def test_the_save_command_writes_the_stored_bytes(city, tmp_path) -> None:
    document = issue(completed(), at=AT)

    call_command("certificates", save=[document.certificate.number, str(tmp_path / "intyg.pdf")])

    assert (tmp_path / "intyg.pdf").read_bytes() == document.read()


@pytest.mark.parametrize("options", [{"save": ["TST-2026-999999", "x.pdf"]}, {"department": "finns-inte"}])
def test_the_command_refuses_what_does_not_exist(city, options, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("certificates", **options)

    assert ended.value.code == 1
    assert "Det finns" in capsys.readouterr().err


@pytest.mark.parametrize("two", [["--check", "--department", "D1"], ["--check", "--save", "TST-2026-000001", "x.pdf"]])
def test_the_command_does_not_leave_out_half_of_what_it_is_asked(two) -> None:
    with pytest.raises(CommandError, match="not allowed with"):
        call_command("certificates", *two)


def test_the_save_command_says_in_words_why_it_cannot_write(city, tmp_path, capsys) -> None:
    document = issue(completed(), at=AT)

    with pytest.raises(SystemExit):
        call_command("certificates", save=[document.certificate.number, str(tmp_path)])

    assert "det är en mapp" in capsys.readouterr().err


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_issue_one() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("two real connections need PostgreSQL; its run tries it")
    CityFactory()
    completions = [completed() for _turn in range(4)]
    start = threading.Barrier(8)

    def work(completion) -> str:
        start.wait()
        try:
            return issue(completion, at=AT).certificate.number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(work, completions * 2))

    assert sorted(set(numbers)) == [f"TST-2026-{number:06}" for number in range(1, 5)]
    assert CertificateDocument.objects.count() == 4
    assert {row.completed_on for row in type(completions[0]).objects.all()} == {COMPLETED_ON}
