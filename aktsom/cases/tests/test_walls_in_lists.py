"""Lists in the case hold only what lies inside the walls of whoever asks, also when no page leads her to them today."""

from datetime import timedelta

import pytest

from aktsom.cases import services
from aktsom.cases.rules import PartKind
from aktsom.cases.rules.assistance import Helper, SharingBasis
from aktsom.cases.rules.continuity import AskAgainKind
from aktsom.cases.selectors.assistance import help_of_case
from aktsom.cases.selectors.continuity import questions_in
from aktsom.cases.services.asking import set_ask_again
from aktsom.cases.services.assistance import HelpDraft, ask_for_help
from aktsom.cases.tests.factories import make_case, pupil_part
from aktsom.core.timing.clock import today
from tests.cast import Cast


@pytest.mark.django_db
def test_helper_in_one_part_is_given_no_question_put_in_another(cast: Cast) -> None:
    case, head = make_case(cast), cast.actor("head_teacher")
    other = services.add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    services.add_helper(
        by=head,
        case=case,
        part=other,
        person=cast.person("contact_teacher"),
        reason="Kjenner eleven.",
        valid_until=today() + timedelta(days=3),
    )
    soon = today() + timedelta(days=9)
    asked = [
        ask_for_help(
            by=head,
            case=case,
            part=part,
            draft=HelpDraft(
                helper=Helper.PPT, purpose="Råd.", shared="Ingenting.", basis=SharingBasis.LAW, section="§ 11-13", ends_on=soon
            ),
        )
        for part in (pupil_part(case), other)
    ]
    days = [set_ask_again(by=head, case=case, kind=AskAgainKind.PUPIL, due_on=soon, part=part) for part in (pupil_part(case), other)]
    helper = cast.actor("contact_teacher")

    assert [row.pk for row in help_of_case(helper, case)] == [asked[1].pk]
    assert {row.pk for row in help_of_case(head, case)} == {row.pk for row in asked}
    assert [row.pk for row in questions_in(helper, case) if row.part_id is not None] == [days[1].pk]
    assert {row.pk for row in days} <= {row.pk for row in questions_in(head, case)}
