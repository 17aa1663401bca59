"""The pages that must exist before anybody can work: the start page and the shelf for modules."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from wagtail.models import GroupApprovalTask, Locale, Page, Site, Task, Workflow, WorkflowPage, WorkflowTask

from cms.groups import make_groups
from cms.models import HomePage, ModuleIndexPage
from organisation.permissions import TRAINERS

MODULES_SLUG = "moduler"
REVIEW_NAME = "Granskning"
WAGTAILS_OWN_REVIEW = "Moderators approval"


def keep_foundation(**_kwargs: Any) -> None:
    """After every migration: the tree, the site, the groups and the review. Changes nothing that is in place."""
    # Wagtail forgets its cached tree when a page is saved, and on a new database the cache has no table yet.
    call_command("createcachetable", verbosity=0)
    # After a flush the kinds of content have new keys, and this app is told before theirs is.
    ContentType.objects.clear_cache()
    with transaction.atomic():
        home = keep_tree()
        make_groups(home)
        _keep_review(home)
        _remove_wagtails_own_groups()


def keep_tree() -> HomePage:
    """Return the start page, made with what must lie around it if it is missing."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.get_first_root_node() or _make_root()
    home = HomePage.objects.first() or _make_home(root)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": settings.WAGTAIL_SITE_NAME},
    )
    if not ModuleIndexPage.objects.exists():
        home.add_child(instance=ModuleIndexPage(title="Moduler", slug=MODULES_SLUG))
    return home


def _make_root() -> Page:
    return Page.add_root(
        title="Root", slug="root", content_type=ContentType.objects.get_for_model(Page), locale=Locale.get_default()
    )


def _make_home(root: Page) -> HomePage:
    welcome = [page for page in root.get_children() if page.specific_class is Page]
    Site.objects.filter(root_page__in=welcome).update(root_page=root)
    for page in welcome:
        # Wagtail's own greeting, made by its first migration.
        page.delete()
    root.refresh_from_db()
    home: HomePage = root.add_child(instance=HomePage(title=settings.WAGTAIL_SITE_NAME, slug="start"))
    return home


def _keep_review(home: HomePage) -> None:
    """A lesson can be sent to another trainer, whose approval publishes it. Made once; the city may then change it."""
    if Workflow.objects.filter(name=REVIEW_NAME).exists():
        return
    Workflow.objects.filter(name=WAGTAILS_OWN_REVIEW).delete()
    Task.objects.filter(name=WAGTAILS_OWN_REVIEW).delete()
    task = GroupApprovalTask.objects.create(name="Granskas av en annan utbildare")
    task.groups.add(Group.objects.get(name=TRAINERS))
    workflow = Workflow.objects.create(name=REVIEW_NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=home)


def _remove_wagtails_own_groups() -> None:
    """Wagtail's first migration makes two groups with more rights than anybody here needs."""
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()
