"""The procedure a school follows, read from its plan file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from aktsom.core.access.actor import ANONYMOUS
from aktsom.core.once import once_per_page
from aktsom.core.timing.clock import today
from aktsom.plans.access import procedures_visible_to
from aktsom.plans.loading import LIBRARY_CODES, library_procedure, load_procedure
from aktsom.plans.rules import Duty, PlanWords, Procedure, ReceivingRole

# A first proposal where the plan has no rhythm of its own. A proposal, never a limit: the Act asks only for a date in the
# plan, and guidance for schools suggests short periods that grow longer (domain.md 2.3).
PROPOSED_WEEKS = 2
PLAIN_WORDS = PlanWords(plan="tiltaksplan", plan_definite="tiltaksplanen", report_verb="melde fra")


class NoProcedure(LookupError):
    """The school has not chosen a plan yet."""


def procedure_of(school_id: int, on: date | None = None) -> Procedure:
    """Return the procedure in force at the school on ``on`` (default today); raise NoProcedure when none is chosen."""
    day = on or today()
    chosen = _chosen(school_id, day)
    if chosen is None:
        raise NoProcedure(f"school {school_id} has no plan in force on {day}")
    code, text = chosen
    return _own(text, code) if text else library_procedure(code)


@once_per_page
def _chosen(school_id: int, day: date) -> tuple[str, str] | None:
    in_force = procedures_visible_to(ANONYMOUS).filter(school_id=school_id, valid_from__lte=day).exclude(valid_until__lt=day)
    return in_force.order_by("-valid_from", "-id").values_list("code", "text").first()


def procedures_of(school_ids: Iterable[int], on: date | None = None) -> dict[int, Procedure]:
    """Return the procedure in force at each of the schools that has chosen one, by school. One read for all."""
    day, wanted = on or today(), list(school_ids)
    rows = procedures_visible_to(ANONYMOUS).filter(school_id__in=wanted, valid_from__lte=day).exclude(valid_until__lt=day)
    chosen = {school: (code, text) for school, code, text in rows.order_by("valid_from").values_list("school_id", "code", "text")}
    return {school: _own(text, code) if text else library_procedure(code) for school, (code, text) in chosen.items()}


def duties_compared(procedures: Mapping[int, Procedure]) -> list[tuple[Duty, dict[int, str]]]:
    """Return each duty of §§ 12-4 and 12-5 with what each school calls it, so that 5, 6 and 7 duties can be read side by side (XCT-03).

    A school that has no word of its own for a duty has it all the same: the Act gives it. Its word is then empty.
    """
    words = {
        school: {duty: " / ".join(step.word for step in procedure.duties if step.duty == duty) for duty in Duty}
        for school, procedure in procedures.items()
    }
    return [(duty, {school: said[duty] for school, said in words.items()}) for duty in Duty]


def follows(school_id: int, *, code: str, text: str = "", on: date | None = None) -> bool:
    """Return whether this very plan is in force at the school on ``on`` (default today)."""
    return _chosen(school_id, on or today()) == (code, text)


@lru_cache(maxsize=256)
def _own(text: str, code: str) -> Procedure:
    return load_procedure(text, name=f"{code}.yaml")


def library() -> list[Procedure]:
    """Return the plans that ship with the product."""
    return [library_procedure(code) for code in LIBRARY_CODES]


def words_of(school_id: int) -> PlanWords:
    """Return what the school calls the pupil's plan; Udir's own word until a plan is chosen."""
    try:
        return procedure_of(school_id).words
    except NoProcedure:
        return PLAIN_WORDS


def evaluation_rhythm_days(school_id: int) -> int:
    """Return how many days to propose between evaluations: the plan's own rhythm, or Aktsom's proposal."""
    try:
        weeks = procedure_of(school_id).evaluation_weeks
    except NoProcedure:
        weeks = None
    return 7 * (weeks or PROPOSED_WEEKS)


def people_to_tell(procedure: Procedure | None, *, is_pupil: bool) -> list[str]:
    """Return whom the plan asks a pupil or a guardian to go to, as the school calls them; none when it says nothing.

    Everyone else at the school is still right to tell (REP-07): whoever shows the list says so.
    """
    if procedure is None:
        return []
    to_a_pupil = {ReceivingRole.TRUSTED_ADULT: _("en voksen du er trygg på"), ReceivingRole.STAFF: _("en som arbeider på skolen")}
    own = to_a_pupil if is_pupil else {}
    route = procedure.pupil_route if is_pupil else procedure.guardian_route
    return [own.get(ReceivingRole(role)) or procedure.title_of(role) for role in route]
