"""Duties follow the role, not the person (ORG-16): who holds each, when it needs somebody else, and who can take it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.cases.rules.states import CaseState

# Aktsom's own first proposal for asking whether telling has made it worse. A proposal anybody moves, never a limit:
# the Act has no number here.
ASK_AGAIN_AFTER = timedelta(days=14)


class DutyKind(models.TextChoices):
    """An open duty one named person holds."""

    CASE_HANDLER = "case_handler", _("Arbeide med saken")
    EVALUATOR = "evaluator", _("Evaluere planen")
    RESPONSIBLE = "responsible", _("Ha ansvar for et tiltak")
    CARRIED_OUT_BY = "carried_out_by", _("Gjøre et tiltak")
    CONVERSATION = "conversation", _("Holde en samtale")
    AGREEMENT = "agreement", _("Følge opp en avtale")
    REPORT = "report", _("Svare på en melding")
    DELEGATION = "delegation", _("Ta imot meldinger")


class DutyConcern(models.TextChoices):
    """Why a duty needs somebody, most pressing first."""

    GONE = "gone", _("Arbeider ikke her lenger")
    SHUT_OUT = "shut_out", _("Er stengt ute fra saken")
    AWAY = "away", _("Er borte nå")
    NOT_NEAR = "not_near", _("Har ikke klassen lenger")


class HandoverReason(models.TextChoices):
    """Why somebody is asked to take over. Never the reason behind it: a cause of absence is not written here."""

    LEFT = "left", _("Slutter, eller har sluttet")
    AWAY = "away", _("Er borte en tid")
    NEW_CLASS = "new_class", _("Ny klasse, ny lærer eller nytt skoleår")
    STAYS = "stays", _("Fortsetter som før")
    OTHER = "other", _("Noe annet")


class HandoverState(models.TextChoices):
    """Where the asking stands."""

    PROPOSED = "proposed", _("Spurt")
    ACCEPTED = "accepted", _("Sagt ja")
    DECLINED = "declined", _("Sagt nei")
    WITHDRAWN = "withdrawn", _("Trukket tilbake")


class DeclineReason(models.TextChoices):
    """Why somebody says no. Words to choose from, so that nothing about a child is written outside the case."""

    NO_TIME = "no_time", _("Jeg har ikke tid nok til å gjøre det ordentlig")
    TOO_NEAR = "too_near", _("Jeg står for nær eleven eller saken")
    AWAY = "away", _("Jeg er selv borte")
    OTHER = "other", _("Noe annet, jeg sier fra")


class HandoverObstacle(models.TextChoices):
    """What keeps a handover from being proposed or answered."""

    NOT_HELD = "not_held", _("Oppgaven har ikke denne personen lenger. Last siden på nytt")
    NOBODY = "nobody", _("Velg hvem du vil spørre")
    NOT_AT_WORK = "not_at_work", _("Personen arbeider ikke der saken er")
    SHUT_OUT = "shut_out", _("Personen er stengt ute fra saken")
    IS_AWAY = "is_away", _("Personen er borte i dag. Spør en som er her")
    SAME = "same", _("Personen har oppgaven fra før")
    ASKED_ALREADY = "asked_already", _("Noen er allerede spurt. Trekk spørsmålet tilbake først")
    ANSWERED = "answered", _("Spørsmålet er allerede besvart eller trukket tilbake")
    NOT_YOURS = "not_yours", _("Bare den som er spurt, kan svare")
    NO_REASON = "no_reason", _("Velg hvorfor du sier nei")


def concern_of(*, at_work: bool, is_away: bool, is_near: bool, was_near: bool, is_shut_out: bool = False) -> DutyConcern | None:
    """Return why a duty needs somebody, or None when its holder is here.

    ``was_near`` and ``is_near``: the holder has had, and still has, the pupil's class. One who never had it loses nothing
    when the class changes.
    """
    if not at_work:
        return DutyConcern.GONE
    if is_shut_out:
        return DutyConcern.SHUT_OUT
    if is_away:
        return DutyConcern.AWAY
    return DutyConcern.NOT_NEAR if was_near and not is_near else None


def obstacles_to_proposing(
    *, is_held: bool, chosen: bool, at_work: bool, shut_out: bool, is_away: bool, same: bool, stays: bool, asked_already: bool
) -> list[HandoverObstacle]:
    """Return why somebody cannot be asked. The holder herself can be asked only to stay on («fortsetter som før»)."""
    found = {
        HandoverObstacle.NOT_HELD: not is_held,
        HandoverObstacle.NOBODY: not chosen,
        HandoverObstacle.NOT_AT_WORK: chosen and not at_work,
        HandoverObstacle.SHUT_OUT: chosen and shut_out,
        HandoverObstacle.IS_AWAY: chosen and is_away,
        HandoverObstacle.SAME: chosen and same != stays,
        HandoverObstacle.ASKED_ALREADY: asked_already,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def obstacles_to_answering(*, state: str, is_hers: bool) -> list[HandoverObstacle]:
    """Return why a handover cannot be answered: only the one who is asked, and only once."""
    found = {HandoverObstacle.ANSWERED: state != HandoverState.PROPOSED, HandoverObstacle.NOT_YOURS: not is_hers}
    return [obstacle for obstacle, holds in found.items() if holds]


class AskAgainKind(models.TextChoices):
    """Whom somebody asks again, and why."""

    PUPIL = "pupil", _("Eleven: er det blitt vanskeligere etter at det ble sagt?")
    REPORTER = "reporter", _("Den som meldte: er det blitt vanskeligere etterpå?")
    CONTROL = "control", _("Etter avslutningen: er det fortsatt trygt og godt?")


class AskAgainAnswer(models.TextChoices):
    """What came of asking."""

    FINE = "fine", _("Det er greit")
    WORSE = "worse", _("Det er blitt vanskeligere")
    NOT_REACHED = "not_reached", _("Fikk ikke svar ennå")


class AskAgainObstacle(models.TextChoices):
    """What keeps a day from being set or an answer from being written."""

    PASSED = "passed", _("Velg en dag som kommer")
    NO_ANSWER = "no_answer", _("Velg hva svaret var. «Fikk ikke svar ennå» er også et svar")
    ANSWERED = "answered", _("Svaret er allerede skrevet inn")
    NEXT_NEEDED = "next_needed", _("Velg en ny dag å spørre igjen")
    NOT_CLOSED = "not_closed", _("Saken er åpen. Skriv det inn i saken")
    NO_WORDS = "no_words", _("Skriv kort hva som har skjedd. Én setning er nok")


def obstacles_to_answering_ask_again(
    *, answered: bool, answer: str, words: str, next_on: date | None, today: date
) -> list[AskAgainObstacle]:
    """Return why the answer cannot be written. Whoever was not reached is asked again on a new day; nothing runs out in silence."""
    again = answer == AskAgainAnswer.NOT_REACHED
    found = {
        AskAgainObstacle.ANSWERED: answered,
        AskAgainObstacle.NO_ANSWER: answer not in AskAgainAnswer.values,
        AskAgainObstacle.NO_WORDS: answer == AskAgainAnswer.WORSE and not words.strip(),
        AskAgainObstacle.NEXT_NEEDED: again and next_on is None,
        AskAgainObstacle.PASSED: next_on is not None and next_on <= today,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def obstacles_to_control(*, state: str, answer: str, words: str, next_on: date | None, today: date) -> list[AskAgainObstacle]:
    """Return why the control after the end cannot be written."""
    more = obstacles_to_answering_ask_again(answered=False, answer=answer, words=words, next_on=next_on, today=today)
    return [*([AskAgainObstacle.NOT_CLOSED] if state != CaseState.CLOSED else []), *more]


class SharingBasis(models.TextChoices):
    """Why something can go along to the next school (opplæringslova § 25-1, forskriften § 20-3; fact 39)."""

    NECESSARY = "necessary", _("Nødvendig for at eleven får det trygt og godt på den nye skolen (§ 25-1)")
    CONSENT = "consent", _("Mer enn det, og eleven eller de foresatte har sagt ja")
    DECISION = "decision", _("Vedtak om skolebytte (§ 13-2)")


class SharedPiece(models.TextChoices):
    """What can go along. Notes, hearings and other people's parts never can."""

    PROBLEM = "problem", _("Hva planen skal løse")
    MEASURES = "measures", _("Tiltakene som er i kraft")
    EVALUATE_ON = "evaluate_on", _("Dagen planen skal evalueres")


