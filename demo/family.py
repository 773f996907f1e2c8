"""A pupil with two homes and a protected address, whose guardians each have their own side; and a guardian who may not follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from aktsom.cases.models import Case, CasePart
from aktsom.cases.rules import CaseState, GuardianDecision
from aktsom.cases.rules.conversations import ConversationKind
from aktsom.cases.rules.family import CorrectionOutcome, CorrectionTarget
from aktsom.cases.services.conversations import ConversationPlan, plan_conversation, release_minutes, write_minutes
from aktsom.cases.services.family import answer_correction, ask_for_correction, say_how_it_is, write_in_exchange, write_to_adult
from aktsom.cases.services.letters import make_letter
from aktsom.core.access.actor import system_actor
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.identifiers import new_public_id
from aktsom.measures.models import ActionPlan
from aktsom.measures.rules import Acceptance, PartyKind, PupilAnswer
from aktsom.measures.services import say_own_view, tell_party
from aktsom.people.models import Guardianship, Person
from aktsom.people.rules import PersonKind, RefusalGround, RequestOutcome, is_of_age
from aktsom.people.services import ask_to_follow, decide_request
from demo.names import family_name, given_name
from demo.people import MadeSchool, give_account
from demo.stories import Teller

TWO_HOMES = "demo: to hjem"
OUTSIDE = "demo: uten foreldreansvar"
HEARD = 1  # the number of a pupil who wanted to speak
NAMED_FROM = 40_000  # the numbers the names of these are made from, far beyond everybody else's


@dataclass
class TwoHomes(Teller):
    """Tells the story of one family. The pupil is always the same; ``here`` lives with the pupil, ``there`` in another home."""

    child: Person = None  # type: ignore[assignment]  # set by tell_of_two_homes, as the two below
    here: Person = None  # type: ignore[assignment]
    there: Person = None  # type: ignore[assignment]

    @property
    def teacher(self) -> Person:
        """The contact teacher of the pupil."""
        return self.made.teachers[self.made.groups[0].pk][0]

    def pupil(self) -> tuple[Person, Person]:
        """Return the pupil of this family and the contact teacher, whatever the number."""
        return self.child, self.teacher

    def tell(self) -> None:
        """From the report to a plan both homes have said something about, each on its own page."""
        case, plan = self.planned(10, ask_after=(3, 16))
        self.tell_each_of_the_plan(case, plan)
        self.talk_with_each(case)
        self.say_own_words(case, plan)
        self.write_letters(case)
        self.correct(case)

    def tell_each_of_the_plan(self, case: Case, plan: ActionPlan) -> None:
        """The plan is gone through with the pupil, and with each guardian alone."""
        by = self.worker(case)
        for party, person in ((PartyKind.PUPIL, self.child), (PartyKind.GUARDIAN, self.here), (PartyKind.GUARDIAN, self.there)):
            with self.on(6, 12) as day:
                tell_party(by=by, plan=plan, party=party, person=person, told_on=day, acceptance=Acceptance.ACCEPTED)

    def talk_with_each(self, case: Case) -> None:
        """One talk with each guardian, minutes only to the one who was there; the next talks are set."""
        by, part = self.worker(case), case.parts.get(kind="pupil")
        for guardian, minutes in (
            (self.here, "Vi snakket om morgenene. De er tyngst. Dere vil ha beskjed samme dag hvis noe skjer."),
            (self.there, "Vi snakket om ukene hos deg. Du vil vite hvem du kan ringe."),
        ):
            with self.on(5, 13) as day:
                talk = self._agreed(by, case, part, guardian, day)
                write_minutes(by=by, case=case, talk=talk, held_on=day, minutes=minutes, next_on=self.today + timedelta(days=9))
                release_minutes(by=by, case=case, talk=talk, names=[])
        with self.on(4, 13):
            draft = ConversationPlan(ConversationKind.EXPOSED, self.today + timedelta(days=4), place="Grupperom 2", guests=(self.child,))
            plan_conversation(by=by, case=case, part=part, draft=draft)

    def _agreed(self, by: Any, case: Case, part: CasePart, guardian: Person, day: Any) -> Any:
        draft = ConversationPlan(ConversationKind.EXPOSED_GUARDIANS, day, guests=(guardian,))
        return plan_conversation(by=by, case=case, part=part, draft=draft)

    def say_own_words(self, case: Case, plan: ActionPlan) -> None:
        """Each writes on her own page; none of them reads the others."""
        morning, places = plan.measures.order_by("id")[0], plan.measures.order_by("id")[1]
        with self.on(4, 17):
            say_own_view(by=self.actor(self.here), measure=morning, text="Det hjelper at noen står der. Fortsett med det.")
            say_how_it_is(by=self.actor(self.here), case=case, answer=PupilAnswer.BETTER, words="Litt lettere å gå hjemmefra nå.")
        with self.on(3, 18):
            say_own_view(by=self.actor(self.there), measure=places, text="Jeg er usikker på om dette er nok. Spør igjen om to uker.")
        with self.on(3, 14):
            say_how_it_is(by=self.actor(self.child), case=case, answer=PupilAnswer.BETTER, words="Morgenen er bedre. Ikke garderoben.")
            exchange = write_to_adult(by=self.actor(self.child), case=case, adult=self.teacher, text="Kan jeg gå inn litt før de andre?")
        with self.on(2, 8):
            write_in_exchange(by=self.actor(self.teacher), exchange=exchange, text="Ja. Kom til meg fem minutter før, så låser jeg opp.")

    def write_letters(self, case: Case) -> None:
        """A letter to each, with its own code."""
        for guardian, text in (
            (self.here, "Her er det vi ble enige om. Skriv på svararket hvis noe skal være annerledes."),
            (self.there, "Her er det vi ble enige om, og hvem du kan ringe. Skriv på svararket hvis noe skal være annerledes."),
        ):
            with self.on(3, 10):
                make_letter(by=self.worker(case), case=case, person=guardian, text=text)

    def correct(self, case: Case) -> None:
        """One of them wants something put right, and is answered."""
        with self.on(2, 19):
            wrong, right = "Det står at vi vil ha beskjed samme dag.", "Vi vil ha beskjed med en gang."
            asked = ask_for_correction(by=self.actor(self.here), case=case, target=CorrectionTarget.MINUTES, wrong=wrong, right=right)
        with self.on(1, 9):
            answer_correction(by=self.worker(case), case=case, request=asked, outcome=CorrectionOutcome.CORRECTED, correction=right)


def tell_of_two_homes(made: MadeSchool, *, today: date) -> None:
    """Make the family of one pupil nobody has told of, and tell its story."""
    with unit_of_work(system_actor("demo"), "demo"):
        child = _untold(made)
        child.protected_address = True
        child.save()
        bond = Guardianship.objects.filter(pupil=child).order_by("id").select_related("guardian")[0]
        bond.basis = TWO_HOMES
        bond.save()
        here = bond.guardian
        there = _guardian(made, child, 1, parental_responsibility=True, lives_elsewhere=True, basis=TWO_HOMES)
        for person, who in ((child, "elev"), (here, "foresatt"), (there, "foresatt")):
            if person.user_id is None:
                give_account(person, f"{made.school.slug}-{who}-{person.external_id}")
    TwoHomes(made, today, HEARD, child, here, there).tell()


def tell_of_one_outside(made: MadeSchool, *, today: date) -> None:
    """A guardian without parental responsibility asks to follow, and gets a written no with the way to appeal (barnelova § 47)."""
    open_cases = Case.objects.filter(school=made.school, state=CaseState.OPEN, is_withheld=False, pupil__protected_address=False)
    told = open_cases.filter(guardians_told__decision=GuardianDecision.TOLD).select_related("pupil").order_by("-opened_at", "-id")
    child = next(case.pupil for case in told if not is_of_age(case.pupil.birth_date, today))
    with unit_of_work(system_actor("demo"), "demo"):
        guardian = _guardian(made, child, 2, parental_responsibility=False, lives_elsewhere=True, basis=OUTSIDE)
        give_account(guardian, f"{made.school.slug}-foresatt-{guardian.external_id}")
    teller = Teller(made, today)
    with teller.on(4, 20):
        request = ask_to_follow(by=teller.actor(guardian), pupil=child, wish="Jeg vil følge med på hvordan det går.")
    with teller.on(2, 11):
        decide_request(
            by=teller.head,
            request=request,
            outcome=RequestOutcome.REFUSED,
            ground=RefusalGround.HARM,
            reason="Eleven trenger ro nå. Vi ser på det igjen hvis du spør senere.",
            pupils_view="Vil ikke at flere skal lese om dette nå.",
        )


def _untold(made: MadeSchool) -> Person:
    """Return the last pupil of the youngest class that is in no case."""
    there = set(CasePart.objects.values_list("person_id", flat=True)) | set(Case.objects.values_list("pupil_id", flat=True))
    return next(pupil for pupil in reversed(made.pupils[made.groups[0].pk]) if pupil.pk not in there)


def _guardian(made: MadeSchool, child: Person, number: int, **bond: Any) -> Person:
    turn = NAMED_FROM + made.school.pk * 10 + number
    given, family = given_name(turn), family_name(turn)
    person = Person.objects.create(
        public_id=new_public_id(),
        owner_id=made.school.owner_id,
        kind=PersonKind.GUARDIAN,
        given_name=given,
        family_name=family,
        email=f"person{turn}@example.invalid",
        source="demo",
        external_id=str(turn),
    )
    Guardianship.objects.create(pupil=child, guardian=person, valid_from=made.groups[0].valid_from, **bond)
    return person
