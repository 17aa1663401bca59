"""Makes pages and editions of the starter content, through the same actions as a trainer's."""

from cms.loading.load import Loaded, LoadedModule, load

__all__ = ["Loaded", "LoadedModule", "load"]
