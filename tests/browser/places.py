"""Every address that exists, as everybody who may see it, and in every state that it has."""

from __future__ import annotations

from dataclasses import dataclass

ANYBODY = "anybody"
CONTENT, SHORT, STOPPED = "informationsdelning", "kort", "stoppad"
DIALOGUE = "/moduler/demokratidialog/samtal-i-soffan/"
LESSONS = (
    "rattigheter-forst",
    "sekretessen-dar-jag-arbetar",
    "orosanmalan",
    "nar-polisen-fragar",
    "samverkan",
    "mejl-chatt-och-handlingar",
    "stegen-i-praktiken",
)


@dataclass(frozen=True)
class Place:
    """A page as one person sees it; `{keys}` are the town's. `then` is pressed when the page has come (a CSS selector)."""

    who: str
    path: str
    then: str = ""
    status: int = 200

    def __str__(self) -> str:
        return f"{self.who}-{self.path}" + (f"-{self.then}" if self.then else "")

    @property
    def is_document(self) -> bool:
        """Whether the page is a whole module to print, as long as the module is."""
        return self.path.endswith("/skriv-ut/")

    @property
    def is_administration(self) -> bool:
        """Whether the page is drawn by Wagtail."""
        return self.path.startswith("/admin/") and self.status == 200


def seen_by(who: str, *paths: str) -> list[Place]:
    return [Place(who, path) for path in paths]


