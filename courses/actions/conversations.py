"""Ending a conversation: the person is done, and what was chosen is added to sums that know no person."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable

from django.db import DatabaseError, transaction
from django.views.decorators.debug import sensitive_variables

from courses.actions.exercises import finish_exercise
from courses.actions.lessons import Finished
from courses.models import ConversationCount
from courses.payload import Dialogue
from courses.reading import Place
from courses.tallies import BATCH, Tally, open_tally, seal_tally
from organisation.models import User

logger = logging.getLogger(__name__)


@sensitive_variables("chosen")
def finish_conversation(
    *, user: User, place: Place, dialogue: Dialogue, edition_id: int, chosen: Iterable[str], at: dt.datetime
) -> Finished:
    """Mark the dialogue as done, and count its answers if the person had not done it before in this round.

    Counting stands in a transaction of its own, after the person's, so that the two have nothing to do with each other.
    """
    finished = finish_exercise(user=user, place=place, at=at, at_end=True)
    if finished.is_first:
        try:
            count_conversation(dialogue=dialogue, edition_id=edition_id, chosen=chosen)
        except DatabaseError:
            # The person is done all the same; a sum lacks one.
            logger.exception("A conversation of the step %s was not counted.", dialogue.key)
    return finished


@sensitive_variables()
@transaction.atomic
def count_conversation(*, dialogue: Dialogue, edition_id: int, chosen: Iterable[str]) -> None:
    """Add a conversation to those that wait; the tenth publishes them all."""
    rows = ConversationCount.objects.select_for_update()
    row, _is_new = rows.get_or_create(edition_id=edition_id, step_key=dialogue.key)
    waiting = (open_tally(row.waiting, dialogue) if row.waiting else Tally()).with_one_more(chosen)
    if waiting.conversations < BATCH:
        row.waiting = seal_tally(waiting, dialogue)
    else:
        total = Tally(row.conversations, row.choices).together_with(waiting)
        row.conversations, row.choices, row.waiting = total.conversations, dict(total.choices), ""
    row.save()
