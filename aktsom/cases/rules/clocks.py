"""The clocks of a case: each with what it is, the day or the word, why, whose rule it is, and whether it is met."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aktsom.cases.rules.states import CaseKind
from aktsom.core.timing.deadlines import Deadline, LocalStandard, TimeWord, deadline, family_week, fixed
from aktsom.core.timing.law import LawReference, law


class Clock(models.TextChoices):
    """What the clock is for."""

    FIRST_KNOWN = "first_known", gettext_lazy("En voksen på skolen visste om det")
    REPORTED = "reported", gettext_lazy("Noen meldte fra")
    RECEIVED = "received", gettext_lazy("Meldingen ble tatt imot")
    INVESTIGATION = "investigation", gettext_lazy("Undersøk saken")
    FAMILY_WEEK = "family_week", gettext_lazy("Familien kan gå til Statsforvalteren fra")
    PLAN = "plan", gettext_lazy("Sett planen i kraft")
    EVALUATION = "evaluation", gettext_lazy("Evaluer tiltakene")


@dataclass(frozen=True)
class ClockFacts:
    """The days of a case, and the standards the school has set itself."""

    kind: str
    first_known_on: date
    reported_on: date
    received_on: date | None
    raised_on: date
    investigated: bool = False
    postponed_to: date | None = None
    investigation_standard: LocalStandard | None = None
    plan_standard: LocalStandard | None = None
    plan_rule: str = ""  # the school's own rule in words, where its plan is quicker than the Act without a number (ACT-03)
    plan_in_force: bool = False
    evaluate_on: date | None = None


@dataclass(frozen=True)
class Reading:
    """What a clock shows today."""

    clock: Clock
    state: str
    due_on: date | None
    word: str
    why: str
    whose: str
    law: LawReference


def readings(facts: ClockFacts, *, today: date) -> list[Reading]:
    """Return the clocks in the order of the road. The Act's words stay words; a number is always somebody's own (fact 1)."""
    reporting = law("ol-12-5-1" if facts.kind == CaseKind.STAFF else "ol-12-4-2", on=facts.reported_on)
    happened = [
        _happened(Clock.FIRST_KNOWN, facts.first_known_on, _("Da begynte plikten til å melde fra."), reporting),
        _happened(Clock.REPORTED, facts.reported_on, _gap(facts.first_known_on, facts.reported_on), reporting),
    ]
    if facts.received_on is not None:
        happened.append(_happened(Clock.RECEIVED, facts.received_on, _gap(facts.reported_on, facts.received_on), reporting))
    return [*happened, _investigation(facts, today), _week(facts, today), *_plan(facts, today)]


def _happened(clock: Clock, on: date, why: str, reference: LawReference) -> Reading:
    return Reading(clock, "met", on, "", why, "", reference)


def _gap(first: date, then: date) -> str:
    days = (then - first).days
    return _("Samme dag.") if days <= 0 else _("%(days)d dager senere.") % {"days": days} if days > 1 else _("Dagen etter.")


def _shown(clock: Clock, limit: Deadline, today: date, *, met: bool = False) -> Reading:
    word = str(limit.word.label) if limit.word is not None else ""
    return Reading(clock, limit.state(today, met=met), limit.due_on, word, limit.why, limit.whose, limit.law)


def _investigation(facts: ClockFacts, today: date) -> Reading:
    if facts.postponed_to is not None and not facts.investigated:
        limit = fixed(
            facts.postponed_to, why=_("Utsatt til denne dagen, med skriftlig grunn."), whose=_("Skolens egen dato"), law_id="ol-12-4-2"
        )
    else:
        limit = deadline(facts.reported_on, word=TimeWord.AS_SOON_AS_POSSIBLE, law_id="ol-12-4-2", standard=facts.investigation_standard)
    return _shown(Clock.INVESTIGATION, limit, today, met=facts.investigated)


def _week(facts: ClockFacts, today: date) -> Reading:
    """A right that opens, not a duty that lapses: when the day has come it is never shown as missed (RCV-09)."""
    limit = family_week(facts.raised_on)
    reading = _shown(Clock.FAMILY_WEEK, limit, today)
    state = "open" if reading.state in {"passed", "due_today"} else "not_open"
    return Reading(reading.clock, state, limit.due_on, "", limit.why, limit.whose, limit.law)


def _plan(facts: ClockFacts, today: date) -> list[Reading]:
    written = deadline(facts.reported_on, word=TimeWord.AS_SOON_AS_POSSIBLE, law_id="ol-12-4-2", standard=facts.plan_standard)
    shown = _shown(Clock.PLAN, written, today, met=facts.plan_in_force)
    if facts.plan_rule and facts.plan_standard is None:  # words stay words: no day comes of it
        shown = replace(shown, whose=_("Skolens egen regel: %(rule)s") % {"rule": facts.plan_rule})
    found = [shown]
    if facts.plan_in_force and facts.evaluate_on is not None:
        chosen = fixed(facts.evaluate_on, why=_("Dagen dere valgte i planen."), whose=_("Planen"), law_id="ol-12-4-3")
        found.append(_shown(Clock.EVALUATION, chosen, today))
    return found
