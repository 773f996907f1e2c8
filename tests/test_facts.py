"""Facts the software must hold (the studies, section 10), where one test proves the whole of the fact. Named after their rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.urls import reverse

from aktsom.cases import services
from aktsom.cases.letter_contents import letter_contents
from aktsom.cases.models import Analysis, BestInterests, Case, Hearing, HelpRequest, Note
from aktsom.cases.rules import HearingOutcome, NoteKind, PartKind, ProofPoint, ProofState
from aktsom.cases.rules.assistance import Helper, HelpObstacle, SharingBasis
from aktsom.cases.rules.continuity import SharedPiece
from aktsom.cases.rules.continuity import SharingBasis as ChangeBasis
from aktsom.cases.selectors.timeline import proof
from aktsom.cases.services import school_changes
from aktsom.cases.services.assistance import HelpDraft, ask_for_help
from aktsom.cases.services.investigation import NoteDraft
from aktsom.cases.services.voice import HearingDraft
from aktsom.cases.tests.factories import answer, building, make_case, make_report, plan_of, pupil_part, put_plan_in_force
from aktsom.core.access.door import Refused
from aktsom.core.timing.clock import now, today
from aktsom.measures.models import ActionPlan, Evaluation, Measure
from aktsom.measures.rules import PupilAnswer
from aktsom.people.models import Guardianship
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
OTHER = "guardian_without_responsibility"


def page(cast: Cast, name: str, address: str, *args: str) -> str:
    answer = sign_in(cast, name).get(reverse(address, args=list(args)))
    assert answer.status_code == 200
    return answer.content.decode()


def leads_to(model: type[models.Model], target: type[models.Model]) -> bool:
    return any(field.related_model is target for field in model._meta.get_fields() if isinstance(field, models.ForeignKey))


def test_fak_11_what_was_found_heard_weighed_planned_and_evaluated_are_kept_apart_and_linked(cast: Cast) -> None:
    case = make_case(cast)
    head, part = cast.actor("head_teacher"), pupil_part(case)
    services.add_note(by=head, case=case, part=part, draft=NoteDraft(kind=NoteKind.LOG, happened_at=now(), text="UNDERSØKT"))
    heard = HearingDraft(outcome=HearingOutcome.HEARD, held_on=today(), pupils_words="HØRT")
    services.write_hearing(by=head, case=case, part=part, draft=heard)
    services.weigh_best_interests(by=head, case=case, part=part, pupils_view="", factors="a", weighing="b", conclusion="AVVEID")
    plan = put_plan_in_force(cast, case)
    answer(cast, case, PupilAnswer.BETTER)

    assert [row.part_id for row in (*case.notes.all(), *part.hearings.all(), *part.best_interests.all())] == [part.pk] * 3
    assert [row.plan_id for row in (*Evaluation.objects.all(), *Measure.objects.all())] == [plan.pk] * 2
    assert (plan.file_ref, Measure.objects.get().finding.plan_id) == (case.public_id, plan.pk)
    assert len({model._meta.db_table for model in (Note, Analysis, Hearing, BestInterests, ActionPlan, Evaluation)}) == 6
    assert all(leads_to(model, Case) for model in (Note, Analysis, Hearing, BestInterests))
    room = [page(cast, "head_teacher", f"cases:case-{name}", case.public_id) for name in ("investigation", "voice")]
    assert ["UNDERSØKT" in room[0], "HØRT" in room[1], "AVVEID" in room[1]] == [True] * 3


def test_fak_13_one_pupil_who_was_heard_does_not_stand_in_for_another(cast: Cast) -> None:
    case = make_case(cast)
    head = cast.actor("head_teacher")
    parts = [pupil_part(case), services.add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))]
    said = []
    for part in parts:
        draft = HearingDraft(outcome=HearingOutcome.HEARD, held_on=today(), pupils_words=f"Ordene til {part.person.given_name}")
        services.write_hearing(by=head, case=case, part=part, draft=draft)
        said.append(dict(proof(case, None))[ProofPoint.HEARD])

    assert said == [ProofState.MISSING, ProofState.THERE]
    assert [row.part_id for row in Hearing.objects.order_by("id")] == [part.pk for part in parts]


def test_fak_20_letter_to_the_family_tells_the_rights_and_promises_no_appeal_that_is_not_there(cast: Cast) -> None:
    case = make_case(cast)

    contents = letter_contents(case, cast.person("guardian"), "Vi vil snakke med deg.", "KODE")

    told = " ".join(contents["rights"])
    assert [word for word in ("§ 12-2", "§ 12-4", "§ 12-6", "§ 10-8", "Mobbeombudet", "Statsforvalteren") if word not in told] == []
    # A plan of measures is no single decision (fact 23), so there is nothing to appeal; what is one has its own letter.
    assert "klage" not in str(contents).lower()


def test_fak_35_two_guardians_get_a_letter_each_and_learn_nothing_of_where_the_other_is(cast: Cast) -> None:
    with building():
        Guardianship.objects.update(parental_responsibility=True, lives_elsewhere=True)
        for name in ("guardian", OTHER):
            person = cast.person(name)
            person.phone = {"guardian": "90 00 00 71", OTHER: "90 00 00 72"}[name]
            person.save()
    case = make_case(cast)
    services.decide_on_guardians(by=cast.actor("head_teacher"), case=case, decision="told", told_on=today())
    put_plan_in_force(cast, case)

    for name, other in (("guardian", OTHER), (OTHER, "guardian")):
        client, unknown = sign_in(cast, name), cast.person(other)
        letter = str(letter_contents(case, cast.person(name), "Hei.", "KODE"))
        shown = [
            client.get(reverse(f"cases:{at}", args=[case.public_id])) for at in ("own-case", "own-papers", "own-readers", "own-rights")
        ]
        shown.append(client.get(reverse("measures:own-plan", args=[plan_of(case).public_id])))
        assert {answer.status_code for answer in shown} == {200}
        given = letter + "".join(answer.content.decode() for answer in shown)
        assert [word for word in (str(unknown), unknown.given_name, unknown.email, unknown.phone) if word in given] == []
        assert str(cast.person(name)) in letter


def test_fak_38_what_is_shared_with_others_has_purpose_and_ground_written_and_shown(cast: Cast) -> None:
    case, head = make_case(cast), cast.actor("head_teacher")
    wanted: dict[str, Any] = {
        "helper": Helper.PPT,
        "purpose": "Råd om friminuttene.",
        "shared": "At hun er alene.",
        "basis": SharingBasis.LAW,
        "section": "§ 11-13",
        "ends_on": today() + timedelta(days=9),
    }
    lacking = {"purpose": HelpObstacle.NO_PURPOSE, "shared": HelpObstacle.NO_SHARED, "section": HelpObstacle.NO_SECTION}

    for name, obstacle in lacking.items():
        with pytest.raises(Refused) as refusal:
            ask_for_help(by=head, case=case, part=pupil_part(case), draft=HelpDraft(**wanted | {name: " "}))
        assert refusal.value.reasons == [obstacle]
    asked = ask_for_help(by=head, case=case, part=pupil_part(case), draft=HelpDraft(**wanted))

    assert HelpRequest.objects.get() == asked
    shown = page(cast, "head_teacher", "cases:case-help", case.public_id)
    assert [text for text in ("Råd om friminuttene.", "At hun er alene.", "§ 11-13") if text not in shown] == []


@pytest.mark.parametrize("piece", SharedPiece.values)
def test_fak_39_new_school_is_given_the_piece_that_was_chosen_and_no_other(cast: Cast, piece: str) -> None:
    case = make_case(cast)
    put_plan_in_force(cast, case)
    with building():
        second = cast.other_school
        second.owner = cast.owner
        second.save()
    draft = school_changes.SchoolChangeDraft(
        pieces=[SharedPiece(piece)], basis=ChangeBasis.NECESSARY, reason="Begynner mandag.", to_school=second
    )
    change = school_changes.decide_school_change(by=cast.actor("head_teacher"), case=case, draft=draft)

    shown = page(cast, "head_teacher_elsewhere", "cases:school-change-detail", change.public_id)

    texts = {SharedPiece.PROBLEM: "Ylva er alene i friminuttene.", SharedPiece.MEASURES: "En voksen er ute med Ylva."}
    assert {key for key, text in texts.items() if text in shown} == {key for key in texts if key == piece}
    assert "Ylva står alene" not in shown
    assert sign_in(cast, "head_teacher_elsewhere").get(reverse("cases:case-detail", args=[case.public_id])).status_code == 404


def test_rep_30_reports_that_are_joined_are_all_there_with_their_own_words(cast: Cast) -> None:
    case = make_case(cast)
    second = make_report(cast, what_happened="Det skjedde igjen på torsdag.")

    services.join_report(by=cast.actor("head_teacher"), case=case, report=second)

    shown = page(cast, "case_handler", "cases:case-investigation", case.public_id)
    assert [text in shown for text in ("Ylva står alene i friminuttene.", "Det skjedde igjen på torsdag.")] == [True, True]


def test_inv_15_what_the_school_makes_of_it_is_written_and_stands_in_the_room(cast: Cast) -> None:
    case = make_case(cast)
    more = {"situation": "Alene ute.", "experience": "Hun gruer seg.", "surroundings": "Få voksne.", "needed": "Flere voksne ute."}

    services.add_analysis(by=cast.actor("case_handler"), case=case, enough_known=True, **more)

    shown = page(cast, "head_teacher", "cases:case-investigation", case.public_id)
    assert [text for text in more.values() if text not in shown] == []


def test_act_14_measure_the_pupil_does_not_want_stands_with_the_schools_reason(cast: Cast) -> None:
    case = make_case(cast)
    plan = put_plan_in_force(cast, case)
    measure = plan.measures.get()
    sent = {"party": f"pupil:{cast.person('pupil').public_id}", "text": "Vil ikke.", "disagrees": "on", "schools_reason": "Må være trygg."}

    done = sign_in(cast, "case_handler").post(reverse("measures:view-say", args=[measure.public_id]), sent)

    measure.refresh_from_db()
    plan.refresh_from_db()
    assert (done.status_code, plan.state, measure.state) == (302, "in_force", "running")
    shown = page(cast, "head_teacher", "measures:plan-detail", plan.public_id)
    assert ["Vil ikke." in shown, "Må være trygg." in shown] == [True, True]
