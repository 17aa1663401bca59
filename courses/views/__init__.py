"""The learners' pages."""

from courses.views.check import check_page
from courses.views.completion import completed
from courses.views.files import sealed_file
from courses.views.legal_sources import legal_source, legal_sources
from courses.views.lesson import lesson_page
from courses.views.modules import module, modules, onward, printout, start
from courses.views.signs import sign, sign_drawing, signs
from courses.views.step import step

__all__ = [
    "check_page",
    "completed",
    "legal_source",
    "legal_sources",
    "lesson_page",
    "module",
    "modules",
    "onward",
    "printout",
    "sealed_file",
    "sign",
    "sign_drawing",
    "signs",
    "start",
    "step",
]
