"""Panels that tell an editor something while writing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from cms.conversation_map import map_of


class ObjectivesPanel(Panel):
    """Lists the signs and words of the module's learning objectives beside the fields that point to them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("The module's learning objectives")} | kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/panels/objectives.html"

        def is_shown(self) -> bool:
            return self.instance.module_page is not None

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            module_page = self.instance.module_page.get_latest_revision_as_object()
            return super().get_context_data(parent_context) | {"objectives": [block.value for block in module_page.objectives]}


class ConversationPanel(Panel):
    """Shows a conversation as it was last saved: as a picture and as a list, with what is wrong where."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("The conversation at a glance")} | kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/panels/conversation.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            from cms.composing import compose_step

            shown = map_of(compose_step(self.instance))
            return super().get_context_data(parent_context) | {"map": shown, "title": self.instance.title}


class StatementsPanel(Panel):
    """Lists what was said earlier of how far an activity of the plan had come."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Earlier statements")} | kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/panels/statements.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            statements = self.instance.statements.select_related("recorded_by")[:20]
            return super().get_context_data(parent_context) | {"statements": statements}
