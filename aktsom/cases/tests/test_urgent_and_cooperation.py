"""Straight from the talk: measures that run from now (TAL-02), follow-up of other pupils (TAL-10), and cooperation outside (HLP-05, 06)."""

from datetime import timedelta
from typing import Any

import pytest

from aktsom.cases.models import Agreement, Case, HelpRequest, LearningCooperation
from aktsom.cases.rules import PartKind
from aktsom.cases.rules.assistance import CooperationObstacle, Helper, HelpObstacle
from aktsom.cases.rules.conversations import AgreementObstacle, ConversationKind, UrgentMeasure, UrgentObstacle
from aktsom.cases.services import add_part, appoint_handler
from aktsom.cases.services.assistance import HelpDraft, ask_for_help, end_learning_cooperation, note_learning_cooperation
from aktsom.cases.services.conversations import ConversationPlan, make_agreement, plan_conversation
from aktsom.cases.services.urgent import start_urgent_measures
from aktsom.cases.tests.factories import make_case, pupil_part
from aktsom.core.access.door import Refused
from aktsom.core.audit.models import AuditEvent
from aktsom.core.privacy.classes import PrivacyClass, placement
from aktsom.core.timing.clock import today
from aktsom.measures.models import Measure
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def talk_in(cast: Cast, case: Case, part: Any, kind: ConversationKind, guest: str) -> Any:
    plan = ConversationPlan(kind=kind, held_on=today(), guests=[cast.person(guest)])
    return plan_conversation(by=cast.actor("case_handler"), case=case, part=part, draft=plan)


def involved(cast: Cast, case: Case) -> Any:
    return add_part(by=cast.actor("case_handler"), case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))


def refused(deed: Any) -> list[Any]:
    with pytest.raises(Refused) as found:
        deed()
    return list(found.value.reasons)


def test_tal_02_measures_of_the_talk_run_from_now_and_whoever_does_them_is_told(cast: Cast) -> None:
    case = make_case(cast)
    talk = talk_in(cast, case, pupil_part(case), ConversationKind.EXPOSED, "pupil")
    client, address = sign_in(cast, "case_handler"), f"/saker/{case.public_id}/samtaler/{talk.public_id}/"
    assert "Sett inn tiltak med en gang" in client.get(address).content.decode()

    teacher = cast.person("contact_teacher")
    sent = {"chosen": ["seat", "morning"], "own": "Spiser sammen med Ada.", "person": teacher.public_id}
    assert client.post(f"{address}strakstiltak/", sent).status_code == 302

    rows = Measure.objects.order_by("pk")
    assert [row.what for row in rows] == [str(UrgentMeasure.SEAT.label), str(UrgentMeasure.MORNING.label), "Spiser sammen med Ada."]
    assert {(row.is_immediate, row.state, row.starts_on, row.responsible) for row in rows} == {(True, "running", today(), teacher)}
    assert "Spiser sammen med Ada." in sign_in(cast, "contact_teacher").get("/tiltak/").content.decode()


def test_urgent_measures_have_a_person_and_it_is_oneself_until_somebody_else_is_chosen(cast: Cast) -> None:
    case = make_case(cast)
    talk = talk_in(cast, case, pupil_part(case), ConversationKind.EXPOSED, "pupil")
    client, address = sign_in(cast, "case_handler"), f"/saker/{case.public_id}/samtaler/{talk.public_id}/strakstiltak/"

    page = client.get(address)
    refused = client.post(address, {"chosen": ["seat"], "person": ""})

    assert page.context["form"].initial["person"] == cast.person("case_handler").public_id
    assert refused.status_code == 422
    assert "Velg hvem som gjør det. Det kan være deg selv." in refused.content.decode()
    assert Measure.objects.count() == 0


@pytest.mark.parametrize("named", [True, False])
def test_whoever_does_an_urgent_measure_learns_which_pupil_only_when_it_is_chosen(cast: Cast, named: bool) -> None:
    case = make_case(cast)
    talk = talk_in(cast, case, pupil_part(case), ConversationKind.EXPOSED, "pupil")
    client, address = sign_in(cast, "case_handler"), f"/saker/{case.public_id}/samtaler/{talk.public_id}/strakstiltak/"
    sent = {"chosen": ["morning"], "person": cast.person("teacher_without_relation").public_id} | ({"names_pupil": "on"} if named else {})
    assert client.post(address, sent).status_code == 302

    shown = sign_in(cast, "teacher_without_relation").get("/tiltak/").content.decode()

    assert str(UrgentMeasure.MORNING.label) in shown
    assert ("Det gjelder Ylva Ylvasen." in shown, "Ylva" in shown) == (named, named)


def test_nothing_chosen_puts_nothing_in_place_and_another_pupils_talk_none_in_this_plan(cast: Cast) -> None:
    case = make_case(cast)
    own = talk_in(cast, case, pupil_part(case), ConversationKind.EXPOSED, "pupil")
    other = talk_in(cast, case, involved(cast, case), ConversationKind.INVOLVED, "other_party")
    wanted = {"by": cast.actor("case_handler"), "case": case, "person": None}

    assert refused(lambda: start_urgent_measures(**wanted, talk=own, wanted=["", "  "])) == [UrgentObstacle.NOTHING]
    assert refused(lambda: start_urgent_measures(**wanted, talk=other, wanted=["Noe"])) == [UrgentObstacle.OTHER_PUPIL]
    assert Measure.objects.count() == 0


