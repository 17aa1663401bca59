"""Cases and judgements to be read at once, on paper and by their editor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from courses.payload import Case, Cases, Judgement, Layer, Source
from courses.situations import workplace_names


@dataclass(frozen=True)
class ReadCase:
    """A case with its legal sources, and where it is typical."""

    case: Case
    sources: tuple[Source, ...]

    @property
    def workplaces(self) -> str:
        """The names of the workplaces."""
        return workplace_names(self.case.workplaces)


@dataclass(frozen=True)
class ReadLayer:
    """A layer with its legal sources."""

    layer: Layer
    sources: tuple[Source, ...]


def cases_html(cases: Cases, sources: Mapping[str, Source]) -> SafeString:
    """Return every case with its actions, what is said of each, and what the law says."""
    read = [ReadCase(case, named(case.question.sources, sources)) for case in cases.cases]
    context = {"step": cases, "sources": named(cases.introduction_sources, sources), "cases": read}
    return render_to_string("courses/cases_read.html", context)


def judgement_html(judgement: Judgement, sources: Mapping[str, Source]) -> SafeString:
    """Return every layer with its next steps, how the picture changes, and what is concluded."""
    read = [ReadLayer(layer, named(layer.sources, sources)) for layer in judgement.layers]
    context = {"step": judgement, "layers": read, "sources": named(judgement.conclusion_sources, sources)}
    return render_to_string("courses/judgement_read.html", context)


def named(keys: Iterable[str], sources: Mapping[str, Source]) -> tuple[Source, ...]:
    """Return the legal sources with these keys."""
    return tuple(sources[key] for key in keys if key in sources)
