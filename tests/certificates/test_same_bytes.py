"""A certificate's bytes stay the same whatever is changed around it, and nothing makes it be drawn again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from certificates import ornament, seals
from certificates.actions import issue, issuing
from certificates.fonts import typeface
from certificates.models import CertificateDocument
from certificates.tasks import issue_missing
from courses.models import Completion
from organisation.models import City, User
from tests.completions import completed
from tests.drafts import check, draft, given_out, lesson
from tests.organisation.hr.files import MONDAY, people_file, person
from tests.organisation.hr.importing import imported, person_of

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


def other_names(completion: Completion, patch: pytest.MonkeyPatch) -> None:
    User.objects.update(last_name="Nytt")
    City.objects.update(name="Annan stad", code="ANN", signatory_title="Någon annan", logo=b"x")


def an_import(completion: Completion, patch: pytest.MonkeyPatch) -> None:
    imported(people=people_file(person(last="Importerad")), as_of=MONDAY + dt.timedelta(days=7))

    assert person_of().last_name == "Importerad"


def a_new_edition(completion: Completion, patch: pytest.MonkeyPatch) -> None:
    content = draft(lesson("l1"), lesson("l2"), check(), title="Nytt namn")
    given_out(content, completion.module, in_force_from=MONDAY, at=AT, material=frozenset({"l2"}))


def another_drawing(completion: Completion, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(issuing, "draw", lambda *_what, **_how: b"%PDF-other")
    patch.setattr(issuing, "DRAWING_VERSION", 1000)


def a_restart(completion: Completion, patch: pytest.MonkeyPatch) -> None:
    for kept in (typeface, ornament.compressed_ornament, seals._read):
        kept.cache_clear()


@pytest.mark.parametrize("change", [other_names, an_import, a_new_edition, another_drawing, a_restart])
def test_it_stays_as_it_is_after(
    city: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch, change: Callable[[Completion, pytest.MonkeyPatch], None]
) -> None:
    imported()
    completion = completed(person_of())
    document = issue(completion, at=AT)
    before, stored = document.read(), CertificateDocument.objects.values_list().get()

    change(completion, monkeypatch)
    issue_missing()

    again = issue(completion, at=AT + dt.timedelta(days=9))
    shown = client_of(person_of()).get(f"/intyg/{document.certificate.number}.pdf").content
    assert again.read() == shown == before
    assert CertificateDocument.objects.values_list().get() == stored
