"""§ 25-1: the school may write because the Act gives it a task, and consent is not the basis (fact 42)."""

import pytest
from django.urls import reverse

from aktsom.cases.rules import GuardianDecision
from aktsom.cases.services import decide_on_guardians
from aktsom.cases.tests.factories import make_case, tell_pupil
from aktsom.core.timing.clock import today
from tests.cast import Cast
from tests.signed_in import sign_in


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["pupil", "guardian"])
def test_family_reads_the_legal_basis_and_is_asked_for_no_consent(cast: Cast, name: str) -> None:
    case = make_case(cast)
    tell_pupil(cast, case)
    decide_on_guardians(by=cast.actor("head_teacher"), case=case, decision=GuardianDecision.TOLD, told_on=today())

    shown = sign_in(cast, name).get(reverse("cases:own-rights", args=[case.public_id]))

    assert shown.status_code == 200
    assert "opplæringslova §§ 12-4 og 25-1" in shown.content.decode()
