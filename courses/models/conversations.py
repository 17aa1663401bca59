"""What is known of conversations: sums, of nobody and of no moment."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.editions import Edition


class ConversationCount(models.Model):
    """How often each answer of a conversation was chosen, all persons together. Grows by at least ten conversations at a time.

    Nothing here may point at a person, a round or a moment. `waiting` is sealed until ten wait together (ADR 0010).
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", verbose_name=_("edition"))
    step_key = models.CharField(_("step"), max_length=60)
    conversations = models.PositiveIntegerField(_("conversations"), default=0)
    choices = models.JSONField(_("times chosen"), default=dict)
    waiting = models.TextField(_("waiting"), blank=True)

    class Meta:
        verbose_name = _("count of a conversation")
        verbose_name_plural = _("counts of conversations")
        constraints = [models.UniqueConstraint(fields=["edition", "step_key"], name="courses_conversationcount_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.step_key}: {self.conversations}"
