"""The pupil's voice: heard, trusted adult, rights told, what is best, and what guardians are told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from aktsom.cases.access import shut_out_of
from aktsom.cases.models import BestInterests, Case, CasePart, GuardiansTold, Hearing, RightsTold
from aktsom.cases.rules import GuardianDecision, HearingOutcome, WorkObstacle, obstacles_to_deciding_on_guardians, obstacles_to_hearing
from aktsom.cases.services.barring import keep_guardians_from
from aktsom.cases.services.records import inside_walls, plan_of, tell, touch, write
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.measures.services import exclude_from_action_plan, let_back_to_action_plan, tell_guardians_of_plan
from aktsom.people.rules import is_of_age
from aktsom.people.selectors import guardians_who_may_follow, guardianships_of


@dataclass(frozen=True)
class HearingDraft:
    """What came of asking the pupil."""

    outcome: HearingOutcome
    held_on: date
    told_of: str = ""
    pupils_words: str = ""
    pupils_wish: str = ""
    weight_given: str = ""
    how: str = ""
    reason_not_yet: str = ""
    planned_on: date | None = None


@service(Event.CASE_PUPIL_HEARD, action=Action.CASE_HEAR, on="case")
def write_hearing(*, by: Actor, case: Case, part: CasePart, draft: HearingDraft) -> Hearing:
    """Write that a pupil was heard, did not want to speak, or is not heard yet with reason and day (§ 10-2)."""
    obstacles = obstacles_to_hearing(
        outcome=draft.outcome, words=draft.pupils_words, reason=draft.reason_not_yet, planned_on=draft.planned_on, today=today()
    )
    if obstacles:
        raise Refused(obstacles)
    return write(
        Hearing,
        case,
        part=inside_walls(by, case, part),
        held_by_id=by.person_id,
        written_by_id=by.person_id,
        written_at=now(),
        **vars(draft),
    )


@service(Event.CASE_BEST_INTERESTS_WEIGHED, action=Action.CASE_HEAR, on="case")
def weigh_best_interests(
    *, by: Actor, case: Case, part: CasePart, pupils_view: str, factors: str, weighing: str, conclusion: str
) -> BestInterests:
    """Write the reasoned assessment of what is best for this pupil (§ 10-1), in her own part."""
    return write(
        BestInterests,
        case,
        part=inside_walls(by, case, part),
        pupils_view=pupils_view,
        factors=factors,
        weighing=weighing,
        conclusion=conclusion,
        written_by_id=by.person_id,
        written_at=now(),
    )


@service(Event.CASE_TRUSTED_ADULT_CHOSEN, action=Action.CASE_HEAR, on="case")
def choose_trusted_adult(*, by: Actor, case: Case, part: CasePart, adult: Any) -> CasePart:
    """Write which adult the pupil wants to talk to, or that the pupil was asked and chose nobody (INV-07, NEG-60)."""
    if adult is not None and adult.pk in shut_out_of(case):
        raise Refused([WorkObstacle.SHUT_OUT])
    part = inside_walls(by, case, part)
    part.trusted_adult = adult
    part.trusted_adult_chosen_at = now()
    part.save(update_fields=["trusted_adult", "trusted_adult_chosen_at"])
    touch(case)
    return part


@service(Event.CASE_RIGHTS_TOLD, action=Action.CASE_HEAR, on="case")
def tell_rights(*, by: Actor, case: Case, told_on: date, how: str = "") -> RightsTold:
    """Write that the pupil was told of the rights and of Statsforvalteren (§ 10-8, § 12-6; HRG-03)."""
    return write(RightsTold, case, told_on=told_on, told_by_id=by.person_id, how=how, written_at=now())


@service(Event.CASE_GUARDIANS_TOLD, action=Action.CASE_HEAR, on="case")
def decide_on_guardians(
    *, by: Actor, case: Case, decision: GuardianDecision, reason: str = "", told_on: date | None = None, kept_from: Collection[Any] = ()
) -> GuardiansTold:
    """Write what was decided about telling guardians. What they can see follows the decision (PRV-09).

    When the others are told, those in ``kept_from`` meet nothing of the case; a written reason is needed. Raises Refused.
    """
    guardians = guardians_who_may_follow(case.pupil_id, today())
    kept = [guardian for guardian in guardians if guardian in kept_from] if decision == GuardianDecision.TOLD else []
    obstacles = obstacles_to_deciding_on_guardians(
        decision=decision,
        reason=reason,
        told_on=told_on,
        of_age=is_of_age(case.pupil.birth_date, today()),
        consented=bool(guardians),
        kept_from=len(kept),
        following=len(guardians),
    )
    if obstacles:
        raise Refused(obstacles)
    keep_guardians_from(by, case, kept)
    _open_or_shut_plan(by, case, decision)
    words = {"decision": decision, "reason": reason, "told_on": told_on, "kept_from": [str(guardian) for guardian in kept]}
    written = write(GuardiansTold, case, **words, written_by_id=by.person_id, written_at=now())
    if decision == GuardianDecision.TOLD:
        told = [guardian.pk for guardian in guardians if guardian not in kept]
        tell(by, case, told, "case.family", written.public_id, page="cases:own-case")
    return written


def _open_or_shut_plan(by: Actor, case: Case, decision: GuardianDecision) -> None:
    """Shut the plan for guardians who are not told, and open it again for those who are; never for the accused."""
    plan = plan_of(by, case)
    tell_guardians_of_plan(by=by, plan=plan, told=decision == GuardianDecision.TOLD)
    barred = shut_out_of(case)
    for guardianship in guardianships_of(case.pupil_id, today()):
        if guardianship.guardian_id in barred:
            continue
        if decision == GuardianDecision.TOLD:
            let_back_to_action_plan(by=by, plan=plan, person=guardianship.guardian)
        else:
            exclude_from_action_plan(by=by, plan=plan, person=guardianship.guardian)
