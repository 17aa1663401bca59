"""The whole starter content, in one transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from cms.loading.activities import load_activities
from cms.loading.legal_sources import load_legal_sources
from cms.loading.modules import LoadedModule, load_module
from cms.loading.open_pages import load_page
from cms.loading.signs import load_signs
from cms.loading.streams import StreamWriter
from cms.site_tree import keep_tree
from cms.starter.texts import Content


@dataclass(frozen=True)
class Loaded:
    """What the site holds of the starter content, and what was left as people here have made it."""

    modules: tuple[LoadedModule, ...]
    legal_sources: int
    pages: int
    left_alone: tuple[str, ...]
    symbols: int = 0


@transaction.atomic
def load(content: Content, *, at: dt.datetime) -> Loaded:
    """Bring pages and editions to the state of the files; again: no change. Raises `GiveOutRefused`; then nothing changed."""
    home = keep_tree()
    sources, sources_left = load_legal_sources(content.legal_sources, at=at)
    activities_left = load_activities(content.activities, sources, at=at)
    signs, signs_left = load_signs(content.signs)
    writer = StreamWriter(sources, signs)
    pages_left = [text.title for text in content.pages if not load_page(text, home, writer)]
    modules = tuple(load_module(text, writer, at=at) for text in content.modules)
    modules_left = [module.title for module in modules if module.left_alone]
    left = (*sources_left, *activities_left, *signs_left, *pages_left, *modules_left)
    return Loaded(modules, len(sources), len(content.pages), left, len(signs))
