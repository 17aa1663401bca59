"""What editors work with."""

from cms.models.approvals import LegalApproval
from cms.models.dialogues import DialoguePage
from cms.models.exercises import CasesPage, JudgementPage
from cms.models.modules import KnowledgeCheckPage, LessonPage, ModulePage, ModulePageTag
from cms.models.open_pages import HomePage, RoutinePage, StandardPage
from cms.models.tree import ModuleIndexPage

__all__ = [
    "CasesPage",
    "DialoguePage",
    "HomePage",
    "JudgementPage",
    "KnowledgeCheckPage",
    "LegalApproval",
    "LessonPage",
    "ModuleIndexPage",
    "ModulePage",
    "ModulePageTag",
    "RoutinePage",
    "StandardPage",
]
