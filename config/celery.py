"""Background work: Celery, with what beat does when."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("motstandskraft")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
