"""What is right in the family's room: when the pupil is asked, who may write to whom, and how a correction is answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_CHECK_INS = 20
CODE_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"  # nothing that looks like something else when written by hand
CODE_LENGTH = 12


class CheckInObstacle(models.TextChoices):
    """What keeps the days the pupil is asked from being set."""

    NO_DAYS = "no_days", _("Velg minst én dag")
    TOO_MANY = "too_many", _("Velg høyst 20 dager om gangen")
    PASSED = "passed", _("Velg dager fra i dag av")
    CLOSED = "closed", _("Saken er avsluttet. Åpne den igjen først")


def check_in_days(*, first: date, every_days: int, times: int) -> list[date]:
    """Return the days the pupil is asked «er det bedre?»: the first, and then as often as the plan says."""
    return [first + timedelta(days=every_days * number) for number in range(times)]


def obstacles_to_setting_check_ins(*, days: Sequence[date], today: date, is_open: bool) -> list[CheckInObstacle]:
    """Return why the days cannot be set; an empty list means they can. Which days is the plan's own choice."""
    found = {
        CheckInObstacle.CLOSED: not is_open,
        CheckInObstacle.NO_DAYS: not days,
        CheckInObstacle.TOO_MANY: len(days) > MOST_CHECK_INS,
        CheckInObstacle.PASSED: any(day < today for day in days),
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def due_check_in(*, days: Iterable[date], answered_on: Iterable[date], today: date) -> date | None:
    """Return the last day that has come and that no answer has been given since; None when nothing is asked now.

    A day nobody answered is not asked again when the next one comes: the pupil meets one question, never a pile.
    """
    last = max((day for day in days if day <= today), default=None)
    return None if last is None or any(on >= last for on in answered_on) else last


def in_order(answers: Iterable[tuple[datetime, str]]) -> list[str]:
    """Return the pupil's answers from evaluations and from the room, oldest first."""
    return [answer for _at, answer in sorted(answers)]


class ExchangeObstacle(models.TextChoices):
    """Why something cannot be written to that adult."""

    NO_TEXT = "no_text", _("Skriv noe først. Noen få ord er nok")
    NOT_THERE = "not_there", _("Denne voksne kan ikke svare her nå. Velg en annen")


def obstacles_to_writing(*, text: str, adult_can_answer: bool) -> list[ExchangeObstacle]:
    """Return why the message cannot be sent."""
    found = {ExchangeObstacle.NO_TEXT: not text.strip(), ExchangeObstacle.NOT_THERE: not adult_can_answer}
    return [obstacle for obstacle, holds in found.items() if holds]


class CorrectionTarget(models.TextChoices):
    """What somebody wants corrected."""

    MINUTES = "minutes", _("Et referat")
    PAPER = "paper", _("Et dokument jeg har fått")
    ACTION_PLAN = "plan", _("Planen")
    OTHER = "other", _("Noe annet i saken")


class CorrectionOutcome(models.TextChoices):
    """What was answered. The first text is never changed (archive regulations § 11); what is true is put beside it."""

    CORRECTED = "corrected", _("Rettet")
    PARTLY = "partly", _("Rettet for en del")
    REFUSED = "refused", _("Ikke rettet")


class CorrectionObstacle(models.TextChoices):
    """What is missing in a request or its answer."""

    NOTHING_WRONG = "nothing_wrong", _("Skriv hva som er feil")
    ANSWERED = "answered", _("Noen har svart allerede")
    NO_OUTCOME = "no_outcome", _("Velg hva svaret er")
    NO_CORRECTION = "no_correction", _("Skriv hva som er riktig")
    NO_REASON = "no_reason", _("Skriv hvorfor det ikke blir rettet")


def obstacles_to_answering_correction(*, outcome: str, correction: str, reason: str, is_answered: bool) -> list[CorrectionObstacle]:
    """Return what the answer lacks (personvernforordningen artikkel 16 and 12 no. 4).

    What is corrected says what is right; what is not says why. Partly is both.
    """
    corrects = {CorrectionOutcome.CORRECTED, CorrectionOutcome.PARTLY}
    refuses = {CorrectionOutcome.REFUSED, CorrectionOutcome.PARTLY}
    found = {
        CorrectionObstacle.ANSWERED: is_answered,
        CorrectionObstacle.NO_OUTCOME: outcome not in CorrectionOutcome.values,
        CorrectionObstacle.NO_CORRECTION: outcome in corrects and not correction.strip(),
        CorrectionObstacle.NO_REASON: outcome in refuses and not reason.strip(),
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def month_after(day: date) -> date:
    """Return the same day next month, or the last one there is: «one month» of personvernforordningen artikkel 12 no. 3."""
    first = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    last = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


class LetterObstacle(models.TextChoices):
    """What keeps a letter from being made, or a scanned answer from being kept."""

    NO_TEXT = "no_text", _("Skriv hva brevet skal si")
    NOT_RECEIVER = "not_receiver", _("Velg eleven eller en foresatt som får vite om saken")
    SHOWS_PLACE = "shows_place", _("Teksten kan vise hvor eleven bor eller er. Eleven har beskyttet adresse. Ta bort stedene")
    WRONG_CODE = "wrong_code", _("Vi finner ikke brevet. Se på koden en gang til. Den står nederst på svararket")
    NO_FILE = "no_file", _("Velg filen med det skannede svaret")
    NOT_READABLE = "not_readable", _("Vi kan ikke lese filen. Skann svaret en gang til som PDF eller bilde")
    TOO_LARGE = "too_large", _("Filen er for stor. Den kan være opptil 15 MB")


def written_code(text: str) -> str:
    """Return a code as it was made, whatever spaces, dashes and small letters it was typed with."""
    return "".join(letter for letter in text.upper() if letter in CODE_LETTERS)


def shown_code(code: str) -> str:
    """Return a code in groups of four, as it stands on paper."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def receivers_of_letters(*, family: Collection[int], person_id: int) -> bool:
    """Return whether a letter may be made to the person: the pupil, or a guardian who follows and was told."""
    return person_id in family
