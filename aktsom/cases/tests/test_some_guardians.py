"""One guardian is told and another is not: two homes, and a reason why (PRV-09)."""

from __future__ import annotations

from typing import Any

import pytest

from aktsom.cases import services
from aktsom.cases.access import cases_visible_to
from aktsom.cases.circle import told_guardians
from aktsom.cases.models import Case, CaseExclusion, GuardiansTold
from aktsom.cases.rules import ExclusionReason, GuardianDecision, GuardianObstacle, obstacles_to_deciding_on_guardians
from aktsom.cases.services.barring import shut_out
from aktsom.cases.tests.factories import make_case, put_plan_in_force
from aktsom.core.access.door import Refused
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import now, today
from aktsom.measures.access import plans_visible_to
from aktsom.people.models import Guardianship
from aktsom.reports.models import ReportBar
from aktsom.reports.rules import BarReason
from aktsom.reports.tests.factories import building, send
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db

PAGES = ("", "lest/", "papirer/")
BOTH = ("guardian", "guardian_without_responsibility")  # both have parental responsibility in these tests


@pytest.fixture
def case(cast: Cast) -> Case:
    made = make_case(cast)
    with building():
        Guardianship.objects.update(parental_responsibility=True, lives_elsewhere=True)
    put_plan_in_force(cast, made)
    made.refresh_from_db()
    return made


def decide(cast: Cast, case: Case, *kept: str, by: str = "case_handler", decision: str = GuardianDecision.TOLD) -> None:
    services.decide_on_guardians(
        by=cast.actor(by),
        case=case,
        decision=GuardianDecision(decision),
        told_on=today() if decision == GuardianDecision.TOLD else None,
        reason="Den ene er den eleven er redd for." if kept or decision != GuardianDecision.TOLD else "",
        kept_from=[cast.person(name) for name in kept],
    )


def met(cast: Cast, case: Case) -> dict[str, tuple[int, int]]:
    """Whether each guardian meets the case and its plan."""
    actors = {name: cast.actor(name) for name in BOTH}
    return {
        name: (cases_visible_to(actor).filter(pk=case.pk).count(), plans_visible_to(actor).filter(file_ref=case.public_id).count())
        for name, actor in actors.items()
    }


def test_one_is_told_and_the_other_meets_nothing_of_case_plan_page_or_notice(cast: Cast, case: Case) -> None:
    one, other = BOTH
    before = set(Notice.objects.values_list("pk", flat=True))

    decide(cast, case, other)

    assert met(cast, case) == {one: (1, 1), other: (0, 0)}
    assert told_guardians(case) == [cast.person(one)]
    guardians = {cast.person(name).pk for name in BOTH}
    new = Notice.objects.exclude(pk__in=before).filter(person_ref__in=guardians)
    assert list(new.values_list("person_ref", flat=True)) == [cast.person(one).pk]
    answers = {name: [sign_in(cast, name).get(f"/min-sak/{case.public_id}/{page}").status_code for page in PAGES] for name in BOTH}
    assert answers == {one: [200] * len(PAGES), other: [404] * len(PAGES)}
    assert "Saken om" not in sign_in(cast, other).get("/").content.decode()


def test_told_guardian_is_not_shown_that_the_other_is_kept_from_it(cast: Cast, case: Case) -> None:
    decide(cast, case, BOTH[1])
    client = sign_in(cast, BOTH[0])

    read = "".join(client.get(f"/min-sak/{case.public_id}/{page}").content.decode() for page in PAGES)

    assert str(cast.person(BOTH[1])) not in read
    assert "redd for" not in read


def test_later_decision_lets_the_other_in_and_the_earlier_one_still_stands_in_the_case(cast: Cast, case: Case) -> None:
    decide(cast, case, BOTH[1])

    decide(cast, case)

    assert met(cast, case) == dict.fromkeys(BOTH, (1, 1))
    kept = [row.kept_from for row in GuardiansTold.objects.filter(case=case).order_by("id")][-2:]
    assert kept == [[str(cast.person(BOTH[1]))], []]


