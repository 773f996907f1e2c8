"""Words for people: roles in a class, what can be delegated, whom the owner sets to receive, and the ages that count."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

# opplæringslova § 24-5: from 15 the pupil decides in matters of education. vergemålsloven § 8: of age at 18.
AGE_DECIDES_EDUCATION = 15
AGE_OF_MAJORITY = 18


class PersonKind(models.TextChoices):
    """Why a person is registered. Somebody can be both guardian and staff; this is only what the source said first."""

    PUPIL = "pupil", _("Elev")
    GUARDIAN = "guardian", _("Foresatt")
    STAFF = "staff", _("Arbeider ved skolen")


class ClassRole(models.TextChoices):
    """What a person is in a class or group."""

    PUPIL = "pupil", _("Elev")
    CONTACT_TEACHER = "contact_teacher", _("Kontaktlærer")
    SUBJECT_TEACHER = "subject_teacher", _("Faglærer")
    ASSISTANT = "assistant", _("Assistent")


class GroupKind(models.TextChoices):
    """What kind of group it is."""

    SCHOOL_CLASS = "school_class", _("Klasse")
    CONTACT_GROUP = "contact_group", _("Kontaktlærergruppe")
    TEACHING_GROUP = "teaching_group", _("Undervisningsgruppe")
    SFO = "sfo", _("SFO")


class OwnerPurpose(models.TextChoices):
    """What the owner's recipient is set to receive (ESC-08)."""

    SERIOUS = "serious", _("Alvorlige saker, § 12-4 andre ledd")
    STAFF = "staff", _("En som arbeider ved skolen, § 12-5 første ledd")
    LEADERSHIP = "leadership", _("Noen i ledelsen, § 12-5 andre ledd")
    COUNTY_GOVERNOR = "county_governor", _("Saker hos Statsforvalteren, § 12-6")


def age_on(birth_date: date | None, day: date) -> int | None:
    """Return the age in whole years on ``day``, or None when the birth date is unknown."""
    if birth_date is None:
        return None
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def is_of_age(birth_date: date | None, day: date) -> bool:
    """Return whether the person is 18 or more on ``day``. Unknown birth date counts as a child."""
    age = age_on(birth_date, day)
    return age is not None and age >= AGE_OF_MAJORITY


def guardian_may_follow(*, parental_responsibility: bool, birth_date: date | None, adult_consent: bool, day: date) -> bool:
    """Return whether a guardian follows the pupil's case: parental responsibility until 18, then only by consent.

    Source: domain.md facts 33 and 34 (barnelova §§ 30 and 47). Living together gives nothing.
    """
    if is_of_age(birth_date, day):
        return adult_consent
    return parental_responsibility


class StandInObstacle(models.TextChoices):
    """What keeps somebody from standing in or receiving for the head teacher."""

    NOT_AT_SCHOOL = "not_at_school", _("Velg en som arbeider ved skolen")
    SELF = "self", _("Velg en annen enn deg selv")
    ENDS_BEFORE_START = "ends_before_start", _("Siste dag må være samme dag som første dag, eller senere")
    ALREADY_OVER = "already_over", _("Siste dag har vært. Velg en dag som kommer")


def obstacles_to_standing_in(
    *, works_there: bool, is_self: bool, valid_from: date, valid_until: date | None, today: date
) -> list[StandInObstacle]:
    """Return why somebody cannot be deputy or receiver; an empty list means she can."""
    found = {
        StandInObstacle.NOT_AT_SCHOOL: not works_there,
        StandInObstacle.SELF: is_self,
        StandInObstacle.ENDS_BEFORE_START: valid_until is not None and valid_until < valid_from,
        StandInObstacle.ALREADY_OVER: valid_until is not None and valid_until < today,
    }
    return [obstacle for obstacle, holds in found.items() if holds]
