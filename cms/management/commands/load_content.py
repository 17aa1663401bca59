"""`load_content`: the starter content's pages and editions."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.loading import Loaded, load
from cms.loading.modules import LoadedModule
from cms.starter import ContentError, read_content
from courses.actions.give_out import GiveOutRefused
from courses.balance import Balance, balance_of
from courses.situations import Gender, Milieu, Workplace

PRINTED = ("edition", "lessons", "questions", "objectives", "cases", "judgements", "dialogues")


class Command(BaseCommand):
    """Prints one readable block, or with `--format json` one object a module slug and the totals."""

    stealth_options = ("at",)  # When its editions were given out: a demonstration has a history, nothing else has.
    help = "Makes the starter content's pages and seals them as editions; what people here have changed is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "content", help="where the text files lie")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(read_content(options["folder"]), at=options.get("at") or timezone.now())
        except ContentError as error:
            raise CommandError("\n".join(str(problem) for problem in error.problems)) from error
        except GiveOutRefused as refusal:
            raise CommandError("\n".join(f"{reason.step_key}: {reason.message}" for reason in refusal.reasons)) from refusal
        self.stdout.write(as_json(loaded) if options["format"] == "json" else as_text(loaded))


def as_json(loaded: Loaded) -> str:
    """Return the keys that `interface.md` promises."""
    data: dict[str, Any] = {}
    for module in loaded.modules:
        data[module.slug] = {name: getattr(module, name) for name in PRINTED}
    totals = {"symbols": loaded.symbols, "legal_sources": loaded.legal_sources, "pages": loaded.pages}
    return json.dumps(data | totals, ensure_ascii=False, indent=2)


def as_text(loaded: Loaded) -> str:
    """Return what was loaded, a line each, and what the situations are about."""
    lines = [_module_line(module) for module in loaded.modules]
    totals = {"symbols": loaded.symbols, "sources": loaded.legal_sources, "pages": loaded.pages}
    lines.append(_("%(symbols)s signs, %(sources)s legal sources, %(pages)s open pages") % totals)
    lines += balance_lines(balance_of(one for module in loaded.modules for one in module.situations))
    lines += [
        _("Left as it is, since somebody here has changed it: %(title)s") % {"title": title} for title in loaded.left_alone
    ]
    return "\n".join(lines)


def _module_line(module: LoadedModule) -> str:
    counts = _(
        "%(title)s: edition %(edition)s, %(lessons)s lessons, %(questions)s questions, %(objectives)s objectives, "
        "%(cases)s cases, %(judgements)s judgements, %(dialogues)s dialogues"
    )
    return counts % ({"title": module.title} | {name: getattr(module, name) for name in PRINTED})


def balance_lines(balance: Balance) -> list[str]:
    """Return what the situations of all modules together are about; nothing if there are none."""
    if not balance.milieus:
        return []
    largest, count = balance.largest
    shares = {"milieu": Milieu(largest).label if largest else "", "count": count, "all": balance.touching}
    return [
        _("Milieus: %(counts)s") % {"counts": _counted(balance.milieus, Milieu)},
        _("Largest among those that touch a milieu: %(milieu)s, %(count)s of %(all)s") % shares,
        _("Persons: %(counts)s") % {"counts": _counted(balance.genders, Gender)},
        _("Workplaces: %(counts)s") % {"counts": _counted(balance.workplaces, Workplace)},
    ]


def _counted(counts: Counter[str], kinds: type[TextChoices]) -> str:
    """Every kind of the closed list, zeros included."""
    return ", ".join(f"{kind.label} {counts[kind.value]}" for kind in kinds)
