"""Something at the school can harm pupils' health: those it concerns are told at once, and nobody else (LAW-04)."""

from datetime import timedelta
from typing import Any

import pytest

from aktsom.core.access.door import OutOfReach, Refused
from aktsom.core.audit.models import AuditEvent
from aktsom.core.notify.jobs import take_up_what_was_left
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import now, set_to, today
from aktsom.people.access import family_told_of, warnings_for_family
from aktsom.people.models import Enrolment, HealthWarning, Membership
from aktsom.people.rules import ClassRole, WarningObstacle
from aktsom.people.services.warnings import end_danger, tell_of_danger
from tests.cast import CAST, Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
WHAT, LINE = "Vannet i springen på andre etasje er brunt.", "Noe på skolen kan skade helsen"


def tell(cast: Cast, **more: Any) -> HealthWarning:
    return tell_of_danger(by=cast.actor("head_teacher"), school=cast.school, what=WHAT, **more)


def family_meeting(cast: Cast, warning: HealthWarning) -> set[str]:
    return {name for name in CAST if name != "nobody" and warnings_for_family(cast.actor(name)).filter(pk=warning.pk).exists()}


def test_law_04_family_meets_it_on_its_page_at_once_and_is_told_without_content(cast: Cast) -> None:
    address = f"/skolen/{cast.school.public_id}/helse/"
    sent = {"what": WHAT, "done": "Stengt.", "advice": "Ta med flaske.", "whom": ""}

    assert sign_in(cast, "head_teacher").post(address, sent).status_code == 302

    for name in ("pupil", "guardian"):
        client = sign_in(cast, name)
        assert LINE in client.get("/").content.decode()
        page = client.get("/skolen/helse/").content.decode()
        assert (WHAT in page, "Stengt." in page, "Ta med flaske." in page) == (True, True, True)
    told = Notice.objects.filter(code="health_warning.told")
    assert sorted(told.values_list("person_ref", flat=True)) == family_told_of(HealthWarning.objects.get(), today())
    assert {(notice.is_urgent, WHAT in str(vars(notice))) for notice in told} == {(True, False)}
    end_danger(by=cast.actor("head_teacher"), warning=HealthWarning.objects.get(), words="Rørene er skiftet.")
    assert LINE not in sign_in(cast, "pupil").get("/").content.decode()
    assert "Rørene er skiftet." in sign_in(cast, "pupil").get("/skolen/helse/").content.decode()
    with set_to(now() + timedelta(days=8)):
        assert WHAT not in sign_in(cast, "pupil").get("/skolen/helse/").content.decode()
    assert set(AuditEvent.objects.values_list("event", flat=True)) >= {"health_warning.told", "health_warning.over"}


@pytest.mark.parametrize("which", ["school", "grade", "class"])
def test_who_meets_it_is_who_was_told_of_it(cast: Cast, which: str) -> None:
    pupil = cast.person("pupil")
    grade = Enrolment.objects.get(person=pupil).grade
    group = Membership.objects.filter(person=pupil, role=ClassRole.PUPIL).order_by("pk").first()
    assert group is not None
    warning = tell(cast, **{"grade": {"grade": grade}, "class": {"group": group.group}}.get(which, {}))

    told = set(family_told_of(warning, today()))
    assert family_meeting(cast, warning) == {name for name, person in cast.people.items() if person.pk in told and name in CAST}
    assert pupil.pk in told


def test_another_grade_and_another_school_meet_nothing(cast: Cast) -> None:
    grade = Enrolment.objects.get(person=cast.person("pupil")).grade
    warning = tell(cast, grade=1 if grade != 1 else 2)

    assert family_meeting(cast, warning) & {"pupil", "guardian"} == set()
    assert WHAT not in sign_in(cast, "pupil").get("/skolen/helse/").content.decode()
    assert WHAT not in sign_in(cast, "head_teacher_elsewhere").get("/skolen/helse/").content.decode()


@pytest.mark.parametrize("name", ["contact_teacher", "pupil", "guardian", "head_teacher_elsewhere", "owner_handler"])
def test_only_who_leads_the_school_tells(cast: Cast, name: str) -> None:
    assert sign_in(cast, name).post(f"/skolen/{cast.school.public_id}/helse/", {"what": WHAT}).status_code in {403, 404}
    assert HealthWarning.objects.count() == 0
    with pytest.raises(OutOfReach):
        end_danger(by=cast.actor("head_teacher_elsewhere"), warning=tell(cast))


def test_nothing_is_told_without_words_and_nothing_is_over_twice(cast: Cast) -> None:
    warning = tell(cast)
    end_danger(by=cast.actor("head_teacher"), warning=warning)

    with pytest.raises(Refused) as twice:
        end_danger(by=cast.actor("head_teacher"), warning=warning)
    with pytest.raises(Refused) as empty:
        tell_of_danger(by=cast.actor("head_teacher"), school=cast.school, what="  ")
    assert (twice.value.reasons, empty.value.reasons) == ([WarningObstacle.OVER], [WarningObstacle.NO_WORDS])


@pytest.mark.parametrize(("many", "in_line"), [(1, True), (1000, False)])
def test_whole_school_is_put_in_line_by_the_worker_and_few_at_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, many: int, in_line: bool
) -> None:
    monkeypatch.setattr("aktsom.core.notify.services.MANY", many)

    tell(cast)

    assert bool(take_up_what_was_left()) is in_line
