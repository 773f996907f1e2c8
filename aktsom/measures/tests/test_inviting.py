"""The pupil and her guardians are invited to take part in making the plan; what they answer holds nothing back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktsom.core.access.door import OutOfReach, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.timing.clock import today
from aktsom.measures import services
from aktsom.measures.models import PlanInvitation
from aktsom.measures.rules import InvitationAnswer, InvitationObstacle, PartyKind, PlanState, obstacles_to_inviting
from aktsom.measures.tests.factories import complete, make_plan
from tests.cast import Cast
from tests.signed_in import sign_in

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(DAYS, st.one_of(st.none(), DAYS), DAYS)
def test_invitation_is_refused_exactly_when_a_day_is_to_come_or_they_are_turned_round(
    invited: date, took_part: date | None, now: date
) -> None:
    obstacles = obstacles_to_inviting(invited_on=invited, took_part_on=took_part, today=now)

    assert (InvitationObstacle.NOT_YET in obstacles) == any(day > now for day in (invited, took_part) if day)
    assert (InvitationObstacle.BEFORE_INVITED in obstacles) == (took_part is not None and took_part < invited)


@pytest.mark.django_db
def test_hrg_04_invited_answered_and_took_part_stand_on_the_plan(cast: Cast) -> None:
    plan, client = make_plan(cast), sign_in(cast, "case_handler")
    address, party = f"/planer/{plan.public_id}/invitert/", f"pupil:{cast.person('pupil').public_id}"
    before = client.get(f"/planer/{plan.public_id}/").content.decode()
    client.post(address, {"party": party, "invited_on": today() - timedelta(days=1), "answer": "waiting"})
    client.post(address, {"party": party, "invited_on": today() - timedelta(days=1), "answer": "other_way", "took_part_on": today()})

    row = PlanInvitation.objects.get()
    page = client.get(f"/planer/{plan.public_id}/").content.decode()

    assert "Ingen er invitert ennå" in before
    assert (row.answer, row.took_part_on, str(row.person)) == (InvitationAnswer.OTHER_WAY, today(), "Ylva Ylvasen")
    assert [words in page for words in ("Vil være med på en annen måte", "Var med", "Ingen er invitert ennå")] == [True, True, False]
    assert AuditEvent.objects.filter(event=Event.ACTION_PLAN_INVITED).count() == 2


@pytest.mark.django_db
def test_invitation_without_answer_or_with_a_no_never_holds_the_plan_back(cast: Cast) -> None:
    plan = make_plan(cast)
    complete(cast, plan)
    invited = {"party": PartyKind.PUPIL, "person": cast.person("pupil"), "invited_on": today()}
    services.invite_party(by=cast.actor("case_handler"), plan=plan, answer=InvitationAnswer.NO, **invited)

    services.put_in_force(by=cast.actor("case_handler"), plan=plan)

    plan.refresh_from_db()
    assert plan.state == PlanState.IN_FORCE


@pytest.mark.django_db
def test_invitation_to_come_is_sent_back_and_somebody_outside_meets_nothing(cast: Cast) -> None:
    plan = make_plan(cast)
    wanted = {"party": f"pupil:{cast.person('pupil').public_id}", "invited_on": today() + timedelta(days=1), "answer": "yes"}

    answer = sign_in(cast, "case_handler").post(f"/planer/{plan.public_id}/invitert/", wanted)
    outside = sign_in(cast, "contact_teacher").post(f"/planer/{plan.public_id}/invitert/", wanted)

    assert (answer.status_code, outside.status_code, PlanInvitation.objects.count()) == (422, 404, 0)
    with pytest.raises(OutOfReach):
        services.invite_party(
            by=cast.actor("contact_teacher"),
            plan=plan,
            party=PartyKind.PUPIL,
            person=cast.person("pupil"),
            invited_on=today(),
            answer=InvitationAnswer.YES,
        )
    with pytest.raises(Refused):
        services.invite_party(
            by=cast.actor("case_handler"),
            plan=plan,
            party=PartyKind.PUPIL,
            person=cast.person("pupil"),
            invited_on=today(),
            answer=InvitationAnswer.YES,
            took_part_on=today() - timedelta(days=1),
        )
