"""Whoever holds a certificate sees whether it is genuine; whoever guesses learns nothing."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certificates.actions import issue, replace, revoke
from certificates.codes import grouped
from certificates.models import Certificate
from courses.models import ModuleRule
from organisation.history import record
from organisation.models import User
from tests.completions import COMPLETED_ON, completed
from tests.drafts import given_out

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
UNKNOWN = "Inte ett dokument som staden har utfärdat"


@pytest.fixture
def certificate(city: Any, learner: Any, time_machine_at: Any) -> Certificate:
    return issue(completed(learner), at=AT).certificate


@pytest.fixture
def time_machine_at(time_machine: Any) -> Any:
    time_machine.move_to(AT, tick=False)
    return time_machine


def asked(client: Client, code: str) -> str:
    return client.get(f"/verifiera/{code}/").content.decode()


def test_it_says_that_a_certificate_is_genuine_and_what_stands_on_it(client, certificate, learner) -> None:
    page = asked(client, certificate.code)

    assert 'data-verdict="genuine"' in page
    assert all(words in page for words in (certificate.number, learner.get_full_name(), "2 mars 2026"))


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        grouped,
        lambda code: f" {code} ",
        lambda code: code.replace("0", "O"),
        lambda code: f"https://utbildning.tvaalv.example/verifiera/{code}/",
    ],
)
def test_it_takes_the_code_as_people_write_it(client, certificate, change) -> None:
    answer = client.get("/verifiera/", {"kod": change(certificate.code)})

    assert 'data-verdict="genuine"' in answer.content.decode()


def test_it_knows_the_file_by_its_bytes(client, certificate) -> None:
    content = certificate.document.read()

    genuine = client.post("/verifiera/", {"fil": SimpleUploadedFile("intyg.pdf", content)})
    changed = client.post("/verifiera/", {"fil": SimpleUploadedFile("intyg.pdf", content[:-1] + b"x")})

    assert 'data-verdict="genuine"' in genuine.content.decode()
    assert 'data-verdict="unknown"' in changed.content.decode()


def test_it_answers_the_same_to_the_unknown_and_the_malformed(client, certificate) -> None:
    letters = "".join(sorted(certificate.code))
    wrong = ("0000000000000000", "FEL", letters, "å" * 16, "0" * 5000, "\0")

    answers = [client.get("/verifiera/", {"kod": code}) for code in wrong]
    answers += [client.get(f"/verifiera/{quote(code)}/") for code in wrong]

    # Nothing differs but what was written, which stands there to be corrected.
    pages = {re.sub(r'<input [^>]*name="kod"[^>]*>', "", answer.content.decode()) for answer in answers}
    assert {answer.status_code for answer in answers} == {200}
    assert len(pages) == 1
    assert UNKNOWN in pages.pop()


def test_it_asks_as_much_for_the_malformed_as_for_the_unknown(client, certificate) -> None:
    def queries(code: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked_for:
            asked(client, code)
        statements = [query["sql"] for query in asked_for if "certificates_certificate" in query["sql"]]
        return [re.sub("'[^']*'", "?", statement) for statement in statements]

    assert queries("FEL") == queries("å" * 5000) == queries("0000000000000000") != []


def test_it_leaves_an_unknown_code_to_be_corrected(client, certificate) -> None:
    page = client.get("/verifiera/", {"kod": '7Q4K-"><b>'}).content.decode()

    assert 'value="7Q4K-&quot;&gt;&lt;b&gt;"' in page
    assert 'value="' not in asked(client, certificate.code).split('name="kod"')[1].split(">")[0]


def test_it_says_what_to_do_about_a_code_and_about_a_file(client, certificate) -> None:
    of_code = asked(client, "FEL")
    of_file = client.post("/verifiera/", {"fil": SimpleUploadedFile("x.pdf", b"x")}).content.decode()

    assert "tecken för tecken" in of_code
    assert "ändrat eller sparat om" not in of_code
    assert "ändrat eller sparat om" in of_file
    assert "tecken för tecken" not in of_file


def test_it_says_that_a_certificate_has_run_out(client, city, learner, time_machine_at) -> None:
    edition = given_out()
    record(ModuleRule(module=edition.module, validity_months=24, from_on=COMPLETED_ON), at=AT, by=None)
    certificate = issue(completed(learner, edition), at=AT).certificate

    time_machine_at.move_to(dt.datetime(2028, 3, 1, 12, tzinfo=dt.UTC), tick=False)
    last_day = asked(client, certificate.code)
    time_machine_at.move_to(dt.datetime(2028, 3, 2, 12, tzinfo=dt.UTC), tick=False)
    after = asked(client, certificate.code)

    assert 'data-verdict="genuine"' in last_day
    assert 'data-verdict="expired"' in after


def test_it_names_the_certificate_that_came_instead(client, certificate, coordinator) -> None:
    new = replace(certificate, reason="Felstavat namn.", by=coordinator, at=AT)
    issue(certificate.completion, at=AT)

    old_page, new_page = asked(client, certificate.code), asked(client, new.code)

    assert 'data-verdict="replaced"' in old_page
    assert new.number in old_page
    assert 'data-verdict="genuine"' in new_page


def test_it_says_when_a_certificate_was_revoked_and_not_why(client, certificate, coordinator) -> None:
    revoke(certificate, reason="Någon annan svarade.", by=coordinator, at=AT)

    page = asked(client, certificate.code)

    assert 'data-verdict="revoked"' in page
    assert "Någon annan" not in page


def test_it_shows_nothing_of_a_protected_person(client, certificate, learner) -> None:
    learner.is_protected = True
    learner.save()

    page, data = asked(client, certificate.code), client.get(f"/verifiera/{certificate.code}.json").json()

    assert 'data-verdict="genuine"' in page
    assert learner.last_name not in page
    assert data["holder"] is None


def test_it_tells_a_machine_nothing_of_a_protected_person(client, certificate, learner) -> None:
    terms = {"validity_months": 24, "from_on": dt.date(2026, 1, 1), "recorded_at": AT}
    ModuleRule.objects.create(module=certificate.completion.module, **terms)
    User.objects.filter(pk=learner.pk).update(is_protected=True)

    data = client.get(f"/verifiera/{certificate.code}.json").json()

    said = {name: value for name, value in data.items() if value is not None}
    assert said == {"verdict": "genuine", "number": certificate.number}


def test_it_does_not_know_a_certificate_before_its_document_is_stored(client, certificate) -> None:
    other = completed(certificate.completion.user, number=2)
    from certificates.actions import reserve

    assert UNKNOWN in asked(client, reserve(other, at=AT).code)


def test_it_answers_machines(client, certificate, learner) -> None:
    data = client.get(f"/verifiera/{certificate.code}.json").json()

    assert data == {
        "verdict": "genuine",
        "number": certificate.number,
        "holder": learner.get_full_name(),
        "module": certificate.module_title,
        "edition": "1.0",
        "completed_on": "2026-03-02",
        "issued_on": "2026-03-02",
        "valid_through": None,
        "revoked_on": None,
        "replaced_by": None,
        "renewed_by": None,
        "erased_by_decision": None,
        "sealed_by": None,
    }
    assert set(client.get("/verifiera/FEL.json").json().values()) == {"unknown", None}


def test_it_sets_no_cookie(client, certificate) -> None:
    answers = [
        client.get("/verifiera/"),
        client.get(f"/verifiera/{certificate.code}/"),
        client.post("/verifiera/", {"fil": SimpleUploadedFile("x.pdf", b"x")}),
    ]

    assert [dict(answer.cookies) for answer in answers] == [{}, {}, {}]


def test_it_takes_at_most_three_queries(client, certificate, django_assert_max_num_queries) -> None:
    client.get("/verifiera/")

    with django_assert_max_num_queries(2):
        asked(client, certificate.code)


def test_it_pauses_for_whoever_guesses_and_never_for_whoever_knows(client, certificate) -> None:
    for _turn in range(40):
        asked(client, certificate.code)
    known = client.get(f"/verifiera/{certificate.code}/").status_code
    guesses = [client.get(f"/verifiera/{number:016}/").status_code for number in range(40)]

    assert known == 200
    assert guesses[0] == 200
    assert guesses[-1] == 429
    to_a_machine = client.get(f"/verifiera/{certificate.code}.json")
    assert (to_a_machine.status_code, to_a_machine["Retry-After"]) == (429, "300")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Välj intygets PDF-fil"),
        ({"fil": SimpleUploadedFile("tom.pdf", b"")}, "Filen är tom"),
        ({"fil": SimpleUploadedFile("stor.pdf", b"x" * (1024 * 1024 + 1))}, "större än 1 MB"),
        ({"fil": SimpleUploadedFile("jätte.pdf", b"x" * (3 * 1024 * 1024))}, "större än 1 MB"),
    ],
)
def test_it_says_what_is_wrong_with_a_file(client, city, sent, words) -> None:
    answer = client.post("/verifiera/", sent)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_it_asks_for_a_code_when_none_is_written(client, city) -> None:
    answer = client.get("/verifiera/", {"kod": " "})

    assert answer.status_code == 422
    assert "Skriv koden som står på intyget" in answer.content.decode()


def test_it_takes_in_only_what_is_meant(client, city) -> None:
    assert client.delete("/verifiera/").status_code == 405
    assert client.post("/verifiera/0000000000000000/").status_code == 405


def test_one_holds_until_the_one_that_is_to_come_instead_is_stored(client, certificate, coordinator) -> None:
    new = replace(certificate, reason="Felstavat namn.", by=coordinator, at=AT)

    assert 'data-verdict="genuine"' in asked(client, certificate.code)
    issue(new.completion, at=AT)
    assert 'data-verdict="replaced"' in asked(client, certificate.code)


def test_it_leads_past_one_that_was_never_stored(client, certificate, coordinator) -> None:
    skipped = replace(certificate, reason="Felstavat namn.", by=coordinator, at=AT)
    new = replace(skipped, reason="Fel igen.", by=coordinator, at=AT)
    issue(new.completion, at=AT)

    page = asked(client, certificate.code)

    assert 'data-verdict="replaced"' in page
    assert new.number in page
    assert skipped.number not in page
