"""Why a conversation cannot be given out, in sentences, each with the id of the turn or ending that it is about."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.conversation import Flaw, FlawKind, flaws_of
from courses.payload import Dialogue
from courses.situations import Side

SENTENCES: Mapping[FlawKind, Promise | str] = {
    FlawKind.NO_TURN: _("The conversation has no turn."),
    FlawKind.NO_ENDING: _("The conversation has no ending."),
    FlawKind.NO_START: _("The conversation begins nowhere."),
    FlawKind.REPEATED_ID: _("Two places or answers have the same id: “%(name)s”."),
    FlawKind.UNREACHABLE: _("“%(place)s” cannot be reached from the beginning."),
    FlawKind.NO_WAY_OUT: _("From “%(place)s” no ending can be reached."),
    FlawKind.TURN_WITHOUT_TEXT: _("A turn has no text."),
    FlawKind.ENDING_WITHOUT_TEXT: _("An ending has no heading or no text."),
    FlawKind.TOO_FEW_CHOICES: _("“%(place)s” has fewer than two answers."),
    FlawKind.TOO_MANY_CHOICES: _("“%(place)s” has more than four answers."),
    FlawKind.CHOICE_WITHOUT_TEXT: _("An answer to “%(place)s” has no text."),
    FlawKind.NO_CONSEQUENCE: _("The answer “%(name)s” does not say what comes of it."),
    FlawKind.UNKNOWN_TARGET: _("An answer to “%(place)s” leads to “%(name)s”, which does not exist."),
    FlawKind.REPEATED_SIDE: _("An answer to “%(place)s” names the same side twice."),
}


def conversation_faults(dialogue: Dialogue) -> Iterator[tuple[str, str]]:
    """Yield the id of the block, empty for the whole, and the sentence."""
    names = names_of(dialogue)
    for flaw in flaws_of(dialogue):
        yield flaw.place, sentence_of(flaw, names)
    for turn in dialogue.turns:
        sides = {effect.side for choice in turn.choices for effect in choice.effects}
        if sides - set(Side.values):
            yield turn.id, gettext("An answer to “%(place)s” names an unknown side.") % {"place": names[turn.id]}


def sentence_of(flaw: Flaw, names: Mapping[str, str]) -> str:
    """Return what is wrong; places are called by their first words."""
    name = textwrap.shorten(flaw.name, 60, placeholder="…")
    return str(SENTENCES[flaw.kind]) % {"place": names.get(flaw.place, flaw.place), "name": name}


def names_of(dialogue: Dialogue) -> dict[str, str]:
    """Return what turns and endings are called when they are spoken of: their first words."""
    turns = {turn.id: textwrap.shorten(turn.text, 50, placeholder="…") for turn in dialogue.turns}
    return turns | {ending.id: ending.title for ending in dialogue.endings}
