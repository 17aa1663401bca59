"""Modules, and the rules that hold for them from day to day."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import DatedQuerySet, DatedRow


class ModuleQuerySet(models.QuerySet["Module"]):
    """Asks for modules."""

    def in_force_on(self, day: dt.date, known_at: dt.datetime | None = None) -> ModuleQuerySet:
        """Keep those that have an edition in force that day, as known at a moment."""
        from courses.models.editions import Edition

        return self.filter(pk__in=Edition.objects.known_at(known_at).filter(in_force_from__lte=day).values("module_id"))


class Module(models.Model):
    """One subject to be competent in. Its key never changes; its slug and title follow the latest edition."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)

    objects = ModuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["title"]
        permissions = [
            ("give_out_edition", "Can give out an edition"),
            ("withdraw_edition", "Can withdraw an edition or a step"),
        ]

    def __str__(self) -> str:
        return self.title


class FormerSlug(models.Model):
    """An address that a module once had, and that leads to it still."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="former_slugs", verbose_name=_("module"))

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug


class ModuleRule(DatedRow):
    """How long a completion of the module is valid, and how long a refresher may wait. Without a rule: for ever, 90 days."""

    DEFAULT_REFRESHER_DAYS = 90
    one_at_a_time = ("module",)

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="rules", verbose_name=_("module"))
    validity_months = models.PositiveSmallIntegerField(_("months of validity"), null=True, blank=True)
    refresher_days = models.PositiveSmallIntegerField(_("days until a refresher is due"), default=DEFAULT_REFRESHER_DAYS)

    objects = DatedQuerySet["ModuleRule"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("module rule")
        verbose_name_plural = _("module rules")

    def __str__(self) -> str:
        return f"{self.module_id}: {self.validity_months or '∞'}"
