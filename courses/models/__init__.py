"""The nouns of learning."""

from courses.models.assignments import Acceptance, Assignment, Audience, AudienceChange, AudienceRule, Exemption, Offer
from courses.models.conversations import ConversationCount
from courses.models.editions import Edition, EditionSource, Step, Withdrawal
from courses.models.evaluations import Evaluation, EvaluationAsked
from courses.models.modules import FormerSlug, Module, ModuleRule
from courses.models.progress import Answer, Attempt, Completion, Round, StepProgress
from courses.models.sources import LegalCheck, LegalSource
from courses.models.symbols import Symbol, SymbolTag

__all__ = [
    "Acceptance",
    "Answer",
    "Assignment",
    "Attempt",
    "Audience",
    "AudienceChange",
    "AudienceRule",
    "Completion",
    "ConversationCount",
    "Edition",
    "EditionSource",
    "Evaluation",
    "EvaluationAsked",
    "Exemption",
    "FormerSlug",
    "LegalCheck",
    "LegalSource",
    "Module",
    "ModuleRule",
    "Offer",
    "Round",
    "Step",
    "StepProgress",
    "Symbol",
    "SymbolTag",
    "Withdrawal",
]