def test_nobody_told_ends_it_for_both_and_told_again_opens_for_both(cast: Cast, case: Case) -> None:
    decide(cast, case, BOTH[1])

    decide(cast, case, decision=GuardianDecision.NOT_TOLD)
    none = met(cast, case)
    decide(cast, case)

    assert none == dict.fromkeys(BOTH, (0, 0))
    assert met(cast, case) == dict.fromkeys(BOTH, (1, 1))


@pytest.mark.parametrize("reason", [ExclusionReason.ACCUSED, ExclusionReason.CONFLICT])
def test_whoever_is_shut_out_for_good_stays_out_whatever_is_decided(cast: Cast, case: Case, reason: ExclusionReason) -> None:
    decide(cast, case, BOTH[1])
    services.exclude_person(by=cast.actor("head_teacher"), case=case, person=cast.person(BOTH[1]), reason=reason)

    decide(cast, case)

    assert met(cast, case) == {BOTH[0]: (1, 1), BOTH[1]: (0, 0)}
    assert CaseExclusion.objects.get(case=case, person=cast.person(BOTH[1])).reason == reason


def test_doubt_about_a_name_outlives_the_decision(cast: Cast, case: Case) -> None:
    other, report = cast.person(BOTH[1]), case.case_reports.get().report
    with building():
        ReportBar.objects.create(
            report=report, person=other, reason=BarReason.MAY_BE_MEANT, content_key_id=report.content_key_id, barred_at=now()
        )
        shut_out(cast.actor("head_teacher"), case, other.pk, ExclusionReason.MAY_BE)

    reasons = []
    for kept in ((BOTH[1],), ()):
        decide(cast, case, *kept)
        reasons.append(CaseExclusion.objects.get(case=case, person=other).reason)

    assert reasons == [ExclusionReason.UNTOLD, ExclusionReason.MAY_BE]


def test_report_of_the_one_who_is_not_told_is_still_hers(cast: Cast, case: Case) -> None:
    decide(cast, case, BOTH[1])
    own = send(cast, by=BOTH[1])
    bars = own.bars.count()

    services.join_report(by=cast.actor("head_teacher"), case=case, report=own)

    assert (bars, own.bars.filter(person=cast.person(BOTH[1])).count()) == (0, 0)


@pytest.mark.parametrize(
    ("kept_from", "following", "reason", "expected"),
    [
        (0, 2, "", []),
        (1, 2, "Redd.", []),
        (1, 2, " ", [GuardianObstacle.NO_REASON]),
        (2, 2, "Redd.", [GuardianObstacle.NOBODY_TOLD]),
        (0, 0, "", []),
    ],
)
def test_keeping_one_from_it_takes_a_reason_and_somebody_who_is_told(
    kept_from: int, following: int, reason: str, expected: list[Any]
) -> None:
    wanted = {"reason": reason, "told_on": today(), "of_age": False, "consented": True}

    assert obstacles_to_deciding_on_guardians(decision="told", kept_from=kept_from, following=following, **wanted) == expected


def test_service_refuses_the_same(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused) as refused:
        decide(cast, case, *BOTH)

    assert list(refused.value.reasons) == [GuardianObstacle.NOBODY_TOLD]
    assert not CaseExclusion.objects.filter(case=case, reason=ExclusionReason.UNTOLD).exists()


def test_page_asks_who_is_not_told_only_where_there_are_several(cast: Cast, case: Case) -> None:
    client, address = sign_in(cast, "case_handler"), f"/saker/{case.public_id}/foresatte/"
    words, other = "Er det noen av dem som ikke skal få vite det?", cast.person(BOTH[1])
    several = client.get(address).content.decode()

    sent = client.post(address, {"decision": "told", "kept_from": [other.public_id], "reason": "Eleven er redd."})
    shown = client.get(f"/saker/{case.public_id}/stemme/").content.decode()
    again = client.get(address).content.decode()
    with building():
        Guardianship.objects.filter(guardian=other).delete()
    alone = client.get(address).content.decode()

    assert sent.status_code == 302
    assert (words in several, words in alone) == (True, False)
    assert "får ikke vite om saken" in shown
    assert f"Ikke orientert: <bdi>{other}</bdi>" in " ".join(shown.split())
    assert again.count(" checked") == 1
