"""More of what people do in two walled cases: reports, talks with minutes, asking again, letters, and what the family says.

A part of tests/access/test_walls_stateful.py, which keeps the account of who stands inside which wall.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import rule

from aktsom.cases import services
from aktsom.cases.models import AskAgain, Case, CasePart, Conversation, CorrectionRequest
from aktsom.cases.rules.continuity import AskAgainAnswer, AskAgainKind
from aktsom.cases.rules.conversations import ConversationKind
from aktsom.cases.services.asking import answer_ask_again, set_ask_again
from aktsom.cases.services.conversations import ConversationPlan, plan_conversation, release_minutes, write_minutes
from aktsom.cases.services.family import ask_for_correction, say_how_it_is
from aktsom.cases.services.letters import make_letter
from aktsom.cases.tests.factories import make_report
from aktsom.core.timing.clock import today
from aktsom.measures.rules import PupilAnswer
from aktsom.reports import services as reports
from aktsom.reports.models import Report
from tests.cast import Cast

# The talks, whom they are with, and whose part they lie in.
TALKS = {"hers": (ConversationKind.EXPOSED, "pupil"), "other": (ConversationKind.INVOLVED, "other_party")}
TALK_PAGES = ("talk-detail", "talk-write", "minutes-release")


class MoreDeeds:
    """Rules the state machine takes in. What it needs of the machine is named here."""

    cast: Cast
    cases: dict[str, Case]
    parts: dict[str, CasePart]
    excluded: set[tuple[str, str]]
    head: Any
    mark: Callable[[Callable[[], set[str]]], str]
    inside: Callable[[str], set[str]]
    case_of: Callable[[str], str]
    look_at_everything: Callable[[str], None]

    def whole(self, case: str) -> set[str]:
        """Who meets every pupil's part of a case: the leadership and the handler, none of the shut out."""
        people = {"head_teacher", "accused_head_teacher", "case_handler"}
        return people - {name for name, where in self.excluded if where == case}

    @rule(
        deed=st.integers(0, 4),
        part=st.sampled_from(["hers", "his", "other"]),
        released=st.booleans(),
        looks=st.sampled_from(["contact_teacher", "former_deputy", "case_handler", "accused_head_teacher", "pupil"]),
    )
    def do_one_thing_more_and_look(self, deed: int, part: str, released: bool, looks: str) -> None:
        """One rule for all of them, with a look after it, so that people are looked at as often as before in a walk of so many steps."""
        deeds: list[Callable[[], None]] = [
            lambda: self.somebody_reports_once_more(self.case_of(part)),
            lambda: self.talk_with_a_pupil(part if part in TALKS else "hers", released=released),
            lambda: self.ask_again(part),
            self.pupil_says_how_it_is_and_what_is_wrong,
            self.write_a_letter_to_the_pupil,
        ]
        deeds[deed]()
        self.look_at_everything(looks)

    def somebody_reports_once_more(self, case: str) -> None:
        # Whoever reported reads her own words; that she did opens nothing else (REP-15).
        pupil = self.cast.person("pupil" if case == "hers" else "other_party")
        report = make_report(self.cast, pupil=pupil, what_happened=self.mark(lambda: self.whole(case) | {"contact_teacher"}))
        services.join_report(by=self.head, case=self.cases[case], report=report)
        reports.add_from_reporter(
            by=self.cast.actor("contact_teacher"), report=report, text=self.mark(lambda: self.whole(case) | {"contact_teacher"})
        )

    def talk_with_a_pupil(self, part: str, released: bool) -> None:
        kind, name = TALKS[part]
        case, own = self.cases[self.case_of(part)], {name} if released and part == "hers" else set()
        draft = ConversationPlan(kind=kind, held_on=today(), guests=[self.cast.person(name)])
        talk = plan_conversation(by=self.head, case=case, part=self.parts[part], draft=draft)
        words = self.mark(lambda: self.inside(part) | own)
        write_minutes(by=self.head, case=case, talk=talk, held_on=today(), minutes=words)
        if released:
            release_minutes(by=self.head, case=case, talk=talk, names=[])

    def ask_again(self, part: str) -> None:
        case = self.cases[self.case_of(part)]
        asked = set_ask_again(by=self.head, case=case, kind=AskAgainKind.PUPIL, due_on=today() + timedelta(days=7), part=self.parts[part])
        words = self.mark(lambda: self.inside(part))
        answer_ask_again(by=self.head, case=case, asked=asked, answer=AskAgainAnswer.WORSE, words=words)

    def pupil_says_how_it_is_and_what_is_wrong(self) -> None:
        pupil, case = self.cast.actor("pupil"), self.cases["hers"]
        for_handlers: Callable[[], set[str]] = lambda: self.whole("hers") | {"pupil"}  # noqa: E731
        say_how_it_is(by=pupil, case=case, answer=PupilAnswer.SAME, words=self.mark(for_handlers))
        ask_for_correction(by=pupil, case=case, target="other", wrong=self.mark(for_handlers))

    def write_a_letter_to_the_pupil(self) -> None:
        # The letter goes on paper; the one it went to finds its words on her own page, and nobody else in the family does.
        words = self.mark(lambda: self.whole("hers") | {"pupil"})
        make_letter(by=self.head, case=self.cases["hers"], person=self.cast.person("pupil"), text=words)

    def further_addresses(self) -> list[str]:
        """Every address there is about what was done here."""
        talks = [(row.case.public_id, row.public_id) for row in Conversation.objects.select_related("case").order_by("id")]
        asked = [(row.case.public_id, row.public_id) for row in AskAgain.objects.select_related("case").order_by("id")]
        wrong = [(row.case.public_id, row.public_id) for row in CorrectionRequest.objects.select_related("case").order_by("id")]
        sent = list(Report.objects.order_by("id").values_list("public_id", flat=True))
        return [
            *(reverse(f"cases:{page}", args=row) for page in TALK_PAGES for row in talks),
            *(reverse("cases:ask-again-answer", args=row) for row in asked),
            *(reverse("cases:correction-answer", args=row) for row in wrong),
            *(f"/{place}/{public_id}/" for public_id in sent for place in ("meldinger", "mine-meldinger")),
        ]
