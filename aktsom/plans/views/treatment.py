"""An edition is treated by those the plan names, and put in force."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, requires
from aktsom.core.timing.clock import today
from aktsom.core.ui.shapes import Obstacle
from aktsom.plans import services
from aktsom.plans.forms import InForceForm, ProcedureForm, TreatmentForm
from aktsom.plans.rules.editions import Body, Outcome, obstacles_to_force
from aktsom.plans.selectors.editions import content_of
from aktsom.plans.selectors.writing import bodies_left, earlier_edition, treatments_of
from aktsom.plans.views import frame


@require_http_methods(["GET", "POST"])
@requires(Action.PLAN_EDIT)
def edition_treatment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who has been asked and what they said; write down an answer."""
    edition = frame.edition_at_work(request, Action.PLAN_EDIT, public_id)
    form = _answer_form(edition, request.POST or None)
    if form.is_valid():
        try:
            services.record_treatment(by=request.actor, edition=edition, **_answer(form))
        except Refused as refused:
            frame.show_refusal(request, refused, form)
        else:
            messages.success(request, _("Svaret er skrevet inn."))
            return redirect("plans:edition-treatment", public_id=edition.public_id)
    return _page(request, edition, form, _force_form(edition))


def _answer_form(edition: Any, said: Any = None) -> TreatmentForm:
    return TreatmentForm(said, initial={"answered_on": today()}, is_owner=edition.plan.owner_id is not None)


def _force_form(edition: Any, said: Any = None) -> InForceForm:
    """Return the form of the day, and for an owner's guide the head of the procedure as it was in the edition before (PLN-12)."""
    initial: dict[str, Any] = {"valid_from": today()}
    if edition.plan.owner_id is None:
        return InForceForm(said, initial=initial)
    earlier = earlier_edition(edition)
    if earlier:
        initial |= {"approver": earlier.approver, "procedure_number": earlier.procedure_number, "revised_on": today()}
    form = ProcedureForm(said, initial=initial | {"approved_on": today(), "revision_number": edition.number})
    form.fields["revised_on"].required = earlier is not None
    return form


def _answer(form: TreatmentForm) -> dict[str, Any]:
    said = form.cleaned_data
    words = {"body": Body(said["body"]), "outcome": Outcome(said["outcome"]), "answered_on": said["answered_on"]}
    return words | {"statement": said["text"]}


def _page(request: HttpRequest, edition: Any, form: TreatmentForm, force_form: InForceForm) -> HttpResponse:
    treatments = treatments_of(edition)
    said = {item.body: item.outcome for item in treatments}
    wanted = set(edition.plan.wanted_treatments) - set(said) if edition.state == "draft" else set()
    page = frame.plan_frame(request, edition.plan, "edition-treatment") | {
        "edition": edition,
        "treatments": treatments,
        "wanted": [Body(body).label for body in edition.plan.wanted_treatments if body in wanted],
        "left": bodies_left(edition.plan, set(said)),
        "form": form,
        "force_form": force_form,
        "earlier": earlier_edition(edition),
        "may_approve": may(request.actor, Action.PLAN_APPROVE, edition),
        "obstacles": [
            Obstacle(str(item.text)) for item in obstacles_to_force(content_of(edition), said, wanted=edition.plan.wanted_treatments)
        ],
    }
    status = 422 if form.errors or force_form.errors else 200
    return render(request, "plans/edition_treatment.html", page, status=status)


@require_POST
@requires(Action.PLAN_EDIT)
def edition_turn(request: HttpRequest, public_id: str, deed: str) -> HttpResponse:
    """Send the draft to treatment, take it back, or lay it aside."""
    edition = frame.edition_at_work(request, Action.PLAN_EDIT, public_id)
    deeds = {
        "send": (services.send_edition, _("Utkastet er sendt til behandling. Ingen kan endre det før det tas tilbake.")),
        "ta-tilbake": (services.take_edition_back, _("Utkastet kan endres igjen. Det som er uttalt, står.")),
        "legg-bort": (services.drop_edition, _("Utkastet er lagt bort. Planen som gjelder, er ikke endret.")),
    }
    service, text = deeds[deed]
    try:
        service(by=request.actor, edition=edition)
    except Refused as refused:
        frame.show_refusal(request, refused)
    else:
        messages.success(request, text)
    if deed == "legg-bort":
        return redirect("plans:plan-show", public_id=edition.plan.public_id)
    return redirect("plans:edition-treatment", public_id=edition.public_id)


@require_POST
@requires(Action.PLAN_EDIT)
def body_ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask one more body about the edition."""
    edition = frame.edition_at_work(request, Action.PLAN_EDIT, public_id)
    if request.POST.get("body") in dict(bodies_left(edition.plan, set())):
        services.ask_body(by=request.actor, edition=edition, body=Body(request.POST["body"]))
        messages.success(request, _("De er spurt fra i dag. Skriv inn svaret når det kommer."))
    return redirect("plans:edition-treatment", public_id=edition.public_id)


@require_POST
@requires(Action.PLAN_APPROVE)
def edition_in_force(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put the edition in force. The one before is kept."""
    edition = frame.edition_at_work(request, Action.PLAN_APPROVE, public_id)
    force_form = _force_form(edition, request.POST)
    if force_form.is_valid():
        head = {"head": force_form.head} if isinstance(force_form, ProcedureForm) else {}
        try:
            services.put_edition_in_force(by=request.actor, edition=edition, valid_from=force_form.cleaned_data["valid_from"], **head)
        except Refused as refused:
            frame.show_refusal(request, refused, force_form)
        else:
            messages.success(request, _("Planen gjelder nå, og alle kan lese den på den åpne siden."))
            return redirect("plans:plan-show", public_id=edition.plan.public_id)
    return _page(request, edition, _answer_form(edition), force_form)
