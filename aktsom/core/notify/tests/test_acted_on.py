"""A notice is seen when its reader has done something where it leads; looking at the page alone, or being refused, is not."""

from __future__ import annotations

import pytest
from django.urls import reverse

from aktsom.core.notify.models import Notice
from aktsom.reports.tests.factories import make_receiver, send
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def unseen(cast: Cast, name: str) -> int:
    return Notice.objects.filter(person_ref=cast.person(name).pk, seen_at=None).count()


def test_whoever_takes_a_report_has_seen_its_notice_and_nobody_else_has(cast: Cast) -> None:
    make_receiver(cast, "teacher_without_relation")
    report, other = send(cast), send(cast)
    before = [unseen(cast, name) for name in ("head_teacher", "teacher_without_relation")]
    client = sign_in(cast, "head_teacher")

    client.get(reverse("reports:report-detail", args=[report.public_id]))
    looked = unseen(cast, "head_teacher")
    client.post(reverse("reports:report-acknowledge", args=[report.public_id]))

    assert (before, looked) == ([2, 2], 2)
    assert [unseen(cast, name) for name in ("head_teacher", "teacher_without_relation")] == [1, 2]
    assert Notice.objects.get(person_ref=cast.person("head_teacher").pk, seen_at=None).path.endswith(f"/{other.public_id}/")


def test_form_that_comes_back_with_something_missing_leaves_the_notice_new(cast: Cast) -> None:
    report = send(cast)
    client = sign_in(cast, "head_teacher")

    answer = client.post(reverse("reports:report-assess", args=[report.public_id]), {})

    assert (answer.status_code, unseen(cast, "head_teacher")) == (422, 1)


def test_opening_a_case_from_the_report_counts_as_seen(cast: Cast) -> None:
    report = send(cast)

    answer = sign_in(cast, "head_teacher").post(reverse("cases:case-open") + f"?melding={report.public_id}")

    assert answer.status_code == 302
    assert list(Notice.objects.filter(person_ref=cast.person("head_teacher").pk, seen_at=None).values_list("code", flat=True)) == []


def test_stranger_who_sends_to_the_address_marks_nothing(cast: Cast) -> None:
    report = send(cast)

    sign_in(cast, "teacher_of_others").post(reverse("reports:report-acknowledge", args=[report.public_id]))

    assert unseen(cast, "head_teacher") == 1
