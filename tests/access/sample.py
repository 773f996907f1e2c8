"""One of everything, and which of them fills each address. A new page that shows something new adds its line here.

``identifiers`` is looked up by «namespace:name», then by «namespace:first word of the name», then by namespace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aktsom.cases.duties import own_duties
from aktsom.cases.models import Case, GovernorDeadline
from aktsom.cases.rules import ExclusionReason, NoteKind, PartKind
from aktsom.cases.rules.assistance import Helper
from aktsom.cases.rules.continuity import AskAgainKind, HandoverReason, SharedPiece, SharingBasis
from aktsom.cases.rules.conversations import ConversationKind
from aktsom.cases.rules.papers import PaperKind
from aktsom.cases.rules.procedure import Consideration
from aktsom.cases.services import add_note, add_part, decide_on_guardians
from aktsom.cases.services.asking import set_ask_again
from aktsom.cases.services.assistance import HelpDraft, ask_for_help, note_learning_cooperation, write_health_note
from aktsom.cases.services.barring import shut_out
from aktsom.cases.services.continuity import propose_handover, register_absence
from aktsom.cases.services.conversations import ConversationPlan, make_agreement, plan_conversation
from aktsom.cases.services.emergency import open_in_emergency
from aktsom.cases.services.family import ask_for_correction, write_to_adult
from aktsom.cases.services.investigation import NoteDraft
from aktsom.cases.services.papers import make_paper, release_paper
from aktsom.cases.services.school_changes import SchoolChangeDraft, decide_school_change
from aktsom.cases.tests.factories import building, make_case, make_report, pupil_part, put_plan_in_force
from aktsom.core.access.roles import Role
from aktsom.core.files.documents import CleanDocument
from aktsom.core.files.pictures import CleanPicture
from aktsom.core.timing.clock import now, today
from aktsom.measures.models import ResourceRequest
from aktsom.measures.services import ask_for_resources
from aktsom.people.models import Delegation, Deputyship, Person, Position
from aktsom.people.services import add_partner, ask_to_follow, begin_team, join_team, keep_class_file
from aktsom.people.services.warnings import tell_of_danger
from aktsom.plans.reading import blocks_of, recognise
from aktsom.plans.rules.catalogue import CatalogueLevel
from aktsom.plans.rules.parts import PlanShare
from aktsom.plans.selectors.editions import edition_in_force, plan_of_school
from aktsom.plans.services import (
    agree_in_team,
    begin_edition,
    begin_plan,
    begin_review,
    keep_reading,
    keep_resource,
    propose_change,
    put_edition_in_force,
)
from aktsom.plans.services.catalogue import extend_catalogue
from aktsom.plans.tests.factories import procedure_head
from aktsom.reports.rules import Channel, IncidentKind, ReporterKind, Route
from aktsom.reports.services import ReportDraft, ask_in_reports, receive_report, write_routine
from aktsom.reports.services.owner import tell_owner
from aktsom.reports.services.pictures import keep_pictures
from aktsom.reports.tests.factories import send
from aktsom.schools.selectors import current_year
from aktsom.wheel.models import WheelTask
from aktsom.wheel.services import add_file, arrange_year, finish_task, make_feed, name_role_holder, write_daily_note
from tests.cast import Cast

UNKNOWN = "x" * 12
# What an address asks to be sent before it does anything.
BODIES = {
    "cases:paper-make": "kind=plan_for_file",
    "plans:resource-tried": "svar=virker&adresse=https%3A%2F%2Fwww.dembra.no%2Fno",
}
# What an address needs after the question mark before it shows anything.
QUERIES = {"cases:case-open": "?melding={report}", "cases:report-join": "?melding={report}", "wheel:dates-set": "?rad=sto-f17"}


class NoSample(LookupError):
    """An address asks for something the sample does not hold."""


@dataclass(frozen=True)
class Sample:
    """The identifiers the addresses are filled with."""

    identifiers: dict[str, dict[str, str]]

    def address(self, route: str, space: str, name: str, **instead: str) -> str:
        """Return the address with every <kind:name> filled in. Raises NoSample naming what is missing."""
        keys = ["", space, f"{space}:{name.split('-')[0]}", f"{space}:{name}"]
        values = {key: value for look in keys for key, value in self.identifiers.get(look, {}).items()} | instead

        def filled(found: re.Match[str]) -> str:
            if found["name"] not in values:
                raise NoSample(f"/{route}: add what fills «{found['name']}» of {space}:{name} to tests/access/sample.py")
            return values[found["name"]]

        return "/" + re.sub(r"<(?:\w+:)?(?P<name>\w+)>", filled, route) + QUERIES.get(f"{space}:{name}", "").format(**values)


def build_sample(cast: Cast) -> Sample:
    """Write one of everything: reports, a case with another pupil in it, a plan in force, papers, notices, requests."""
    head = cast.actor("head_teacher")
    case = make_case(cast)
    plan = put_plan_in_force(cast, case)
    decide_on_guardians(by=head, case=case, decision="told", told_on=today())
    measure = plan.measures.get()
    ask_for_resources(by=head, measure=measure, wish="En voksen til i friminuttet.")
    report = make_report(cast, pupil=cast.person("classmate"))
    withheld = make_report(cast, pupil=cast.person("classmate"), route=Route.LEADERSHIP, accused=("accused_head_teacher",))
    with building():
        notice = tell_owner(by=head, report=report, purpose="serious")
        for told in (report, withheld):
            keep_pictures(told, [CleanPicture(content=b"en tegning", width=1, height=1)], from_reporter=True)
    return Sample(
        {
            "": {"public_id": UNKNOWN, "slug": cast.school.slug, "number": "1", "report": report.public_id},
            "cases": _of_the_case(cast, case),
            **_of_the_helpers(cast, case),
            "cases:exchange": {"public_id": _exchange(cast, case)},
            "reports": {"public_id": report.public_id, "picture_id": report.pictures.get().public_id},
            "reports:cleared": {"public_id": _from_sms(cast)},
            "reports:owner": {"public_id": notice.public_id},
            **_of_reporting(cast),
            "withheld": {"public_id": withheld.public_id, "picture_id": withheld.pictures.get().public_id},
            "measures": {
                "public_id": measure.public_id,
                "request_id": ResourceRequest.objects.get().public_id,
            },
            **{
                f"measures:{word}": {"public_id": plan.public_id}
                for word in ("plan", "problem", "finding", "version", "own-plan", "measure-add", "evaluation-list")
            },
            "people": {"public_id": cast.school.public_id},
            "people:health-warning-end": {
                "public_id": tell_of_danger(by=head, school=cast.school, what="Vannet i kjelleren er brunt.").public_id
            },
            "people:working-notes": {"public_id": cast.owner.public_id},
            "plans:plan-share": {"slug": cast.school.slug, "share": "elever"},
            **_of_the_school(cast),
            **_of_the_year(cast),
            **_of_talks(cast, case),
            **_of_the_plan(cast),
        }
    )


def _of_reporting(cast: Cast) -> dict[str, dict[str, str]]:
    """Write the school's routine, a question of its own in the form, and an incident that is about no pupil."""
    head, teacher = cast.actor("head_teacher"), cast.person("contact_teacher")
    words = {"how": "Si fra.", "to_whom": "Rektor.", "review_on": today() + timedelta(days=90)}
    routine: Any = write_routine(by=head, school=cast.school, **words)
    asked: dict[str, Any] = {"text": "Hvilken pause?", "kind": "short", "for_staff": True, "for_guardians": False}
    question: Any = ask_in_reports(by=head, place=cast.school, **asked)
    draft = ReportDraft(
        what_happened="En rute er knust.",
        reporter_kind=ReporterKind.STAFF,
        reporter=teacher,
        incident_kind=IncidentKind.VANDALISM,
        concerns_pupil=False,
    )
    incident: Any = receive_report(by=cast.actor("contact_teacher"), school=cast.school, draft=draft)
    of_school = {"public_id": cast.school.public_id}
    return {
        "reports:routine": {"public_id": routine.public_id},
        "reports:routine-write": of_school,
        "reports:routine-readers": of_school,
        "reports:form": of_school,
        "reports:form-owner": {"public_id": cast.owner.public_id},
        "reports:question": {"public_id": question.public_id},
        "reports:incident": {"public_id": incident.public_id},
    }


