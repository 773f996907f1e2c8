"""Write in a draft, one change at a time, each kept so that it can be undone. Two people never overwrite each other's row."""

from __future__ import annotations

from typing import Any

from django.db import connection

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.plans.models import PlanEdit, PlanEdition
from aktsom.plans.rules.content import PlanContent, as_plain, content_from
from aktsom.plans.rules.editing import EditRefused
from aktsom.plans.rules.editions import EditionState
from aktsom.plans.rules.steps import Edit, apply_edit, inverse_of


def locked(edition: PlanEdition) -> PlanEdition:
    """Return the edition as it is now, held until the change is written (one writer at a time)."""
    rows = PlanEdition.objects.filter(pk=edition.pk)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    current: PlanEdition = rows.select_related("plan").get()
    return current


def _refuse_unless_draft(edition: PlanEdition) -> None:
    if edition.state != EditionState.DRAFT:
        raise Refused(["Utgaven kan ikke endres nå. Ta den tilbake til utkast først."])


@service(Event.PLAN_EDITED, action=Action.PLAN_EDIT, on="edition")
def edit_plan(*, by: Actor, edition: PlanEdition, edit: Edit) -> PlanEdition:
    """Carry out one change to the draft. ``edit.seen`` is the fingerprint the writer had on the screen.

    Raises Refused when the edition is no draft, when the row is gone, or when somebody else changed the same row meanwhile.
    """
    current = locked(edition)
    _refuse_unless_draft(current)
    before = content_from(current.content)
    try:
        after = apply_edit(before, edit)
    except EditRefused as error:
        raise Refused([str(error)]) from error
    turned = inverse_of(before, edit)
    PlanEdit.objects.create(edition=current, deed=edit.deed, key=edit.key, before=turned.as_plain(), made_by_id=by.own_id, made_at=now())
    return _write(current, after)


@service(Event.PLAN_EDITED, action=Action.PLAN_EDIT, on="edition")
def undo_edit(*, by: Actor, edition: PlanEdition) -> PlanEdition:
    """Turn the last change that stands back. Raises Refused when there is none or it no longer fits."""
    current = locked(edition)
    _refuse_unless_draft(current)
    last: Any = PlanEdit.objects.filter(edition=current, is_undone=False).order_by("-id").first()
    if last is None:
        raise Refused(["Det er ikke mer å angre."])
    try:
        after = apply_edit(content_from(current.content), Edit.from_plain(last.before))
    except EditRefused as error:
        raise Refused([str(error)]) from error
    last.is_undone = True
    last.save(update_fields=["is_undone"])
    return _write(current, after)


def _write(edition: PlanEdition, content: PlanContent) -> PlanEdition:
    edition.content, edition.changed_at = as_plain(content), now()
    edition.save(update_fields=["content", "changed_at"])
    return edition
