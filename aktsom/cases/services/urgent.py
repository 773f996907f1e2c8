"""What is put in place straight from a talk, before any plan is in force (TAL-02, ACT-22)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from aktsom.cases.models import Case, Conversation
from aktsom.cases.rules.conversations import obstacles_to_urgent_measures
from aktsom.cases.services.records import inside_walls, plan_of
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.timing.clock import today
from aktsom.measures.rules import MeasureLevel
from aktsom.measures.services import MeasureDraft, add_measure


def start_urgent_measures(
    *, by: Actor, case: Case, talk: Conversation, wanted: Sequence[str], person: Any, names_pupil: bool = False
) -> list[Any]:
    """Put measures in place at once, in the words they were agreed in. Each is an ordinary measure of the pupil's plan.

    Whoever carries one out sees its words and nothing of the case; the pupil's name is added only when it is chosen.
    """
    inside_walls(by, case, talk.part)
    texts = [text.strip() for text in wanted if text.strip()]
    obstacles = obstacles_to_urgent_measures(part_kind=talk.part.kind, wanted=len(texts))
    if obstacles:
        raise Refused(obstacles)
    plan, who = plan_of(by, case), {"responsible": person, "carried_out_by": person, "starts_on": today()}
    with transaction.atomic():
        drafts = [
            MeasureDraft(what=text, task=_task(text, case) if names_pupil else "", level=MeasureLevel.PUPIL, is_immediate=True, **who)
            for text in texts
        ]
        return [add_measure(by=by, plan=plan, draft=draft) for draft in drafts]


def _task(text: str, case: Case) -> str:
    return f"{text.rstrip('.')}. {_('Det gjelder %(name)s.') % {'name': case.pupil}}"
