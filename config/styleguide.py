"""The living style guide: every component with realistic content. Only on a developer's or demonstrator's own machine.

What it shows is Swedish as it stands: examples are content, not texts of the interface.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courses.payload import Option, Question, Source
from courses.tables import columns_of, rows_of


@dataclass(frozen=True)
class Crumb:
    """One place on the way here; the last has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Number:
    """A figure that is to be seen from afar."""

    label: str
    value: str
    note: str = ""
    url: str = ""
    status: str = ""


@dataclass(frozen=True)
class Column:
    """The heading of a column."""

    label: str
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table; `label` is its column's heading, for the phone."""

    text: str = ""
    label: str = ""
    url: str = ""
    status: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a table; the first cell names it."""

    cells: tuple[Cell, ...] = field(default_factory=tuple)


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Namn på enheten", help_text="Som den heter i personalsystemet.")
    email = forms.EmailField(label="E-post", required=False)
    starts_on = forms.DateField(
        label="Startdag", help_text="Till exempel 2026-08-31.", error_messages={"required": "Skriv startdagen."}
    )
    department = forms.ChoiceField(
        label="Förvaltning",
        choices=[("", "Välj förvaltning"), ("1", "Utbildningsförvaltningen"), ("2", "Kultur- och fritidsförvaltningen")],
    )
    channel = forms.ChoiceField(
        label="Hur ska modulen erbjudas?",
        choices=[("mail", "Med e-post"), ("meeting", "På en arbetsplatsträff"), ("site", "Bara på webbplatsen")],
        widget=forms.RadioSelect,
    )
    occupations = forms.MultipleChoiceField(
        label="Befattningar",
        help_text="Välj alla som ska gå modulen.",
        choices=[("f", "Fritidsledare"), ("l", "Lärare"), ("s", "Socialsekreterare")],
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(label="Motivering", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    table = forms.FileField(label="Fil med personer", required=False, help_text="CSV, högst 5 MB.")
    agrees = forms.BooleanField(
        label="Jag har stämt av med förvaltningens chef", help_text="Chefen får ett meddelande när du sparar."
    )


SOURCE = Source(
    key="sol-19-1",
    designation="19 kap. 1 § socialtjänstlagen",
    law="Socialtjänstlag",
    sfs="2025:400",
    summary="Den som arbetar vid en myndighet som rör barn och unga ska genast anmäla till socialnämnden om hen får "
    "kännedom om eller misstänker att ett barn far illa.",
    url="https://www.riksdagen.se/",
    in_force_from=dt.date(2025, 7, 1),
    checked_on=dt.date(2026, 11, 3),
    checked_by="stadsjuristen",
    check_again_on=dt.date(2027, 5, 3),
)

SINGLE = Question(
    id="q1",
    kind="single",
    text="En elev i årskurs 8 har ritat en symbol på bänken och säger att det är ”bara en grej”. Vad gör du först?",
    options=(
        Option(
            id="q1a",
            text="Jag pratar med eleven om vad symbolen betyder för henne.",
            explanation="Ett lugnt samtal ger dig något att gå på. Samma tecken kan betyda flera saker.",
            is_right=True,
        ),
        Option(
            id="q1b",
            text="Jag anmäler till polisen samma dag.",
            explanation="Åsikter anmäls inte. Att rita en symbol är sällan ett brott i sig.",
        ),
        Option(
            id="q1c",
            text="Jag låter det vara. Det är en åsikt.",
            explanation="Du har rätt i att åsikter inte anmäls. Men ett tecken kan vara ett skäl att fråga hur eleven har det.",
        ),
    ),
)
SEVERAL = Question(
    id="q2",
    kind="several",
    text="Vad får du berätta för socialtjänsten när du gör en orosanmälan?",
    options=(
        Option(id="q2a", text="Vad du själv har sett och hört", explanation="Det är kärnan i anmälan.", is_right=True),
        Option(
            id="q2b",
            text="Var och när det hände",
            explanation="Tid och plats hjälper socialtjänsten att bedöma.",
            is_right=True,
        ),
        Option(
            id="q2c",
            text="Vad du tror om familjens åsikter",
            explanation="Gissningar om åsikter hör inte dit, och får inte registreras.",
        ),
    ),
)
ORDER = Question(
    id="q3",
    kind="order",
    text="I vilken ordning gör du det här när du är orolig för ett barn?",
    options=(
        Option(
            id="q3c",
            text="Gör orosanmälan till socialtjänsten",
            explanation="Anmälan görs genast när oron står klar.",
            position=3,
        ),
        Option(id="q3a", text="Skriv ner vad du sett och hört, när och var", explanation="Minnet bleknar fort.", position=1),
        Option(id="q3b", text="Berätta för din chef eller rektor", explanation="Du ska inte bära det ensam.", position=2),
        Option(id="q3d", text="Be om återkoppling", explanation="Du får veta om en utredning har inletts.", position=4),
    ),
)
NUMBERS = (
    Number("i målgruppen", "1 750", "31 augusti 2026"),
    Number("är klara", "64 %", "1 120 av 1 750; 9 procentenheter fler än i april", "#tabell", "done"),
    Number("är försenade", "86", "I fyra förvaltningar", "#tabell", "overdue"),
)
COLUMNS = (Column("Enhet"), Column("Målgrupp", True), Column("Klara", True), Column("Försenade", True), Column("Läge"))


def unit(name: str, target: str, done: str, overdue: str, status: str) -> Row:
    """Return a line of the example table."""
    figures = zip(COLUMNS[1:4], (target, done, overdue), strict=True)
    return Row(
        (
            Cell(name, url="#tabell"),
            *(Cell(text, column.label, is_number=True) for column, text in figures),
            Cell(label="Läge", status=status),
        )
    )


ROWS = (
    unit("Ungdomens hus", "24", "21", "0", "in_progress"),
    unit("Kulturskolan", "18", "18", "0", "done"),
    unit("Fritidsgårdarna Kronogården och Lextorp", "31", "12", "7", "overdue"),
)

WORD_HEADINGS = ("Var", "Vad det gäller", "Utgå från")
WORD_ROWS = (
    ("Förskola", "barns och familjers personliga förhållanden", "hemligt: stark sekretess"),
    ("Skola: annat elevstöd", "elevens personliga förhållanden", "öppet: svag sekretess"),
)


def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every component; `?fel` shows the form with everything wrong, `?meddelande` a message."""
    if "meddelande" in request.GET:
        messages.success(request, "Tilldelningen är sparad. Förvaltningens chef får ett meddelande.")
    return render(request, "styleguide.html", _examples(wrong="fel" in request.GET))


def _examples(*, wrong: bool) -> dict[str, Any]:
    return {
        "form": ExampleForm({"email": "inte en adress"} if wrong else None),
        "crumbs": (Crumb("Min verksamhet", "#"), Crumb("Kultur- och fritidsförvaltningen", "#"), Crumb("Ungdomens hus")),
        "source": SOURCE,
        "single": SINGLE,
        "several": SEVERAL,
        "order": ORDER,
        "chosen": ["q1b"],
        "placed": ["q3a", "q3c", "q3b", "q3d"],
        "due_on": dt.date(2026, 8, 31),
        "numbers": NUMBERS,
        "columns": COLUMNS,
        "rows": ROWS,
        "word_columns": columns_of(WORD_HEADINGS),
        "word_rows": rows_of(WORD_HEADINGS, WORD_ROWS),
        "page": Paginator(range(200), 25).page(3),
        "statuses": ("blocked", "not_started", "in_progress", "not_done", "done", "overdue", "exempt"),
    }
