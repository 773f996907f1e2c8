"""The case as the family meets it: plain words, their rights, and nothing of anybody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aktsom.cases.circle import adults_to_write_to, asked_about, contacts_of, own_part
from aktsom.cases.models import Case, CorrectionRequest, Exchange, ExchangeLine, FamilyLetter
from aktsom.cases.rules import CaseState, ClosingReason, RoadState, RoadStep
from aktsom.cases.rules.family import month_after
from aktsom.cases.selectors.deadlines import family_week_card
from aktsom.cases.selectors.family_minutes import own_minutes, own_talks
from aktsom.cases.selectors.papers import released_papers
from aktsom.cases.selectors.procedure import procedure_of_case
from aktsom.cases.selectors.room import CaseStanding, case_standing
from aktsom.core.access.actor import Actor
from aktsom.core.privacy.places import without_places
from aktsom.core.timing.clock import today
from aktsom.core.ui.shapes import Step
from aktsom.measures.rules import PlanState
from aktsom.measures.selectors import plan_of_file, version_page
from aktsom.people.rules import AGE_SECTIONS, is_of_age, rights_at
from aktsom.plans.selectors import people_to_tell
from aktsom.schools.rules import HelpKind
from aktsom.schools.selectors import help_contacts

# The law's road (§ 12-4) in words a ten-year-old reads, to the pupil and to a guardian.
OWN_ROAD = {
    RoadStep.REPORTED: (gettext_lazy("Noen sa fra"), gettext_lazy("Noen sa fra")),
    RoadStep.RECEIVED: (gettext_lazy("Skolen tok imot"), gettext_lazy("Skolen tok imot")),
    RoadStep.INVESTIGATED: (gettext_lazy("Vi snakker med deg"), gettext_lazy("Vi snakker med eleven")),
    RoadStep.PLANNED: (gettext_lazy("Vi lager en plan"), gettext_lazy("Vi lager en plan")),
    RoadStep.CARRIED_OUT: (gettext_lazy("Vi gjør det som står der"), gettext_lazy("Vi gjør det som står der")),
    RoadStep.EVALUATED: (gettext_lazy("Vi ser om det hjelper"), gettext_lazy("Vi ser om det hjelper")),
    RoadStep.SAFE: (gettext_lazy("Du har det trygt"), gettext_lazy("Eleven har det trygt")),
}
OWN_STATES = {
    RoadState.DONE: ("done", gettext_lazy("Gjort")),
    RoadState.NOW: ("now", gettext_lazy("Her er vi nå")),
    RoadState.MISSING: ("later", gettext_lazy("Ikke gjort ennå")),
    RoadState.LATER: ("later", gettext_lazy("Senere")),
    RoadState.NOT_NEEDED: ("done", gettext_lazy("Trengs ikke")),
}


def own_case_page(actor: Actor, case: Case) -> dict[str, Any]:
    """Return what the pupil or a guardian sees on the home of her room."""
    standing = case_standing(actor, case)
    is_own = actor.person_id == case.pupil_id
    plan = plan_of_file(actor, case.public_id)
    in_force = plan is not None and plan.state == PlanState.IN_FORCE
    part = own_part(case) if is_own else None
    asked = asked_about(case, actor.own_id)
    next_talk = plan.evaluate_on if plan is not None and in_force else None
    return own_frame(actor, case) | {
        "status": plain_status(case, standing, is_own=is_own),
        "steps": own_steps(standing, is_own=is_own),
        "trusted_adult": part.trusted_adult if part is not None else None,
        "contacts": contacts_of(case) if case.state == CaseState.OPEN else [],
        "plan": plan,
        "plan_url": reverse("measures:own-plan", args=[plan.public_id]) if plan is not None else "",
        "measures": own_measures(actor, case, plan),
        "talks": own_talks(actor, case) if case.state == CaseState.OPEN else [],
        "next_talk": next_talk,
        "talk_has_passed": next_talk is not None and next_talk < today(),
        "question_on": asked.due,
        "next_question": asked.next_on,
        "exchanges": own_exchanges(actor, case),
        "is_of_age": is_own and is_of_age(case.pupil.birth_date, today()),
        "week": family_week_card(case),
        "week_words": week_words(is_own=is_own),
        "told_to": people_to_tell(procedure_of_case(case), is_pupil=is_own),
    }


def own_frame(actor: Actor, case: Case) -> dict[str, Any]:
    """Return what every page of the room shows."""
    is_own = actor.person_id == case.pupil_id
    return {"case": case, "is_own": is_own, "hides_places": hides_places(actor, case), "is_open": case.state == CaseState.OPEN}


def hides_places(actor: Actor, case: Case) -> bool:
    """Return whether the page must not show where the pupil is: protected address, and the reader is not the pupil."""
    return case.pupil.protected_address and actor.person_id != case.pupil_id


def own_steps(standing: CaseStanding, *, is_own: bool) -> list[Step]:
    """Return the law's road in the family's words. What the school has not done yet is never shown as the family's fault."""
    found = []
    for step, state in standing.road:
        shown, note = OWN_STATES[state]
        found.append(Step(label=str(OWN_ROAD[step][0 if is_own else 1]), state=shown, note=str(note)))
    return found


@dataclass(frozen=True)
class OwnMeasure:
    """One measure of the plan in force, in short: what, when and who."""

    public_id: str
    what: str
    who: str
    rhythm: str
    starts_on: Any