class SchoolChangeObstacle(models.TextChoices):
    """What keeps something from going along."""

    NO_PLAN = "no_plan", _("Ingen plan har vært i kraft, så det er ikke noe å gi videre herfra")
    NO_SCHOOL = "no_school", _("Velg den nye skolen, eller skriv hva den heter")
    TWO_SCHOOLS = "two_schools", _("Velg enten en skole i listen eller skriv navnet, ikke begge deler")
    SAME_SCHOOL = "same_school", _("Det er skolen eleven går på nå")
    NOTHING = "nothing", _("Velg hva som skal gis videre")
    NO_REASON = "no_reason", _("Skriv hvorfor den nye skolen trenger akkurat dette")
    NO_CONSENT = "no_consent", _("Skriv hvem som har sagt ja, og hvilken dag")
    WITHHELD = "withheld", _("Saken ligger hos skoleeieren. Eieren gir den videre selv")
    ANSWERED = "answered", _("Det er allerede tatt imot")


def obstacles_to_sharing_with_school(
    *,
    has_plan: bool,
    is_withheld: bool,
    chosen: bool,
    named: bool,
    same: bool,
    pieces: int,
    basis: str,
    reason: str,
    consent_from: str,
) -> list[SchoolChangeObstacle]:
    """Return why this cannot go along to the new school (§ 25-1: what is necessary; beyond that only with a yes)."""
    found = {
        SchoolChangeObstacle.NO_PLAN: not has_plan,
        SchoolChangeObstacle.WITHHELD: is_withheld,
        SchoolChangeObstacle.NO_SCHOOL: not chosen and not named,
        SchoolChangeObstacle.TWO_SCHOOLS: chosen and named,
        SchoolChangeObstacle.SAME_SCHOOL: same,
        SchoolChangeObstacle.NOTHING: pieces == 0,
        SchoolChangeObstacle.NO_REASON: not reason.strip(),
        SchoolChangeObstacle.NO_CONSENT: basis == SharingBasis.CONSENT and not consent_from.strip(),
    }
    return [obstacle for obstacle, holds in found.items() if holds]
