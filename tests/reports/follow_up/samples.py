"""A report made without a database: three boards of the city and another principal, with something of each kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reports.follow_up.basis import (
    AssignmentAt,
    Basis,
    BridgeAt,
    CycleAt,
    EarlierAt,
    EditionGiven,
    FigureAt,
    LateCompletions,
    ModuleAt,
    Rules,
    SourceAt,
    UnitAt,
)
from reports.follow_up.report import Envelope, ErratumOf, Report
from reports.follow_up.statements import ActivityOf, CommentOf, EvaluationAt, HardQuestion, Statements
from reports.suppression import Hidden, Shown, protect

CUT_OFF = dt.date(2026, 8, 31)
FROZEN = dt.datetime(2026, 9, 10, 4, 0, tzinfo=dt.UTC)
PUBLISHED = dt.datetime(2026, 9, 24, 7, 30, tzinfo=dt.UTC)

BOARDS = {
    "100": ("Utbildningsförvaltningen", 6),
    "200": ("Kultur- och fritidsförvaltningen", 6),
    "300": ("Förvaltningen för hållbar samhällsutveckling med ett mycket långt namn som måste brytas", 2),
    "900": ("Räddningsförbundet", 2),
}
OTHER_PRINCIPAL = "900"
EMPTY = "203"
"""A unit where nobody is in a target group."""
SMALL = "202"
"""A unit of three persons, whose row is hidden."""
MODULES = {
    "tidiga-tecken": "Tidiga tecken och symboler",
    "informationsdelning": "Informationsdelning",
    "demokratidialog": "Normkritisk demokratidialog",
}


def units() -> tuple[UnitAt, ...]:
    """Every board with its units."""
    found = []
    for top, (name, below) in BOARDS.items():
        principal = top if top == OTHER_PRINCIPAL else ""
        found.append(UnitAt(id=top, name=name, kind="forvaltning", parent="", principal=principal))
        for number in range(1, below + 1):
            unit = str(int(top) + number)
            found.append(UnitAt(id=unit, name=f"Enhet {unit}", kind="enhet", parent=top, principal=principal))
    return tuple(found)


def a_figure(module: str, unit: str, target: int, **changes: int) -> FigureAt:
    """Figures with a plausible way from offered to valid."""
    plain = {
        "exempt": target // 20,
        "offered": target,
        "started": target * 4 // 5,
        "completed": target * 3 // 5,
        "valid": target * 11 // 20,
        "refresher": target // 10,
        "overdue": target // 5,
        "trained": target // 4,
        "trained_left": target // 30,
        "certificates": target // 4,
    }
    return FigureAt(module=module, unit=unit, target=target, **(plain | changes))


def figures_of(every: Sequence[UnitAt], grows_by: int = 0) -> tuple[FigureAt, ...]:
    """Figures that add up: a board is the sum of its units, the city the sum of its boards."""
    found: list[FigureAt] = []
    for place, module in enumerate(MODULES):
        own = {unit.id: _of_unit(module, unit.id, grows_by + place) for unit in every if unit.parent}
        tops = {top: _sum(module, top, [own[unit.id] for unit in every if unit.parent == top]) for top in BOARDS}
        city = _sum(module, "", [figure for top, figure in tops.items() if top != OTHER_PRINCIPAL])
        found += [city, *(tops[unit.id] if not unit.parent else own[unit.id] for unit in every)]
    return tuple(found)


def _of_unit(module: str, unit: str, grows_by: int) -> FigureAt:
    if unit == EMPTY:
        return a_figure(module, unit, 0)
    if unit == SMALL:
        return a_figure(module, unit, 3)
    return a_figure(module, unit, 100 + int(unit) % 7 * 20 + grows_by)


def _sum(module: str, unit: str, parts: Sequence[FigureAt]) -> FigureAt:
    names = [name for name in FigureAt.__struct_fields__ if name not in ("module", "unit")]
    return FigureAt(module=module, unit=unit, **{name: sum(getattr(part, name) for part in parts) for name in names})


def a_module(slug: str) -> ModuleAt:
    return ModuleAt(
        slug=slug,
        title=MODULES[slug],
        edition="2.1",
        edition_sha256="ab" * 32,
        in_force_from=dt.date(2026, 2, 1),
        reviewed_by_jurist=slug != "tidiga-tecken",
        validity_months=24,
        refresher_days=90,
        minutes=45,
        goal_percent=90 if slug == "informationsdelning" else None,
    )


def an_earlier(year: int, period: str, number: int, **changes: object) -> EarlierAt:
    return EarlierAt(
        **{
            "year": year,
            "period": period,
            "number": number,
            "sha256": "cd" * 32,
            "known_at": dt.datetime(year, 5, 10, 4, 0, tzinfo=dt.UTC),
            "cut_off_on": dt.date(year, 4, 30),
            "has_same_rules": True,
        }
        | changes
    )


def a_basis(**changes: object) -> Basis:
    """The report of August 2026, with the former one and last year's to compare with."""
    every = units()
    plain = {
        "cycle": CycleAt(year=2026, period="augusti", from_on=dt.date(2026, 5, 1), cut_off_on=CUT_OFF),
        "known_at": FROZEN,
        "newest_hr_file_on": dt.date(2026, 9, 1),
        "rules": Rules(figures=1, suppression=1, threshold=5),
        "city": "Tvåälvs stad",
        "units": every,
        "modules": tuple(a_module(slug) for slug in MODULES),
        "assignments": tuple(_an_assignment(slug) for slug in MODULES),
        "figures": figures_of(every),
        "previous": an_earlier(2026, "april", 1),
        "last_year": an_earlier(2025, "augusti", 1, has_same_rules=False),
        "bridges": _bridges(figures_of(every)),
        "late": (LateCompletions(module="informationsdelning", unit="", count=12),),
        "editions": (_an_edition(),),
        "sources": _sources(),
    }
    return Basis(**(plain | changes))


