"""Random casts through random deeds: nothing given to a person holds a word planted in a part that is not hers.

Each text that is written carries a mark of its own. The test keeps its own account of who stands inside which wall, written
down as the deeds are done and never asked of access.py, and compares it with everything a person is given: pages, titles,
file names, papers, notices and mail. ``AKTSOM_WALLS=long`` runs it longer.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.models import Exists
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from aktsom.cases import access, services
from aktsom.cases.contents import case_contents, plan_contents
from aktsom.cases.models import Agreement, Case, CaseExclusion, CasePart, HealthNote, HelpRequest
from aktsom.cases.rules import GuardianDecision, HearingOutcome, NoteKind, PartKind
from aktsom.cases.rules.assistance import Helper, SharingBasis
from aktsom.cases.rules.emergency import ReviewOutcome
from aktsom.cases.selectors import room
from aktsom.cases.services.assistance import HelpDraft, ask_for_help, write_health_note
from aktsom.cases.services.conversations import make_agreement
from aktsom.cases.services.emergency import open_in_emergency, review_emergency
from aktsom.cases.services.family import write_to_adult
from aktsom.cases.services.investigation import NoteDraft
from aktsom.cases.services.voice import HearingDraft
from aktsom.cases.tests.factories import building, make_case, plan_of, put_plan_in_force
from aktsom.core.access import door
from aktsom.core.access.door import NotAllowed, OutOfReach, Reach, Refused
from aktsom.core.access.roles import Role
from aktsom.core.notify.models import Notice
from aktsom.core.timing.clock import now, today
from aktsom.core.vault.keyring import forget_keys
from aktsom.people.models import Position
from tests.access.walls_deeds import MoreDeeds
from tests.cast import Cast, build_cast
from tests.signed_in import sign_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.no_cover,  # the domains' own tests are measured; traced, this walk takes twice the time
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the walls do not depend on the database; asked once"),
]
LONG = os.environ.get("AKTSOM_WALLS") == "long"
WALKS, STEPS = (120, 40) if LONG else (6, 12)
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
SETTINGS = settings(
    max_examples=WALKS, stateful_step_count=STEPS, deadline=None, suppress_health_check=QUIET, phases=[Phase.generate], derandomize=not LONG
)

LEADERS = {"head_teacher", "accused_head_teacher"}
HELPERS = ("contact_teacher", "former_deputy", "teacher_without_relation")
NURSE, ON_WATCH = "teacher_without_relation", "former_deputy"
EVERYBODY = (
    "pupil",
    "guardian",
    "other_party",
    "classmate",
    "contact_teacher",
    "teacher_of_others",
    "teacher_without_relation",
    "former_deputy",
    "case_handler",
    "head_teacher",
    "accused_head_teacher",
    "owner_handler",
    "technical_admin",
)
LISTS = ("/", "/saker/", "/saker/?vis=mine", "/meldinger/", "/mine-meldinger/", "/tiltak/", "/varsler/", "/sporsmal/", "/egne-notater/")
FINDERS = ("/saker/nod/?navn=Ylva%20Ylvasen", "/egne-notater/nytt/?navn=Sander")
CASE_PAGES = (
    *("case-detail", "case-investigation", "case-voice", "case-log", "case-documents", "case-people", "case-readers", "case-family"),
    *("case-help", "help-ask", "helper-add", "own-case", "own-papers", "own-readers", "own-rights", "analysis-add", "talk-list"),
)
PART_PAGES = ("part-notes", "note-add", "hearing-write", "best-interests-weigh", "talk-plan", "agreement-make")


class Leak(AssertionError):
    """Somebody was given a word that is not hers."""


class Walls(MoreDeeds, RuleBasedStateMachine):
    """One school, two cases that are linked and walled, and whatever people do in them."""

    looks: ClassVar[int] = 0
    own: ClassVar[int] = 0

    @initialize()
    def open_the_school(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        mail.outbox = []
        self.cast: Cast = build_cast()
        with building():
            for name, role in ((NURSE, Role.SCHOOL_NURSE), (ON_WATCH, Role.DEPARTMENT_HEAD)):
                Position.objects.create(person=self.cast.person(name), role=role, school=self.cast.school, valid_from=today())
        self.cases = {"hers": make_case(self.cast), "his": make_case(self.cast, pupil=self.cast.person("other_party"))}
        self.parts: dict[str, CasePart] = {key: case.parts.get() for key, case in self.cases.items()}
        for key, kind, name in (("other", PartKind.INVOLVED_PUPIL, "other_party"), ("employee", PartKind.EMPLOYEE, "teacher_of_others")):
            self.parts[key] = services.add_part(by=self.head, case=self.cases["hers"], kind=kind, person=self.cast.person(name))
        for case in self.cases.values():
            put_plan_in_force(self.cast, case)
        self.marks: dict[str, Callable[[], set[str]]] = {}
        self.helpers: set[tuple[str, str]] = set()
        self.emergencies: set[str] = set()
        self.excluded: set[tuple[str, str]] = set()
        self.browsers: dict[str, Client] = {}
        for part in self.parts:
            self.write_a_note(part)

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)
            forget_keys()

    @property
    def head(self) -> Any:
        return self.cast.actor("head_teacher")

    def case_of(self, part: str) -> str:
        return "his" if part == "his" else "hers"

    def inside(self, part: str) -> set[str]:
        """Who stands inside the wall of a part, by this test's own account."""
        people = set(LEADERS) | {name for name, where in self.helpers if where == part}
        if part != "employee":
            people |= {"case_handler"}
        if part == "hers":
            people |= self.emergencies
        return people - {name for name, case in self.excluded if case == self.case_of(part)}

    def mark(self, may_see: Callable[[], set[str]]) -> str:
        word = f"MERKE{len(self.marks):03d}SLUTT"
        self.marks[word] = may_see
        return word

    @rule(part=st.sampled_from(["hers", "his", "other", "employee"]))
    def write_a_note(self, part: str) -> None:
        draft = NoteDraft(kind=NoteKind.LOG, happened_at=now(), text=self.mark(lambda: self.inside(part)))
        services.add_note(by=self.head, case=self.cases[self.case_of(part)], part=self.parts[part], draft=draft)

    @rule(part=st.sampled_from(["hers", "his", "other"]))
    def hear_a_pupil(self, part: str) -> None:
        # The voice is shown to those who see the whole case; a helper and an emergency meet the notes alone.
        words = self.mark(lambda: self.inside(part))
        draft = HearingDraft(outcome=HearingOutcome.HEARD, held_on=today(), pupils_words=words)
        services.write_hearing(by=self.head, case=self.cases[self.case_of(part)], part=self.parts[part], draft=draft)

    @rule(part=st.sampled_from(["hers", "his", "other"]))
    def make_an_agreement(self, part: str) -> None:
        text = self.mark(lambda: self.inside(part))
        case = self.cases[self.case_of(part)]
        make_agreement(by=self.head, case=case, part=self.parts[part], text=text, follow_up_on=today() + timedelta(days=7))

    @rule(part=st.sampled_from(["hers", "other"]))
    def ask_the_nurse(self, part: str) -> None:
        asked = {NURSE} if (NURSE, "hers") not in self.excluded else set()
        text = self.mark(lambda: self.inside(part) | ({NURSE} if (NURSE, "hers") not in self.excluded else set()))
        draft = HelpDraft(
            helper=Helper.NURSE,
            person=self.cast.person(NURSE) if asked else None,
            purpose=text,
            shared="Ingenting.",
            basis=SharingBasis.LAW,
            section="§ 24-1",
            ends_on=today() + timedelta(days=9),
        )
        ask_for_help(by=self.head, case=self.cases["hers"], part=self.parts[part], draft=draft)

    @rule(about=st.sampled_from(["pupil", "other_party"]))
    def nurse_writes_for_herself(self, about: str) -> None:
        actor = self.cast.actor(NURSE)
        write_health_note(by=actor, school_id=self.cast.school.pk, pupil=self.cast.person(about), text=self.mark(lambda: {NURSE}))

    @rule()
    def pupil_writes_to_the_adult_she_trusts(self) -> None:
        if ("contact_teacher", "hers") in self.excluded:
            return
        text = self.mark(lambda: {"pupil"} | ({"contact_teacher"} - {name for name, case in self.excluded if case == "hers"}))
        write_to_adult(by=self.cast.actor("pupil"), case=self.cases["hers"], adult=self.cast.person("contact_teacher"), text=text)

    @rule(name=st.sampled_from(HELPERS), part=st.sampled_from(["hers", "his", "other", "employee"]))
    def let_somebody_help(self, name: str, part: str) -> None:
        wanted = {"person": self.cast.person(name), "reason": "Kjenner eleven.", "valid_until": today() + timedelta(days=3)}
        try:
            services.add_helper(by=self.head, case=self.cases[self.case_of(part)], part=self.parts[part], **wanted)
        except Refused:
            assert (name, self.case_of(part)) in self.excluded or (name, part) in self.helpers
        else:
            self.helpers.add((name, part))

    @rule(name=st.sampled_from(HELPERS))
    def end_the_help(self, name: str) -> None:
        for case in self.cases.values():
            for worker in case.workers.filter(person=self.cast.person(name), valid_until__gt=now()):
                services.end_work(by=self.head, case=case, worker=worker)
        self.helpers = {row for row in self.helpers if row[0] != name}

    @rule(name=st.sampled_from([*HELPERS, "case_handler", "accused_head_teacher"]), case=st.sampled_from(["hers", "his"]))
    def shut_somebody_out(self, name: str, case: str) -> None:
        if (name, case) not in self.excluded:
            services.exclude_person(by=self.head, case=self.cases[case], person=self.cast.person(name))
            self.excluded.add((name, case))

    @rule()
    def open_in_an_emergency(self) -> None:
        try:
            open_in_emergency(by=self.cast.actor(ON_WATCH), pupil=self.cast.person("pupil"), reason="Det haster.")
        except Refused:
            assert (ON_WATCH, "hers") in self.excluded
        else:
            self.emergencies.add(ON_WATCH)

    @rule()
    def look_through_the_emergency(self) -> None:
        for opened in self.cases["hers"].emergencies.filter(outcome=""):
            review_emergency(by=self.head, case=self.cases["hers"], opened=opened, outcome=ReviewOutcome.NOT_NEEDED, text="Snakket.")
        self.emergencies.clear()

    @rule(told=st.booleans())
    def tell_the_guardians(self, told: bool) -> None:
        wanted: dict[str, Any] = {"decision": GuardianDecision.NOT_TOLD, "reason": "Uro hjemme."}
        if told:
            wanted = {"decision": GuardianDecision.TOLD, "told_on": today()}
        services.decide_on_guardians(by=self.head, case=self.cases["hers"], **wanted)

    @rule(name=st.sampled_from(EVERYBODY))
    def look_at_everything(self, name: str) -> None:
        self.holds(name, self.given_to(name))

    @rule(names=st.lists(st.sampled_from([*HELPERS, "case_handler", "accused_head_teacher"]), min_size=1, max_size=2, unique=True))
    def look_from_near(self, names: list[str]) -> None:
        for name in names:
            self.holds(name, self.given_to(name))

    @rule()
    def nothing_leaves_in_a_notice(self) -> None:
        sent = "\n".join([str(vars(row)) for row in Notice.objects.all()] + [f"{row.subject} {row.body}" for row in mail.outbox])
        assert [word for word in [*self.marks, "Ylva", "Sander"] if word in sent] == []

    def holds(self, name: str, given: str) -> None:
        """Assert that nothing given holds a mark that is not hers, and that what the family gets names no other pupil."""
        hidden = [word for word, may_see in self.marks.items() if name not in may_see()]
        others = {
            "pupil": ["Sander", "Petra"],
            "guardian": ["Sander", "Petra"],
            "other_party": ["Ylvasen"],
            "classmate": ["Ylvasen", "Sandersen"],
        }
        found = [word for word in [*hidden, *others.get(name, [])] if word in given]
        if found:
            raise Leak(f"{name} was given {found}")
        Walls.looks += 1
        Walls.own += sum(word in given for word in self.marks if word not in hidden)

    def given_to(self, name: str) -> str:
        """Everything the person gets by asking for every address there is about the two cases, and the papers she can make."""
        browser = self.browsers.setdefault(name, sign_in(self.cast, name))
        addresses = [*LISTS, *FINDERS]
        for key, case in self.cases.items():
            addresses += [reverse(f"cases:{page}", args=[case.public_id]) for page in CASE_PAGES]
            parts = [part.public_id for where, part in self.parts.items() if self.case_of(where) == key]
            addresses += [reverse(f"cases:{page}", args=[case.public_id, part]) for page in PART_PAGES for part in parts]
            addresses += [reverse(f"measures:{page}", args=[plan_of(case).public_id]) for page in ("plan-detail", "own-plan")]
        addresses += [reverse("cases:agreement-settle", args=[row.case.public_id, row.public_id]) for row in Agreement.objects.all()]
        addresses += [reverse("cases:help-detail", args=[row.public_id]) for row in HelpRequest.objects.all()]
        addresses += [reverse("cases:health-note-change", args=[row.public_id]) for row in HealthNote.objects.all()]
        answers = [browser.get(address) for address in [*addresses, *self.further_addresses()]]
        assert {answer.status_code for answer in answers} <= {200, 302, 403, 404}
        shown = [f"{dict(answer.headers)} {answer.content.decode()}" for answer in answers]
        return "\n".join([*shown, *self.papers_of(name)])

    def papers_of(self, name: str) -> list[str]:
        actor = self.cast.actor(name)
        found = []
        for case in self.cases.values():
            if name in {"pupil", "guardian"}:
                if access.is_family(actor, Case.objects.get(pk=case.pk)):
                    found.append(str(plan_contents(case, plan_of(case), for_family=True)))
                continue
            try:
                met = access.get_case(actor, access.Action.CASE_PRINT, case.public_id)
            except (OutOfReach, NotAllowed):
                continue
            found.append(str(case_contents(actor, met)))
        return found


