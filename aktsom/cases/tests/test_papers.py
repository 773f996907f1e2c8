"""The papers of a case: made, looked through for names by a person, given out, fetched."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.urls import reverse

from aktsom.cases.models import Case, Paper
from aktsom.cases.rules import GuardianDecision
from aktsom.cases.rules.papers import PaperKind, PaperObstacle, obstacles_to_releasing
from aktsom.cases.selectors.papers import paper_content
from aktsom.cases.services import decide_on_guardians
from aktsom.cases.services.papers import make_paper, release_paper
from aktsom.cases.tests.factories import answer, building, make_case, plan_of, put_plan_in_force
from aktsom.core.access.door import NotAllowed, Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.models import AuditEvent
from aktsom.core.papers.typesetting import FONTS
from aktsom.core.timing.clock import today
from aktsom.measures.rules import PupilAnswer
from aktsom.measures.services import put_in_force, write_problem
from aktsom.reports.models import ReportPupil
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not FONTS.exists(), reason="the fonts are fetched by ./run and ./test")]


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def involve(cast: Cast, case: Case) -> None:
    """Another pupil stands in the report of the case."""
    report = case.case_reports.get().report
    with building():
        ReportPupil.objects.create(report=report, content_key_id=report.content_key_id, person=cast.person("other_party"))


def planned_case(cast: Cast, *, problem: str = "Ylva er alene i friminuttene.") -> Case:
    case = make_case(cast)
    plan = put_plan_in_force(cast, case)
    head = cast.actor("head_teacher")
    write_problem(by=head, plan=plan, problem=problem, evaluate_on=plan.evaluate_on, evaluator=None)
    put_in_force(by=head, plan=plan, reason="Teksten er rettet.")
    involve(cast, case)
    return case


def tell_guardian(cast: Cast, case: Case) -> None:
    decide_on_guardians(by=cast.actor("head_teacher"), case=case, decision=GuardianDecision.TOLD, told_on=today())


@pytest.mark.parametrize(
    ("facts", "obstacles"),
    [
        ({"for_family": True, "is_released": False, "names_found": False, "decision": ""}, []),
        ({"for_family": True, "is_released": False, "names_found": True, "decision": " "}, [PaperObstacle.NAMES_UNDECIDED]),
        ({"for_family": True, "is_released": False, "names_found": True, "decision": "Det er en årstid."}, []),
        ({"for_family": True, "is_released": True, "names_found": False, "decision": ""}, [PaperObstacle.ALREADY_OUT]),
        ({"for_family": False, "is_released": False, "names_found": False, "decision": ""}, [PaperObstacle.NOT_FOR_FAMILY]),
    ],
)
def test_releasing_lists_exactly_what_is_in_the_way(facts: dict[str, Any], obstacles: list[PaperObstacle]) -> None:
    assert obstacles_to_releasing(**facts) == obstacles


def test_plan_for_family_has_the_five_points_and_no_notes_of_the_staff(cast: Cast) -> None:
    case = planned_case(cast)
    answer(cast, case, PupilAnswer.BETTER)

    paper = make_paper(by=cast.actor("head_teacher"), case=case, kind=PaperKind.PLAN_FOR_FAMILY)

    text = text_of(paper_content(paper))
    for wanted in ("Ylva er alene i friminuttene.", "En voksen er ute med Ylva.", "Kari Karistad", "Når tiltakene evalueres", "§ 12-6"):
        assert wanted in text
    assert "De voksne på skolen" not in text
    assert b"Ylva" not in b"".join(stored_bytes(paper))


def stored_bytes(paper: Paper) -> list[bytes]:

    return [path.read_bytes() for path in Path(settings.AKTSOM_FILES_DIR).rglob(paper.stored_name)]


def test_family_paper_with_anothers_inflected_name_leaves_only_with_a_written_decision(cast: Cast) -> None:
    case = planned_case(cast, problem="Ylva er redd for Sanders gjeng.")
    head = cast.actor("head_teacher")
    paper = make_paper(by=head, case=case, kind=PaperKind.PLAN_FOR_FAMILY)

    with pytest.raises(Refused) as refused:
        release_paper(by=head, case=case, paper=paper, decision="")
    release_paper(by=head, case=case, paper=paper, decision="Familien har selv nevnt navnet.")

    assert refused.value.reasons == [PaperObstacle.NAMES_UNDECIDED]
    assert paper.names_found.splitlines() == ["Sanders (Sander Sandersen): Ylva er redd for Sanders gjeng."]
    assert (paper.released_by_id, paper.decision) == (head.person_id, "Familien har selv nevnt navnet.")


def test_family_paper_without_decision_has_no_other_pupils_name_in_any_form(cast: Cast) -> None:
    case = planned_case(cast)
    paper = make_paper(by=cast.actor("head_teacher"), case=case, kind=PaperKind.PLAN_FOR_FAMILY)

    release_paper(by=cast.actor("head_teacher"), case=case, paper=paper, decision="")

    assert (paper.names_found, "sander" in text_of(paper_content(paper)).casefold()) == ("", False)


def test_no_paper_of_the_plan_before_there_is_a_plan_in_force(cast: Cast) -> None:
    case = make_case(cast)

    with pytest.raises(Refused) as refused:
        make_paper(by=cast.actor("head_teacher"), case=case, kind=PaperKind.PLAN_FOR_FAMILY)

    assert refused.value.reasons == [PaperObstacle.NO_PLAN]


def test_family_paper_is_the_version_in_force_not_what_is_being_written(cast: Cast) -> None:
    case = planned_case(cast)
    plan = plan_of(case)
    write_problem(by=cast.actor("head_teacher"), plan=plan, problem="Halvferdig ny tekst", evaluate_on=plan.evaluate_on)

    paper = make_paper(by=cast.actor("head_teacher"), case=case, kind=PaperKind.PLAN_FOR_FAMILY)

    text = text_of(paper_content(paper))
    assert ("Ylva er alene i friminuttene." in text, "Halvferdig" in text) == (True, False)


def test_case_file_holds_report_voice_plan_and_evaluation_and_never_leaves(cast: Cast) -> None:
    case = planned_case(cast)
    answer(cast, case, PupilAnswer.SAME)
    head = cast.actor("head_teacher")

    paper = make_paper(by=head, case=case, kind=PaperKind.CASE_FILE)

    text = text_of(paper_content(paper))
    for wanted in (
        "Saksmappe",
        "Ylva står alene i friminuttene.",
        "Utgave 1",
        "Utgave 2",
        "Teksten er rettet.",
        "Som før. Det er greit nå.",
    ):
        assert wanted in text
    with pytest.raises(Refused) as refused:
        release_paper(by=head, case=case, paper=paper, decision="Ja")
    assert refused.value.reasons == [PaperObstacle.NOT_FOR_FAMILY]


def test_handler_makes_papers_but_does_not_let_them_out(cast: Cast) -> None:
    case = planned_case(cast)

    paper = make_paper(by=cast.actor("case_handler"), case=case, kind=PaperKind.PLAN_FOR_FAMILY)

    with pytest.raises(NotAllowed):
        release_paper(by=cast.actor("case_handler"), case=case, paper=paper, decision="")


def test_paper_goes_the_whole_way_from_the_button_to_the_guardian(cast: Cast) -> None:
    case = planned_case(cast)
    tell_guardian(cast, case)
    head, guardian = sign_in(cast, "head_teacher"), sign_in(cast, "guardian")

    made = head.post(reverse("cases:paper-make", args=[case.public_id]), {"kind": "plan_for_family"})
    paper = Paper.objects.get()
    own = reverse("cases:own-paper-fetch", args=[case.public_id, paper.public_id])
    before = guardian.get(own).status_code
    shown = head.get(made.headers["Location"])
    done = head.post(made.headers["Location"], {"decision": "Kari har ansvar for et tiltak og skal stå der."})
    fetched = guardian.get(own)

    assert before == 404
    assert done.headers["Location"] == reverse("cases:case-documents", args=[case.public_id])
    assert shown.status_code == 200
    assert fetched.headers["Content-Disposition"] == f'attachment; filename="dokument-{paper.public_id}.pdf"'
    assert fetched.headers["Cache-Control"] == "no-store"
    assert fetched.content.startswith(b"%PDF-")
    assert own in guardian.get(reverse("cases:own-papers", args=[case.public_id])).content.decode()
    assert AuditEvent.objects.filter(event=Event.CASE_PAPER_READ, object_id=paper.public_id).count() == 1


@pytest.mark.parametrize(
    ("name", "status"),
    [("case_handler", 200), ("head_teacher", 200), ("pupil", 403), ("teacher_of_others", 404), ("head_teacher_elsewhere", 404)],
)
def test_unreleased_paper_is_for_those_who_work_with_the_case(cast: Cast, name: str, status: int) -> None:
    case = planned_case(cast)
    paper = make_paper(by=cast.actor("head_teacher"), case=case, kind=PaperKind.CASE_FILE)

    assert sign_in(cast, name).get(reverse("cases:paper-fetch", args=[case.public_id, paper.public_id])).status_code == status


def test_documents_page_offers_the_papers_and_says_what_waits(cast: Cast) -> None:
    case = planned_case(cast)
    make_paper(by=cast.actor("head_teacher"), case=case, kind=PaperKind.PLAN_FOR_FAMILY)

    html = sign_in(cast, "head_teacher").get(reverse("cases:case-documents", args=[case.public_id])).content.decode()

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    for wanted in ("Planen, til eleven og foresatte", "Hele saksmappa", "Ikke gitt ut ennå. Se gjennom og gi ut", "Hent PDF"):
        assert wanted in text


def test_paper_that_cannot_be_made_says_why(cast: Cast) -> None:
    case = make_case(cast)

    response = sign_in(cast, "head_teacher").post(
        reverse("cases:paper-make", args=[case.public_id]), {"kind": "plan_for_family"}, follow=True
    )

    assert "Saken har ingen plan som har vært i kraft ennå" in response.content.decode()
    assert Paper.objects.count() == 0
