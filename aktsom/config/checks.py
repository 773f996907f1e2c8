"""Stop an unsafe production start. Every fault is an error with what to do; none is only a warning."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register

from aktsom.config import env

SHORTEST_SECRET = 50


def _error(number: int, what: str, hint: str) -> Error:
    return Error(what, hint=hint, id=f"aktsom.E{number:03d}")


@register(Tags.security)
def safe_start(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Return what makes this start unsafe; an empty list in demo and test mode, and for a safe production."""
    if settings.MODE not in {"production", "demo", "test"}:
        return [_error(1, f"AKTSOM_MODE er «{settings.MODE}».", "Velg production, demo eller test.")]
    return [fault for faults in (_demo(), _secrets(), _places()) for fault in faults] if settings.MODE == "production" else []


def _demo() -> list[Error]:
    found = []
    if settings.AKTSOM_DEMO_SIGN_IN:
        found.append(_error(2, "Innlogging uten passord er slått på.", "Den finnes bare i utprøving."))
    if settings.DEBUG:
        found.append(_error(3, "Feilsøking er slått på.", "DEBUG kan ikke være på for virkelige skoler."))
    return found


def _secrets() -> list[Error]:
    found = []
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        found.append(_error(4, "Den hemmelige nøkkelen mangler eller er for kort.", "Sett AKTSOM_SECRET_KEY til minst 50 tilfeldige tegn."))
    if not _master_key():
        found.append(_error(5, "Hovednøkkelen mangler.", "Lag en med manage.py make_master_key, og sett AKTSOM_MASTER_KEY_FILE."))
    return found


def _master_key() -> bool:
    from aktsom.core.vault.sealing import MasterKeyMissing, master_keys  # slow import

    try:
        return bool(master_keys())
    except (MasterKeyMissing, OSError, ValueError):
        return False


def _places() -> list[Error]:
    found = []
    if settings.ON_TRIAL:
        found.append(_error(6, "SQLite er bare for utprøving.", "Sett AKTSOM_DATABASE_URL til en PostgreSQL-tjener."))
    if not env.MAIL_URL.text:
        found.append(_error(7, "Det finnes ingen vei for e-post.", "Sett AKTSOM_MAIL_URL. Uten den får ingen varsler."))
    if urlsplit(settings.AKTSOM_BASE_URL).scheme != "https":
        found.append(_error(8, "Adressen er ikke kryptert.", "Sett AKTSOM_BASE_URL til en adresse som begynner med https."))
    if not settings.USE_TZ or settings.TIME_ZONE != "Europe/Oslo":
        found.append(_error(9, "Klokka har ikke norsk tid.", "Frister regnes i norsk tid."))
    files, static = settings.AKTSOM_FILES_DIR.resolve(), settings.STATIC_ROOT.resolve()
    if files == static or static in files.parents or files in static.parents:
        found.append(_error(10, "Vedleggene ligger der nettjeneren deler ut filer.", "Sett AKTSOM_FILES_DIR til en egen mappe."))
    return found
