"""The composition root: settings, addresses, background work. The only package that knows all others."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
