"""Settings, read once from the environment; a wrong value stops the start with a sentence."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

GISPORTAL_ENV: str = env.str("GISPORTAL_ENV", default="development")
if GISPORTAL_ENV not in {"development", "production"}:
    raise ImproperlyConfigured(
        f"GISPORTAL_ENV is “{GISPORTAL_ENV}”: set it to “development” or “production”."
    )
PRODUCTION = GISPORTAL_ENV == "production"
DEBUG = False if PRODUCTION else env.bool("DEBUG", default=False)

VAR_DIR = Path(env.str("GISPORTAL_VAR", default=str(BASE_DIR / "var"))).resolve()
SHARED_DATA_DIR = Path(env.str("SHARED_DATA_DIR", default=str(BASE_DIR.parent / "shared" / "data")))

DEVELOPMENT_SECRET_KEY = "development-only-" + "x" * 50
SECRET_KEY: str = env.str("SECRET_KEY", default="" if PRODUCTION else DEVELOPMENT_SECRET_KEY)
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or shorter than 50 characters: set it to a long random text, "
        "for example the output of “python3 -c 'import secrets; print(secrets.token_urlsafe(60))'”."
    )
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["*"])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is empty: set it to the host names of the portal.")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL: str = env.str("SITE_URL", default=f"http://localhost:{env.int('PORT', default=8000)}").rstrip("/")

# --- Space -------------------------------------------------------------------------------------------
STORAGE_SRID: int = env.int("STORAGE_SRID", default=2100)
WEB_SRID = 3857
if STORAGE_SRID in {4326, 3857, 4979, 4258}:
    raise ImproperlyConfigured(
        f"STORAGE_SRID is {STORAGE_SRID}, in which distances are not metres: choose a projected "
        "coordinate system in metres, such as 2100 (Greek Grid)."
    )

# --- Applications ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "gisportal",
    "importers",
    "crews",
    "planning",
    "issues",
    "assets",
    "layers",
    "municipality",
    "accounts",
    "core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.http.SecurityHeadersMiddleware",
    "core.http.ReadableTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.http.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.basic.BasicAuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.http.PortalErrorMiddleware",
]
ROOT_URLCONF = "gisportal.urls"
WSGI_APPLICATION = "gisportal.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "gisportal.context.portal",
            ],
        },
    },
]

# Where the rooms offer their feature sources; see layers/sources.py.
MAP_LAYERS = ["layers.map_layers", "assets.map_layers", "issues.map_layers"]

# --- Database ----------------------------------------------------------------------------------------
DATABASES = {
    "default": {
        **env.db("DATABASE_URL", default="postgis:///gisportal"),
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

# --- Language and time -------------------------------------------------------------------------------
LANGUAGE_CODE = "el"
LANGUAGES = [("el", _("Greek")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["gisportal.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE: str = env.str("TIME_ZONE", default="Europe/Athens")
USE_TZ = True
USE_I18N = True

# --- Files -------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    (f"vendor/{name}", NODE_MODULES / path)
    for name, path in (
        ("maplibre-gl", "maplibre-gl/dist"),
        ("htmx", "htmx.org/dist"),
        ("leaflet", "leaflet/dist"),
        ("terra-draw", "terra-draw/dist"),
        ("terra-draw-maplibre-gl-adapter", "terra-draw-maplibre-gl-adapter/dist"),
        ("noto-sans/files", "@fontsource-variable/noto-sans/files"),
    )
    if (NODE_MODULES / path).is_dir()
]
MEDIA_ROOT = VAR_DIR / "media"
# Files that people import: never under an address, kept for so many days after the import.
PRIVATE_FILES_DIR = VAR_DIR / "private"
IMPORT_FILE_KEPT_DAYS: int = env.int("IMPORT_FILE_KEPT_DAYS", default=365)
IMPORT_MAX_BYTES: int = env.int("IMPORT_MAX_BYTES", default=2 << 30)
IMPORT_PROCESSES: int = env.int("IMPORT_PROCESSES", default=2)
IMPORT_MEMORY_MB: int = env.int("IMPORT_MEMORY_MB", default=2048)
# Long work of planners: so many at the same time, and the memory that one may take; 0 is no bound.
PLAN_PROCESSES: int = env.int("PLAN_PROCESSES", default=1)
PLAN_MEMORY_MB: int = env.int("PLAN_MEMORY_MB", default=2048)
IMPORT_MAX_PIXELS: int = env.int("IMPORT_MAX_PIXELS", default=2_000_000_000)
IMPORT_REMOVED_SHARE: float = env.float("IMPORT_REMOVED_SHARE", default=0.2)
# May a feed ask addresses of a private network, such as a map server in the town hall?
IMPORT_FEED_PRIVATE: bool = env.bool("IMPORT_FEED_PRIVATE", default=False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "core.static.ModuleManifestStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
TILE_CACHE_DIR = VAR_DIR / "tiles"
RASTER_TILE_DIR = VAR_DIR / "raster_tiles"
PHOTO_MAX_BYTES = 15 * 1024 * 1024
PHOTO_MAX_PIXELS = 80_000_000
PHOTO_MAX_COUNT = 5
FILE_UPLOAD_HANDLERS = [
    "importers.upload_handler.ImportUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Reports -----------------------------------------------------------------------------------------
REPORTS_PER_HOUR: int = env.int("REPORTS_PER_HOUR", default=10)
REPORTER_RETENTION_DAYS: int = env.int("REPORTER_RETENTION_DAYS", default=730)

# --- E-mail ------------------------------------------------------------------------------------------
EMAIL_URL: str = env.str("EMAIL_URL", default="")
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="GISPortal <portal@localhost>")

# --- Cache: rate limits and nothing that must survive -------------------------------------------------
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # Django keeps 300 entries unless told: a flood would push out the counts that hold it back.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Security ----------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "gisportal.pages.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
SECURE_PROXY: bool = env.bool("SECURE_PROXY", default=False)
if SECURE_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"mask_links": {"()": "core.log_privacy.MaskLinks"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["mask_links"]},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # It tells at every start how many threads it would use.
    "loggers": {"numexpr": {"level": "WARNING"}},
}
# Debian's GDAL (3.6) serves GeoDjango for transforming coordinates only; files from people are opened by the
# importers through pyogrio, whose newer GDAL is told there to follow no reference.
SILENCED_SYSTEM_CHECKS = ["gis.W001"]
