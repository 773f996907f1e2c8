"""What was typed once is offered again, with its source, and never put in by itself."""

import pytest

from aktsom.cases import services
from aktsom.cases.models import Note
from aktsom.cases.rules import PartKind
from aktsom.cases.tests.factories import make_case, plan_of, pupil_part, put_plan_in_force
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
TOLD = "Ylva står alene i friminuttene."


def test_what_was_reported_is_put_into_the_note_only_when_asked_for(cast: Cast) -> None:
    case = make_case(cast)
    client = sign_in(cast, "case_handler")
    address = f"/saker/{case.public_id}/deler/{pupil_part(case).public_id}/notat/"
    written = {"kind": "observation", "text": "Jeg så dette.", "happened_on": "2026-01-05", "source": "Gangen"}

    shown = client.get(address).content.decode()
    asked = client.post(address, written | {"put_in": "0"})

    assert (TOLD in shown, f"{TOLD}</textarea>" in shown) == (True, False)
    page = asked.content.decode()
    assert asked.status_code == 200
    assert f"Jeg så dette.\n\n{TOLD}</textarea>" in page.replace("\r\n", "\n")
    assert "Gangen</textarea>" in page
    assert 'value="observation" id="id_kind_1" checked' in page
    assert Note.objects.count() == 0


def test_report_is_not_offered_in_another_pupils_part_nor_to_a_helper(cast: Cast) -> None:
    from datetime import timedelta

    from aktsom.core.timing.clock import today

    case = make_case(cast)
    head = cast.actor("head_teacher")
    other = services.add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    services.add_helper(
        by=head,
        case=case,
        person=cast.person("teacher_without_relation"),
        part=pupil_part(case),
        reason="Observere",
        valid_until=today() + timedelta(days=3),
    )

    for name, part in (("case_handler", other), ("teacher_without_relation", pupil_part(case))):
        page = sign_in(cast, name).get(f"/saker/{case.public_id}/deler/{part.public_id}/notat/")
        assert (page.status_code, TOLD in page.content.decode()) == (200, False)


def test_analysis_is_offered_as_finding_and_finding_as_the_plans_problem_and_plan_in_the_letter(cast: Cast) -> None:
    case = make_case(cast)
    client = sign_in(cast, "head_teacher")
    head = cast.actor("head_teacher")
    wanted = {"situation": "", "experience": "", "surroundings": "", "needed": "Flere voksne ute.", "enough_known": True}
    services.add_analysis(by=head, case=case, **wanted)

    finding = client.post(f"/saker/{case.public_id}/funn/", {"put_in": "0", "text": ""}).content.decode()
    assert "Flere voksne ute.</textarea>" in finding
    put_plan_in_force(cast, case)
    plan = plan_of(case)
    problem = client.post(f"/planer/{plan.public_id}/problem/", {"put_in": "0", "problem": ""}).content.decode()
    assert "Ingen voksne der Ylva er.</textarea>" in problem
    plan.refresh_from_db()
    assert plan.problem == "Ylva er alene i friminuttene."
    letter = client.post(f"/saker/{case.public_id}/familien/brev/", {"put_in": "1", "text": "Hei."}).content.decode().replace("\r\n", "\n")
    assert "Hei.\n\n– En voksen er ute med Ylva.</textarea>" in letter


def test_number_that_is_no_offer_saves_nothing_strange(cast: Cast) -> None:
    case = make_case(cast)
    address = f"/saker/{case.public_id}/deler/{pupil_part(case).public_id}/notat/"

    answer = sign_in(cast, "case_handler").post(address, {"put_in": "99", "text": ""})

    assert (answer.status_code, Note.objects.count()) == (422, 0)
