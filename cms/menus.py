"""Ways to our own pages from Wagtail's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import HeaderButton, ListingButton

from cms.certificates import MANAGE
from cms.city import CHANGE_CITY
from cms.conversation_answers import VIEW_ANSWERS
from cms.erasing import ERASE
from cms.evaluations import VIEW_EVALUATIONS
from cms.follow_up.settings import CHANGE_CYCLES
from cms.giving_out.views import APPROVE, GIVE_OUT, WITHDRAW
from cms.hr import IMPORT
from cms.models import DialoguePage, ModulePage
from cms.models.modules import StepPage
from cms.organising.departments import CHANGE
from cms.reminders import VIEW_RUNS

EDITION_ICON = "clipboard-list"
ANSWERS_ICON = "group"


class ItemFor(MenuItem):
    """A menu item for those who have one of the permissions."""

    def __init__(self, permissions: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        self.permissions = permissions
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(permission) for permission in self.permissions)


def editions_item() -> MenuItem:
    who = (GIVE_OUT, WITHDRAW, APPROVE)
    return ItemFor(who, _("Editions"), reverse("give_out:modules"), name="editions", icon_name=EDITION_ICON, order=150)


def evaluations_item() -> MenuItem:
    who, label = (VIEW_EVALUATIONS,), _("What learners think")
    return ItemFor(who, label, reverse("evaluations:list"), name="evaluations", icon_name="comment", order=160)


def answers_item() -> MenuItem:
    who, label = (VIEW_ANSWERS,), _("Answers in conversations")
    return ItemFor(who, label, reverse("conversation_answers:list"), name="answers", icon_name=ANSWERS_ICON, order=170)


def hr_item() -> MenuItem:
    return ItemFor((IMPORT,), _("HR files"), reverse("hr:imports"), name="hr", icon_name="upload", order=350)


def organisation_item() -> MenuItem:
    who, label = (CHANGE,), _("Organisation")
    return ItemFor(who, label, reverse("organising:tree"), name="organisation", icon_name="site", order=340)


def reminders_item() -> MenuItem:
    return ItemFor((VIEW_RUNS,), _("Reminders"), reverse("reminder_runs"), name="reminders", icon_name="mail", order=360)


def erasing_item() -> MenuItem:
    return ItemFor((ERASE,), _("Erasure"), reverse("erasing:erasures"), name="erasing", icon_name="bin", order=850)


def issuing_item() -> MenuItem:
    address = reverse("issuing:jobs")
    return ItemFor((MANAGE,), _("Certificates for many"), address, name="issuing", icon_name="download", order=410)


def cycles_item() -> MenuItem:
    label, address = _("Settings of the follow-up"), reverse("cycle_settings")
    return ItemFor((CHANGE_CYCLES,), label, address, name="cycles", icon_name="calendar-alt", order=198)


def city_item() -> MenuItem:
    return ItemFor((CHANGE_CITY,), _("The city"), reverse("city_settings"), name="city", icon_name="cog", order=800)


def certificates_item() -> MenuItem:
    address = reverse("find_certificate")
    return ItemFor((MANAGE,), _("Certificates"), address, name="certificates", icon_name="doc-full", order=400)


def give_out_header_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[HeaderButton]:
    if target := _module_page_of(page, user):
        yield HeaderButton(_("Give out an edition"), _address(target), icon_name=EDITION_ICON, priority=5)


def paste_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[HeaderButton]:
    is_module = bool(page.pk) and isinstance(page.specific_deferred, ModulePage)
    if is_module and page.permissions_for_user(user).can_add_subpage():
        yield HeaderButton(_("Paste a step"), reverse("paste_step", args=[page.pk]), icon_name="code", priority=6)


def answers_header_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[HeaderButton]:
    if page.pk and user.has_perm(VIEW_ANSWERS) and isinstance(page.specific_deferred, DialoguePage):
        address = reverse("conversation_answers:conversation", args=[page.pk])
        yield HeaderButton(_("Answers in the conversation"), address, icon_name=ANSWERS_ICON, priority=20)


def give_out_listing_button(page: Any, user: Any, next_url: str | None = None) -> Iterator[ListingButton]:
    if isinstance(page.specific_deferred, ModulePage) and (target := _module_page_of(page, user)):
        yield ListingButton(_("Give out an edition"), _address(target), icon_name=EDITION_ICON, priority=15)


def stylesheet() -> str:
    links = ((static(name),) for name in ("css/fonts.css", "cms/admin.css"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', links)


def script() -> str:
    return format_html('<script src="{}"></script>', static("cms/choosers.js"))


def _module_page_of(page: Any, user: Any) -> ModulePage | None:
    """The saved module that the page is, or is a step of; only for those who may give it out."""
    if not page.pk or not user.has_perm(GIVE_OUT):
        return None
    specific = page.specific_deferred
    if isinstance(specific, ModulePage):
        return specific
    return specific.module_page if isinstance(specific, StepPage) else None


def _address(page: ModulePage) -> str:
    return reverse("give_out:module", args=[page.module_id])