def _from_sms(cast: Cast) -> str:
    """Write in what came by SMS, as the contact teacher."""
    return send(cast, reporter=None, reporter_name="En forelder", logged_by=cast.person("contact_teacher"), channel=Channel.SMS).public_id


def _of_the_year(cast: Cast) -> dict[str, dict[str, str]]:
    """Lay out the year of a plan in force: a task of the contact teacher's class, and a role given by name."""
    head = cast.actor("head_teacher")
    begun = plan_of_school(head, school=cast.school) or begin_plan(by=head, place=cast.school, template="storhamar")
    if edition_in_force(cast.school.pk) is None:
        put_edition_in_force(by=head, edition=begun.editions.get(), valid_from=today())
    year = current_year(cast.school.pk, today())
    arrange_year(by=head, school=cast.school, year=year)
    task, other = WheelTask.objects.filter(group=cast.group, who=" contact_teacher ").order_by("id")[:2]
    given: dict[str, Any] = {"role": "council_adult", "person": cast.person("contact_teacher"), "valid_from": today()}
    holder = name_role_holder(by=head, school=cast.school, **given)
    teacher = cast.actor("contact_teacher")
    document = CleanDocument(b"%PDF-1.7", "application/pdf", "referat.pdf")
    file = add_file(by=teacher, task=task, document=document)
    reported = finish_task(by=teacher, task=other, done_on=today(), documents=[document]).files.get()
    note = write_daily_note(by=teacher, school=cast.school, text="Alle var med.", on=today())
    return {
        "wheel:file": {"public_id": file.public_id},
        "wheel:report-file": {"public_id": cast.school.public_id, "file_id": reported.public_id},
        "wheel:note-remove": {"public_id": note.public_id},
        "wheel": {"public_id": cast.school.public_id},
        "wheel:task": {"public_id": task.public_id},
        "wheel:task-list": {"public_id": cast.school.public_id},
        "wheel:role-end": {"public_id": holder.public_id},
    }


