"""A case about somebody who works at the school (§ 12-5), a pupil who is heard in other ways, and a head teacher who follows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from aktsom.cases.tests.factories import make_case, plan_of, pupil_part, put_plan_in_force
from aktsom.core.timing.clock import today
from aktsom.measures import services
from aktsom.measures.models import Measure
from aktsom.measures.rules import MeasureLevel, PlanState
from aktsom.measures.services import MeasureDraft
from aktsom.reports.rules import Route
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def test_stf_08_and_09_staff_case_is_investigated_and_gets_a_plan_like_any_other(cast: Cast) -> None:
    case = make_case(cast, route=Route.STAFF, accused=("teacher_of_others",))
    client = sign_in(cast, "case_handler")

    pages = [client.get(reverse(f"cases:{name}", args=[case.public_id])) for name in ("case-detail", "case-investigation")]
    plan = put_plan_in_force(cast, case)

    assert [page.status_code for page in pages] == [200, 200]
    assert "§ 12-5" in pages[0].content.decode()
    assert plan.state == PlanState.IN_FORCE
    assert sign_in(cast, "teacher_of_others").get(reverse("cases:case-detail", args=[case.public_id])).status_code == 404


def test_stf_10_measure_in_a_staff_case_begins_the_same_day_before_there_is_a_plan(cast: Cast) -> None:
    case = make_case(cast, route=Route.STAFF, accused=("teacher_of_others",))
    plan = plan_of(case)
    doer = cast.person("contact_teacher")
    draft = MeasureDraft(
        finding=None,
        what="En annen voksen er med i timen.",
        level=MeasureLevel.PUPIL,
        is_immediate=True,
        responsible=doer,
        carried_out_by=doer,
        starts_on=today(),
    )
    services.add_measure(by=cast.actor("head_teacher"), plan=plan, draft=draft)

    measure = Measure.objects.get()
    plan.refresh_from_db()

    assert (plan.state, measure.starts_on) == (PlanState.DRAFT, today())
    assert measure.what in sign_in(cast, "contact_teacher").get("/tiltak/").content.decode()


def test_hrg_09_pupil_who_draws_or_has_an_interpreter_is_heard_as_much_as_one_who_speaks(cast: Cast) -> None:
    case = make_case(cast)
    client, part = sign_in(cast, "case_handler"), pupil_part(case)
    address = reverse("cases:hearing-write", args=[case.public_id, part.public_id])
    said = {"outcome": "heard", "held_on": today().isoformat(), "pupils_words": "Hun tegnet seg selv alene.", "how": "Tegning og tolk"}

    sent = client.post(address, said)
    page = client.get(reverse("cases:case-voice", args=[case.public_id])).content.decode()

    assert (sent.status_code, "Hun tegnet seg selv alene." in page, "Tegning og tolk" in page) == (302, True, True)


def test_rcv_08_head_teacher_follows_what_a_department_head_does_in_the_case(cast: Cast) -> None:
    case = make_case(cast)
    head, handler = sign_in(cast, "head_teacher"), sign_in(cast, "case_handler")
    part = pupil_part(case)
    sent = {"outcome": "heard", "held_on": today().isoformat(), "pupils_words": "Jeg vil ha en voksen i storefri."}
    handler.post(reverse("cases:hearing-write", args=[case.public_id, part.public_id]), sent)

    listed = head.get(reverse("cases:case-list")).content.decode()
    log = head.get(reverse("cases:case-log", args=[case.public_id])).content.decode()

    assert [words in listed for words in (f"/saker/{case.public_id}/", "Hedda Heddastad")] == [True, True]
    assert "Hedda Heddastad" in log
    assert sent["pupils_words"] in head.get(reverse("cases:case-voice", args=[case.public_id])).content.decode()
    assert sign_in(cast, "teacher_without_relation").get(reverse("cases:case-log", args=[case.public_id])).status_code == 404
