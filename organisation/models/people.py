"""People, and where they work from day to day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from organisation.models.history import DatedQuerySet, DatedRow

if TYPE_CHECKING:
    from organisation.tree import Tree


class UserQuerySet(models.QuerySet["User"]):
    """Asks for people."""

    def employed_in(self, department_ids: frozenset[int], day: dt.date) -> UserQuerySet:
        """Keep those with an employment that day in one of the departments."""
        employed = Employment.objects.on(day).filter(department__in=department_ids).values("user_id")
        return self.filter(pk__in=employed)

    def visible_to(self, viewer: User, day: dt.date, tree: Tree | None = None) -> UserQuerySet:
        """Keep those whom `viewer` may see as persons: employed that day in the viewer's own line of departments."""
        from organisation.permissions import line_of

        return self.employed_in(line_of(viewer, day, tree), day)


class UserManager(BaseUserManager["User"]):
    """Makes users; the address is kept in small letters, so that nobody is shut out by a capital."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, viewer: User, day: dt.date, tree: Tree | None = None) -> UserQuerySet:
        """See `UserQuerySet.visible_to`."""
        return self.get_queryset().visible_to(viewer, day, tree)

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> User:
        """Save and return a user; without a password nobody can log in as that person."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Save and return a user who may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by employee number; may lack an e-mail address. Never a personnummer."""

    employee_number = models.CharField(_("employee number"), max_length=30, unique=True, null=True, blank=True)
    email = models.EmailField(
        _("e-mail"), unique=True, null=True, blank=True, error_messages={"unique": _("Another person has this address.")}
    )
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    is_protected = models.BooleanField(
        _("protected identity"), default=False, help_text=_("Counted, but never shown on lists, exports or verification pages.")
    )
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    joined_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="organisation_user_email_in_small_letters")
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email or f"#{self.pk}"

    def clean(self) -> None:
        super().clean()
        self.email = normal_address(self.email)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = normal_address(self.email)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name


def normal_address(email: str | None) -> str | None:
    """Return the address in small letters without spaces around it; an empty one is none at all."""
    return (email or "").strip().lower() or None


class Employment(DatedRow):
    """That person worked in that department, in that occupation, from day to day."""

    one_at_a_time = ("user", "department")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="employments", verbose_name=_("person"))
    department = models.ForeignKey(
        "organisation.Department", on_delete=models.PROTECT, related_name="employments", verbose_name=_("department")
    )
    occupation = models.CharField(_("occupation"), max_length=100)
    meets_young = models.BooleanField(_("meets children and young people"), default=False)

    objects = DatedQuerySet["Employment"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        indexes = [models.Index(fields=["department", "from_on", "until_on", "user"]), models.Index(fields=["user", "from_on"])]

    def __str__(self) -> str:
        return f"{self.occupation} {self.from_on}–{self.until_on or ''}"


class Absence(DatedRow):
    """A period when the person is away from work; never why."""

    one_at_a_time = ("user",)

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences", verbose_name=_("person"))

    objects = DatedQuerySet["Absence"].as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("absence")
        verbose_name_plural = _("absences")

    def __str__(self) -> str:
        return f"{self.from_on}–{self.until_on or ''}"
