"""The library of signs: what a symbol means to most people, what it can mean to extremists, and how to ask about it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from courses.neutral_drawing import UnsafeDrawing, neutral_drawing
from organisation.models import User

WRITE_SYMBOLS = "courses.change_symbol"
APPROVE_SYMBOLS = "courses.approve_symbol"


class SymbolTag(TaggedItemBase):
    """A subject word on an entry."""

    content_object = models.ForeignKey("courses.Symbol", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("tag of an entry")
        verbose_name_plural = _("tags of entries")


class SymbolQuerySet(models.QuerySet["Symbol"]):
    """Asks for entries."""

    def approved(self) -> SymbolQuerySet:
        """Keep those that a reviewer has approved as they stand; the others are drafts."""
        return self.exclude(approved_on=None)

    def visible_to(self, user: User) -> SymbolQuerySet:
        """Keep what the person may read: drafts only where she writes or approves them."""
        return self if may_read_drafts(user) else self.approved()

    def reliable_on(self, day: dt.date) -> SymbolQuerySet:
        """Keep approved ones whose check is still good that day: questions may rest on them."""
        return self.approved().filter(check_again_on__gte=day)

    def to_check_on(self, day: dt.date) -> SymbolQuerySet:
        """Keep drafts, and those whose day to be checked again has passed."""
        return self.filter(Q(approved_on=None) | Q(check_again_on=None) | Q(check_again_on__lt=day))


class Symbol(models.Model):  # type: ignore[django-manager-missing]  # taggit has no types
    """An entry in the library of signs, innocent meanings first.

    Texts are HTML with p, b, i, ul, ol and li only. Religious practice and the symbols of democratic parties are never entries.
    """

    class Kind(models.TextChoices):
        DIGITS = "digits", _("Digits")
        RUNE = "rune", _("Rune")
        MARK = "mark", _("Mark")
        FLAG = "flag", _("Flag")
        GESTURE = "gesture", _("Gesture")
        TYPED = "typed", _("Characters in text")
        PICTURE = "picture", _("Picture or meme")
        LETTERS = "letters", _("Letters")

    class Certainty(models.TextChoices):
        VERIFIED = "verified", _("Verified in the sources")
        PARTLY = "partly", _("Partly verified")
        GENERAL = "general", _("General knowledge, not verified in a source")

    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("Used in text files. It never changes."))
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    summary = models.CharField(_("summary"), max_length=300, help_text=_("One sentence that stands in the list."))
    content_note = models.CharField(
        _("content note"), max_length=300, blank=True, help_text=_("Shown before an entry about something hard.")
    )
    ordinary = models.TextField(_("ordinary meanings"), help_text=_("First and fullest: what it means to most people."))
    extremist = models.TextField(
        _("known extremist use"), help_text=_("As sure as the sources are, and no surer. Never a slogan in full.")
    )
    how_to_ask = models.TextField(_("how to ask about it"), help_text=_("For instance: What does it mean to you?"))
    sources = models.TextField(_("sources"), help_text=_("One a line."))
    certainty = models.CharField(_("certainty"), max_length=20, choices=Certainty.choices, default=Certainty.GENERAL)
    drawing = models.TextField(
        _("own drawing (SVG)"),
        blank=True,
        help_text=_("Only where it is needed. Neutral, drawn here, without text or scripts."),
    )
    drawing_shows = models.CharField(
        _("what the drawing shows"), max_length=300, blank=True, help_text=_("In words, for those who do not see it.")
    )
    checked_on = models.DateField(_("checked"), null=True, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=150, blank=True)
    check_again_on = models.DateField(_("check again by"), null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("last edited by"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_on = models.DateField(_("approved"), null=True, blank=True, editable=False)
    tags = TaggableManager(through=SymbolTag, blank=True, verbose_name=_("tags"), help_text=_("With commas between."))

    objects = SymbolQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign")
        verbose_name_plural = _("signs")
        ordering = ["name"]
        permissions = [("approve_symbol", "Can approve an entry in the library of signs")]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_on=None, check_again_on=None) | Q(check_again_on__gt=F("checked_on")),
                name="courses_symbol_check_again_later",
                violation_error_message=_("The next check must come after this one."),
            ),
            models.CheckConstraint(
                condition=Q(approved_on=None) | Q(checked_on__isnull=False),
                name="courses_symbol_approved_is_checked",
                violation_error_message=_("What is approved has been checked."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Keep only what can be drawn without harm, and let no drawing stand without words."""
        try:
            self.drawing = neutral_drawing(self.drawing) if self.drawing.strip() else ""
        except UnsafeDrawing as unsafe:
            raise ValidationError({"drawing": str(unsafe)}) from unsafe
        if self.drawing and not self.drawing_shows:
            raise ValidationError({"drawing_shows": _("Say in words what the drawing shows.")})

    @property
    def is_draft(self) -> bool:
        """Whether it waits for a reviewer's approval."""
        return self.approved_on is None

    @property
    def source_lines(self) -> list[str]:
        """The sources, one a line."""
        return [line.strip() for line in self.sources.splitlines() if line.strip()]

    @property
    def needs_note(self) -> bool:
        """Whether a note comes before it: there is a drawing, or something hard to read."""
        return bool(self.content_note or self.drawing)

    def is_overdue_on(self, day: dt.date) -> bool:
        """Whether it should have been checked again before that day."""
        return self.check_again_on is None or self.check_again_on < day


def may_read_drafts(user: User) -> bool:
    """Whether the person writes or approves entries."""
    return user.has_perm(WRITE_SYMBOLS) or user.has_perm(APPROVE_SYMBOLS)
