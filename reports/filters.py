"""What a manager may choose on a department's page: a unit, a module, a status. The address says it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from reports.persons import Choice
from reports.statuses import LineStatuses, Share, Status

STATUS_IN_ADDRESS = {
    "forsenade": Status.OVERDUE,
    "inte-klara": Status.NOT_DONE,
    "klara": Status.DONE,
    "undantagna": Status.EXEMPT,
}
STATUS_WORDS = {
    Status.OVERDUE: _("Those overdue"),
    Status.NOT_DONE: _("Those not done"),
    Status.DONE: _("Those done"),
    Status.EXEMPT: _("Those exempt"),
}


class PersonFilter(forms.Form):
    """Which persons of a department to show. What is asked for and does not exist here is said to be wrong, and not used."""

    enhet = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    modul = forms.ChoiceField(label=_("Module"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, data: Any, *, department: int, statuses: LineStatuses, names: Mapping[int, str]) -> None:
        super().__init__(data)
        self.department, self.terms = department, {terms.slug: terms for terms in statuses.modules}
        units = [(unit, names.get(unit, "")) for unit in statuses.tree.walk_from(department) if unit != department]
        everybody = [("", _("All"))]
        self.fields["enhet"].choices = [*everybody, *units]  # type: ignore[attr-defined]  # a choice field
        self.fields["modul"].choices = [*everybody, *((slug, terms.title) for slug, terms in self.terms.items())]  # type: ignore[attr-defined]
        words = [(key, STATUS_WORDS[status]) for key, status in STATUS_IN_ADDRESS.items()]
        self.fields["status"].choices = [*everybody, *words]  # type: ignore[attr-defined]
        for name, useless in (("enhet", not units), ("modul", len(self.terms) < 2)):
            if useless and name not in self.data:
                del self.fields[name]

    @property
    def choice(self) -> Choice:
        """Whom the list is about."""
        self.full_clean()
        said = self.cleaned_data
        return Choice(
            said.get("enhet") or self.department,
            self.terms.get(said.get("modul", "")),
            STATUS_IN_ADDRESS.get(said.get("status", "")),
        )

    @property
    def is_used(self) -> bool:
        """Whether something beside the status is chosen, or wrong."""
        return bool(self.errors or self.cleaned_data.get("enhet") or self.cleaned_data.get("modul"))

    def query(self, **changes: str) -> str:
        """Return the query string of what is chosen, with changes."""
        self.full_clean()
        said = {name: value for name, value in self.cleaned_data.items() if value} | changes
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class Number:
    """One of the three numbers that matter, and the way to the persons behind it."""

    status: Status
    count: int
    query: str
    is_chosen: bool

    @property
    def label(self) -> str:
        """What is counted."""
        return str(STATUS_WORDS[self.status])


def three_numbers(share: Share, query: Callable[[str], str], chosen: Status | None = None) -> list[Number]:
    """Return the numbers, the most urgent first. `query` makes the query string that shows a status."""
    counts = {"forsenade": share.overdue, "inte-klara": share.not_done, "klara": share.done}
    statuses = {key: STATUS_IN_ADDRESS[key] for key in counts}
    return [Number(statuses[key], count, query(key), statuses[key] is chosen) for key, count in counts.items()]
