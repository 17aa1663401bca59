"""Settings of the installation. What differs between machines is read in `env.py`."""

import tomllib

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.env import (
    BASE_DIR,
    INSECURE_SECRET_KEY,
    is_running_tests,
    production_faults,
    read_bool,
    read_choice,
    read_config,
    read_environment,
    read_folder,
    read_number,
    read_secret,
    read_sender,
    read_url,
    refuse,
    seal_faults,
)

env = read_environment()

# `LOCAL` is a developer's or demonstrator's own machine: plain http, a known key. Django's technical error pages show only
# where nobody is being shown the product.
LOCAL = read_bool(env, "DEBUG") or is_running_tests()
DEMO = read_bool(env, "DEMO")
DEBUG = LOCAL and not DEMO and not is_running_tests()
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{env.str('PORT', default='8000')}" if LOCAL else "").rstrip("/")
SECRET_KEY = env.str("SECRET_KEY", default=INSECURE_SECRET_KEY if LOCAL else "")
# By this key the verification page knows a certificate whose holder has been erased. It must never change.
ERASURE_KEY = env.str("ERASURE_KEY", default="") or SECRET_KEY
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if LOCAL else [])
if not LOCAL and (
    faults := production_faults(secret_key=SECRET_KEY, allowed_hosts=ALLOWED_HOSTS, site_url=SITE_URL, demo=DEMO)
):
    refuse(*faults)
VAR_DIR = read_folder(env, "VAR_DIR", BASE_DIR / "var")

# What is rendered once and kept is rendered anew by a new release.
RELEASE: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

INSTALLED_APPS = [
    "config",
    "cms",
    "reports",
    "certificates",
    "courses",
    "organisation",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.users_app.UsersAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cms.policy.AdministrationPolicy",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organisation.context_processors.city",
                "organisation.context_processors.menu",
                "reports.context_processors.public_reports",
            ],
        },
    }
]

# --- Where things are kept -------------------------------------------------------------------------------------------

