"""Linked cases stay walled, and help can be made longer with a new reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from aktsom.cases import selectors, services
from aktsom.cases.access import parts_visible_to
from aktsom.cases.models import CaseWorker
from aktsom.cases.rules import PartKind
from aktsom.cases.tests.factories import make_case, plan_of, put_plan_in_force
from aktsom.core.timing.clock import today
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def test_neg_25_one_who_harmed_has_a_case_and_plan_of_her_own_linked_and_walled(cast: Cast) -> None:
    hers = make_case(cast)
    services.add_part(by=cast.actor("head_teacher"), case=hers, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    his = make_case(cast, pupil=cast.person("other_party"), handlers=("teacher_of_others",))
    put_plan_in_force(cast, his)

    def links(name: str, case: object) -> list[object]:
        actor = cast.actor(name)
        return selectors.linked_cases(actor, case, list(parts_visible_to(actor, case)))

    found = {name: (links(name, hers), links(name, his)) for name in ("head_teacher", "case_handler", "teacher_of_others")}
    pages = {
        name: [sign_in(cast, name).get(reverse(page, args=[public_id])).status_code for page, public_id in theirs]
        for name, theirs in {
            "pupil": [("cases:own-case", his.public_id), ("measures:own-plan", plan_of(his).public_id)],
            "other_party": [("cases:own-case", hers.public_id), ("measures:own-plan", plan_of(hers).public_id)],
        }.items()
    }

    assert found == {"head_teacher": ([his], [hers]), "case_handler": ([], [hers]), "teacher_of_others": ([], [])}
    assert pages == {"pupil": [404, 404], "other_party": [404, 404]}
    own = sign_in(cast, "other_party").get(reverse("cases:own-case", args=[his.public_id])).content.decode()
    assert ("Ylvasen" in own, hers.public_id in own) == (False, False)


def test_helper_in_the_one_case_does_not_learn_in_the_other_who_is_part_of_it(cast: Cast) -> None:
    hers = make_case(cast)
    head = cast.actor("head_teacher")
    services.add_helper(
        by=head, case=hers, person=cast.person("teacher_of_others"), part=hers.parts.get(), reason="Kjenner henne.", valid_until=today()
    )
    services.add_part(by=head, case=hers, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    his = make_case(cast, pupil=cast.person("other_party"), handlers=("teacher_of_others",))
    actor = cast.actor("teacher_of_others")
    before = selectors.linked_cases(actor, his, list(parts_visible_to(actor, his)))

    services.appoint_handler(by=head, case=hers, person=cast.person("teacher_of_others"))

    assert (before, selectors.linked_cases(actor, his, list(parts_visible_to(actor, his)))) == ([], [hers])


def test_linked_case_is_shown_to_the_head_teacher(cast: Cast) -> None:
    hers = make_case(cast)
    services.add_part(by=cast.actor("head_teacher"), case=hers, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    his = make_case(cast, pupil=cast.person("other_party"))

    shown = sign_in(cast, "head_teacher").get(reverse("cases:case-people", args=[hers.public_id])).content.decode()

    assert reverse("cases:case-detail", args=[his.public_id]) in shown


def test_help_is_made_longer_with_a_new_reason_and_both_stretches_stay(cast: Cast) -> None:
    case = make_case(cast)
    helper = cast.person("teacher_without_relation")
    worker = services.add_helper(
        by=cast.actor("head_teacher"), case=case, person=helper, part=case.parts.get(), reason="Kjenner henne.", valid_until=today()
    )
    address = reverse("cases:help-extend", args=[case.public_id, worker.public_id])
    client = sign_in(cast, "head_teacher")
    until = today() + timedelta(days=7)

    empty = client.post(address, {"reason": "", "valid_until": until.isoformat()})
    passed = client.post(address, {"reason": "Trengs ennå.", "valid_until": (today() - timedelta(days=1)).isoformat()})
    done = client.post(address, {"reason": "Trengs ennå.", "valid_until": until.isoformat()})

    assert (empty.status_code, passed.status_code, done.status_code) == (422, 422, 302)
    rows = [row.reason for row in CaseWorker.objects.filter(person=helper).order_by("id")]
    assert rows == ["Kjenner henne.", "Trengs ennå."]
    work = selectors.work_log(cast.actor("head_teacher"), case, list(case.parts.all()))
    assert ([row.reason for row in work.current if row.person == helper], [row.reason for row in work.ended]) == (
        ["Trengs ennå."],
        ["Kjenner henne."],
    )
