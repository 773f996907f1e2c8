"""Every environment variable Aktsom reads: its name, type, default and a line that says why.

The operator's table in docs/drift is made from this list, so a variable that is not here does not exist.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Variable:
    """One environment variable as the operator meets it."""

    name: str
    default: str
    explanation: str
    secret: bool = False

    @property
    def text(self) -> str:
        return os.environ.get(self.name, self.default)

    @property
    def flag(self) -> bool:
        return self.text.strip().lower() in {"1", "true", "yes", "on", "ja"}

    @property
    def number(self) -> int:
        return int(self.text)

    @property
    def words(self) -> list[str]:
        return [word for word in self.text.replace(",", " ").split() if word]


def _variable(name: str, default: str, explanation: str, *, secret: bool = False) -> Variable:
    variable = Variable(name=name, default=default, explanation=explanation, secret=secret)
    VARIABLES.append(variable)
    return variable


VARIABLES: list[Variable] = []

MODE = _variable("AKTSOM_MODE", "production", "«production» for virkelige skoler, «demo» for utprøving, «test» for testene.")
SECRET_KEY = _variable("AKTSOM_SECRET_KEY", "", "Hemmelig nøkkel for økter og signaturer. Minst 50 tegn.", secret=True)
SECRET_KEY_FILE = _variable("AKTSOM_SECRET_KEY_FILE", "", "Fil med den hemmelige nøkkelen, i stedet for AKTSOM_SECRET_KEY.")
MASTER_KEY = _variable("AKTSOM_MASTER_KEY", "", "Hovednøkkelen som låser skoleeiernes nøkler, i base64.", secret=True)
MASTER_KEY_FILE = _variable("AKTSOM_MASTER_KEY_FILE", "", "Fil med hovednøkkelen. Skal ikke ligge i samme sikkerhetskopi som databasen.")
DATABASE_URL = _variable(
    "AKTSOM_DATABASE_URL", "", "postgresql://bruker:passord@vert:port/navn, eller tom for SQLite (bare utprøving).", secret=True
)
SQLITE_FILE = _variable("AKTSOM_SQLITE_FILE", str(ROOT / "var" / "aktsom.sqlite3"), "Databasefilen når SQLite brukes.")
FILES_DIR = _variable("AKTSOM_FILES_DIR", str(ROOT / "var" / "files"), "Mappe for krypterte vedlegg. Skal ikke kunne nås av en nettjener.")
ALLOWED_HOSTS = _variable("AKTSOM_ALLOWED_HOSTS", "127.0.0.1 localhost", "Vertsnavn tjenesten svarer på, med mellomrom mellom.")
BASE_URL = _variable("AKTSOM_BASE_URL", "http://127.0.0.1:8000", "Adressen brukerne ser. Brukes i varsler og QR-koder.")
TRUSTED_PROXIES = _variable("AKTSOM_TRUSTED_PROXIES", "0", "Antall mellomtjenere foran Aktsom som setter X-Forwarded-For.")
MAIL_URL = _variable(
    "AKTSOM_MAIL_URL", "", "smtp://bruker:passord@vert:port?tls=1. Tom i utprøving: varslene skrives til fil.", secret=True
)
MAIL_FROM = _variable("AKTSOM_MAIL_FROM", "aktsom@example.invalid", "Avsenderadressen på varsler.")
SMS_GATEWAY = _variable("AKTSOM_SMS_GATEWAY", "", "«sveve» eller «link» for SMS. Tom: Aktsom sender ikke SMS.")
SMS_URL = _variable("AKTSOM_SMS_URL", "", "Adressen til SMS-tjenesten, med https. For Sveve: https://api.sveve.no/SMS/SendMessage.")
SMS_USER = _variable("AKTSOM_SMS_USER", "", "Brukernavnet hos SMS-tjenesten.")
SMS_PASSWORD = _variable("AKTSOM_SMS_PASSWORD", "", "Passordet hos SMS-tjenesten.", secret=True)
SMS_PASSWORD_FILE = _variable("AKTSOM_SMS_PASSWORD_FILE", "", "Fil med passordet hos SMS-tjenesten, i stedet for AKTSOM_SMS_PASSWORD.")
SMS_FROM = _variable("AKTSOM_SMS_FROM", "Aktsom", "Avsenderen på SMS, opptil 11 bokstaver.")
SMS_PLATFORM = _variable("AKTSOM_SMS_PLATFORM", "", "«platformId» hos LINK.")
SMS_PARTNER = _variable("AKTSOM_SMS_PARTNER", "", "«platformPartnerId» hos LINK.")
TEAMS_HOSTS = _variable(
    "AKTSOM_TEAMS_HOSTS",
    "*.logic.azure.com *.powerplatform.com",
    "Vertsnavn skolene kan sende Teams-varsler til. «*.» står for alt under navnet.",
)
OUTGOING_CA_FILE = _variable("AKTSOM_OUTGOING_CA_FILE", "", "Fil med egne rotsertifikater for tjenester Aktsom sender til.")
OUTGOING_PRIVATE = _variable("AKTSOM_OUTGOING_PRIVATE", "0", "1 lar Aktsom sende varsler til adresser i et privat nett.")
BACKUP_MARK = _variable(
    "AKTSOM_BACKUP_MARK", "", "Fil som sikkerhetskopieringen rører hver gang den er ferdig. Da kan Aktsom si fra når kopien er gammel."
)
LOG_LEVEL = _variable("AKTSOM_LOG_LEVEL", "INFO", "Hvor mye tjenesten skriver i loggen. Loggen har aldri innhold fra saker.")
EVIDENCE_YEARS = _variable(
    "AKTSOM_EVIDENCE_YEARS", "0", "Så mange år etter skoleåret slettes filer som viser hva som er gjort i årshjulet. 0: aldri av seg selv."
)
IDLE_MINUTES = _variable("AKTSOM_IDLE_MINUTES", "30", "Minutter uten bruk før økten avsluttes.")


def secret_key() -> str:
    """Return the signing key, read from the file when one is named."""
    if SECRET_KEY_FILE.text:
        return Path(SECRET_KEY_FILE.text).read_text(encoding="utf-8").strip()
    return SECRET_KEY.text


def sms_password() -> str:
    """Return the gateway's password, read from the file when one is named."""
    if SMS_PASSWORD_FILE.text:
        return Path(SMS_PASSWORD_FILE.text).read_text(encoding="utf-8").strip()
    return SMS_PASSWORD.text


def sqlite_database() -> dict[str, object]:
    """Return Django's settings for SQLite: write-ahead log, immediate transactions, full sync."""
    if SQLITE_FILE.text != ":memory:":
        Path(SQLITE_FILE.text).parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": SQLITE_FILE.text,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a read that becomes a write cannot fail half-way
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        },
    }


def postgresql_database(url: str) -> dict[str, object]:
    """Return Django's settings for the PostgreSQL server named in ``url``."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = unquote(parts.hostname or "") or options.pop("host", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def database() -> dict[str, object]:
    """Return the one database this process uses."""
    return postgresql_database(DATABASE_URL.text) if DATABASE_URL.text else sqlite_database()


def mail() -> dict[str, object]:
    """Return Django's mail settings from the mail address, or the file backend where none is given."""
    if not MAIL_URL.text:
        folder = str(Path(FILES_DIR.text).parent / "mail")
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
    parts = urlsplit(MAIL_URL.text)
    options = dict(parse_qsl(parts.query))
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": options.get("tls") == "1",
        "EMAIL_USE_SSL": options.get("ssl") == "1",
        "EMAIL_TIMEOUT": 10,
    }
