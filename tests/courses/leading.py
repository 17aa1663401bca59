"""A learner who leads a conversation through its pages."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from courses.models import Edition, Module
from tests.courses.conversations import dialogue
from tests.drafts import check, draft, given_out, lesson

ADDRESS = "/moduler/informationsdelning/d1/"


def dialogue_edition(module: Module | None = None, **changes: Any) -> Edition:
    """A module with a lesson, a conversation and a check."""
    return given_out(draft(lesson(), dialogue(**changes), check()), module)


class Talk:
    """A person before the pages of the conversation `d1`."""

    def __init__(self, client: Client, edition: Edition, key: str = "d1") -> None:
        self.client = client
        line = next(line for line in edition.outline if line["key"] == key)
        self.address = reverse("courses:step", kwargs={"slug": edition.module.slug, "step": line["slug"]})
        self.revision = line["material_revision"]
        self.page: Any = None

    def open(self) -> str:
        self.page = self.client.get(f"{self.address}?visa=1")
        return self.text

    @property
    def text(self) -> str:
        return " ".join(self.page.content.decode().split()).replace("> ", ">").replace(" <", "<")

    @property
    def way(self) -> str:
        """The sealed field of the page that is open."""
        return re.findall(r'name="way" value="([^"]+)"', self.page.content.decode())[0]

    def send(self, do: str, **data: Any) -> str:
        self.page = self.client.post(self.address, {"revision": self.revision, "do": do, "way": self.way} | data)
        return self.text

    def choose(self, *choices: str) -> str:
        for choice in choices:
            self.send("choose", choice=choice)
        return self.text

    def lead(self, *choices: str) -> Any:
        """Lead the conversation from its beginning to an end, and go on."""
        self.open()
        self.choose(*choices)
        self.send("end_conversation")
        return self.page
