"""Every setting of the project, read once from the environment at the start.

The names of the environment are explained in `docs/operating.md`.
"""

import sys
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import env, logs

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules

# --- Kind of place: a developer's machine unless told otherwise -------------------
PRODUCTION = env.flag("CHARROI_PRODUCTION", default=False)
DEBUG = env.flag("DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG must be off when CHARROI_PRODUCTION is on.")
SECRET_KEY = env.secret(
    "SECRET_KEY", default=None if PRODUCTION else "only-for-development-" + "0" * 40
)
ALLOWED_HOSTS = env.hosts(
    "ALLOWED_HOSTS",
    default=None if PRODUCTION else ("localhost", "127.0.0.1", "[::1]"),
)
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
PUBLIC_ORIGIN = env.address("PUBLIC_ORIGIN", schemes=("https", "http")).rstrip("/")
"""Where people reach the site, for links in mail."""
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
DEMO = env.flag("CHARROI_DEMO", default=False)
"""One-click sign-in for the fictional people of `make demo`; refused in production."""
if PRODUCTION and DEMO:
    raise ImproperlyConfigured(
        "CHARROI_DEMO must be off when CHARROI_PRODUCTION is on."
    )

# --- Applications -----------------------------------------------------------------
INSTALLED_APPS = [
    "config.apps.RoofConfig",
    "routing",
    "orders",
    "producers",
    "pricing",
    "vouchers",
    "hub",
    "hub.ledger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_filters",
    "rules",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "hub.middleware.RequestLog",
    "hub.middleware.ContentSecurityPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Tokens are masked anew in each page, and Django pads what it compresses: what a
    # page weighs betrays nothing of them.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "hub.accounts_adapter.people.PersonOfSession",
    "hub.middleware.CurrentMembership",
    "hub.middleware.WhoAsks",
    "hub.middleware.SecondFactor",
    "hub.middleware.DatabaseRefusals",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hub.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "hub.templatetags.words",
                "hub.templatetags.tables",
                "hub.templatetags.page_help",
            ],
        },
    }
]
FORM_RENDERER = "hub.renderers.PlainForms"

# --- Databases: one PostgreSQL, reached under two roles ---------------------------
# "default" is the runtime role, which may not change the ledger; "owner" migrates.
# "journal" is the runtime role on a connection of its own: a refused key is written
# there so that it survives the rollback of the work it refused (docs/ledger.md).
_runtime_url = env.address("DATABASE_URL", schemes=("postgres", "postgresql"))
_owner_url = env.address("DATABASE_OWNER_URL", schemes=("postgres", "postgresql"))
if not _runtime_url:
    from config import embedded

    _urls = embedded.database_urls()
    _runtime_url, _owner_url = _urls.runtime, _urls.owner
LOCK_TIMEOUT_MS = env.whole("LOCK_TIMEOUT_MS", default=8_000, low=100, high=600_000)
# What a test wrote need not outlive the machine: its commits wait for no disk.
_always = ["-c synchronous_commit=off"] if TESTING else []
_limits = [*_always, f"-c lock_timeout={LOCK_TIMEOUT_MS}", "-c timezone=UTC"]
_owner_url = _owner_url or _runtime_url
DATABASES = {
    "default": env.database(_runtime_url, "DATABASE_URL", at_start=_limits),
    "journal": env.database(_runtime_url, "DATABASE_URL", at_start=_limits),
    "owner": env.database(_owner_url, "DATABASE_OWNER_URL", at_start=_always),
}
for _alias, _database in DATABASES.items():
    _database.update(
        CONN_MAX_AGE=0 if TESTING else 60,
        CONN_HEALTH_CHECKS=True,
        ATOMIC_REQUESTS=False,
        TEST={"MIRROR": "owner"}
        if _alias != "owner"
        else {
            "NAME": env.text("TEST_DB_NAME", default="test_charroi"),
            "DEPENDENCIES": [],
        },
    )
