"""How each made-up school asks people to report, one question of the owner's and of the school's own, and two incidents."""

from __future__ import annotations

from datetime import timedelta

from aktsom.core.access.actor import actor_for
from aktsom.core.access.roles import Role
from aktsom.people.models import Position
from aktsom.reports import services as reports
from aktsom.reports.models import ReportQuestion
from aktsom.reports.rules import IncidentKind, QuestionKind, ReporterKind
from aktsom.reports.services import ReportDraft
from aktsom.schools.rules import HelpKind
from aktsom.schools.services import set_help_contact
from demo.stories import Teller

READ_BY = 5  # how many of the staff have said that they have read it; the rest are asked on «I dag»
OUTSIDE_HELP = ((HelpKind.OMBUD, "Mobbeombudet i Storfjell"), (HelpKind.COUNTY_GOVERNOR, "Statsforvalteren i Storfjell"))
TOLD = (
    (IncidentKind.NEAR_MISS, "Et mål på fotballbanen veltet i vinden. Ingen sto der."),
    (IncidentKind.VANDALISM, "To ruter i gymsalen er knust i helga."),
)


def write_routine(teller: Teller) -> None:
    """The head teacher writes the routine, some have read it, and the owner and the school ask a little more."""
    school, head = teller.made.school, teller.head
    with teller.on(30):
        routine = reports.write_routine(
            by=head,
            school=school,
            how="Si fra samme dag. Du trenger ikke være sikker. Skriv det du har sett og hørt.",
            to_whom="Meld til lederen på skolen. Er du i tvil, meld likevel.",
            when_away="Er lederen borte, melder du til stedfortrederen. Navnet står på tavla på lærerrommet.",
            phone=school.phone,
            form_place="«Meld bekymring» øverst på hver side i Aktsom.",
            review_on=teller.today + timedelta(days=200),
        )
    with teller.on(20):
        for person in teller.made.everyone_at_work[:READ_BY]:
            if person.user is not None:
                reports.confirm_routine(by=actor_for(person.user, second_factor=True), routine=routine)
    for kind, name in OUTSIDE_HELP:
        set_help_contact(by=head, school=school, kind=kind, name=name, phone="00 00 00 00")
    ask_more(teller)
    tell_of_incidents(teller)


def ask_more(teller: Teller) -> None:
    """The owner asks one thing of every school, once; the school asks one thing of its own."""
    school = teller.made.school
    handler = Position.objects.filter(owner=school.owner, role=Role.OWNER_HANDLER, person__user__isnull=False).order_by("id").first()
    to_staff = {"for_staff": True, "for_guardians": False}
    if handler is not None and not ReportQuestion.objects.filter(owner=school.owner, school=None).exists():
        owner = actor_for(handler.person.user, second_factor=True)  # type: ignore[arg-type]
        asked = "Skjedde det på vei til eller fra skolen?"
        reports.ask_in_reports(by=owner, place=school.owner, text=asked, kind=QuestionKind.YES_NO, for_staff=True, for_guardians=True)
    reports.ask_in_reports(by=teller.head, place=school, text="Hvilken time eller pause?", kind=QuestionKind.SHORT, **to_staff)


def tell_of_incidents(teller: Teller) -> None:
    """Somebody tells of something that is about no pupil: one waits, one is finished."""
    _pupil, teacher = teller.pupil()
    for number, (kind, text) in enumerate(TOLD):
        draft = ReportDraft(
            what_happened=text, reporter_kind=ReporterKind.STAFF, reporter=teacher, incident_kind=kind, concerns_pupil=False
        )
        with teller.on(6 - number, 13):
            report = reports.receive_report(by=teller.actor(teacher), school=teller.made.school, draft=draft)
    with teller.on(4):
        reports.answer_incident(by=teller.head, report=report, may_be_unsafe=False, result="Vaktmesteren har satt inn nye ruter.")
