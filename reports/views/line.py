"""The departments that the viewer answers for."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisation.models import User
from organisation.permissions import answered_for
from organisation.tree import Tree, names_on
from reports.filters import three_numbers
from reports.managing import NOBODY, own_tops, part_of, proposals_for
from reports.persons import shares_of_persons
from reports.statuses import Share, statuses_in


@login_required
@never_cache
@require_safe
def own_line(request: HttpRequest) -> HttpResponse:
    """The three numbers of each department that the viewer answers for, and how far each module has come; no names."""
    day = timezone.localdate()
    viewer = cast(User, request.user)
    own = answered_for(viewer, day)
    if not own:
        raise Http404
    tree = Tree.on(day)
    tops = own_tops(list(own), tree)
    line = frozenset().union(*(tree.below(top) for top in tops))
    names = names_on(day, departments=line)
    statuses = statuses_in(line, day, tree)
    shares = shares_of_persons(statuses)
    context = {
        "parts": [part_of(statuses, terms, tops, names) for terms in statuses.modules],
        "own": [_own(top, names, shares.get(top, NOBODY)) for top in tops],
        "proposals": proposals_for(line, day, names),
        "is_manager_of": any(own.values()),
        "day": day,
    }
    return render(request, "reports/own_line.html", context)


def _own(department: int, names: dict[int, str], share: Share) -> dict[str, object]:
    numbers = three_numbers(share, "status={}".format)
    return {"pk": department, "name": names.get(department, ""), "share": share, "numbers": numbers}