_database = read_url(env, "DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}", ("sqlite", "postgres", "postgresql"))
DATABASES = {
    "default": {
        **read_config("DATABASE_URL", _database, env.db_url_config),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction that will write waits for its turn at the start instead of failing in the middle.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # Parameters are bound on the server, which prepares what a connection asks often (`make bench`: the step page). Behind
    # PgBouncer this needs version 1.21 or newer.
    prepared = {"server_side_binding": True, "prepare_threshold": 3}
    DATABASES["default"]["OPTIONS"] = {**DATABASES["default"].get("OPTIONS", {}), **prepared}

_cache = read_url(env, "CACHE_URL", "dbcache://django_cache", ("dbcache", "rediscache", "redis", "locmemcache"))
CACHES = {
    "default": read_config("CACHE_URL", _cache, env.cache_url_config),
    # Sealed content never changes, so each process may keep what it has rendered.
    "rendered": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rendered",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}

STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media", "base_url": "/media/"},
    },
    # Certificates and sealed media: views serve them, no static server does.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "private", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("designsystemet", BASE_DIR / "node_modules" / "@digdir" / "designsystemet-css" / "dist"),
    ("source-sans-3", BASE_DIR / "node_modules" / "@fontsource" / "source-sans-3" / "files"),
]
WHITENOISE_USE_FINDERS = LOCAL
# Tests make many clients: looking a file up when asked is quicker than listing all of them each time.
WHITENOISE_AUTOREFRESH = DEBUG or is_running_tests()

# --- The seal on certificates ----------------------------------------------------------------------------------------

SEAL_CERTIFICATE = env.str("SEAL_CERTIFICATE", default="")
SEAL_KEY = env.str("SEAL_KEY", default="")
SEAL_PKCS12 = env.str("SEAL_PKCS12", default="")
if faults := seal_faults(pkcs12=SEAL_PKCS12, certificate=SEAL_CERTIFICATE, key=SEAL_KEY):
    refuse(*faults)
SEAL_PASSPHRASE = read_secret(env, "SEAL_PASSPHRASE")
SEAL_WARN_DAYS = read_number(env, "SEAL_WARN_DAYS", 30)
# A city that has named a seal waits for it; one that has named none goes on without.
_is_named = bool(SEAL_PKCS12 or SEAL_CERTIFICATE)
SEAL_WHEN_MISSING = read_choice(env, "SEAL_WHEN_MISSING", ("wait", "unsealed"), "wait" if _is_named else "unsealed")
TEST_SEAL = VAR_DIR / "seal" / "test.p12"
"""What `prepare` makes for a demonstration."""
if DEMO and not _is_named:
    SEAL_PKCS12 = str(TEST_SEAL)

# --- Mail and background work ----------------------------------------------------------------------------------------

_mail = read_url(
    env,
    "EMAIL_URL",
    f"filemail://{VAR_DIR / 'mail'}",
    ("filemail", "smtp", "smtps", "smtp+tls", "smtp+ssl", "memorymail", "consolemail"),
)
EMAIL_CONFIG = read_config("EMAIL_URL", _mail, env.email_url_config)
globals().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = read_sender(env, "DEFAULT_FROM_EMAIL", "motstandskraft@localhost")

CELERY_BROKER_URL = read_url(env, "BROKER_URL", "filesystem://", ("filesystem", "redis", "rediss", "amqp", "amqps"))
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_URL = "filesystem://localhost//"
    _queue = VAR_DIR / "queue"
    for _folder in ("messages", "done", "control"):
        (_queue / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(_queue / "control"),
        "store_processed": False,
    }
elif CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300}
# A message is forgotten when its work is done, and a worker holds no more than it works on: one that is killed takes a task or
# two with it, which the broker gives to another (Redis after five minutes), and which the sweeps below make good before that.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_TIMEZONE = "Europe/Stockholm"
CELERY_TASK_ALWAYS_EAGER = is_running_tests()
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_BEAT_SCHEDULE = {
    "note-how-it-stands-with-the-seal": {"task": "certificates.note_seal", "schedule": 600.0},
    # What waits in a long queue is out of date when it is reached; the next one is not.
    "issue-missing-certificates": {"task": "certificates.issue_missing", "schedule": 20.0, "options": {"expires": 20}},
    "take-up-issuing-jobs": {"task": "certificates.take_up_jobs", "schedule": 10.0, "options": {"expires": 10}},
    "send-letters-about-certificates": {"task": "certificates.send_letters", "schedule": 60.0, "options": {"expires": 60}},
    "delete-doomed-files": {"task": "organisation.delete_doomed_files", "schedule": 600.0, "options": {"expires": 600}},
    "worker-heartbeat": {"task": "config.heartbeat", "schedule": 30.0},
    # At night, when nobody waits; a night that was missed is made up for by the next.
    "keep-follow-up-cycles": {"task": "reports.keep_cycles", "schedule": crontab(minute="20", hour="3")},
    "tell-of-published-reports": {
        "task": "reports.send_publication_letters",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "send-reminders": {"task": "reports.send_reminders", "schedule": crontab(minute="10", hour="8-16", day_of_week="1-5")},
}

# --- Language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# --- Who may come in -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = ["config.accounts.AccountBackend", "config.login_slips.SlipBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.accounts.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
# Guesses are counted in the shared cache: by address of the caller, and by account.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if is_running_tests()
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)

# --- Safety ----------------------------------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not LOCAL
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SECURE_HSTS_SECONDS = 0 if LOCAL else 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if read_bool(env, "BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A knowledge check of forty questions is a form of two thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Wagtail ---------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Motståndskraft"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("sv", "Svenska")]
WAGTAIL_USER_TIME_ZONES = ["Europe/Stockholm"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["pdf", "vtt", "mp4", "webm"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 100 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

SILENCED_SYSTEM_CHECKS: list[str] = []