def _of_talks(cast: Cast, case: Case) -> dict[str, dict[str, str]]:
    """Plan a talk and an agreement, ask somebody to take over, register somebody as away, and set a day to ask again."""
    head, part = cast.actor("head_teacher"), pupil_part(case)
    plan = ConversationPlan(kind=ConversationKind.EXPOSED, held_on=today(), guests=[cast.person("pupil")])
    talk = plan_conversation(by=head, case=case, part=part, draft=plan)
    agreement = make_agreement(by=head, case=case, part=part, text="Sitte sammen", follow_up_on=today() + timedelta(days=7))
    away = register_absence(by=head, school=cast.school, person=cast.person("teacher_of_others"), first_day=today())
    asked = set_ask_again(by=head, case=case, kind=AskAgainKind.PUPIL, due_on=today() + timedelta(days=7), part=part)
    entry = extend_catalogue(by=head, school=cast.school, level=CatalogueLevel.GROUP, text="Nye makkere hver måned")
    duty = own_duties(cast.actor("case_handler"))[0]
    handover = propose_handover(by=head, duty=duty, to=cast.person("contact_teacher"), reason=HandoverReason.LEFT)
    going = SchoolChangeDraft(
        pieces=[SharedPiece.PROBLEM], basis=SharingBasis.NECESSARY, reason="Ny skole fra mandag.", to_school=cast.other_school
    )
    change = decide_school_change(by=head, case=case, draft=going)
    of_case = {"public_id": case.public_id}
    return {
        "cases:talk": of_case | {"talk_id": talk.public_id, "part_id": part.public_id},
        "cases:minutes": of_case | {"talk_id": talk.public_id},
        "cases:agreement": of_case | {"agreement_id": agreement.public_id, "part_id": part.public_id},
        "cases:prompt-list": {"school_id": cast.school.public_id},
        "cases:prompts-write": {"school_id": cast.school.public_id, "kind": "exposed"},
        "cases:absence-end": {"absence_id": away.public_id},
        "cases:ask-again-answer": of_case | {"asked_id": asked.public_id},
        "cases:handover": {"public_id": handover.public_id},
        "cases:school-change-detail": {"public_id": change.public_id},
        "measures:catalogue-extend": {"school_id": cast.school.public_id},
        "measures:catalogue-entry-end": {"school_id": cast.school.public_id, "entry_id": entry.public_id},
    }