def test_tal_10_follow_up_of_another_pupil_has_a_person_and_a_day_in_that_pupils_own_part(cast: Cast) -> None:
    case = make_case(cast)
    part, counsellor = involved(cast, case), cast.person("teacher_without_relation")
    by, words = cast.actor("case_handler"), {"text": "Samtale hver fredag.", "follow_up_on": today() + WEEK}
    assert refused(lambda: make_agreement(by=by, case=case, part=part, follower=counsellor, **words)) == [AgreementObstacle.NOT_WORKING]
    appoint_handler(by=cast.actor("head_teacher"), case=case, person=counsellor)
    client, address = sign_in(cast, "case_handler"), f"/saker/{case.public_id}/deler/{part.public_id}/avtale/"
    assert "Avtal egen oppfølging" in client.get(address).content.decode()

    sent = {"text": "Samtale hver fredag.", "follow_up_on": (today() + WEEK).isoformat(), "follower": counsellor.public_id}
    assert client.post(address, sent).status_code == 302

    agreement = Agreement.objects.get()
    assert (agreement.part, agreement.follow_up_by, agreement.text) == (part, counsellor, "Samtale hver fredag.")


def police(cast: Cast, case: Case, **changes: Any) -> HelpRequest:
    draft = HelpDraft(
        **{
            "helper": Helper.POLICE,
            "purpose": "Råd om bilder som er delt.",
            "shared": "Bare at bilder er delt på trinnet.",
            "limits": "Ingen navn. De skal ikke snakke med elever.",
            "basis": "without_name",
            "ends_on": today() + WEEK,
        }
        | changes
    )
    return ask_for_help(by=cast.actor("case_handler"), case=case, part=pupil_part(case), draft=draft)


def test_hlp_06_police_is_asked_with_a_purpose_and_limits_and_other_duties_are_said(cast: Cast) -> None:
    case = make_case(cast)
    assert refused(lambda: police(cast, case, limits=" ")) == [HelpObstacle.NO_LIMITS]
    assert police(cast, case, helper=Helper.PPT, limits="").limits == ""

    assert police(cast, case).limits == "Ingen navn. De skal ikke snakke med elever."

    client = sign_in(cast, "case_handler")
    assert "Ingen navn. De skal ikke snakke med elever." in client.get(f"/saker/{case.public_id}/hjelp/").content.decode()
    form = " ".join(client.get(f"/saker/{case.public_id}/hjelp/ny/").content.decode().split())
    assert ("Meldeplikten til barnevernet (§ 24-3)" in form, "plikten til å avverge alvorlige lovbrudd" in form) == (True, True)


def test_name_in_the_limits_is_found_too(cast: Cast) -> None:
    case = make_case(cast)

    assert refused(lambda: police(cast, case, limits="Ikke snakk med Ylva Ylvasen.")) == [HelpObstacle.NAMED]


def test_hlp_05_cooperation_on_teaching_is_noted_and_what_it_is_about_has_nowhere_to_lie(cast: Cast) -> None:
    case = make_case(cast)
    client, part = sign_in(cast, "case_handler"), pupil_part(case)
    sent = {"part": part.public_id, "helper": "ppt", "begun_on": today().isoformat(), "contact": "Kari på PPT"}

    assert client.post(f"/saker/{case.public_id}/hjelp/opplaring/", sent).status_code == 302

    row = LearningCooperation.objects.get()
    assert "Kari på PPT" in client.get(f"/saker/{case.public_id}/hjelp/").content.decode()
    assert [name for name, kind in placement(LearningCooperation).items() if kind == PrivacyClass.CASE_CONTENT] == ["contact"]
    assert client.post(f"/saker/{case.public_id}/hjelp/opplaring/{row.public_id}/slutt/").status_code == 302
    row.refresh_from_db()
    assert row.ended_on == today()
    events = set(AuditEvent.objects.filter(file_id=case.public_id).values_list("event", flat=True))
    assert events >= {"learning_cooperation.noted", "learning_cooperation.ended"}


def test_cooperation_is_noted_once_of_those_it_is_for_and_ended_once(cast: Cast) -> None:
    case = make_case(cast)
    wanted: dict[str, Any] = {"by": cast.actor("case_handler"), "case": case, "part": pupil_part(case), "begun_on": today()}
    row = note_learning_cooperation(**wanted, helper=Helper.PPT)

    assert refused(lambda: note_learning_cooperation(**wanted, helper=Helper.PPT)) == [CooperationObstacle.NOTED]
    assert refused(lambda: note_learning_cooperation(**wanted, helper=Helper.NURSE)) == [CooperationObstacle.NOT_THEIRS]
    later = wanted | {"begun_on": today() + WEEK}
    assert refused(lambda: note_learning_cooperation(**later, helper=Helper.OT)) == [CooperationObstacle.LATER]
    end_learning_cooperation(by=wanted["by"], case=case, cooperation=row)
    assert refused(lambda: end_learning_cooperation(by=wanted["by"], case=case, cooperation=row)) == [CooperationObstacle.ENDED]


@pytest.mark.parametrize("name", ["teacher_of_others", "guardian", "head_teacher_elsewhere"])
def test_nobody_outside_the_case_notes_or_sees_it(cast: Cast, name: str) -> None:
    case = make_case(cast)

    assert sign_in(cast, name).get(f"/saker/{case.public_id}/hjelp/opplaring/").status_code in {403, 404}
    assert LearningCooperation.objects.count() == 0