def test_nothing_given_to_a_person_holds_what_lies_behind_a_wall_that_is_not_hers() -> None:
    Walls.looks = Walls.own = 0

    run_state_machine_as_test(Walls, settings=SETTINGS)

    assert (Walls.looks > WALKS, Walls.own > WALKS) == (True, True)  # people are given what is theirs, or nothing was proved


def test_each_of_them_is_given_only_what_is_hers_when_everything_has_been_done_once() -> None:
    walk = Walls()
    walk.open_the_school()
    try:
        for part in ("hers", "his", "other"):
            walk.hear_a_pupil(part)
            walk.make_an_agreement(part)
            walk.ask_again(part)
        for case in ("hers", "his"):
            walk.somebody_reports_once_more(case)
        for part, released in (("hers", True), ("hers", False), ("other", True)):
            walk.talk_with_a_pupil(part, released=released)
        walk.pupil_says_how_it_is_and_what_is_wrong()
        walk.write_a_letter_to_the_pupil()
        walk.tell_the_guardians(told=True)
        walk.ask_the_nurse("hers")
        walk.nurse_writes_for_herself("other_party")
        walk.pupil_writes_to_the_adult_she_trusts()
        walk.let_somebody_help("contact_teacher", "other")
        walk.open_in_an_emergency()
        walk.shut_somebody_out("accused_head_teacher", "hers")
        leaks = [name for name in EVERYBODY if _leaks_to(walk, name)]
        walk.nothing_leaves_in_a_notice()
    finally:
        walk.teardown()

    assert leaks == []


