"""Registration stays small: few fields are required, and what is written once is offered where it is needed again (XCT-14)."""

from __future__ import annotations

from typing import Any

import pytest

from aktsom.plans.reflection_forms import AgreementForm, FollowUpForm
from aktsom.reports.forms import FamilyReportForm, OralReportForm, PublicReportForm, StaffReportForm


def required(form: Any) -> list[str]:
    return [name for name, field in form.fields.items() if field.required]


@pytest.mark.parametrize(
    ("form", "most"),
    [
        (PublicReportForm(), 1),
        (FamilyReportForm(people=[]), 1),
        (StaffReportForm(), 3),
        (OralReportForm(), 3),
        (AgreementForm(), 3),
        (FollowUpForm(), 1),
    ],
)
@pytest.mark.django_db
def test_xct_14_form_asks_for_no_more_than_it_must(form: Any, most: int) -> None:
    assert len(required(form)) <= most, required(form)