DATABASE_ROUTERS = ["hub.routers.OneDatabase"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People and sign-in -----------------------------------------------------------
AUTH_USER_MODEL = "hub.Person"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "hub.accounts_adapter.people.SignedInPeople",
    # Those of sessions begun before the one above: who has one stays signed in.
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # unique by Lower("email"), see hub.Person
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "hub:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_ADAPTER = "hub.accounts_adapter.ByInvitation"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Behind a proxy all requests come from its own address: without this one impatient
# visitor would use up the attempts of everybody.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key,30/d/key",
    "reauthenticate": "10/m/user",
    "request_login_code": "20/m/ip,120/h/ip,3/m/key,10/h/key",
}
"""What these limits leave to somebody who guesses is counted in docs/signing-in.md."""
MFA_ADAPTER = "hub.accounts_adapter.SecondFactors"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_ISSUER = "Charroi"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "hub.forms.factors.TypedCode",
    "reauthenticate": "hub.forms.factors.TypedCodeAgain",
    "authenticate_webauthn": "hub.forms.factors.PasskeyShown",
    "reauthenticate_webauthn": "hub.forms.factors.PasskeyShownAgain",
    "login_webauthn": "hub.forms.factors.PasskeySignIn",
    "add_webauthn": "hub.forms.factors.NewPasskey",
}
SECOND_FACTOR_KEYS = [
    *env.secrets("SECOND_FACTOR_KEYS"),
    SECRET_KEY,
]
"""Keys that open the secrets kept for second factors; the first one closes them."""
SECOND_FACTOR_GRACE_DAYS = env.whole(
    "SECOND_FACTOR_GRACE_DAYS", default=14, low=0, high=90
)
SESSION_ENGINE = "hub.accounts_adapter.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hub.views.errors.forbidden"
SECURE_SSL_REDIRECT = PRODUCTION and env.flag("SECURE_SSL_REDIRECT", default=True)
# Monitors and supervisors of this machine ask without the proxy's HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hub_cache",
        # Django's own 300 would let who tries many addresses push out the counters.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
"""Throttles count in the database, so that several web processes count together."""

# --- Mail -------------------------------------------------------------------------
globals().update(
    env.mail("EMAIL_URL", default=None if PRODUCTION else "consolemail://")
)
DEFAULT_FROM_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL", default="Charroi <charroi@localhost>"
)
EMAIL_TIMEOUT = 10
SIGN_IN_MAIL_THREADS = 0 if TESTING else 2

# --- Words, dates, places ---------------------------------------------------------
LANGUAGE_CODE = "fr-ca"
LANGUAGES = [("fr-ca", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "hub" / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
LANGUAGE_COOKIE_AGE = SESSION_COOKIE_AGE
TIME_ZONE = "America/Toronto"
USE_TZ = True

# --- Static files -----------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
_modules = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    (f"vendor/{name}", _modules / folder)
    for name, folder in {
        "leaflet": "leaflet/dist",
        "sortablejs": "sortablejs",
        "qr-scanner": "qr-scanner",
    }.items()
    if (_modules / folder).is_dir()
]
GUIDES_ROOT = BASE_DIR / "docs" / "guides"
"""The guides of people, read when shown; their pictures are static files."""
STATICFILES_DIRS.append(("guides", GUIDES_ROOT / "pictures"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media")))

# --- Background work --------------------------------------------------------------
BROKER_URL = env.address(
    "BROKER_URL", schemes=("redis", "rediss", "amqp", "amqps", "filesystem")
)
BROKER_FOLDER = Path(env.text("BROKER_FOLDER", default=str(BASE_DIR / "var" / "queue")))
TASK_TIME_LIMIT_S = env.whole("TASK_TIME_LIMIT_S", default=900, low=30, high=7_200)
VISIBILITY_TIMEOUT_S = env.whole(
    "VISIBILITY_TIMEOUT_S", default=2_400, low=30, high=86_400
)
JOB_HEARTBEAT_LIMIT_S = env.whole(
    "JOB_HEARTBEAT_LIMIT_S", default=60, low=2, high=3_600
)
SOLVER_FOLDER = Path(
    env.text("SOLVER_FOLDER", default=str(BASE_DIR / "var" / "solver"))
)
SOLVER_TIME_LIMIT_S = env.whole("SOLVER_TIME_LIMIT_S", default=300, low=1, high=3_600)

# --- The ledger -------------------------------------------------------------------
LEDGER_MONTH_CLOSES_ON = env.whole("LEDGER_MONTH_CLOSES_ON", default=20, low=1, high=28)
"""The day of a month from which the books of the month before are closed."""

# --- Webhooks ---------------------------------------------------------------------
WEBHOOKS_ANYWHERE = env.flag("WEBHOOKS_ANYWHERE", default=False)
"""Let webhooks leave over http and for inner addresses; refused in production."""
if PRODUCTION and WEBHOOKS_ANYWHERE:
    raise ImproperlyConfigured(
        "WEBHOOKS_ANYWHERE must be off when CHARROI_PRODUCTION is on."
    )

# --- Logs -------------------------------------------------------------------------
LOG_LEVEL = env.text("LOG_LEVEL", default="INFO").upper()
LOGGING_CONFIG = None
logs.configure(level=LOG_LEVEL, as_json=PRODUCTION, quiet=TESTING)
