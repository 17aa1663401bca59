"""One department: the three numbers that matter, and who is behind them."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.filters import PersonFilter, three_numbers
from reports.managing import department_rows
from reports.person_tables import person_table
from reports.persons import Entry, reminded_of, roll_of, shares_of_persons
from reports.tables import as_attachment
from reports.views.access import Managed, managed_department

PERSONS_A_PAGE = 50
TAKEN_HOME = ("xlsx", "csv")


@login_required
@never_cache
@require_safe
def department(request: HttpRequest, pk: int) -> HttpResponse:
    """The department's persons, as chosen. The look at their names is logged."""
    managed = managed_department(request, pk)
    form = _filter(request, managed)
    choice = form.choice
    roll = roll_of(managed.statuses, managed.people, managed.names, choice)
    page = Paginator(roll.entries, PERSONS_A_PAGE).get_page(request.GET.get("sida"))
    managed.log("persons.viewed", len(page.object_list))
    context = {
        "managed": managed,
        "crumbs": managed.crumbs(),
        "form": form,
        "choice": choice,
        "roll": roll,
        "page": page,
        "shown": _with_mails(list(page.object_list)),
        "numbers": three_numbers(roll.share, lambda key: form.query(status=key), choice.status),
        "query": form.query(),
        "query_for_all": form.query(status=""),
        "query_for_exempt": form.query(status="undantagna"),
        "modules": _modules(managed, form, choice.department) if choice.module is None else [],
        "departments": department_rows(managed.tree, pk, managed.names, shares_of_persons(managed.statuses, choice.module)),
    }
    return render(request, "reports/department.html", context)


@login_required
@never_cache
@require_safe
def person_list(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """What the department's page shows, all of it, as a file. That it was taken home is logged."""
    managed = managed_department(request, pk)
    if ending not in TAKEN_HOME:
        raise Http404
    choice = _filter(request, managed).choice
    roll = roll_of(managed.statuses, managed.people, managed.names, choice)
    managed.log("persons.exported", len(roll.entries), format=ending)
    table = person_table(roll, choice, managed.names, managed.day)
    return as_attachment(ending, f"{managed.name} {managed.day.isoformat()}", table)


def _filter(request: HttpRequest, managed: Managed) -> PersonFilter:
    return PersonFilter(request.GET, department=managed.pk, statuses=managed.statuses, names=managed.names)


def _modules(managed: Managed, form: PersonFilter, unit: int) -> list[dict[str, object]]:
    """How far each module has come among those chosen."""
    return [
        {
            "terms": terms,
            "share": managed.statuses.share(terms.module_id, [unit]),
            "query": form.query(modul=terms.slug, status=""),
        }
        for terms in managed.statuses.modules
    ]


def _with_mails(entries: Collection[Entry]) -> list[dict[str, object]]:
    """Each person with when she was last reminded of each module."""
    reminded = reminded_of([entry.person.pk for entry in entries])
    return [
        {"entry": entry, "lines": [(one, reminded.get((entry.person.pk, one.module.module_id))) for one in entry.lines]}
        for entry in entries
    ]
