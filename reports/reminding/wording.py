"""What reminders say. The subject tells nobody who looks over a shoulder what it is about, or that it is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import get_language, gettext, ngettext

from reports.models import Notice

Kind = Notice.Kind


@dataclass(frozen=True)
class Item:
    """One module in a mail: what there is to say, and where the next step is."""

    module_id: int
    kind: Kind
    occurrence: str
    title: str
    day: dt.date | None
    address: str
    passed_over: tuple[tuple[Kind, str], ...] = ()
    is_renewal: bool = False


@dataclass(frozen=True)
class Letter:
    """The subject and both forms of a mail."""

    subject: str
    text: str
    html: str


def letter_to_learner(first_name: str, items: Sequence[Item], *, city: str, choice_address: str) -> Letter:
    """Return the mail that says all this."""
    paragraphs = [(sentence(item), call(item), item.address) for item in items]
    closing = gettext("You can choose to have one mail a week instead, or single ones:")
    return _letter(
        subject=gettext("Something is waiting for you in Motståndskraft"),
        greeting=gettext("Hello %(name)s,") % {"name": first_name},
        paragraphs=paragraphs,
        closing=[(closing, choice_address)],
        sender=gettext("This mail was sent automatically by %(city)s. You cannot answer it.") % {"city": city},
    )


def letter_to_manager(first_name: str, sentences: Sequence[str], *, is_first: bool, city: str, address: str) -> Letter:
    """Return the weekly mail to a manager; the first one says how things stand. It names no person."""
    return _letter(
        subject=gettext("This week in Motståndskraft"),
        greeting=gettext("Hello %(name)s,") % {"name": first_name},
        paragraphs=[
            (
                gettext("So far have your departments come:")
                if is_first
                else gettext("This has changed in your departments since the last mail:"),
                "",
                "",
            ),
            *((one, "", "") for one in sentences),
            ("", gettext("Open my departments"), address),
        ],
        closing=[],
        sender=gettext("This mail was sent automatically by %(city)s. You cannot answer it.") % {"city": city},
    )


def sentence(item: Item) -> str:
    """Say in one sentence where the person stands with the module."""
    named = {"title": item.title, "day": date_format(item.day, "j F Y") if item.day else ""}
    texts = {
        Kind.OFFERED: gettext("You are offered the module %(title)s."),
        Kind.DUE_IN_14: gettext("The module %(title)s is to be done by %(day)s."),
        Kind.DUE_IN_3: gettext("The module %(title)s is to be done by %(day)s. It is soon time."),
        Kind.OVERDUE: gettext("The module %(title)s was to be done by %(day)s."),
        Kind.REFRESHER: gettext("The module %(title)s has something new for you. Take it by %(day)s."),
        Kind.ASKED: gettext("Your manager would like to remind you of the module %(title)s."),
    }
    text = texts[item.kind]
    if item.kind == Kind.OFFERED and item.day:
        text = gettext("You are offered the module %(title)s. It is to be done by %(day)s.")
    if item.is_renewal and item.kind == Kind.OVERDUE:
        text = gettext("Your completion of %(title)s was valid through %(day)s. It is time to renew it.")
    if item.is_renewal and item.kind == Kind.REFRESHER:
        text = gettext("Your completion of %(title)s is valid through %(day)s. You can renew it now.")
    if item.day is None and item.kind == Kind.REFRESHER:
        text = gettext("The module %(title)s has something new for you.")
    return text % named


def call(item: Item) -> str:
    """Say with a verb what the link does."""
    return gettext("Go to the next step of %(title)s") % {"title": item.title}


@dataclass(frozen=True)
class Standing:
    """How many are in the target group of a module, done and overdue, in a manager's departments."""

    target: int
    done: int
    overdue: int

    @classmethod
    def of(cls, counts: Mapping[str, Any]) -> Standing:
        """Return those of a mail."""
        return cls(counts["target"], counts["done"], counts["overdue"])


def changes(title: str, now: Standing, before: Standing | None) -> str:
    """Say in one sentence how a module stands, and how much it has changed if it was told of before."""
    was = before or now
    done = gettext("%(done)s of %(target)s are done") % {"done": now.done, "target": now.target}
    overdue = ngettext("%(count)s is overdue", "%(count)s are overdue", now.overdue) % {"count": now.overdue}
    parts = [_with_change(done, now.done - was.done)]
    if now.overdue or was.overdue:
        parts.append(_with_change(overdue, now.overdue - was.overdue))
    if now.target != was.target:
        parts.append(_with_change(gettext("the target group is another"), now.target - was.target))
    return f"{title}: {', '.join(parts)}."


def decisions(count: int) -> str:
    """Say that assignments wait for the manager."""
    text = ngettext("%(number)s assignment waits for your decision", "%(number)s assignments wait for your decision", count)
    return text % {"number": count} + "."


def _with_change(text: str, change: int) -> str:
    return f"{text} ({change:+d})".replace("(-", "(−") if change else text


def _letter(
    *,
    subject: str,
    greeting: str,
    paragraphs: Sequence[tuple[str, str, str]],
    closing: Sequence[tuple[str, str]],
    sender: str,
) -> Letter:
    """Put the parts together; a paragraph is a sentence, what its link says, and where it leads."""
    text = [greeting, *(_plain(*one) for one in paragraphs), *("\n".join(one) for one in closing), sender]
    html = [
        f"<p>{escape(greeting)}</p>",
        *(f"<p>{_linked(*one)}</p>" for one in paragraphs),
        *(f'<p>{escape(words)} <a href="{escape(address)}">{escape(address)}</a></p>' for words, address in closing),
        f"<p>{escape(sender)}</p>",
    ]
    page = (
        f'<!doctype html><html lang="{escape(get_language() or "sv")}"><head><meta charset="utf-8">'
        f"<title>{escape(subject)}</title></head>"
        f'<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; max-width: 40em">'
        f"{''.join(html)}</body></html>"
    )
    return Letter(subject, "\n\n".join(text) + "\n", page)


def _plain(words: str, link: str, address: str) -> str:
    return "\n".join(part for part in (words, f"{link}:" if link else "", address) if part)


def _linked(words: str, link: str, address: str) -> str:
    return f"{escape(words)} " + (f'<br><a href="{escape(address)}">{escape(link)}</a>' if link else "")