def _no_walls(actor: Any, case: Case) -> Any:
    return CasePart.objects.select_related("person", "trusted_adult", "case").filter(case=case)


def _nobody_shut_out(actor: Any) -> Any:
    return Exists(CaseExclusion.objects.none())


def _walls_and_exclusions_gone(patch: pytest.MonkeyPatch) -> None:
    # Either alone hides what is inside: whoever is shut out meets neither the case nor its parts.
    patch.setattr(access, "_shut_out", _nobody_shut_out)
    patch.setattr(room, "parts_visible_to", _no_walls)


def _questions_without_reach(patch: pytest.MonkeyPatch) -> None:
    everybody = Reach(lambda actor: access.HelpRequest.objects.all(), lambda actor, asked: frozenset({Role.HELP_ASKED}))
    patch.setitem(door._reaches, access.HelpRequest, everybody)


BREACHES: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "nothing": lambda patch: None,
    "the walls are down": lambda patch: patch.setattr(room, "parts_visible_to", _no_walls),
    "and nobody is shut out": _walls_and_exclusions_gone,
    "everybody meets every question": _questions_without_reach,
}
LEAKS = {
    "nothing": [],
    "the walls are down": ["contact_teacher"],
    "and nobody is shut out": ["contact_teacher", "accused_head_teacher"],
    "everybody meets every question": ["contact_teacher", "accused_head_teacher", "teacher_of_others"],
}


@pytest.mark.parametrize("breach", BREACHES)
def test_planted_breach_is_found(monkeypatch: pytest.MonkeyPatch, breach: str) -> None:
    BREACHES[breach](monkeypatch)
    walk = Walls()
    walk.open_the_school()
    try:
        walk.ask_the_nurse("hers")
        walk.let_somebody_help("contact_teacher", "other")
        walk.shut_somebody_out("accused_head_teacher", "hers")
        leaks = [name for name in ("contact_teacher", "accused_head_teacher", "teacher_of_others") if _leaks_to(walk, name)]
    finally:
        walk.teardown()

    assert leaks == LEAKS[breach]


def _leaks_to(walk: Walls, name: str) -> bool:
    try:
        walk.look_at_everything(name)
    except Leak:
        return True
    return False