def _an_assignment(slug: str) -> AssignmentAt:
    return AssignmentAt(
        module=slug,
        audience="Alla som möter barn och unga",
        units=("100", "200", "300"),
        occupations=(),
        only_meets_young=True,
        from_on=dt.date(2026, 1, 15),
        due_on=dt.date(2026, 6, 30),
        due_days=None,
        decided_by="Stadsdirektörens ledningsgrupp",
        accepted=("100", "200", "300"),
    )


def _bridges(figures: Sequence[FigureAt]) -> tuple[BridgeAt, ...]:
    found = []
    for figure in figures:
        closing = figure.valid
        joined, left = closing // 4, -(closing // 9)
        parts = {"completed": joined, "stopped_working": left} if closing else {}
        opening = closing - sum(parts.values())
        found.append(
            BridgeAt(module=figure.module, unit=figure.unit, counted="valid", opening=opening, parts=parts, closing=closing)
        )
    return tuple(found)


def _an_edition() -> EditionGiven:
    return EditionGiven(
        module="informationsdelning",
        number="2.1",
        sha256="ab" * 32,
        is_material=False,
        in_force_from=dt.date(2026, 6, 1),
        change_note="Förtydligar när samtycke behövs.",
        reviewed_by_jurist=True,
    )


def _sources() -> tuple[SourceAt, ...]:
    checked = dt.date(2026, 3, 1)
    return (
        SourceAt(
            key="osl-10-2", designation="10 kap. 2 § offentlighets- och sekretesslagen", checked_on=checked,
            check_again_on=dt.date(2027, 3, 1), is_overdue=False,
        ),
        SourceAt(
            key="sol-19-1", designation="19 kap. 1 § socialtjänstlagen", checked_on=checked,
            check_again_on=dt.date(2026, 6, 1), is_overdue=True,
        ),
        SourceAt(key="x", designation="En bestämmelse", checked_on=None, check_again_on=None, is_overdue=True),
    )  # fmt: skip


def _a_question() -> HardQuestion:
    return HardQuestion(
        module="informationsdelning",
        objective="Veta när sekretess kan brytas",
        question="Vilket av detta får du berätta utan samtycke?",
        answers=140,
        wrong_at_first=61,
    )


def _an_evaluation() -> EvaluationAt:
    degrees = {"worth_time": {"yes": 22, "partly": 6, "no": 2}, "knows_what_to_do": {"yes": 20, "partly": 10, "no": 0}}
    return EvaluationAt(module="informationsdelning", answers=30, degrees=degrees)


def statements() -> Statements:
    """Comments with what a page or a spreadsheet could trip over, and activities of the plan."""
    comments = (
        CommentOf(
            unit="100",
            reason="Två rektorer har slutat & vikarierna <b>började</b> i augusti.",
            action="=SUMMA(A1) – tid avsätts på höstens studiedag.",
            responsible="Verksamhetschef grundskola",
            by_when=dt.date(2026, 11, 30),
        ),
        CommentOf(unit="201", reason="Sommarstängt.\nVi återkommer."),
    )
    activities = (
        ActivityOf(
            key="utbildning",
            section="Förebygga",
            title="Kompetensutveckling för personal som möter barn och unga",
            responsible="Samordnare",
            timetable="Löpande",
            standing="ongoing",
            comment="Tre moduler ges.",
            stood_on=dt.date(2026, 8, 20),
        ),
        ActivityOf(
            key="rutin",
            section="Hantera",
            title="Rutin vid oro",
            responsible="Socialchef",
            timetable="2026",
            standing="unknown",
        ),
    )
    return Statements(comments=comments, activities=activities, hard=(_a_question(),), evaluations=(_an_evaluation(),))


def an_envelope(**changes: object) -> Envelope:
    plain = {
        "number": 2,
        "sha256": "12" * 32,
        "software": "1.0",
        "frozen_at": FROZEN,
        "statements_sha256": "34" * 32,
        "case_number": "KS 2026/123",
        "published_at": PUBLISHED,
    }
    return Envelope(**(plain | changes))


def a_correction() -> ErratumOf:
    return ErratumOf(
        number=1,
        text="Räddningsförbundets mål gäller hela året.",
        reason="Fel i förbundets underlag.",
        corrected_at=dt.datetime(2026, 10, 1, 8, 0, tzinfo=dt.UTC),
    )


def hidden_nothing() -> Hidden:
    """What hides nothing, for tests of all else."""
    return Hidden(threshold=5, rows=(), cells=(), bridges=(), parts=())


def an_earlier_shown(basis: Basis) -> Shown:
    """An earlier report with smaller figures, as it was shown."""
    at = basis.previous
    assert at is not None
    earlier = a_basis(
        cycle=CycleAt(year=at.year, period=at.period, from_on=dt.date(at.year, 1, 1), cut_off_on=at.cut_off_on),
        figures=figures_of(units(), grows_by=-20),
        previous=None,
        last_year=None,
        bridges=(),
        late=(),
    )
    return Shown(basis=earlier, hidden=protect(earlier))


def a_report(**changes: object) -> Report:
    """A published report. `changes` are arguments of `Report.of`."""
    basis = changes.pop("basis", None) or a_basis()
    assert isinstance(basis, Basis)
    plain: dict[str, object] = {
        "hidden": protect(basis),
        "statements": statements(),
        "envelope": an_envelope(),
        "corrections": (a_correction(),),
        "previous": an_earlier_shown(basis) if basis.previous else None,
    }
    return Report.of(basis, **(plain | changes))
