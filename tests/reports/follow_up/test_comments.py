"""A department's comment is kept until publication, and names nobody who works there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from organisation.models import Department, User
from reports.follow_up.comments import CommentRefused, names_in, write_comment
from reports.models import DepartmentComment, FollowUp
from tests.reports.follow_up.stored import a_frozen, a_published

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NOW = dt.datetime(2026, 9, 15, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def report(city: object) -> FollowUp:
    return a_frozen()


def write(report: FollowUp, department: Department, by: User, **said: Any) -> DepartmentComment:
    plain = {"reason": "Två vikarier började i augusti."}
    return write_comment(follow_up=report, department=department, by=by, at=NOW, **(plain | said))


def test_it_keeps_every_version_and_the_latest_counts(report: FollowUp, youth_centre: Department, manager: User) -> None:
    write(report, youth_centre, manager)
    write(report, youth_centre, manager, reason="Tre vikarier började.", by_when=dt.date(2026, 11, 30))

    assert [one.reason for one in report.comments.order_by("pk")] == [
        "Två vikarier började i augusti.",
        "Tre vikarier började.",
    ]


def test_it_says_how_much_too_long_it_is(report: FollowUp, youth_centre: Department, manager: User) -> None:
    with pytest.raises(CommentRefused, match=r"högst 4000 tecken\. Du har skrivit 50000\."):
        write(report, youth_centre, manager, action="a" * 50_000)

    assert not report.comments.exists()


def test_it_needs_a_reason(report: FollowUp, youth_centre: Department, manager: User) -> None:
    with pytest.raises(CommentRefused, match="varför"):
        write(report, youth_centre, manager, reason="  \n")


@pytest.mark.parametrize("field", ["reason", "action", "responsible"])
def test_it_names_nobody_who_works_there(
    report: FollowUp, youth_centre: Department, learner: User, manager: User, field: str
) -> None:
    with pytest.raises(CommentRefused, match="Lo Kråkbär"):
        write(report, youth_centre, manager, **{field: f"Det beror på {learner.get_full_name()}s frånvaro."})


def test_it_does_not_name_the_one_who_writes(report: FollowUp, youth_centre: Department, manager: User) -> None:
    with pytest.raises(CommentRefused, match="Mika Chef"):
        write(report, youth_centre, manager, responsible="mika chef")


def test_it_holds_no_personal_identity_number(report: FollowUp, youth_centre: Department, manager: User) -> None:
    with pytest.raises(CommentRefused, match="personnummer"):
        write(report, youth_centre, manager, reason="Gäller 640823-3234.")


def test_it_holds_nothing_that_the_document_could_not_show(report: FollowUp, youth_centre: Department, manager: User) -> None:
    with pytest.raises(CommentRefused, match="漢"):
        write(report, youth_centre, manager, reason="漢")


def test_formulas_and_scripts_are_kept_as_the_text_that_they_are(
    report: FollowUp, youth_centre: Department, manager: User
) -> None:
    said = "=1+1 <script>alert(1)</script>"

    assert write(report, youth_centre, manager, reason=said).reason == said


def test_it_is_locked_by_publication(youth_centre: Department, manager: User, coordinator: User, city: object) -> None:
    publication = a_published(coordinator)

    with pytest.raises(CommentRefused, match="publicerad"):
        write(publication.follow_up, youth_centre, manager)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lo Kråkbär är sjuk", ["Lo Kråkbär"]),
        ("lo  kråkbär", ["Lo Kråkbär"]),
        ("Kråkbärs grupp", ["Kråkbär"]),
        ("kråkbär i skogen", []),
        ("Ek är ett träd", []),
        ("Åsa Ek var borta", ["Åsa Ek"]),
        ("Lokråkbär", []),
    ],
)
def test_it_knows_a_name_from_a_word(text: str, found: list[str]) -> None:
    assert list(names_in(text, [("Lo", "Kråkbär"), ("Åsa", "Ek")])) == found
