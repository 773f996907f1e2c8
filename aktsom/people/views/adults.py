"""The adults nearest a pupil, where they are found, and the teams of a school."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, may, requires
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.people import nearest, selectors, services
from aktsom.people.access import get_team, get_team_member
from aktsom.people.forms import CardForm, MemberForm, TeamForm, TeamWordsForm
from aktsom.people.rules import TeamKind
from aktsom.schools.access import get_school
from aktsom.schools.selectors import schools_as

ask_and_answer = require_http_methods(["GET", "POST"])
WORDS = ("name", "about", "reach", "rhythm", "cooperation", "for_families")


@require_GET
@requires(Action.ADULTS_SEE)
def adults_near(request: HttpRequest) -> HttpResponse:
    """Show pupils and guardians the adults nearest the pupil, and lead those who work at a school to its own page."""
    around = nearest.own_surroundings(request.actor)
    schools = schools_as(request.actor, Role.STAFF)
    if len(schools) == 1 and not around:
        return redirect("people:colleagues", public_id=schools[0].public_id)
    return render(request, "people/adults_near.html", {"around": around, "schools": schools, "me": request.actor.own_id})


@require_GET
@requires(Action.ADULT_CARD_KEEP)
def colleagues(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show those who work at the school its teams, and where pupils find each adult."""
    school = get_school(request.actor, Action.ADULT_CARD_KEEP, public_id)
    teams = nearest.teams_for(request.actor, school_id=school.pk)
    page = {
        "school": school,
        "teams": teams,
        "adults": nearest.colleagues_at(school.pk, today()),
        "me": request.actor.own_id,
        "leads": {shown.team.pk for shown in teams if shown.is_led_by(request.actor.own_id)},
        "may_organise": may(request.actor, Action.SCHOOL_ORGANISE, school),
    }
    return render(request, "people/colleagues.html", page)


@ask_and_answer
@requires(Action.ADULT_CARD_KEEP)
def card_keep(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Write where pupils find somebody: oneself, or a colleague for those who organise the school."""
    school = get_school(request.actor, Action.ADULT_CARD_KEEP, public_id)
    person = next((each for each in selectors.staff_of(school.pk, today()) if each.public_id == person_id), None)
    is_own = person is not None and person.pk == request.actor.own_id
    if person is None or not (is_own or may(request.actor, Action.SCHOOL_ORGANISE, school)):
        raise Http404
    card = nearest.cards_at(school.pk).get(person.pk)
    there = {"place": card.place, "hours": card.hours, "reach": card.reach, "grades": [str(grade) for grade in card.grades]} if card else {}
    form = CardForm(request.POST or None, initial=there, grades=nearest.grades_at(school.pk, today()))
    if form.is_valid():
        services.keep_card(by=request.actor, school=school, person=person, **({"grades": []} | form.cleaned_data))
        messages.success(request, _("Lagret. Elevene og de foresatte ser det nå."))
        return redirect("people:colleagues", public_id=public_id)
    page = {"school": school, "person": person, "is_own": is_own, "form": form}
    return render(request, "people/card_keep.html", page, status=422 if form.errors else 200)


@ask_and_answer
@requires(Action.SCHOOL_ORGANISE)
def team_begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put in a team the school has."""
    school = get_school(request.actor, Action.SCHOOL_ORGANISE, public_id)
    form = TeamForm(request.POST or None, initial={"for_families": True})
    if form.is_valid():
        team = services.begin_team(by=request.actor, school=school, **form.cleaned_data)
        messages.success(request, _("Teamet er lagt inn. Nå kan du legge til dem som er med."))
        return redirect("people:team-detail", public_id=team.public_id)
    return render(request, "people/team_begin.html", {"school": school, "form": form}, status=422 if form.errors else 200)


@ask_and_answer
@requires(Action.TEAM_WRITE)
def team_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one team with what can be changed, and change what is said about it."""
    team = get_team(request.actor, Action.TEAM_WRITE, public_id)
    form = TeamWordsForm(request.POST or None, initial={word: getattr(team, word) for word in WORDS})
    if form.is_valid():
        services.change_team(by=request.actor, team=team, words=form.cleaned_data)
        messages.success(request, _("Lagret."))
        return redirect("people:team-detail", public_id=public_id)
    return _team_page(request, team, words_form=form)


@require_POST
@requires(Action.TEAM_WRITE)
def team_join(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put somebody in the team."""
    team = get_team(request.actor, Action.TEAM_WRITE, public_id)
    form = _member_form(request, team)
    if form.is_valid():
        try:
            member = services.join_team(by=request.actor, team=team, **form.wanted())
        except Refused as refused:
            form.add_error(None, [str(reason.label) for reason in refused.reasons])
        else:
            messages.success(request, _("%(name)s er med i teamet.") % {"name": member})
            return redirect("people:team-detail", public_id=public_id)
    return _team_page(request, team, member_form=form)


@require_POST
@requires(Action.TEAM_WRITE)
def team_leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take somebody out of the team."""
    member = get_team_member(request.actor, Action.TEAM_WRITE, public_id)
    services.leave_team(by=request.actor, member=member)
    messages.success(request, _("%(name)s er ikke med i teamet lenger.") % {"name": member})
    return redirect("people:team-detail", public_id=member.team.public_id)


@require_POST
@requires(Action.SCHOOL_ORGANISE)
def team_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """The school does not have this team any more."""
    team = get_team(request.actor, Action.SCHOOL_ORGANISE, public_id)
    services.end_team(by=request.actor, team=team)
    messages.success(request, _("Teamet er avsluttet."))
    return redirect("people:colleagues", public_id=team.school.public_id)


def _member_form(request: HttpRequest, team: Any) -> MemberForm:
    people = selectors.staff_of(team.school_id, today())
    if team.kind == TeamKind.PUPIL_COUNCIL:
        people = [*people, *selectors.pupils_to_choose(request.actor, school_id=team.school_id)]
    data = request.POST if request.method == "POST" and "task" in request.POST else None
    return MemberForm(data, people=people, takes_pupils=team.kind == TeamKind.PUPIL_COUNCIL)


def _team_page(request: HttpRequest, team: Any, **forms: Any) -> HttpResponse:
    shown = next((each for each in nearest.teams_for(request.actor, school_id=team.school_id) if each.team.pk == team.pk), None)
    page = {
        "team": team,
        "shown": shown,
        "words_form": forms.get("words_form") or TeamWordsForm(initial={word: getattr(team, word) for word in WORDS}),
        "member_form": forms.get("member_form") or _member_form(request, team),
        "may_end": may(request.actor, Action.SCHOOL_ORGANISE, team),
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "people/team_detail.html", page, status=422 if wrong else 200)
