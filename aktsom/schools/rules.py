"""What kinds of owners, schools and days there are."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

WRITTEN_FORMS = ("nb", "nn")  # bokmål and nynorsk
LONGEST_KEPT = 120  # months a working note can be kept; what shall last belongs in a case


class OwnerKind(models.TextChoices):
    """Who owns the school. The Act reads «kommunen», «fylkeskommunen» or, under PSL § 2-4, the school's board."""

    MUNICIPALITY = "municipality", _("Kommune")
    COUNTY = "county", _("Fylkeskommune")
    PRIVATE = "private", _("Privat skole")


class SchoolLevel(models.TextChoices):
    """Which pupils go there."""

    PRIMARY = "primary", _("Barneskole")
    LOWER_SECONDARY = "lower_secondary", _("Ungdomsskole")
    COMBINED = "combined", _("Barne- og ungdomsskole")
    UPPER_SECONDARY = "upper_secondary", _("Videregående skole")


class HelpKind(models.TextChoices):
    """Who outside the school a pupil or guardian can turn to. Names and numbers are each school's own data."""

    OMBUD = "ombud", _("Mobbeombudet")
    COUNTY_GOVERNOR = "county_governor", _("Statsforvalteren")


class DayKind(models.TextChoices):
    """What a stretch of days in the school calendar is."""

    TERM = "term", _("Termin")
    PLANNING = "planning", _("Planleggingsdag")
    HOLIDAY = "holiday", _("Ferie eller fridag")
    STARTUP = "startup", _("Oppstartsdager")  # with school; what the school calls the first days


WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
LONGEST_SHORT_NAME = 60


def is_org_number(text: str) -> bool:
    """Return whether the nine digits are an organisation number: the last is the check digit of the others (modulus 11)."""
    if not re.fullmatch(r"[0-9]{9}", text):
        return False
    digits = [int(digit) for digit in text]
    rest = sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=False)) % 11
    return rest != 1 and digits[-1] == (11 - rest) % 11


def short_name(name: str) -> str:
    """Return the name as an address can hold it: «Bjørkåsen skole» is «bjorkasen-skole»."""
    norwegian = name.lower().replace("æ", "ae").replace("ø", "o")
    plain = unicodedata.normalize("NFKD", norwegian).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SHORT_NAME].strip("-")


class RegistrationObstacle(models.TextChoices):
    """Why an owner or a school cannot be registered."""

    NO_ORG_NUMBER = "no_org_number", _("Organisasjonsnummeret er ikke gyldig. Det har ni sifre, og det siste er et kontrollsiffer.")
    NO_NAME = "no_name", _("Navnet mangler.")
    NO_SHORT_NAME = "no_short_name", _("Kortnavnet til adressen mangler. Bruk små bokstaver, tall og bindestrek.")
    SHORT_NAME_TAKEN = "short_name_taken", _("En annen skole har samme kortnavn. Velg et annet.")
    OTHER_OWNER = "other_owner", _("Skolen er registrert hos en annen eier.")
    OTHER_KIND = "other_kind", _("Eieren er registrert som en annen slags eier.")


class YearObstacle(models.TextChoices):
    """Why the dates of a school year cannot be used."""

    BACKWARDS = "backwards", _("Skoleåret slutter før det begynner.")
    TOO_LONG = "too_long", _("Et skoleår kan ikke være lengre enn ett år.")
    SPAN_BACKWARDS = "span_backwards", _("En ferie eller planleggingsdag slutter før den begynner.")
    SPAN_OUTSIDE = "span_outside", _("En ferie eller planleggingsdag ligger utenfor skoleåret.")


def obstacles_to_registering_owner(*, org_number: str, name: str, kind: str, registered_kind: str = "") -> list[RegistrationObstacle]:
    """Return what is wrong. What kind of owner it is decides which words of the Act apply, so it never changes in passing."""
    found = []
    if not is_org_number(org_number):
        found.append(RegistrationObstacle.NO_ORG_NUMBER)
    if not name.strip():
        found.append(RegistrationObstacle.NO_NAME)
    if registered_kind not in {"", kind}:
        found.append(RegistrationObstacle.OTHER_KIND)
    return found


def obstacles_to_registering_school(
    *, org_number: str, name: str, slug: str, slug_is_taken: bool, has_other_owner: bool
) -> list[RegistrationObstacle]:
    """Return what is wrong. A school is never moved to another owner in passing: its cases are locked with the owner's key."""
    found = []
    if not is_org_number(org_number):
        found.append(RegistrationObstacle.NO_ORG_NUMBER)
    if not name.strip():
        found.append(RegistrationObstacle.NO_NAME)
    if slug != short_name(slug) or not slug:
        found.append(RegistrationObstacle.NO_SHORT_NAME)
    if slug_is_taken:
        found.append(RegistrationObstacle.SHORT_NAME_TAKEN)
    if has_other_owner:
        found.append(RegistrationObstacle.OTHER_OWNER)
    return found


def obstacles_to_setting_year(*, first_day: date, last_day: date, closed: Iterable[tuple[date, date]]) -> list[YearObstacle]:
    """Return what is wrong with the dates, each fault once."""
    spans = list(closed)
    found = []
    if last_day <= first_day:
        found.append(YearObstacle.BACKWARDS)
    if last_day - first_day > timedelta(days=366):
        found.append(YearObstacle.TOO_LONG)
    if any(last < first for first, last in spans):
        found.append(YearObstacle.SPAN_BACKWARDS)
    if any(first < first_day or last > last_day for first, last in spans):
        found.append(YearObstacle.SPAN_OUTSIDE)
    return found


class NotesObstacle(models.TextChoices):
    """Why a time for working notes cannot be set."""

    TOO_SHORT = "too_short", _("Skriv minst én måned. Da rekker den som skrev notatet, å bruke det")
    TOO_LONG = "too_long", _("Skriv høyst 120 måneder. Det som skal bevares, hører hjemme i en sak")


def obstacles_to_keeping_notes(*, months: int | None) -> list[NotesObstacle]:
    """Return what is wrong. None is no rule: then nothing is deleted by itself (PRV-06)."""
    if months is None:
        return []
    found = {NotesObstacle.TOO_SHORT: months < 1, NotesObstacle.TOO_LONG: months > LONGEST_KEPT}
    return [obstacle for obstacle, holds in found.items() if holds]


def notes_older_than(*, today: date, months: int) -> date:
    """Return the day before which a working note is too old: the same day so many months ago, or the month's last."""
    whole = today.year * 12 + today.month - 1 - months
    year, month = divmod(whole, 12)
    next_month = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(today.day, (next_month - timedelta(days=1)).day))