def _of_the_plan(cast: Cast) -> dict[str, dict[str, str]]:
    """Write a draft beside the plan in force, an evaluation with a proposal, a plan that was read in, and a calendar address."""
    head = cast.actor("head_teacher")
    plan = plan_of_school(head, school=cast.school)
    assert plan is not None
    draft = begin_edition(by=head, plan=plan)
    guide = begin_plan(by=cast.actor("owner_handler"), place=cast.owner, template="storhamar")
    put_edition_in_force(by=cast.actor("owner_handler"), edition=guide.editions.get(), valid_from=today(), head=procedure_head())
    review = begin_review(by=head, plan=plan, year="2026/2027")
    asked = begin_review(by=cast.actor("owner_handler"), plan=guide, year="2026/2027").answers.filter(school=cast.school)[0]
    proposal = propose_change(by=head, review=review, text="Mer tid i klassens time")
    reading = keep_reading(by=head, school=cast.school, name="Vår plan", found=recognise(blocks_of(b"Hva\tHvem\nTur\tRektor", "p.tsv")))
    said = {"kind": "resource", "theme": "classroom", "text": "Begynn med en runde."}
    resource = keep_resource(by=head, place=cast.school, title="Sjekkliste", **said)
    agreed = agree_in_team(
        by=cast.actor("contact_teacher"),
        school=cast.school,
        card="hjem",
        who="Trinnet",
        talked_on=today(),
        text="Vi ringer hjem i oktober.",
    )
    rules = keep_resource(by=head, place=cast.school, title="Skoleregler", **said | {"kind": "regulation", "valid_from": today()})
    feed, secret = make_feed(by=cast.actor("contact_teacher"), school=cast.school)
    names = b"fornavn;etternavn;klasse;trinn;f\xc3\xb8dselsdato\nKari;Prove;9Z;9;01.02.2012\n"
    listed = keep_class_file(by=head, school=cast.school, content=names, name="9z.csv", is_whole_school=False)
    of_school = {"public_id": cast.school.public_id}
    of_draft = {"public_id": draft.public_id, "key": "sto-f13", "section": "forebygge"}
    return {
        "plans": of_school | {"key": "folge-opp", "share": PlanShare.STAFF},
        **{f"plans:{word}": of_draft for word in ("edition", "edit", "section", "row", "owner", "time", "head", "body")},
        **{f"plans:{name}": of_draft | {"key": "forebygge"} for name in ("section-change", "section-move", "section-remove")},
        **{
            f"plans:{name}": {"public_id": plan.public_id}
            for name in ("plan-show", "plan-arrange", "review-list", "edition-begin", "edition-list")
        },
        "plans:wording": {"public_id": plan.public_id, "key": "forebygge"},
        "plans:review": {"public_id": review.public_id},
        "plans:answer-write": {"public_id": asked.public_id},
        "plans:review-list": {"public_id": plan.public_id},
        "plans:proposal-decide": {"public_id": review.public_id, "proposal_id": proposal.public_id},
        "plans:reading-detail": {"public_id": reading.public_id},
        "plans:plan-begin": of_school | {"kind": "skole"},
        "plans:resource-add": of_school | {"kind": "skole"},
        "plans:resource-end": {"public_id": resource.public_id},
        "plans:card": of_school | {"code": "relasjoner"},
        "plans:agreement": {"public_id": agreed.public_id},
        "plans:resource-renew": {"public_id": rules.public_id},
        "plans:regulation-public": {"public_id": rules.public_id},
        "plans:resource-public": {"slug": cast.school.slug},
        "plans:guide": {"org_number": cast.owner.org_number},
        "plans:conformity-write": {"public_id": draft.public_id},
        "wheel:calendar-feed": {"secret": secret},
        "wheel:feed-end": {"public_id": feed.public_id},
        "insight": of_school,
        "insight:begin": {"token": UNKNOWN},
        "insight:class-file": {"public_id": listed.public_id},
        "insight:class-file-drop": {"public_id": listed.public_id},
    }


def _of_the_case(cast: Cast, case: Case) -> dict[str, str]:
    head = cast.actor("head_teacher")
    part = add_part(by=head, case=case, kind=PartKind.INVOLVED_PUPIL, person=cast.person("other_party"))
    note = add_note(
        by=head, case=case, part=pupil_part(case), draft=NoteDraft(kind=NoteKind.OBSERVATION, happened_at=now(), text="Ylva står alene.")
    )
    correction = ask_for_correction(by=cast.actor("guardian"), case=case, target="other", wrong="Det var ikke slik.")
    paper = release_paper(
        by=head, case=case, paper=make_paper(by=head, case=case, kind=PaperKind.PLAN_FOR_FAMILY), decision="Lest gjennom."
    )
    with building():  # somebody who meets no case anyway, so that nobody else's row changes
        doubt = shut_out(head, case, cast.person("technical_admin").pk, ExclusionReason.MAY_BE)
    return {
        "public_id": case.public_id,
        "row_id": doubt.public_id,
        "part_id": part.public_id,
        "note_id": note.public_id,
        "worker_id": case.workers.get(person=cast.person("case_handler")).public_id,
        "paper_id": paper.public_id,
        "correction_id": correction.public_id,
        "letter_id": UNKNOWN,
        "reply_id": UNKNOWN,
        "step": Consideration.values[0],
        "deadline_id": _day_of_statsforvalteren(cast, case),
        "cooperation_id": note_learning_cooperation(
            by=head, case=case, part=pupil_part(case), helper=Helper.PPT, begun_on=today()
        ).public_id,
    }


