"""What a person has done: rounds, steps, answers, attempts, completions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.editions import Edition
from courses.models.modules import Module
from organisation.models import Department


class Round(models.Model):
    """One go at a module by one person."""

    class Reason(models.TextChoices):
        START = "start", _("First time")
        EXPIRY = "expiry", _("The validity ran out")
        MATERIAL = "material", _("The content changed in substance")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("person")
    )
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("module"))
    number = models.PositiveIntegerField(_("number"))
    reason = models.CharField(_("opened because"), max_length=20, choices=Reason.choices, default=Reason.START)
    opened_on = models.DateField(_("opened"))
    opened_at = models.DateTimeField(_("opened at"))

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [models.UniqueConstraint(fields=["user", "module", "number"], name="courses_round_number")]

    def __str__(self) -> str:
        return f"{self.user_id} / {self.module_id} #{self.number}"


class StepProgress(models.Model):
    """How far the person has come in a step, as it was worded since its last material change."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="steps", verbose_name=_("round"))
    step_key = models.CharField(_("step"), max_length=60)
    material_revision = models.PositiveIntegerField(_("material revision"))
    started_at = models.DateTimeField(_("started"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    carried_over = models.BooleanField(_("carried over from an earlier round"), default=False)

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        constraints = [
            models.UniqueConstraint(fields=["round", "step_key", "material_revision"], name="courses_stepprogress_once")
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.step_key}"


class Attempt(models.Model):
    """One go at a knowledge check. What was drawn is stored, so that reload never draws again."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="attempts", verbose_name=_("round"))
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", verbose_name=_("edition"))
    step_key = models.CharField(_("step"), max_length=60)
    material_revision = models.PositiveIntegerField(_("material revision"))
    number = models.PositiveIntegerField(_("number"))
    question_ids = models.JSONField(_("drawn questions"))
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    is_passed = models.BooleanField(_("passed"), null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(fields=["round", "step_key", "material_revision", "number"], name="courses_attempt_number"),
            models.UniqueConstraint(
                fields=["round", "step_key", "material_revision"],
                condition=Q(finished_at=None),
                name="courses_attempt_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.step_key} #{self.number}"


class Answer(models.Model):
    """What the person answered. In a lesson the latest answer stands; in an attempt each question has at most two turns."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="answers", verbose_name=_("round"))
    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("attempt")
    )
    step_key = models.CharField(_("step"), max_length=60)
    material_revision = models.PositiveIntegerField(_("material revision"))
    question_id = models.CharField(_("question"), max_length=60)
    turn = models.PositiveSmallIntegerField(_("turn"), default=1)
    """2 when the question came back because the first answer in the attempt was wrong."""
    response = models.JSONField(_("answer"))
    is_right = models.BooleanField(_("right"))
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "step_key", "material_revision", "question_id"],
                condition=Q(attempt=None),
                name="courses_answer_once_in_lesson",
            ),
            models.UniqueConstraint(fields=["attempt", "question_id", "turn"], name="courses_answer_once_in_attempt"),
            models.CheckConstraint(condition=Q(turn__in=[1, 2]), name="courses_answer_turn"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.question_id}"


class Completion(models.Model):
    """This person completed this edition in this round that day, then working in that department. A fact: never changed."""

    is_sealed = True

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="completion", verbose_name=_("round"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="completions", verbose_name=_("person")
    )
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="completions", verbose_name=_("module"))
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="completions", verbose_name=_("edition"))
    completed_on = models.DateField(_("completed"))
    recorded_at = models.DateTimeField(_("recorded"))
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department")
    )
    department_name = models.CharField(_("the department's name that day"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        indexes = [models.Index(fields=["module", "user", "completed_on"])]

    def __str__(self) -> str:
        return f"{self.user_id} / {self.edition_id} {self.completed_on}"
