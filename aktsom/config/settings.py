"""The one settings file. What differs between places comes from env.py."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from aktsom.config import env

ROOT = env.ROOT
MODE = env.MODE.text
DEMO = MODE == "demo"
TESTING = MODE == "test"

DEBUG = False  # never: the kind error pages are shown in the demo as well
SECRET_KEY = env.secret_key() or ("for-tests-only-" + "x" * 50 if TESTING else "")
ALLOWED_HOSTS = env.ALLOWED_HOSTS.words
AKTSOM_BASE_URL = env.BASE_URL.text.rstrip("/")
AKTSOM_FILES_DIR = Path(env.FILES_DIR.text)
AKTSOM_DEMO_SIGN_IN = DEMO or TESTING
CSRF_TRUSTED_ORIGINS = [AKTSOM_BASE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "aktsom.config",
    "aktsom.core.access",
    "aktsom.core.audit",
    "aktsom.core.vault",
    "aktsom.core.files",
    "aktsom.core.accounts",
    "aktsom.core.notify",
    "aktsom.core.ui",
    "aktsom.schools",
    "aktsom.people",
    "aktsom.plans",
    "aktsom.wheel",
    "aktsom.measures",
    "aktsom.reports",
    "aktsom.cases",
    "aktsom.insight",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "aktsom.core.accounts.middleware.private_pages",
    "aktsom.core.files.uploads.size_gate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "aktsom.core.accounts.middleware.moving_session",
    "aktsom.core.accounts.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "aktsom.core.access.middleware.actor_middleware",
    "aktsom.core.notify.middleware.acted_on",
    "aktsom.core.audit.middleware.read_record",
    "aktsom.core.accounts.middleware.SentTooLate",
    "aktsom.core.access.middleware.gate",
    "aktsom.core.audit.middleware.safe_methods_only_read",
]

ROOT_URLCONF = "aktsom.config.urls"
WSGI_APPLICATION = "aktsom.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "aktsom" / "core" / part / "templates" for part in ("ui", "accounts")],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "aktsom.core.ui.context.frame",
            ],
            "string_if_invalid": "«mangler: %s»" if TESTING else "",
        },
    }
]

DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ON_TRIAL = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"

# One cache that all workers share, so that a limit of five tries is five tries (tech.md section 6).
CACHES = {
    "default": {"BACKEND": "aktsom.core.accounts.cache.JsonCache", "LOCATION": "core_cache", "OPTIONS": {"MAX_ENTRIES": 10_000}},
}
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if TESTING else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher" if TESTING else "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/konto/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "aktsom.core.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.TRUSTED_PROXIES.number
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to an address we do not know
ACCOUNT_FORMS = {
    "login": "aktsom.core.accounts.forms.SignInForm",
    "reauthenticate": "aktsom.core.accounts.forms.ReauthenticateForm",
    "change_password": "aktsom.core.accounts.forms.ChangePasswordForm",
    "reset_password": "aktsom.core.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "aktsom.core.accounts.forms.ResetPasswordKeyForm",
}
MFA_FORMS = {
    "authenticate": "aktsom.core.accounts.forms.CodeForm",
    "reauthenticate": "aktsom.core.accounts.forms.CodeAgainForm",
    "activate_totp": "aktsom.core.accounts.forms.ActivateAppForm",
    "add_webauthn": "aktsom.core.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "aktsom.core.accounts.forms.RenamePasskeyForm",
}
MFA_ADAPTER = "aktsom.core.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the register, and nobody can write in another's: sign-up is closed
MFA_TOTP_ISSUER = "Aktsom"
MFA_TOTP_TOLERANCE = 1  # the code before and the code after count too: thumbs are slow and clocks differ
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or TESTING

# The session ends after 30 idle minutes; what was typed lies in drafts (ui.md rule 3).
SESSION_ENGINE = "aktsom.core.accounts.sessions"
SESSION_COOKIE_AGE = env.IDLE_MINUTES.number * 60
SESSION_SAVE_EVERY_REQUEST = False  # core.accounts.middleware moves the end of the session once a minute
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MODE == "production"
SESSION_COOKIE_NAME = "__Host-aktsom_session" if MODE == "production" else "aktsom_session"  # no sibling host can set it
CSRF_COOKIE_NAME = "aktsom_csrf"
CSRF_FAILURE_VIEW = "aktsom.core.ui.views.csrf_failure"

SECURE_SSL_REDIRECT = MODE == "production"
SECURE_HSTS_SECONDS = 31536000 if MODE == "production" else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = MODE == "production"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.TRUSTED_PROXIES.number else None
SECURE_REFERRER_POLICY = "same-origin"  # with «no-referrer» browsers send «Origin: null», and no form can be sent
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],  # data: for the design system's icons, blob: for a picture before sending
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],  # the page to report on without network (decision 0021)
    }
}

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("Engelsk"))]
LOCALE_PATHS = [ROOT / "aktsom" / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if MODE == "production"
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = MODE != "production"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = ["aktsom.core.files.uploads.MemoryOnly"]  # never a temporary file in the open

globals().update(env.mail())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.MAIL_FROM.text
if TESTING:
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

AKTSOM_BACKUP_MARK = env.BACKUP_MARK.text
AKTSOM_SMS_GATEWAY = env.SMS_GATEWAY.text.strip().lower()
AKTSOM_SMS_URL = env.SMS_URL.text
AKTSOM_SMS_USER = env.SMS_USER.text
AKTSOM_SMS_PASSWORD = env.sms_password()
AKTSOM_SMS_FROM = env.SMS_FROM.text
AKTSOM_SMS_PLATFORM = env.SMS_PLATFORM.text
AKTSOM_SMS_PARTNER = env.SMS_PARTNER.text
AKTSOM_TEAMS_HOSTS = env.TEAMS_HOSTS.words
AKTSOM_OUTGOING_CA_FILE = env.OUTGOING_CA_FILE.text
AKTSOM_EVIDENCE_YEARS = env.EVIDENCE_YEARS.number
AKTSOM_OUTGOING_PRIVATE = env.OUTGOING_PRIVATE.flag

# No request body, no query string, no SQL parameters and no words of an error reach a log (design.md: no secret in logs).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "aktsom.core.privacy.logs.ContentFreeFormatter", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "filters": {"no_traces": {"()": "aktsom.core.privacy.logs.NoTraces"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_traces"]}},
    "root": {"handlers": ["console"], "level": env.LOG_LEVEL.text},
    "loggers": {
        "django.db.backends": {"level": "WARNING"},
        "django.server": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "aktsom.core.privacy.reporting.ContentFreeReports"
