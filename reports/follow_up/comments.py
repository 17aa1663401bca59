"""What a department says of its figures: kept until publication, and never with a person in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.hr import personnummer
from organisation.models import Department, User, log_event
from organisation.tree import Tree
from reports.follow_up.printable import validate_printable
from reports.models import DepartmentComment, FollowUp, Publication

SHORTEST_NAME = 4
"""A last name of fewer letters is looked for only together with a first name: it could be any word."""


class CommentRefused(Exception):
    """Why a comment is not kept, in words for the one who wrote it."""


@transaction.atomic
def write_comment(
    *,
    follow_up: FollowUp,
    department: Department,
    reason: str,
    action: str = "",
    responsible: str = "",
    by_when: dt.date | None = None,
    by: User,
    at: dt.datetime,
) -> DepartmentComment:
    """Keep a new version of the department's comment. Raises `CommentRefused`; then nothing is kept."""
    # A publication takes the same lock, so that no comment is thanked for and left out.
    FollowUp.objects.select_for_update().defer("basis").get(pk=follow_up.pk)
    if Publication.objects.filter(follow_up=follow_up).exists():
        raise CommentRefused(_("The report is published, and comments can no longer be changed."))
    texts = [reason.strip(), action.strip(), responsible.strip()]
    _check(texts, department, by, at)
    comment = DepartmentComment.objects.create(
        follow_up=follow_up,
        department=department,
        reason=texts[0],
        action=texts[1],
        responsible=texts[2],
        by_when=by_when,
        written_at=at,
        written_by=by,
    )
    log_event("follow_up.commented", follow_up, by=by, at=at, department=department.external_id)
    return comment


def _check(texts: list[str], department: Department, by: User, at: dt.datetime) -> None:
    if not texts[0]:
        raise CommentRefused(_("Write why the figures are as they are."))
    for text in texts:
        _check_length(text)
        try:
            validate_printable(text)
        except ValidationError as error:
            raise CommentRefused(error.messages[0]) from error
    whole = "\n".join(texts)
    if personnummer.is_in(whole):
        raise CommentRefused(_("There is a personal identity number in the text. Take it away: the report is public."))
    if named := list(dict.fromkeys(names_in(whole, _people_near(department, by, at)))):
        raise CommentRefused(
            ngettext(
                "This is the name of somebody who works with you: %(names)s. Write of the work, never of a person.",
                "These are names of people who work with you: %(names)s. Write of the work, never of a person.",
                len(named),
            )
            % {"names": ", ".join(named)}
        )


def _check_length(text: str) -> None:
    most = DepartmentComment.MOST_CHARACTERS
    if len(text) > most:
        said = {"most": most, "count": len(text)}
        raise CommentRefused(_("Write at most %(most)s characters. You have written %(count)s.") % said)


def _people_near(department: Department, by: User, at: dt.datetime) -> list[tuple[str, str]]:
    """First and last names of those who work in the department or below it, and of the one who writes."""
    day = at.date()
    line = Tree.on(day).below(department.pk)
    people = User.objects.get_queryset().employed_in(line, day)
    return [*people.values_list("first_name", "last_name"), (by.first_name, by.last_name)]


def names_in(text: str, people: list[tuple[str, str]]) -> Iterator[str]:
    """Yield which of the people a text names: by first and last name, or by a last name of some length.

    A last name is looked for with its capital, also in the genitive, since many are ordinary words without it.
    """
    for first, last in people:
        if first and last and re.search(rf"(?<!\w){re.escape(first)}\s+{re.escape(last)}s?(?!\w)", text, re.IGNORECASE):
            yield f"{first} {last}"
        elif len(last) >= SHORTEST_NAME and re.search(rf"(?<!\w){re.escape(last)}s?(?!\w)", text):
            yield last
