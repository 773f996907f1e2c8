"""Asking others for help in a case, what health staff may pass on, and the personal duty towards child welfare."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Helper(models.TextChoices):
    """Who is asked (HLP-01)."""

    PPT = "ppt", _("Pedagogisk-psykologisk tjeneste (PPT)")
    OT = "ot", _("Oppfølgingstjenesten (OT)")
    NURSE = "nurse", _("Helsesykepleier")
    BTI = "bti", _("Handlingsveileder eller BTI-kontakt")
    ENVIRONMENT_WORKER = "environment", _("Miljøterapeut eller miljøarbeider")
    PSYCHOLOGIST = "psychologist", _("Psykolog eller BUP")
    POLICE = "police", _("Politikontakt eller SLT")
    OTHER = "other", _("Noen andre")


class SharingBasis(models.TextChoices):
    """Why something may be told to whoever is asked (HLP-02)."""

    WITHOUT_NAME = "without_name", _("Uten navn: ingen kan kjenne igjen eleven")
    PUPIL_CONSENT = "pupil_consent", _("Eleven har sagt ja")
    GUARDIAN_CONSENT = "guardian_consent", _("Foresatte har sagt ja")
    LAW = "law", _("En lov sier at det kan deles")


CONSENTS = frozenset({SharingBasis.PUPIL_CONSENT, SharingBasis.GUARDIAN_CONSENT})


class HealthBasis(models.TextChoices):
    """Why health staff may answer (helsepersonelloven §§ 21–23): what was learned in treatment needs a consent."""

    OUTSIDE_TREATMENT = "outside", _("Det er sett eller hørt utenfor behandling")
    GENERAL = "general", _("Det er et generelt råd, uten noe om eleven")
    PUPIL_CONSENT = "pupil_consent", _("Eleven har sagt ja")
    GUARDIAN_CONSENT = "guardian_consent", _("Foresatte har sagt ja")


HEALTH_CONSENTS = frozenset({HealthBasis.PUPIL_CONSENT, HealthBasis.GUARDIAN_CONSENT})


class HelpObstacle(models.TextChoices):
    """What is missing before others are asked."""

    NO_PURPOSE = "no_purpose", _("Skriv hva dere trenger hjelp til")
    NO_SHARED = "no_shared", _("Skriv hva den som blir spurt, får vite. Skriv «ingenting» hvis det er ingenting")
    NO_CONSENT_DAY = "no_consent_day", _("Skriv hvilken dag det ble sagt ja")
    CONSENT_LATER = "consent_later", _("Dagen det ble sagt ja, har ikke vært ennå. Skriv en dag til og med i dag")
    NO_SECTION = "no_section", _("Skriv hvilken paragraf som sier at det kan deles")
    NAMED = "named", _("Du har valgt «uten navn», men navnet til noen i saken står i teksten. Ta det bort")
    NO_LIMITS = "no_limits", _("Skriv hvor grensen går når politiet blir spurt: hva de ikke får vite, eller ikke skal gjøre")
    NO_END = "no_end", _("Velg siste dag. Etter den dagen ser den som ble spurt, ingenting")
    END_PASSED = "end_passed", _("Siste dag må være i dag eller senere")
    SHUT_OUT = "shut_out", _("Denne personen er stengt ute fra saken. Velg en annen")
    NOT_THERE = "not_there", _("Velg en som arbeider ved skolen nå")
    HELD_BY_OWNER = (
        "held_by_owner",
        _("Skoleeieren har denne saken. Spør en utenfor skolen. Ingen ved skolen kan spørres (§ 12-5 andre ledd)"),
    )


LEARNING_HELPERS = (Helper.PPT, Helper.OT)  # those who work with a pupil's individual teaching too (HLP-05)


class CooperationObstacle(models.TextChoices):
    """Why it cannot be written that somebody works with the pupil's individual teaching."""

    NOT_THEIRS = "not_theirs", _("Dette er for PPT og OT. Andre spør du om hjelp")
    LATER = "later", _("Dagen har ikke vært ennå. Skriv en dag til og med i dag")
    NOTED = "noted", _("Det står i saken fra før. Du trenger ikke skrive det igjen")
    ENDED = "ended", _("Det er avsluttet fra før. Du trenger ikke gjøre noe")


def obstacles_to_noting_cooperation(*, helper: str, begun_on: date, today: date, is_noted: bool) -> list[CooperationObstacle]:
    """Return why it cannot be written. What the cooperation is about is never asked for: it has a file of its own."""
    found = {
        CooperationObstacle.NOT_THEIRS: helper not in LEARNING_HELPERS,
        CooperationObstacle.LATER: begun_on > today,
        CooperationObstacle.NOTED: is_noted,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


class AnswerObstacle(models.TextChoices):
    """Why an answer cannot be written."""

    NO_ANSWER = "no_answer", _("Skriv hva svaret er")
    NO_BASIS = "no_basis", _("Velg hvorfor du kan si dette til skolen")
    NO_CONSENT_DAY = "no_consent_day", _("Skriv hvilken dag det ble sagt ja")
    CONSENT_LATER = "consent_later", _("Dagen det ble sagt ja, har ikke vært ennå. Skriv en dag til og med i dag")
    ANSWERED = "answered", _("Det er svart på dette allerede. Last siden på nytt, så ser du svaret")


def obstacles_to_asking(
    *,
    purpose: str,
    shared: str,
    basis: str,
    consent_on: date | None,
    section: str,
    ends_on: date | None,
    today: date,
    is_named: bool = False,
    helper: str = "",
    limits: str = "",
) -> list[HelpObstacle]:
    """Return what is missing: purpose, basis, what is shared, and a last day (fact 38)."""
    consents = basis in CONSENTS
    found = {
        HelpObstacle.NO_PURPOSE: not purpose.strip(),
        HelpObstacle.NO_SHARED: not shared.strip(),
        HelpObstacle.NO_CONSENT_DAY: consents and consent_on is None,
        HelpObstacle.CONSENT_LATER: consents and consent_on is not None and consent_on > today,
        HelpObstacle.NO_SECTION: basis == SharingBasis.LAW and not section.strip(),
        HelpObstacle.NAMED: basis == SharingBasis.WITHOUT_NAME and is_named,
        HelpObstacle.NO_LIMITS: helper == Helper.POLICE and not limits.strip(),
        HelpObstacle.NO_END: ends_on is None,
        HelpObstacle.END_PASSED: ends_on is not None and ends_on < today,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def obstacles_to_answering(
    *, answer: str, basis: str, consent_on: date | None, is_health_staff: bool, is_answered: bool, today: date
) -> list[AnswerObstacle]:
    """Return why the answer cannot be written. Treatment information without consent has nowhere to go (NEG-19)."""
    consents = is_health_staff and basis in HEALTH_CONSENTS
    found = {
        AnswerObstacle.ANSWERED: is_answered,
        AnswerObstacle.NO_ANSWER: not answer.strip(),
        AnswerObstacle.NO_BASIS: is_health_staff and basis not in HealthBasis.values,
        AnswerObstacle.NO_CONSENT_DAY: consents and consent_on is None,
        AnswerObstacle.CONSENT_LATER: consents and consent_on is not None and consent_on > today,
    }
    return [obstacle for obstacle, holds in found.items() if holds]
