"""Forms of the pupil's voice."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.cases import selectors, services
from aktsom.cases.access import get_case, get_part
from aktsom.cases.forms import today_initial
from aktsom.cases.rules import GuardianDecision, HearingOutcome
from aktsom.cases.services.voice import HearingDraft
from aktsom.cases.views.frame import Question, ask, ask_and_answer
from aktsom.cases.voice_forms import BestInterestsForm, GuardianForm, HearingForm, RightsForm, TrustedAdultForm
from aktsom.core.access.actions import Action
from aktsom.core.access.door import requires
from aktsom.core.timing.clock import today


def voice_of(case: Any) -> str:
    """Return the address of the tab."""
    return reverse("cases:case-voice", args=[case.public_id])


@ask_and_answer
@requires(Action.CASE_HEAR)
def hearing_write(request: HttpRequest, public_id: str, part_id: str) -> HttpResponse:
    """Write what came of asking the pupil."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    part = get_part(request.actor, case, part_id)
    form = HearingForm(request.POST or None, initial=today_initial(today()))
    question = Question(
        title=_("Hva sier %(name)s selv?") % {"name": part.person.given_name},
        tab=_("Hva sier eleven selv?"),
        intro=_("Snakk med én elev om gangen. Eleven bestemmer selv om hun eller han vil snakke, og dere trenger ikke lov fra foresatte."),
        button=_("Lagre hva eleven sier"),
        back=voice_of(case),
        who=selectors.who_can_see(case, part),
    )

    def deed(sent: HearingForm) -> str:
        wanted = sent.cleaned_data | {"outcome": HearingOutcome(sent.cleaned_data["outcome"])}
        services.write_hearing(by=request.actor, case=case, part=part, draft=HearingDraft(**wanted))
        return _("Lagret.")

    return ask(request, case, form, question, deed)


@ask_and_answer
@requires(Action.CASE_HEAR)
def best_interests_weigh(request: HttpRequest, public_id: str, part_id: str) -> HttpResponse:
    """Write what is best for the pupil, with reasons."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    part = get_part(request.actor, case, part_id)
    latest = [hearing.pupils_wish for hearing in selectors.hearings_of(request.actor, case) if hearing.part_id == part.pk]
    form = BestInterestsForm(request.POST or None, initial={"pupils_view": latest[-1] if latest else ""})
    question = Question(
        title=_("Hva er best for %(name)s?") % {"name": part.person.given_name},
        tab=_("Hva er best for eleven?"),
        intro=_("Det beste for eleven skal være et grunnleggende hensyn (§ 10-1)."),
        button=_("Lagre vurderingen"),
        back=voice_of(case),
        who=selectors.who_can_see(case, part),
    )

    def deed(sent: BestInterestsForm) -> str:
        services.weigh_best_interests(by=request.actor, case=case, part=part, **sent.cleaned_data)
        return _("Vurderingen er lagret.")

    return ask(request, case, form, question, deed)


@ask_and_answer
@requires(Action.CASE_HEAR)
def trusted_adult_choose(request: HttpRequest, public_id: str, part_id: str) -> HttpResponse:
    """Write which adult the pupil wants to talk to."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    part = get_part(request.actor, case, part_id)
    initial = {"person": part.trusted_adult.public_id if part.trusted_adult else ""}
    people = selectors.people_at_work(case)
    form = TrustedAdultForm(request.POST or None, people=people, empty=_("Eleven vil ikke velge noen"), initial=initial)
    question = Question(
        title=_("Hvem vil eleven snakke med?"),
        intro=_("Det er eleven som velger. Den eleven velger, kan være en annen enn den som arbeider med saken."),
        button=_("Lagre elevens valg"),
        back=voice_of(case),
        who=selectors.who_can_see(case, part),
    )

    def deed(sent: TrustedAdultForm) -> str:
        services.choose_trusted_adult(by=request.actor, case=case, part=part, adult=sent.chosen())
        return _("Elevens valg er lagret.")

    return ask(request, case, form, question, deed)


@ask_and_answer
@requires(Action.CASE_HEAR)
def rights_tell(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write that the pupil was told of the rights."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    question = Question(
        title=_("Eleven kjenner rettighetene sine"),
        intro=_(
            "Fortell at eleven har rett til å ha det trygt og godt, kan få råd hos Statsforvalteren og mobbeombudet når som helst, "
            "og kan melde saken til Statsforvalteren når det er gått en uke siden rektor fikk vite om den (§ 12-6)."
        ),
        button=_("Eleven har fått vite det"),
        back=voice_of(case),
        who=selectors.who_can_see(case),
    )

    def deed(sent: RightsForm) -> str:
        services.tell_rights(by=request.actor, case=case, **sent.cleaned_data)
        return _("Skrevet inn.")

    return ask(request, case, RightsForm(request.POST or None, initial=today_initial(today())), question, deed)


@ask_and_answer
@requires(Action.CASE_HEAR)
def guardians_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write what is decided about telling guardians."""
    case = get_case(request.actor, Action.CASE_HEAR, public_id)
    _views, cautions = selectors.guardian_view(case)
    question = Question(
        title=_("Skal de foresatte få vite det?"),
        intro=_("Foresatte med foreldreansvar skal til vanlig få vite det når eleven er under 18 år."),
        notes=cautions,
        button=_("Lagre hva som er bestemt"),
        back=voice_of(case),
        who=selectors.who_can_see(case),
    )

    def deed(sent: GuardianForm) -> str:
        wanted = sent.cleaned_data | {"decision": GuardianDecision(sent.cleaned_data["decision"])}
        services.decide_on_guardians(by=request.actor, case=case, **wanted)
        return _("Skrevet inn.")

    guardians, kept = selectors.guardians_to_tell(case)
    initial = {"kept_from": [guardian.public_id for guardian in kept]}
    return ask(request, case, GuardianForm(request.POST or None, guardians=guardians, initial=initial), question, deed)
