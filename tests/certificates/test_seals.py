"""The installation's seal: certificates wait for it or go on without, as the city has decided, and never in silence."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.checks import INFO, WARNING

from certificates import seals
from certificates.actions import CannotBeSealed, issue, replace
from certificates.checks import seal_works
from certificates.models import Certificate, CertificateDocument
from certificates.seal_keys import as_pkcs12, new_test_key
from certificates.seals import Standing, make_test_seal, note_state, seal_state
from certificates.tasks import issue_missing, note_seal
from organisation.models import Event
from tests.certificates.documents import text_of
from tests.certificates.seals import a_key
from tests.certificates.test_sealing import status_of
from tests.completions import completed

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.UTC)
YEARS_LATER = AT + dt.timedelta(days=800)


@pytest.fixture
def key_file(tmp_path, settings):
    """The city has named a seal, and waits for it."""
    path = tmp_path / "stamp.p12"
    path.write_bytes(as_pkcs12(a_key(), "hemligt"))
    settings.SEAL_PKCS12, settings.SEAL_PASSPHRASE, settings.SEAL_WHEN_MISSING = str(path), "hemligt", "wait"
    return path


def renew(path, at) -> None:
    path.write_bytes(as_pkcs12(new_test_key("Tvåälvs stad", at), "hemligt"))


def test_it_seals_what_is_issued_and_keeps_by_whom(city, key_file) -> None:
    document = issue(completed(), at=AT)

    assert (document.sealed_by, document.seal_sha256) == ("TEST Tvåälvs stad", a_key().sha256)
    assert status_of(document.read()).bottom_line
    assert "TEST – gäller inte" in text_of(document.read())


def test_it_waits_with_its_number_until_the_key_is_renewed(city, key_file) -> None:
    completion = completed()
    with pytest.raises(CannotBeSealed, match="TST-2029-000001"):
        issue(completion, at=YEARS_LATER)
    with time_machine.travel(YEARS_LATER):
        issue_missing()
    assert not CertificateDocument.objects.exists()

    renew(key_file, YEARS_LATER)

    assert issue(completion, at=YEARS_LATER).certificate.number == "TST-2029-000001"
    assert Certificate.objects.count() == 1


def test_it_goes_on_unsealed_where_the_city_has_decided_so(city, key_file, settings) -> None:
    settings.SEAL_WHEN_MISSING = "unsealed"
    key_file.unlink()

    document = issue(completed(), at=AT)

    assert document.sealed_by == ""
    assert "utan elektronisk stämpel" in text_of(document.read())


def test_what_was_issued_unsealed_stays_so_and_is_sealed_by_a_replacement(city, key_file, settings, coordinator) -> None:
    settings.SEAL_PKCS12, settings.SEAL_WHEN_MISSING = "", "unsealed"
    completion = completed()
    unsealed = issue(completion, at=AT)
    before = unsealed.read()

    settings.SEAL_PKCS12 = str(key_file)
    assert issue(completion, at=AT).read() == before
    replace(unsealed.certificate, reason="Ska ha stämpel.", by=coordinator, at=AT)

    assert issue(completion, at=AT).sealed_by
    assert unsealed.read() == before


@pytest.mark.parametrize(
    ("moment", "standing"),
    [
        (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), Standing.NOT_YET),
        (AT, Standing.READY),
        (AT + dt.timedelta(days=360), Standing.EXPIRING),
        (YEARS_LATER, Standing.EXPIRED),
    ],
)
def test_it_knows_how_it_stands(key_file, moment, standing) -> None:
    assert seal_state(moment).standing is standing


def test_it_tells_a_missing_key_from_one_that_cannot_be_used(key_file, settings) -> None:
    settings.SEAL_PASSPHRASE = "fel"
    assert seal_state(AT).standing is Standing.UNFIT

    key_file.unlink()
    assert seal_state(AT).standing is Standing.MISSING


def test_the_event_log_tells_each_change_once(city, key_file) -> None:
    for moment in (AT, AT, YEARS_LATER, YEARS_LATER):
        note_state(moment)
    note_seal()

    verbs = list(Event.objects.filter(verb__startswith="seal.").order_by("pk").values_list("verb", flat=True))
    assert verbs[:2] == ["seal.ready", "seal.expired"]
    assert len(verbs) == 3


@pytest.mark.parametrize(("who", "is_told"), [("coordinator", True), ("trainer", False)])
def test_the_administrations_home_tells_those_who_can_do_something(city, key_file, client_of, request, who, is_told) -> None:
    key_file.unlink()

    page = client_of(request.getfixturevalue(who)).get("/admin/").content.decode()

    assert ("home-seal" in page) is is_told
    if is_told:
        assert "Inga intyg utfärdas" in page


def test_the_home_says_nothing_of_a_seal_that_works(city, key_file, client_of, coordinator, monkeypatch) -> None:
    monkeypatch.setattr("cms.home.seal_state", lambda _now: seal_state(AT))

    assert "home-seal" not in client_of(coordinator).get("/admin/").content.decode()


def test_the_check_warns_of_a_seal_that_does_not_work(key_file, settings) -> None:
    key_file.unlink()
    assert [each.level for each in seal_works()] == [WARNING]

    settings.SEAL_PKCS12, settings.SEAL_WHEN_MISSING = "", "unsealed"
    assert [each.level for each in seal_works()] == [INFO]


def test_a_demonstration_makes_its_seal_once_and_for_itself_alone(tmp_path) -> None:
    path = tmp_path / "seal" / "test.p12"

    made = make_test_seal(path, name="demonstration", at=AT)

    assert make_test_seal(path, name="annan", at=AT).certificate == made.certificate
    assert made.organisation == "TEST demonstration"
    assert path.stat().st_mode & 0o077 == 0


def test_every_standing_has_words() -> None:
    for standing in Standing:
        assert seals.in_words(seals.SealState(standing, ends_on=AT.date()))
