"""The two ways a case ends, and what stands in the way (EVL-07, EVL-08, EVL-11; NEG-12)."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.cases.rules.states import CaseState, ClosingReason
from aktsom.measures.rules import PupilAnswer


class ClosingObstacle(models.TextChoices):
    """What is missing before the case can be closed."""

    ALREADY_CLOSED = "already_closed", _("Saken er allerede avsluttet")
    NO_REASON = "no_reason", _("Velg hvorfor saken kan avsluttes")
    NOT_ASKED = "not_asked", _("Skriv en evaluering med hva eleven selv sier om hvordan det er nå")
    NOT_SAFE = "not_safe", _("Du kan avslutte når eleven selv sier at det er trygt og godt")
    ANSWER_BEFORE_CHANGE = "answer_before_change", _("Det har kommet noe nytt etter at eleven svarte. Spør eleven igjen")
    NO_FINAL_EVALUATION = "no_final_evaluation", _("Sluttevalueringen er ikke skrevet")
    MEASURES_OPEN = "measures_open", _("Ett eller flere tiltak er fortsatt i gang. Ta stilling til dem i sluttevalueringen")
    SAME_DAY = "same_day", _("Planen gjelder fra i dag. Skriv hvorfor saken likevel kan avsluttes nå")
    STILL_AT_SCHOOL = "still_at_school", _("Eleven går fortsatt på skolen")
    NO_NOTE = "no_note", _("Skriv kort hvorfor saken avsluttes")


def obstacles_to_closing(
    *,
    state: str,
    reason: str,
    note: str,
    pupil_answer: str,
    answered_at: datetime | None,
    last_change_at: datetime | None,
    has_final_evaluation: bool,
    open_measures: int,
    left_school: bool,
    plan_is_from_today: bool = False,
    why_already: str = "",
) -> list[ClosingObstacle]:
    """Return what stands between the case and its end.

    The duty lasts as long as the pupil does not have it safe and good (opplæringslova § 12-4 second paragraph): only
    the pupil's own latest answer, given after the last thing that changed, ends it; or the pupil is no longer there.
    The Act sets no number of days. That measures have had no time to work (EVL-05) is not refused, but has to be explained.
    """
    found = {
        ClosingObstacle.ALREADY_CLOSED: state == CaseState.CLOSED,
        ClosingObstacle.NO_REASON: reason not in ClosingReason.values,
        ClosingObstacle.STILL_AT_SCHOOL: reason == ClosingReason.LEFT and not left_school,
        ClosingObstacle.NO_NOTE: not note.strip(),
    }
    if reason != ClosingReason.LEFT:
        found |= _missing_safety(pupil_answer, answered_at, last_change_at)
        found[ClosingObstacle.NO_FINAL_EVALUATION] = not has_final_evaluation
        found[ClosingObstacle.MEASURES_OPEN] = open_measures > 0
        found[ClosingObstacle.SAME_DAY] = plan_is_from_today and not why_already.strip()
    return [obstacle for obstacle in ClosingObstacle if found.get(obstacle)]


def _missing_safety(answer: str, answered_at: datetime | None, last_change_at: datetime | None) -> dict[ClosingObstacle, bool]:
    asked = bool(answer) and answered_at is not None
    outdated = answered_at is not None and last_change_at is not None and answered_at < last_change_at
    return {
        ClosingObstacle.NOT_ASKED: not asked,
        ClosingObstacle.NOT_SAFE: asked and answer != PupilAnswer.SAFE,
        ClosingObstacle.ANSWER_BEFORE_CHANGE: asked and outdated,
    }


class ReopeningObstacle(models.TextChoices):
    """What keeps a case from being opened again."""

    IS_OPEN = "is_open", _("Saken er allerede åpen")
    NO_NOTE = "no_note", _("Skriv kort hva som har skjedd")


def obstacles_to_reopening(*, state: str, note: str) -> list[ReopeningObstacle]:
    """Return why the case cannot be opened again: only that it is open, or that nobody said why."""
    found = {ReopeningObstacle.IS_OPEN: state == CaseState.OPEN, ReopeningObstacle.NO_NOTE: not note.strip()}
    return [obstacle for obstacle, holds in found.items() if holds]