def _day_of_statsforvalteren(cast: Cast, case: Case) -> str:
    """Write a day in the case directly: noting Statsforvalteren itself would let the owner in."""
    with building():
        day: Any = GovernorDeadline.objects.create(
            case=case,
            content_key_id=case.content_key_id,
            due_on=today() + timedelta(days=7),
            text="Planen og loggen.",
            written_by=cast.person("head_teacher"),
            written_at=now(),
        )
    return str(day.public_id)


def _of_the_helpers(cast: Cast, case: Case) -> dict[str, dict[str, str]]:
    nurse: Any = cast.person("teacher_without_relation")
    with building():
        Position.objects.create(person=nurse, role=Role.SCHOOL_NURSE, school=cast.school, valid_from=today())
    question: dict[str, Any] = {"helper": "nurse", "purpose": "Hva kan hjelpe?", "shared": "Ingenting.", "basis": "without_name"}
    handler = cast.actor("case_handler")
    asked = [
        ask_for_help(by=handler, case=case, part=pupil_part(case), draft=HelpDraft(**question, person=person, ends_on=today()))
        for person in (nurse, None)
    ]
    opened = open_in_emergency(by=handler, pupil=case.pupil, reason="Det haster.")
    note = write_health_note(by=cast.actor("teacher_without_relation"), school_id=cast.school.pk, pupil=case.pupil, text="Mitt eget.")
    of_case = {"public_id": case.public_id}
    return {
        "cases:help-detail": {"public_id": asked[0].public_id},
        "cases:help-ask": of_case,
        "cases:help-answer-write": of_case | {"help_id": asked[1].public_id},
        "cases:help-end": of_case | {"help_id": asked[1].public_id},
        "cases:emergency-review": of_case | {"emergency_id": opened.public_id},
        "cases:health-note-change": {"public_id": note.public_id},
        "cases:health-note-remove": {"public_id": note.public_id},
    }


def _exchange(cast: Cast, case: Case) -> str:
    exchange: Any = write_to_adult(by=cast.actor("pupil"), case=case, adult=cast.person("contact_teacher"), text="Kan vi snakkes?")
    return str(exchange.public_id)


def _of_the_school(cast: Cast) -> dict[str, dict[str, str]]:
    common: dict[str, Any] = {"school": cast.school, "valid_from": today()}
    with building():
        outside = Person.objects.create(owner=cast.owner, kind="staff", given_name="Utenfor", family_name="Rollelista")
        deputyship = Deputyship.objects.create(deputy=outside, **common)
        delegation = Delegation.objects.create(receiver=outside, given_by=cast.person("head_teacher"), **common)
    wish = ask_to_follow(by=cast.actor("guardian_without_responsibility"), pupil=cast.person("pupil"))
    partner = add_partner(by=cast.actor("head_teacher"), school=cast.school, name="PP-tjenesten", purpose="Råd til skolen")
    head = cast.actor("head_teacher")
    words: dict[str, Any] = {"kind": "pupil_services", "name": "", "for_families": True}
    team = begin_team(by=head, school=cast.school, **words)
    member = join_team(by=head, team=team, person=cast.person("teacher_without_relation"))
    of_owner = {"public_id": cast.owner.public_id}
    return {
        **{f"people:{name}": of_owner for name in ("recipients", "training-demand", "training-record-owner", "training-demand-end")},
        **{f"people:{name}": {"public_id": partner.public_id} for name in ("partner-change", "partner-end")},
        "people:team": {"public_id": team.public_id},
        "people:team-begin": {"public_id": cast.school.public_id},
        "people:team-leave": {"public_id": member.public_id},
        "people:card": {"public_id": cast.school.public_id, "person_id": cast.person("contact_teacher").public_id},
        "people:deputy-end": {"public_id": deputyship.public_id},
        "people:delegation-end": {"public_id": delegation.public_id},
        "people:guardian-answer": {"public_id": wish.public_id},
        "people:guardian-decide": {"public_id": wish.public_id},
        "people:consent-set": {"public_id": cast.person("guardian").public_id},
    }
