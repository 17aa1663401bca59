"""The starter content: reads the text files under ``content/`` into plain records."""

from cms.starter.errors import ContentError, Place, Problem
from cms.starter.folder import read_content

__all__ = ["ContentError", "Place", "Problem", "read_content"]
