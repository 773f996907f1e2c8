"""Few questions of one's own, none of them required, and an old report keeps the words it was asked in (REP-24)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.reports.rules.states import QuestionKind

MOST_OF_OWNER = 5
MOST_OF_SCHOOL = 3
FEWEST_CHOICES = 2
MOST_CHOICES = 8


class QuestionObstacle(models.TextChoices):
    """What keeps a question from being put in the form."""

    NO_TEXT = "no_text", _("Skriv spørsmålet")
    TOO_MANY = "too_many", _("Det er mange nok egne spørsmål. Ta bort ett først, så skjemaet blir kort")
    FOR_NOBODY = "for_nobody", _("Velg hvem som skal få spørsmålet")
    FEW_CHOICES = "few_choices", _("Skriv to til åtte svar å velge mellom, ett på hver linje")
    THERE_ALREADY = "there_already", _("Det spørsmålet er alt med i skjemaet")


def lines_of(choices: str) -> list[str]:
    """Return the answers to choose between, each once, in the order written."""
    return list(dict.fromkeys(line.strip() for line in choices.splitlines() if line.strip()))


def obstacles_to_asking(
    *, text: str, kind: str, choices: str, audiences: Collection[bool], others: Sequence[str], most: int
) -> list[QuestionObstacle]:
    """Return why a question cannot be put in the form beside the ``others`` that are there."""
    wanted = text.strip().casefold()
    found = {
        QuestionObstacle.NO_TEXT: not wanted,
        QuestionObstacle.FOR_NOBODY: not any(audiences),
        QuestionObstacle.FEW_CHOICES: kind == QuestionKind.CHOOSE and not FEWEST_CHOICES <= len(lines_of(choices)) <= MOST_CHOICES,
        QuestionObstacle.TOO_MANY: len(others) >= most,
        QuestionObstacle.THERE_ALREADY: bool(wanted) and wanted in {other.strip().casefold() for other in others},
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def answers_kept(asked: Sequence[tuple[str, str, str]], given: dict[str, Any]) -> list[dict[str, str]]:
    """Return what is sealed with the report: each question that got an answer, in the words it was asked in.

    ``asked`` holds (public id, question, whose it is); ``given`` what was answered, by public id. No answer leaves nothing.
    """
    answered = [(ref, question, whose, str(given.get(ref) or "").strip()) for ref, question, whose in asked]
    return [{"ref": ref, "question": question, "whose": whose, "answer": answer} for ref, question, whose, answer in answered if answer]
