"""A year of made-up reports and cases in every state, written through the same services as the pages use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from aktsom.cases import services as cases
from aktsom.cases.models import Case, CasePart
from aktsom.cases.rules import ClosingReason, GuardianDecision, HearingOutcome, NoteKind, PartKind
from aktsom.cases.rules.assistance import Helper, SharingBasis
from aktsom.cases.services.assistance import HelpDraft, ask_for_help
from aktsom.cases.services.family import set_check_ins
from aktsom.cases.services.investigation import NoteDraft
from aktsom.cases.services.voice import HearingDraft
from aktsom.core.access.actor import ANONYMOUS, Actor, actor_for
from aktsom.core.access.roles import Role
from aktsom.core.timing import clock
from aktsom.measures import services as measures
from aktsom.measures.models import ActionPlan
from aktsom.measures.rules import MeasureDecision, MeasureLevel, PupilAnswer
from aktsom.measures.services import EvaluationDraft, MeasureDraft, MeasureVerdict
from aktsom.people.models import Person
from aktsom.people.selectors import owner_handlers
from aktsom.reports import services as reports
from aktsom.reports.models import OwnerNotice, Report
from aktsom.reports.rules import Channel, Involved, ReporterKind, Route, Seriousness, Urgency
from aktsom.reports.services import ReportDraft
from demo.people import MadeSchool

SEEN = (
    "Jeg så at hun sto alene ved veggen i alle friminuttene denne uka.",
    "Eleven fortalte at noen kaller ham stygge ting i garderoben etter kroppsøving.",
    "To elever dytter sekken hennes ned fra pulten når læreren snur seg.",
    "Det går en gruppechat der de andre i klassen er med, men ikke denne eleven.",
    "Eleven gruer seg til bussen og vil ikke si hvorfor.",
    "Noen ler hver gang eleven svarer i timen.",
    "Eleven spiser lunsj på toalettet.",
    "Det ble tatt et bilde i dusjen, og eleven tror det er delt.",
)
SAID = (
    "Jeg vil bare at det skal slutte.",
    "Det er verst i friminuttet ved sykkelstativet.",
    "De sier det er tull, men det er ikke det for meg.",
    "Jeg tør ikke si noe når de er der.",
)
ADVICE = (
    "Takk for varselet. PP-tjenesten kan komme denne uka. Ring oss når dere har snakket med eleven.",
    "Vi har lest det. Dere har gjort det rette så langt. Si fra om dere trenger folk eller penger til tiltakene.",
)
DONE = (
    ("En voksen møter eleven ved inngangen hver morgen", MeasureLevel.PUPIL),
    ("Faste plasser og makkere i alle fag", MeasureLevel.GROUP),
    ("En voksen er ved sykkelstativet i begge friminutt", MeasureLevel.SCHOOL),
)


@dataclass
class Teller:
    """Tells the stories of one school. ``number`` makes each story a little different, and the same every time."""

    made: MadeSchool
    today: date
    number: int = 0

    def actor(self, person: Person) -> Actor:
        return actor_for(person.user, second_factor=True)  # type: ignore[arg-type]

    @property
    def head(self) -> Actor:
        return self.actor(self.made.staff[Role.HEAD_TEACHER][0])

    @property
    def leader(self) -> Person:
        return self.made.staff[Role.DEPARTMENT_HEAD][self.number % 2]

    def pupil(self) -> tuple[Person, Person]:
        """Return the next pupil and her contact teacher."""
        self.number += 1
        group = self.made.groups[self.number % len(self.made.groups)]
        pupils = self.made.pupils[group.pk]
        return pupils[(self.number * 3) % len(pupils)], self.made.teachers[group.pk][0]

    @contextmanager
    def on(self, days_ago: int, hour: int = 9) -> Iterator[date]:
        """Set the clock back so many weekdays, to a morning or afternoon."""
        day = self.today - timedelta(days=max(0, self.today.weekday() - 4))
        for _ in range(days_ago):
            day -= timedelta(days=3 if day.weekday() == 0 else 1)
        with clock.set_to(timezone.make_aware(datetime.combine(day, time(hour, 10 + self.number % 40)))):
            yield day

    # One report ---------------------------------------------------------------------------------------------------

    def report(self, pupil: Person, teacher: Person, **wishes: Any) -> Report:
        """A teacher reports."""
        draft = ReportDraft(
            what_happened=SEEN[self.number % len(SEEN)],
            reporter_kind=ReporterKind.STAFF,
            reporter=teacher,
            first_known_by=teacher,
            pupils=(pupil,),
            **wishes,
        )
        return reports.receive_report(by=self.actor(teacher), school=self.made.school, draft=draft)

    def anonymous_report(self) -> None:
        """A pupil tells without a name, and the school answers."""
        self.number += 1
        draft = ReportDraft(
            what_happened=SEEN[self.number % len(SEEN)],
            reporter_kind=ReporterKind.ANONYMOUS,
            channel=Channel.PUBLIC_PAGE,
            written_pupils=("en i klassen min",),
        )
        with self.on(2, 14):
            report = reports.receive_anonymous_report(by=ANONYMOUS, school=self.made.school, draft=draft)
        with self.on(1, 8):
            reports.answer_reporter(by=self.head, report=report, text="Takk for at du sa fra. Kan du si hvilken klasse det gjelder?")

    def waiting_reports(self) -> None:
        """Reports nobody has taken: one ordinary, one that cannot wait."""
        pupil, teacher = self.pupil()
        with self.on(1, 13):
            self.report(pupil, teacher)
        pupil, teacher = self.pupil()
        with self.on(0, 7):
            self.report(pupil, teacher, urgency=Urgency.NOW)

    def oral_report(self) -> None:
        """A pupil told an adult, who wrote it in."""
        pupil, teacher = self.pupil()
        draft = ReportDraft(
            what_happened=SAID[self.number % len(SAID)],
            reporter_kind=ReporterKind.OTHER,
            reporter_name=str(pupil),
            logged_by=teacher,
            first_known_by=teacher,
            channel=Channel.IN_PERSON,
            pupils=(pupil,),
        )
        with self.on(3, 12):
            reports.receive_report(by=self.actor(teacher), school=self.made.school, draft=draft)

    def staff_report(self) -> None:
        """Somebody at work is involved; the head teacher takes it, and it goes straight on to the owner."""
        pupil, teacher = self.pupil()
        accused = next(person for person in self.made.staff[Role.STAFF] if person != teacher)
        with self.on(4, 11):
            report = self.report(pupil, teacher, involved=Involved.STAFF, accused=(accused,))
        with self.on(4, 12):
            reports.acknowledge_report(by=self.head, report=report)

    def leadership_report(self) -> None:
        """Somebody in the leadership is involved: only the owner has it."""
        pupil, teacher = self.pupil()
        head = self.made.staff[Role.HEAD_TEACHER][0]
        with self.on(5, 15):
            self.report(pupil, teacher, involved=Involved.LEADERSHIP, accused=(head,))

    def leadership_case(self) -> None:
        """The owner takes a report about the leadership, and follows it up as a case with its own handler."""
        pupil, teacher = self.pupil()
        receiver, handler = owner_handlers(self.made.school.owner_id, self.today)[:2]
        with self.on(12, 14):
            report = self.report(pupil, teacher, involved=Involved.LEADERSHIP, accused=(self.made.staff[Role.HEAD_TEACHER][0],))
        with self.on(11, 9):
            by = self.actor(receiver)
            reports.acknowledge_report(by=by, report=report)
            reports.assess_report(by=by, report=report, seriousness=Seriousness.SERIOUS, reason="Gjelder en som leder skolen.")
            report.refresh_from_db()
            case = cases.open_case(by=by, report=report, pupil=pupil, handlers=[handler])
        with self.on(9, 10) as day:
            words = SAID[self.number % len(SAID)]
            heard = HearingDraft(HearingOutcome.HEARD, day, told_of="At noen utenfor skolen følger opp.", pupils_words=words)
            part = case.parts.get(kind=PartKind.PUPIL)
            cases.write_hearing(by=self.actor(handler), case=case, part=part, draft=heard)
            cases.tell_rights(by=self.actor(handler), case=case, told_on=day)

    def answered_notices(self) -> None:
        """The owner opens what its school told it, and answers: the latest week waits."""
        before = timezone.make_aware(datetime.combine(self.today - timedelta(days=7), time()))
        by = self.actor(owner_handlers(self.made.school.owner_id, self.today)[0])
        told = OwnerNotice.objects.filter(report__school=self.made.school, sent_at__lt=before).select_related("report")
        for notice in told.exclude(report__route=Route.LEADERSHIP).order_by("sent_at", "id"):
            with clock.set_to(notice.sent_at + timedelta(hours=26)):
                reports.open_owner_notice(by=by, notice=notice)
                reports.answer_owner_notice(by=by, notice=notice, answer=ADVICE[notice.pk % len(ADVICE)])

    # One case -----------------------------------------------------------------------------------------------------

    def case(self, days_ago: int, *, serious: bool = False) -> Case:
        """A report that became a case the same day."""
        pupil, teacher = self.pupil()
        with self.on(days_ago, 9):
            report = self.report(pupil, teacher)
        with self.on(days_ago, 12):
            reports.acknowledge_report(by=self.head, report=report)
            seriousness = Seriousness.SERIOUS if serious else Seriousness.ORDINARY
            reports.assess_report(by=self.head, report=report, seriousness=seriousness, reason="Vurdert ut fra det som er meldt.")
            report.refresh_from_db()
            return cases.open_case(by=self.head, report=report, pupil=pupil, handlers=[self.leader])

    def investigated(self, days_ago: int, *, heard: bool = True) -> Case:
        """A case with notes from several sources, the pupil's own words, and what is best for her."""
        case = self.case(days_ago)
        by = self.worker(case)
        part = case.parts.get(kind=PartKind.PUPIL)
        with self.on(days_ago - 1, 10) as day:
            if heard:
                words = SAID[self.number % len(SAID)]
                draft = HearingDraft(
                    HearingOutcome.HEARD,
                    day,
                    told_of="Hva saken er og hva som skjer nå.",
                    pupils_words=words,
                    pupils_wish="At en voksen er der.",
                )
            else:
                draft = HearingDraft(HearingOutcome.DID_NOT_WANT, day, told_of="At hun kan snakke når hun vil, og med hvem hun vil.")
            cases.write_hearing(by=by, case=case, part=part, draft=draft)
            cases.tell_rights(by=by, case=case, told_on=day)
            cases.decide_on_guardians(by=by, case=case, **self.guardians(case, day))
        with self.on(days_ago - 2, 12):
            for kind, text in (
                (NoteKind.OBSERVATION, "Eleven gikk alene fra time til time."),
                (NoteKind.CONVERSATION, "Faglærer har sett det samme i gangen."),
            ):
                cases.add_note(by=by, case=case, part=part, draft=NoteDraft(kind, clock.now(), text, source="Lærere på trinnet"))
            cases.weigh_best_interests(
                by=by,
                case=case,
                part=part,
                pupils_view="Vil være i klassen sin.",
                factors="Trygghet nå, venner, faglig ro.",
                weighing="Tryggheten veier tyngst.",
                conclusion="Tett voksenkontakt i klassen.",
            )
            cases.add_analysis(
                by=by,
                case=case,
                situation="Det skjer når voksne ikke er til stede.",
                experience="Eleven føler seg utenfor.",
                surroundings="Garderobe og friminutt.",
                needed="Voksne der det skjer.",
                enough_known=True,
            )
        return case

    def guardians(self, case: Case, day: date) -> dict[str, Any]:
        """Return what is decided about the guardians: told, or that the pupil is of age."""
        born = case.pupil.birth_date
        if born is not None and (day.year - born.year - ((day.month, day.day) < (born.month, born.day))) >= 18:
            return {"decision": GuardianDecision.PUPIL_OF_AGE}
        return {"decision": GuardianDecision.TOLD, "told_on": day}

    def worker(self, case: Case) -> Actor:
        return self.actor(case.workers.order_by("id").first().person)  # type: ignore[union-attr]

    def planned(
        self, days_ago: int, *, evaluate_in: int = 14, in_force: bool = True, ask_after: tuple[int, ...] = (7, 21)
    ) -> tuple[Case, ActionPlan]:
        """A case with a plan: findings, measures tied to them, the Act's five points."""
        case = self.investigated(days_ago, heard=self.number % 5 != 0)
        by = self.worker(case)
        plan = ActionPlan.objects.get(file_ref=case.public_id)
        with self.on(days_ago - 3, 13) as day:
            finding = measures.add_finding(by=by, plan=plan, text="Det skjer i garderoben og i friminuttene, når ingen voksne ser.")
            for number, (what, level) in enumerate(DONE):
                draft = MeasureDraft(
                    what=what,
                    level=level,
                    finding=finding,
                    responsible=self.leader,
                    carried_out_by=self.made.staff[Role.STAFF][number],
                    starts_on=day,
                    rhythm="Hver dag",
                    task=f"{what}. Det gjelder {case.pupil}.",
                    is_immediate=number == 0,
                )
                measures.add_measure(by=by, plan=plan, draft=draft)
            measures.write_problem(
                by=by,
                plan=plan,
                problem="Eleven er utrygg i garderoben og i friminuttene.",
                evaluate_on=day + timedelta(days=evaluate_in),
                evaluator=self.leader,
            )
            if in_force:
                measures.put_in_force(by=by, plan=plan)
                set_check_ins(by=by, case=case, days=[day + timedelta(days=days) for days in ask_after])
        return case, plan

    def evaluated(self, days_ago: int, answers: tuple[PupilAnswer, ...], *, last_date_in: int = 14) -> tuple[Case, ActionPlan]:
        """A case evaluated once for each answer, two weeks apart."""
        case, plan = self.planned(days_ago)
        by = self.worker(case)
        for number, answer in enumerate(answers):
            final = answer == PupilAnswer.SAFE
            with self.on(days_ago - 14 * (number + 1), 11) as day:
                plan.refresh_from_db()
                running = list(plan.measures.exclude(state="ended"))
                verdicts = [
                    MeasureVerdict(
                        measure,
                        True,
                        MeasureDecision.END if final else MeasureDecision.KEEP,
                        "Det hjelper, sier eleven." if final else "Trenger mer tid.",
                    )
                    for measure in running
                ]
                draft = EvaluationDraft(
                    held_on=day,
                    pupil_answer=answer,
                    pupil_words=str(answer.label),
                    verdicts=verdicts,
                    is_final=final,
                    next_on=None if final else day + timedelta(days=last_date_in),
                )
                measures.evaluate(by=by, plan=plan, draft=draft)
        return case, plan

    def closed(self, days_ago: int) -> Case:
        """A case that ended when the pupil said it was safe and good."""
        case, _plan = self.evaluated(days_ago, (PupilAnswer.BETTER, PupilAnswer.SAFE))
        with self.on(days_ago - 29, 14) as day:
            case.refresh_from_db()
            cases.close_case(
                by=self.head,
                case=case,
                reason=ClosingReason.SAFE,
                note="Eleven sier selv at det er trygt og godt.",
                control_on=day + timedelta(days=60),
            )
        return case

    def reopened(self, days_ago: int) -> None:
        """A case that was closed and opened again with everything in it."""
        case = self.closed(days_ago)
        with self.on(max(1, days_ago - 45), 9):
            case.refresh_from_db()
            cases.reopen_case(by=self.head, case=case, note="Eleven sier at det har begynt igjen.")

    def involving_others(self, days_ago: int) -> None:
        """A case in which another pupil has a walled part of his own."""
        case = self.investigated(days_ago)
        other, _teacher = self.pupil()
        by = self.worker(case)
        with self.on(days_ago - 2, 14) as day:
            part = cases.add_part(by=by, case=case, kind=PartKind.INVOLVED_PUPIL, person=other)
            cases.write_hearing(
                by=by,
                case=case,
                part=part,
                draft=HearingDraft(HearingOutcome.HEARD, day, told_of="Hva saken er.", pupils_words="Jeg trodde det bare var moro."),
            )
            self.let_others_help(case, part)

    def let_others_help(self, case: Case, part: CasePart) -> None:
        """A counsellor helps with the other pupil's part for a time, and the school nurse is asked for advice."""
        cases.add_helper(
            by=self.head,
            case=case,
            person=self.made.staff[Role.COUNSELLOR][0],
            part=part,
            reason="Kjenner eleven fra før, og snakker med ham hver uke.",
            valid_until=self.today + timedelta(days=21),
        )
        draft = HelpDraft(
            helper=Helper.NURSE,
            person=self.made.staff[Role.SCHOOL_NURSE][0],
            purpose="Hvordan kan vi gjøre friminuttene roligere for en elev som er mye alene?",
            shared="At eleven er mye alene. Ikke navnet.",
            basis=SharingBasis.WITHOUT_NAME,
            ends_on=self.today + timedelta(days=14),
        )
        ask_for_help(by=self.worker(case), case=case, part=case.parts.get(kind=PartKind.PUPIL), draft=draft)


def tell_all(made: MadeSchool, *, today: date, old_cases: int) -> None:
    """Tell every story of one school: something in every state, and a year of closed cases."""
    teller = Teller(made, today, number=len(made.school.name))
    stories: list[Callable[[], Any]] = [
        teller.waiting_reports,
        teller.anonymous_report,
        teller.oral_report,
        teller.staff_report,
        teller.leadership_report,
        lambda: teller.case(6, serious=True),
        lambda: teller.investigated(8),
        lambda: teller.involving_others(11),
        lambda: teller.planned(9, in_force=False),
        lambda: teller.planned(13),
        lambda: teller.planned(22),
        lambda: teller.evaluated(34, (PupilAnswer.BETTER,)),
        lambda: teller.evaluated(50, (PupilAnswer.BETTER, PupilAnswer.WORSE)),
        lambda: teller.reopened(75),
        *[lambda days=40 + 12 * number: teller.closed(days) for number in range(old_cases)],
        teller.leadership_case,
        teller.answered_notices,
    ]
    for story in stories:
        story()
