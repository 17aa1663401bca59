"""What axe finds wrong on a page that somebody looks at."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

SCRIPT = AXE_FILE_PATH.read_text()
# Without `preload` axe fetches no style sheet by itself, which it would look for at the wrong address. What holds is not
# asked for: to hand it over takes longer than to find it.
OPTIONS: dict[str, Any] = {"preload": False, "resultTypes": ["violations"]}
# What slides or fades in has other colours meanwhile; what moves for ever has no end to go to.
STILL = """document.getAnimations()
    .filter(moving => moving.effect.getComputedTiming().endTime < Infinity)
    .forEach(moving => moving.finish())"""
RUN = "([context, options]) => ownAxe.run(context || document, options).then(found => found.violations)"


def broken_rules(page: Page, context: str | None = None, **options: Any) -> list[dict[str, Any]]:
    """Return the rules that the page, or the part of it that `context` selects, breaks; each with its `nodes`."""
    if not page.evaluate("'ownAxe' in window"):
        # Wagtail's editor brings an axe with other rules. The value of the last expression would be handed over: all of axe.
        page.evaluate(f"{SCRIPT}; window.ownAxe = window.axe; undefined")
    page.evaluate(STILL)
    found: list[dict[str, Any]] = page.evaluate(RUN, [context, OPTIONS | options])
    return found


def violations(page: Page, context: str | None = None) -> list[str]:
    """Return a line for each place that breaks a rule."""
    return [
        f"{rule['id']}: {node['target']} {node['html'][:200]}" for rule in broken_rules(page, context) for node in rule["nodes"]
    ]
