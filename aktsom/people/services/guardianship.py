"""Guardians without parental responsibility ask and are answered in writing; pupils of age say yes or no to theirs."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach, Refused
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.notify.services import notify
from aktsom.core.timing.clock import now, today
from aktsom.core.vault.models import KeyKind
from aktsom.core.vault.services import content_key_for
from aktsom.people.access import follows, in_force
from aktsom.people.models import Deputyship, Enrolment, GuardianRequest, Guardianship, Person, Position
from aktsom.people.rules import (
    GuardianRequestObstacle,
    RefusalGround,
    RequestOutcome,
    is_of_age,
    obstacles_to_asking,
    obstacles_to_deciding_request,
)


@service(Event.GUARDIAN_REQUEST_SENT, action=Action.GUARDIAN_ASK)
def ask_to_follow(*, by: Actor, pupil: Person, wish: str = "") -> GuardianRequest:
    """A guardian without parental responsibility asks to follow (barnelova § 47). Raises Refused with why she cannot ask."""
    request = _request(pupil=pupil, guardian_id=by.own_id, wish=wish, on_paper=False)
    notify(
        by=by,
        person_ids=_leaders(request.school_id, but=by.own_id),
        code="guardian.asked",
        occasion=request.public_id,
        path=reverse("people:guardian-decide", args=[request.public_id]),
        scope=request.scope(),
    )
    return request


def _leaders(school_id: int, *, but: int) -> list[int]:
    heads = Position.objects.filter(in_force(today()), school_id=school_id, role=Role.HEAD_TEACHER)
    acting = Deputyship.objects.filter(in_force(today()), school_id=school_id)
    found = {*heads.values_list("person_id", flat=True), *acting.values_list("deputy_id", flat=True)}
    return sorted(found - {but})


@service(Event.GUARDIAN_REQUEST_SENT, action=Action.GUARDIAN_DECIDE, on="school")
def write_in_request(*, by: Actor, school: object, guardianship: Guardianship, wish: str = "") -> GuardianRequest:
    """Write in a request that came by letter or telephone, so that it is answered in writing too."""
    request = _request(pupil=guardianship.pupil, guardian_id=guardianship.guardian_id, wish=wish, on_paper=True)
    if request.school_id != getattr(school, "pk", None):
        raise OutOfReach(Guardianship._meta.label, "")
    return request


def _request(*, pupil: Person, guardian_id: int, wish: str, on_paper: bool) -> GuardianRequest:
    standing = Guardianship.objects.filter(in_force(today()), pupil=pupil, guardian_id=guardian_id)
    enrolment = Enrolment.objects.filter(in_force(today()), person=pupil).order_by("-valid_from", "-id").first()
    obstacles = obstacles_to_asking(
        is_guardian=standing.exists() and enrolment is not None,
        follows=standing.filter(follows(today())).exists(),
        has_open=GuardianRequest.objects.filter(pupil=pupil, guardian_id=guardian_id, outcome="").exists(),
        of_age=is_of_age(pupil.birth_date, today()),
    )
    if obstacles or enrolment is None:
        raise Refused(obstacles)
    return GuardianRequest.objects.create(
        content_key=content_key_for(owner_ref=pupil.owner_id, kind=KeyKind.OTHER),
        pupil=pupil,
        guardian_id=guardian_id,
        school_id=enrolment.school_id,
        wish=wish,
        on_paper=on_paper,
        asked_at=now(),
    )


@service(Event.GUARDIAN_REQUEST_DECIDED, action=Action.GUARDIAN_DECIDE, on="request")
def decide_request(
    *,
    by: Actor,
    request: GuardianRequest,
    outcome: RequestOutcome | str,
    reason: str,
    ground: RefusalGround | str = "",
    pupils_view: str = "",
    until: date | None = None,
) -> GuardianRequest:
    """Decide in writing. A yes lets the guardian follow from today; a no names its ground and how to appeal (barnelova § 47)."""
    obstacles = obstacles_to_deciding_request(
        outcome=outcome,
        ground=ground,
        reason=reason,
        pupils_view=pupils_view,
        birth_date=request.pupil.birth_date,
        until=until,
        is_decided=bool(request.outcome),
        is_own=by.own_id == request.guardian_id,
        today=today(),
    )
    if obstacles:
        raise Refused(obstacles)
    request.outcome, request.reason, request.pupils_view = outcome, reason, pupils_view
    request.ground = ground if outcome == RequestOutcome.REFUSED else ""
    request.granted_until = until if outcome == RequestOutcome.GRANTED else None
    request.decided_by_id, request.decided_at = by.own_id, now()
    request.save()
    if outcome == RequestOutcome.GRANTED:
        _let_follow(request)
    notify(
        by=by,
        person_ids=[request.guardian_id],
        code="guardian.answered",
        occasion=request.public_id,
        path=reverse("people:guardian-answer", args=[request.public_id]),
        scope=request.scope(),
    )
    return request


def _let_follow(request: GuardianRequest) -> None:
    standing = Guardianship.objects.filter(in_force(today()), pupil=request.pupil, guardian=request.guardian).first()
    if standing is None:
        raise Refused([GuardianRequestObstacle.NOT_GUARDIAN])
    standing.granted_from, standing.granted_until = today(), request.granted_until
    standing.save(update_fields=["granted_from", "granted_until"])


@service(Event.GUARDIAN_CONSENT_GIVEN, action=Action.GUARDIAN_CONSENT, on="guardianship")
def give_consent(*, by: Actor, guardianship: Guardianship) -> Guardianship:
    """A pupil of 18 or more lets one guardian follow (HOM-05)."""
    return _consent(by, guardianship, today())


@service(Event.GUARDIAN_CONSENT_WITHDRAWN, action=Action.GUARDIAN_CONSENT, on="guardianship")
def withdraw_consent(*, by: Actor, guardianship: Guardianship) -> Guardianship:
    """A pupil of 18 or more takes it back; the guardian follows nothing from this moment (NEG-32)."""
    return _consent(by, guardianship, None)


def _consent(by: Actor, guardianship: Guardianship, on: date | None) -> Guardianship:
    if by.own_id != guardianship.pupil_id or not is_of_age(guardianship.pupil.birth_date, today()):
        raise OutOfReach(Guardianship._meta.label, "")
    guardianship.adult_pupil_consented_on = on
    guardianship.save(update_fields=["adult_pupil_consented_on"])
    return guardianship
