"""The site as a web server runs it, with one more address: the floor of `bench._floor`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.ROOT_URLCONF = "bench._floor"
application = get_wsgi_application()
