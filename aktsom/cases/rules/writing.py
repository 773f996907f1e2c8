"""What a hearing, a postponement, an appointment and the choice about guardians must say. Little, and each with its why."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.cases.rules.states import CaseRole, GuardianDecision, HearingOutcome


class NoteObstacle(models.TextChoices):
    """Why a note cannot be corrected."""

    CORRECTED = "corrected", _("Noen andre rettet teksten akkurat nå. Det du skrev står her. Trykk en gang til, så ser du begge")


class HearingObstacle(models.TextChoices):
    """What is missing in a hearing."""

    NO_WORDS = "no_words", _("Skriv hva eleven sa, med elevens egne ord. Noen få ord er nok")
    NO_REASON = "no_reason", _("Skriv hvorfor eleven ikke er hørt ennå")
    NO_DATE = "no_date", _("Velg dagen du vil spørre eleven på nytt")
    DATE_PASSED = "date_passed", _("Dagen du vil spørre eleven, må være i dag eller senere")


def obstacles_to_hearing(*, outcome: str, words: str, reason: str, planned_on: date | None, today: date) -> list[HearingObstacle]:
    """Return what is missing. That the pupil did not want to speak is an answer and needs nothing more (§ 10-2, fact 12)."""
    not_yet = outcome == HearingOutcome.NOT_YET
    found = {
        HearingObstacle.NO_WORDS: outcome == HearingOutcome.HEARD and not words.strip(),
        HearingObstacle.NO_REASON: not_yet and not reason.strip(),
        HearingObstacle.NO_DATE: not_yet and planned_on is None,
        HearingObstacle.DATE_PASSED: not_yet and planned_on is not None and planned_on < today,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class PostponementObstacle(models.TextChoices):
    """What is missing when the investigation is put off."""

    NO_REASON = "no_reason", _("Skriv hvorfor undersøkelsen må vente")
    NO_DATE = "no_date", _("Velg en ny dag for undersøkelsen")
    DATE_PASSED = "date_passed", _("Den nye dagen må komme etter i dag")


def obstacles_to_postponing(*, reason: str, new_date: date | None, today: date) -> list[PostponementObstacle]:
    """Return what is missing: § 12-4 says «snarast», so waiting needs a written reason and a new day (INV-01, NEG-10)."""
    found = {
        PostponementObstacle.NO_REASON: not reason.strip(),
        PostponementObstacle.NO_DATE: new_date is None,
        PostponementObstacle.DATE_PASSED: new_date is not None and new_date <= today,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class WorkObstacle(models.TextChoices):
    """Why somebody cannot work with the case."""

    SHUT_OUT = "shut_out", _("Denne personen er stengt ute fra saken. Velg en annen")
    NOT_AT_WORK = "not_at_work", _("Velg en som arbeider ved skolen eller hos skoleeieren")
    HELD_BY_OWNER = "held_by_owner", _("Skoleeieren har denne saken. Bare skoleeierens folk kan arbeide med den (§ 12-5 andre ledd)")
    ALREADY = "already", _("Denne personen arbeider allerede med saken. Velg en annen")
    NO_REASON = "no_reason", _("Skriv hvorfor hjelpen trengs")
    NO_END = "no_end", _("Velg siste dag. Hjelp i en sak er alltid tidsavgrenset")
    END_PASSED = "end_passed", _("Siste dag må være i dag eller senere")
    NO_PART = "no_part", _("Velg hvilken del av saken det gjelder")


def obstacles_to_working(
    *,
    role: str,
    shut_out: bool,
    at_work: bool,
    withheld_from_her: bool,
    already: bool,
    reason: str = "",
    valid_until: date | None = None,
    today: date,
    has_part: bool = False,
) -> list[WorkObstacle]:
    """Return why somebody cannot work with the case. Help is for one part, for a time, with a reason (PRV-02)."""
    helps = role == CaseRole.HELPER
    found = {
        WorkObstacle.SHUT_OUT: shut_out,
        WorkObstacle.NOT_AT_WORK: not at_work,
        WorkObstacle.HELD_BY_OWNER: withheld_from_her,
        WorkObstacle.ALREADY: already,
        WorkObstacle.NO_REASON: helps and not reason.strip(),
        WorkObstacle.NO_END: helps and valid_until is None,
        WorkObstacle.END_PASSED: valid_until is not None and valid_until < today,
        WorkObstacle.NO_PART: helps and not has_part,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class GuardianObstacle(models.TextChoices):
    """What is missing in the choice about telling guardians."""

    NO_REASON = "no_reason", _("Skriv hvorfor de foresatte ikke får vite det nå")
    OF_AGE = "of_age", _("Eleven er 18 år. Foresatte får bare vite det når eleven selv har sagt ja")
    NOT_OF_AGE = "not_of_age", _("Eleven er under 18 år. Velg om foresatte er orientert eller ikke")
    NO_DATE = "no_date", _("Skriv dagen de foresatte ble orientert")
    NOBODY_TOLD = "nobody_told", _("Skal ingen av dem få vite det, velger du «ikke orientert»")


def obstacles_to_deciding_on_guardians(
    *, decision: str, reason: str, told_on: date | None, of_age: bool, consented: bool, kept_from: int = 0, following: int = 1
) -> list[GuardianObstacle]:
    """Return what is missing. Under 18 the guardians are told unless a written reason says otherwise (PRV-09, AMB-42).

    ``kept_from`` is how many of the ``following`` guardians are not told when the others are.
    """
    told = decision == GuardianDecision.TOLD
    found = {
        GuardianObstacle.NO_REASON: (decision == GuardianDecision.NOT_TOLD or (told and kept_from > 0)) and not reason.strip(),
        GuardianObstacle.OF_AGE: told and of_age and not consented,
        GuardianObstacle.NOT_OF_AGE: decision == GuardianDecision.PUPIL_OF_AGE and not of_age,
        GuardianObstacle.NO_DATE: told and told_on is None,
        GuardianObstacle.NOBODY_TOLD: told and 0 < following <= kept_from,
    }
    return [obstacle for obstacle, holds in found.items() if holds]