SEND = "main form button[type=submit]"
OPEN = [
    *seen_by(
        ANYBODY,
        "/",
        "/vid-oro/",
        "/anhorigstod/",
        "/anhorigstod-suomeksi/",
        "/om-planen/",
        "/tillganglighet/",
        "/personuppgifter/",
    ),
    *seen_by(
        ANYBODY,
        "/konto/logga-in/",
        "/konto/engangskod/",
        "/konto/nytt/",
        "/konto/avstangt/",
        "/konto/glomt/",
        "/konto/glomt/skickat/",
    ),
    *seen_by(ANYBODY, "/konto/glomt/klart/", "/konto/glomt/1-fel/", "/konto/glomt/{secret}/"),
    Place(ANYBODY, "/konto/logga-in/", SEND),
    Place(ANYBODY, "/konto/engangskod/", SEND),
    Place(ANYBODY, "/konto/glomt/", SEND),
    Place(ANYBODY, "/konto/glomt/{secret}/", SEND),
    *seen_by(ANYBODY, "/verifiera/", "/verifiera/{code}/", "/verifiera/FEL/", "/verifiera/{revoked}/", "/verifiera/{erased}/"),
    Place(ANYBODY, "/verifiera/", SEND, 422),
    Place(ANYBODY, "/finns-inte/", status=404),
]
LEARNING = [
    *seen_by("beginner", "/", "/moduler/", f"/moduler/{CONTENT}/", f"/moduler/{CONTENT}/skriv-ut/", "/mina-intyg/"),
    *(Place("beginner", f"/moduler/{CONTENT}/{lesson}/") for lesson in LESSONS),
    *seen_by("beginner", f"/moduler/{CONTENT}/{{check}}/", f"/moduler/{SHORT}/svar-lektion/"),
    *seen_by("beginner", f"/moduler/{STOPPED}/", f"/moduler/{STOPPED}/lektion/"),
    *seen_by("beginner", "/konto/logga-ut/", "/konto/losenord/", "/konto/bekrafta/", "/konto/paminnelser/"),
    *seen_by("beginner", f"/moduler/{SHORT}/fall/", f"/moduler/{SHORT}/fall/?fall=fall-1", f"/moduler/{SHORT}/bedomning/"),
    *seen_by("graduate", f"/moduler/{SHORT}/fall/", f"/moduler/{SHORT}/fall/?fall=fall-1", f"/moduler/{SHORT}/bedomning/"),
    Place("beginner", f"/moduler/{SHORT}/fall/?fall=fall-1", SEND, 422),
    Place("beginner", f"/moduler/{SHORT}/bedomning/", SEND, 422),
    Place("beginner", f"/moduler/{CONTENT}/{LESSONS[0]}/", "form:has([name=question]) button", 422),
    Place("beginner", f"/moduler/{CONTENT}/{LESSONS[0]}/", "form:has([value=finish]) button", 422),
    *seen_by("beginner", DIALOGUE, f"{DIALOGUE}?visa=1"),
    Place("beginner", f"{DIALOGUE}?visa=1", "button.answer"),
    Place("beginner", "/konto/losenord/", SEND),
    Place("beginner", "/konto/bekrafta/", SEND),
    Place("beginner", f"/moduler/{SHORT}/finns-inte/", status=404),
    Place("beginner", "/chef/", status=404),
    Place("beginner", "/admin/", status=403),
    *seen_by("learner", "/", f"/moduler/{CONTENT}/", f"/moduler/{CONTENT}/{LESSONS[0]}/"),
    *seen_by("learner", f"/moduler/{CONTENT}/{{check}}/?fraga=1"),
    Place("learner", f"/moduler/{CONTENT}/{{check}}/?fraga=1", SEND, 422),
    Place("graduate", f"/moduler/{SHORT}/klar/", SEND, 422),
    *seen_by("graduate", "/", f"/moduler/{SHORT}/", f"/moduler/{SHORT}/klar/", "/mina-intyg/"),
    Place("nameless", "/mina-intyg/"),
    *seen_by("graduate", f"/moduler/{CONTENT}/{{check}}/", f"/moduler/{CONTENT}/{{check}}/?fraga=1"),
    *seen_by("graduate", f"/moduler/{CONTENT}/{{check}}/?fraga=17"),
    *seen_by("graduate", f"/moduler/{SHORT}/kunskapskontroll/"),
]
LOOKING_UP = [
    *seen_by("beginner", "/tecken/", "/tecken/?sok=finns-inte", "/tecken/?sort=finns-inte"),
    *seen_by(
        "beginner", "/tecken/{sign}/", "/tecken/{sign}/?visa=hela", "/tecken/{sign}/?visa=varsamt", "/tecken/{overdue_sign}/"
    ),
    Place("beginner", "/tecken/{draft_sign}/", status=404),
    *seen_by("beginner", "/vem-ringer-jag/", "/rattskallor/", "/rattskallor/sol-19-1/"),
    Place("beginner", "/rattskallor/finns-inte/", status=404),
    *seen_by("trainer", "/tecken/", "/tecken/{draft_sign}/"),
    *seen_by("trainer", "/admin/tecken/", "/admin/tecken/new/", "/admin/tecken/edit/{sign_key}/"),
    *seen_by("trainer", "/admin/tecken/history/{sign_key}/", "/admin/tecken/granska/{sign_key}/"),
    Place("trainer", "/admin/tecken/granska/{sign_key}/", "main form button.button[type=submit]"),
    *seen_by("jurist", "/admin/tecken/", "/admin/tecken/granska/{sign_key}/"),
]
REPORT, DRAFT = "/uppfoljning/2025/helar/", "/uppfoljning/2026/april/"
REPORTING = [
    *seen_by("beginner", "/uppfoljning/", REPORT, f"{REPORT}enhet/100/", f"{REPORT}enhet/900/"),
    *seen_by("beginner", f"{REPORT}forandringar/", f"{REPORT}kommentarer/", f"{REPORT}verksamheter/"),
    *seen_by("beginner", f"{REPORT}aktiviteter/", f"{REPORT}innehallet/"),
    Place("beginner", DRAFT, status=404),
    *seen_by("coordinator", DRAFT, f"{DRAFT}enhet/200/", f"{DRAFT}arbeta/", f"{DRAFT}arbeta/godkann/"),
    *seen_by("coordinator", f"{REPORT}arbeta/", f"{REPORT}arbeta/ratta/", "/uppfoljning/2025/april/arbeta/publicera/"),
    Place("coordinator", "/uppfoljning/2025/april/arbeta/publicera/", SEND, 422),
    Place("coordinator", f"{REPORT}arbeta/ratta/", SEND, 422),
    Place("manager", "/chef/{centre}/kommentar/"),
    Place("manager", "/chef/{centre}/kommentar/", SEND, 422),
]
MANAGING = [
    *seen_by("manager", "/uppfoljning/", "/uppfoljning/fraga/?jamfor=2026-03-01&kant=da&enhet={centre}"),
    *seen_by("coordinator", "/uppfoljning/", "/uppfoljning/fraga/", "/uppfoljning/fraga/?jamfor=2026-01-31"),
    Place("coordinator", "/uppfoljning/fraga/?dag=2999-01-01&modul=finns-inte", status=422),
    Place("beginner", "/uppfoljning/fraga/", status=404),
    *seen_by("manager", "/chef/{centre}/?status=forsenade", "/chef/{centre}/?enhet=finns-inte"),
    *seen_by("manager", f"/chef/{{centre}}/traff/{CONTENT}/", f"/chef/{{centre}}/inbjudan/{CONTENT}/"),
    *seen_by("manager", "/chef/{centre}/inloggning/", "/chef/stallforetradare/"),
    Place("manager", f"/chef/{{centre}}/traff/{CONTENT}/", SEND),
    Place("manager", "/chef/{centre}/inloggning/", SEND),
    Place("manager", "/chef/stallforetradare/", SEND),
    *seen_by("manager", "/", "/chef/", "/chef/{centre}/", "/chef/tilldelning/{waiting}/", "/chef/tilldelning/{accepted}/"),
]
TRAINING = [
    *seen_by("trainer", "/admin/", "/admin/pages/", "/admin/pages/{home_page}/", "/admin/pages/{module_page}/"),
    *seen_by(
        "trainer", "/admin/pages/{home_page}/edit/", "/admin/pages/{module_page}/edit/", "/admin/pages/{lesson_page}/edit/"
    ),
    *seen_by("trainer", "/admin/pages/{cases_page}/edit/", "/admin/pages/{judgement_page}/edit/"),
    *seen_by("trainer", "/admin/pages/{check_page}/edit/", "/admin/pages/{routine_page}/edit/"),
    *seen_by("trainer", "/admin/pages/{module_page}/add_subpage/", "/admin/pages/add/cms/modulepage/{shelf}/"),
    *seen_by("trainer", "/admin/pages/add/cms/lessonpage/{module_page}/", "/admin/pages/{lesson_page}/history/"),
    *seen_by("trainer", "/admin/klistra-in/{module_page}/"),
    Place("trainer", "/admin/klistra-in/{module_page}/", "main form button.button[type=submit]"),
    *seen_by("trainer", "/admin/pages/search/", "/admin/images/", "/admin/images/add/", "/admin/images/multiple/add/"),
    *seen_by("trainer", "/admin/documents/", "/admin/documents/multiple/add/", "/admin/account/"),
    *seen_by("trainer", "/admin/utgavor/", "/admin/utgavor/{module}/", "/admin/utgavor/{module}/1.0/"),
    *seen_by("trainer", "/admin/samtal/", "/admin/samtal/{dialogue_page}/", "/admin/pages/{dialogue_page}/edit/"),
    *seen_by("trainer", "/admin/pages/add/cms/dialoguepage/{module_page}/"),
    *seen_by("trainer", "/admin/modulfragor/", "/admin/modulfragor/{module}/", "/admin/modulfragor/{content}/"),
    *seen_by("trainer", "/admin/rattskallor/", "/admin/rattskallor/new/", "/admin/rattskallor/edit/{source}/"),
    *seen_by("trainer", "/admin/rattskallor/kontroller/new/"),
    *seen_by("trainer", "/admin/reports/workflow/", "/admin/reports/workflow_tasks/", "/admin/reports/site-history/"),
    *seen_by("trainer", "/admin/reports/aging-pages/", "/admin/reports/page-types-usage/"),
    Place("trainer", "/admin/utgavor/{module}/", "main form button.button[type=submit]"),
]
DECIDING = [
    *seen_by("jurist", "/admin/", "/admin/utgavor/", "/admin/utgavor/{module}/", "/admin/utgavor/{module}/1.0/"),
    *seen_by("jurist", "/admin/rattskallor/", "/admin/rattskallor/edit/{source}/", "/admin/rattskallor/kontroller/new/"),
    *seen_by("coordinator", "/admin/", "/admin/malgrupper/", "/admin/malgrupper/new/", "/admin/malgrupper/edit/{audience}/"),
    *seen_by("coordinator", "/admin/tilldelningar/", "/admin/tilldelningar/new/", "/admin/tilldelningar/edit/{waiting}/"),
    *seen_by("coordinator", "/admin/tilldelningar/edit/{accepted}/", "/admin/undantag/", "/admin/undantag/new/?sok=exempel"),
    *seen_by("coordinator", "/admin/undantag/edit/{exemption}/", "/admin/undantag/ny/{person}/"),
    Place("coordinator", "/admin/malgrupper/edit/{audience}/", "main form button.button[type=submit]"),
    Place("coordinator", "/admin/undantag/ny/{person}/", "main form button.button[type=submit]"),
    *seen_by("coordinator", "/admin/intyg/", "/admin/intyg/?nummer=FEL", "/admin/intyg/{number}/"),
    Place("coordinator", "/admin/intyg/{number}/", "main form button.button[type=submit]"),
    *seen_by("coordinator", "/admin/organisation/", "/admin/organisation/ny/", "/admin/organisation/{centre}/"),
    *seen_by("coordinator", "/admin/organisation/{centre}/byt-namn/", "/admin/organisation/{centre}/flytta/"),
    *seen_by("coordinator", "/admin/organisation/{centre}/chefer/"),
    *seen_by("coordinator", "/admin/organisation/{centre}/sla-samman/", "/admin/organisation/{centre}/dela/"),
    *seen_by("coordinator", "/admin/organisation/{centre}/lagg-ned/", "/admin/organisation/protokoll/{reorganised}/"),
    *seen_by("coordinator", "/admin/organisation/protokoll/{planned}/", "/admin/organisation/protokoll/{planned}/ta-tillbaka/"),
    *seen_by("coordinator", "/admin/organisation/protokoll/{reorganised}/ta-tillbaka/"),
    Place("coordinator", "/admin/organisation/{centre}/byt-namn/", "main form button.button[type=submit]"),
    *seen_by("coordinator", "/admin/organisation/personer/", "/admin/organisation/personer/?sok=Exempel"),
    *seen_by("coordinator", "/admin/organisation/personer/{beginner}/"),
    *seen_by("coordinator", "/admin/organisation/personer/{beginner}/ny-franvaro/"),
    *seen_by("coordinator", "/admin/organisation/personer/anstallning/{employment}/"),
    *seen_by("coordinator", "/admin/intyg-for-manga/", "/admin/intyg-for-manga/{job}/", "/admin/intyg-for-manga/{job_done}/"),
    Place("coordinator", "/admin/intyg-for-manga/", "main form button.button[type=submit]"),
    *seen_by("coordinator", "/admin/gallring/", "/admin/gallring/{leaver}/", "/admin/gallring/{person}/"),
    Place("coordinator", "/admin/gallring/{leaver}/", "main form button.button[type=submit]"),
    *seen_by("coordinator", "/admin/hr-filer/", "/admin/hr-filer/{hr_ready}/", "/admin/hr-filer/{hr_refused}/"),
    *seen_by("coordinator", "/admin/hr-filer/{hr_failed}/", "/admin/hr-filer/{hr_done}/"),
    Place("coordinator", "/admin/hr-filer/", "main form button.button[type=submit]"),
    *seen_by("coordinator", "/admin/aktiviteter/", "/admin/aktiviteter/new/", "/admin/aktiviteter/edit/{activity}/"),
    *seen_by("coordinator", "/admin/paminnelser/"),
    *seen_by(
        "coordinator", "/admin/giltighet/", "/admin/giltighet/new/", "/admin/mal/", "/admin/mal/new/", "/admin/modulfragor/"
    ),
    *seen_by("coordinator", "/admin/mottagare/", "/admin/mottagare/new/", "/admin/mottagare/edit/{recipients}/"),
    Place("coordinator", "/admin/mottagare/new/", "main form button.button[type=submit]"),
    *seen_by("coordinator", "/admin/uppfoljning/", "/admin/uppfoljning/styrsystem/"),
    *seen_by("administrator", "/admin/", "/admin/staden/", "/admin/users/", "/admin/users/edit/{person}/", "/admin/handelser/"),
    *seen_by("administrator", "/admin/gallring/"),
    *(Place(who, "/admin/account/") for who in ("jurist", "coordinator", "administrator")),
]
TABLES = {
    "open": OPEN,
    "learning": LEARNING,
    "looking_up": LOOKING_UP,
    "managing": MANAGING,
    "reporting": REPORTING,
    "training": TRAINING,
    "deciding": DECIDING,
}
PLACES = [place for places in TABLES.values() for place in places]
