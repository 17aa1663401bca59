"""Real browsers, logged in as somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from organisation.models import User
from tests.browser.keeping import KeptTown
from tests.browser.looking import Windows
from tests.browser.town import NOON, Town

OpenAs = Callable[..., Page]


@pytest.fixture
def open_as(live_server: LiveServer, browser: Browser, client_of: Callable[[User], Client]) -> Iterator[OpenAs]:
    """Return what opens a window of somebody, `width` pixels wide, with or without JavaScript."""
    contexts = []

    def open_(user: User, width: int = 360, *, javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=javascript, base_url=live_server.url
        )
        contexts.append(context)
        session = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def kept_town(tmp_path_factory: pytest.TempPathFactory) -> KeptTown:
    return KeptTown(tmp_path_factory.mktemp("town"))


@pytest.fixture
def town(transactional_db: None, kept_town: KeptTown, settings: Any) -> Iterator[Town]:
    """The same for all places of a table: looking changes nothing that another look depends on."""
    folders = {name: Path(settings.STORAGES[name]["OPTIONS"]["location"]) for name in ("default", "private")}
    with time_machine.travel(NOON, tick=True):
        yield kept_town.laid_out(folders)


@pytest.fixture
def windows(live_server: LiveServer, browser: Browser, town: Town) -> Iterator[Windows]:
    windows = Windows(browser, town, live_server.url)
    yield windows
    windows.close()
