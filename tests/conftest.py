"""The cast, the same everywhere, and what every test runs in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client, TransactionTestCase

from config.env import BASE_DIR
from organisation.models import City, Department, User
from organisation.permissions import COORDINATORS, TRAINERS
from tests.chromium import EXECUTABLE, FLAGS
from tests.factories import CityFactory, DepartmentFactory, EmploymentFactory, ManagerFactory, UserFactory
from tests.migrated import lay_over, template
from tests.unsealed import unsealed

# Tests start processes of their own, which need not compile everything anew where Python is told not to keep it.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("PYTHONPYCACHEPREFIX", str(BASE_DIR / ".venv" / "compiled"))

TEMPLATES = BASE_DIR / "var" / "test-databases"

# Every run tries the same sample; `make proof` (--hypothesis-profile=proof) tries far more, and others each time.
hypothesis.settings.register_profile("sample", derandomize=True, database=None, deadline=None, max_examples=60)
hypothesis.settings.register_profile("proof", deadline=None, max_examples=3000, print_blob=True)
hypothesis.settings.load_profile("sample")


# The browser's files that take longest; begun first, so that no worker is left alone with one of them at the end.
LONGEST = ("test_every_page.py", "test_every_page_of_the_administration.py", "test_whole_modules.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the browser for last, its longest files first, whatever order chance gave the others; see to a missing Chromium.

    Once Playwright has begun, an event loop runs in the tests' thread to the end.
    """
    items.sort(key=_turn)
    _mark_where_chromium_is_missing(items)


def _turn(item: pytest.Item) -> tuple[bool, int]:
    longest = LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST)
    return item.get_closest_marker("browser") is not None, longest


def _mark_where_chromium_is_missing(items: list[pytest.Item]) -> None:
    """Say plainly that browser tests do not run where Chromium is missing; with CI=true let them fail instead."""
    if Path(EXECUTABLE).exists() or os.environ.get("CI") == "true":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=f"Chromium is not installed at {EXECUTABLE}"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    # Playwright keeps an event loop running in the thread of the test, where Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {**browser_type_launch_args, "executable_path": EXECUTABLE, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "sv-SE", "timezone_id": "Europe/Stockholm"}


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Use the copy that `django_db_modify_db_settings` lays in place."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> None:
    """Give each test process a database of its own: on SQLite a copy of a migrated one."""
    if connection.vendor != "sqlite":
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
        return
    copy = tmp_path_factory.mktemp("database") / "test.sqlite3"
    shutil.copy(template(TEMPLATES), copy)
    connection.settings_dict["TEST"]["NAME"] = str(copy)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Any, settings: Any) -> None:
    """No test sees another's files."""
    for name, folder in {"default": "media", "private": "private"}.items():
        settings.STORAGES[name]["OPTIONS"]["location"] = tmp_path / folder
    settings.STORAGES = {**settings.STORAGES}


@pytest.fixture(autouse=True)
def _forgetful_caches() -> Iterator[None]:
    """No test sees what another's pages kept."""
    from django.core.cache import caches

    caches["rendered"].clear()
    yield
    caches["rendered"].clear()


@pytest.fixture(autouse=True, scope="session")
def _leave_nothing_behind() -> Iterator[None]:
    """Tests with real transactions leave the database without what they wrote, sealed rows too."""
    teardown = TransactionTestCase._fixture_teardown

    def unsealed_teardown(self: TransactionTestCase) -> None:
        # Emptied tables are at once given their first pages again, with content types that must not be remembered ones.
        ContentType.objects.clear_cache()
        if connection.vendor == "sqlite":
            # To empty every table and fill the first again takes six times longer.
            lay_over(template(TEMPLATES))
            return
        with unsealed():
            teardown(self)

    TransactionTestCase._fixture_teardown = unsealed_teardown  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def _files_are_kept() -> Iterator[None]:
    """A browser fetches each static file once. For long: tests have a day of their own, and the browser has today."""
    serve = StaticFilesHandler.serve

    def serve_to_keep(self: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        response = serve(self, request)
        response["Cache-Control"] = "max-age=315360000, immutable"
        return response

    StaticFilesHandler.serve = serve_to_keep  # type: ignore[method-assign]
    yield
    StaticFilesHandler.serve = serve  # type: ignore[method-assign]


@pytest.fixture
def city(db: None) -> City:
    return CityFactory()


@pytest.fixture
def administration(db: None) -> Department:
    """The administration that the youth centre is part of."""
    return DepartmentFactory(name="Kultur- och fritidsförvaltningen")


@pytest.fixture
def youth_centre(administration: Department) -> Department:
    return DepartmentFactory(name="Ungdomens hus", parent=administration)


@pytest.fixture
def other_department(db: None) -> Department:
    return DepartmentFactory(name="Utbildningsförvaltningen")


@pytest.fixture
def learner(youth_centre: Department) -> User:
    """Works at the youth centre."""
    return EmploymentFactory(user=UserFactory(first_name="Lo", last_name="Kråkbär"), department=youth_centre).user


@pytest.fixture
def manager(youth_centre: Department) -> User:
    """Answers for the youth centre."""
    return ManagerFactory(manager=UserFactory(first_name="Mika", last_name="Chef"), department=youth_centre).manager


@pytest.fixture
def other_manager(other_department: Department) -> User:
    """Answers for another department."""
    return ManagerFactory(manager=UserFactory(first_name="Sam", last_name="Annan"), department=other_department).manager


def _member(group: str, **fields: Any) -> User:
    user = UserFactory(is_staff=True, **fields)
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


@pytest.fixture
def trainer(db: None) -> User:
    return _member(TRAINERS, first_name="Tove", last_name="Utbildare")


@pytest.fixture
def coordinator(db: None) -> User:
    return _member(COORDINATORS, first_name="Sia", last_name="Samordnare")


@pytest.fixture
def outsider(db: None) -> User:
    """A person without employment, department or group."""
    return UserFactory(first_name="Ut", last_name="Omstående")


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Return a client logged in as somebody."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def in_english(settings: Any) -> None:
    """Pages speak English, so that a better Swedish sentence breaks no test of behaviour."""
    settings.LANGUAGES = [("en", "English")]
    settings.LANGUAGE_CODE = "en"
