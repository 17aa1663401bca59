"""From live pages to plain data: what *Ge ut utgåva* seals and what the preview shows."""

from cms.composing.modules import compose_module, compose_sources, compose_step
from cms.composing.texts import final_html

__all__ = ["compose_module", "compose_sources", "compose_step", "final_html"]