def own_measures(actor: Actor, case: Case, plan: Any) -> list[OwnMeasure]:
    """Return the measures of the version in force, without places when they must be hidden."""
    page = version_page(plan, plan.version, with_views=False, people_today=True) if plan is not None else None
    hidden = hides_places(actor, case)

    def shown(text: str) -> str:
        return _without(case, text) if hidden else text

    return [
        OwnMeasure(row.public_id, shown(row.what), row.carried_out_by, shown(row.rhythm), row.starts_on)
        for row in (page.measures if page is not None else [])
    ]


def week_words(*, is_own: bool) -> str:
    """Return whose right it is, to the one who reads."""
    return (
        _("Du kan melde saken til Statsforvalteren fra denne dagen")
        if is_own
        else _("Dere kan melde saken til Statsforvalteren fra denne dagen")
    )


def plain_status(case: Case, standing: CaseStanding, *, is_own: bool = True) -> str:
    """Return where the case stands, in words a nine-year-old reads; to a guardian about the pupil."""
    if case.closing_reason == ClosingReason.LEFT:
        return _("Saken er avsluttet fordi skolen er en annen nå. Trengs det hjelp, kan du si fra på den nye skolen.")
    if case.state == CaseState.CLOSED:
        return _("Saken er avsluttet. Blir det vanskelig igjen, kan du si fra når som helst. Da åpner vi den igjen.")
    if standing.plan is not None and standing.plan.state == PlanState.IN_FORCE:
        if is_own:
            return _("Vi har en plan. De voksne gjør det som står i den, og spør deg hvordan det går.")
        return _("Vi har en plan. De voksne på skolen gjør det som står i den, og spør eleven hvordan det går.")
    if standing.facts.pupil_has_answered:
        if is_own:
            return _("Vi har hørt hva du sier. Nå finner vi ut hva som kan hjelpe.")
        return _("Vi har snakket med eleven. Nå finner vi ut hva som kan hjelpe.")
    return (
        _("Vi vet om det, og vi finner ut av det sammen med deg.")
        if is_own
        else _("Vi vet om det, og vi finner ut av det sammen med eleven.")
    )


def own_rights(actor: Actor, case: Case) -> dict[str, Any]:
    """Return the rights as they stand for this pupil today: what her age gives, the week, and who outside can help."""
    outside = {} if hides_places(actor, case) else help_contacts(case.school_id)  # the number alone tells the county
    return own_frame(actor, case) | {
        "ages": [(str(step.label), AGE_SECTIONS[step]) for step in rights_at(case.pupil.birth_date, today())],
        "week": family_week_card(case),
        "ombud": outside.get(HelpKind.OMBUD),
        "county_governor": outside.get(HelpKind.COUNTY_GOVERNOR),
    }


@dataclass(frozen=True)
class OwnExchange:
    """One exchange in the list: with whom, and when the last word came."""

    public_id: str
    adult: str
    last_at: datetime
    waits_for_reader: bool


def own_exchanges(actor: Actor, case: Case) -> list[OwnExchange]:
    """Return the reader's own exchanges in the case, the last word first."""
    last = ExchangeLine.objects.filter(exchange_id=OuterRef("pk")).order_by("-written_at", "-id")
    rows = (
        Exchange.objects.filter(case=case, person_id=actor.own_id)
        .select_related("adult")
        .annotate(last_at=Subquery(last.values("written_at")[:1]), last_by=Subquery(last.values("written_by_id")[:1]))
        .order_by("-last_at", "-id")
    )
    return [OwnExchange(row.public_id, str(row.adult), row.last_at, row.last_by == row.adult_id) for row in rows]


def own_papers(actor: Actor, case: Case) -> dict[str, Any]:
    """Return what the reader has been given in writing, and what she wants corrected."""
    return own_frame(actor, case) | {
        "papers": released_papers(case),
        "minutes": own_minutes(actor, case),
        "letters": own_letters(actor, case),
        "corrections": own_corrections(actor, case),
    }


def own_letters(actor: Actor, case: Case) -> list[tuple[datetime, str]]:
    """Return the letters on paper that went to the reader herself, newest first: when, and what they say."""
    rows = FamilyLetter.objects.filter(case=case, person_id=actor.own_id).order_by("-made_at", "-id")
    hidden = hides_places(actor, case)
    return [(row.made_at, _without(case, row.text) if hidden else row.text) for row in rows]


def exchange_lines(actor: Actor, exchange: Exchange) -> list[ExchangeLine]:
    """Return everything the two have written, oldest first; what the adult wrote without places when they must be hidden."""
    lines = list(exchange.lines.select_related("written_by"))
    if actor.own_id == exchange.person_id and hides_places(actor, exchange.case):
        for line in lines:
            line.text = line.text if line.written_by_id == actor.own_id else _without(exchange.case, line.text)
    return lines


def _without(case: Case, text: str) -> str:
    return without_places(text, known=(case.school.name,))


def adults_for(actor: Actor, case: Case) -> list[Any]:
    """Return the adults the reader may write to."""
    return adults_to_write_to(case, actor.own_id)


@dataclass(frozen=True)
class OwnCorrection:
    """One wish to correct, with the day the school must have answered (personvernforordningen artikkel 12 no. 3)."""

    request: CorrectionRequest
    answer_by: Any
    correction: str
    reason: str


def own_corrections(actor: Actor, case: Case) -> list[OwnCorrection]:
    """Return what the reader has asked to have corrected, newest first."""
    rows = CorrectionRequest.objects.filter(case=case, person_id=actor.own_id).order_by("-asked_at", "-id")
    hidden = hides_places(actor, case)
    return [
        OwnCorrection(
            row, month_after(row.asked_at.date()), *(_without(case, said) if hidden else said for said in (row.correction, row.reason))
        )
        for row in rows
    ]
