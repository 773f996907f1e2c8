"""Report, for everyone who is signed in: who works there, the pupil, the guardian, and the one who was told."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach, require, requires
from aktsom.core.access.roles import Role
from aktsom.core.accounts import drafts
from aktsom.core.timing.clock import now, today
from aktsom.core.timing.law import owner_title
from aktsom.core.vault.personal import lock_of
from aktsom.people import selectors as people
from aktsom.plans.selectors import NoProcedure, procedure_of
from aktsom.reports import services
from aktsom.reports.forms import FamilyReportForm, HealthForm, OralReportForm, StaffReportForm
from aktsom.reports.rules import Channel, HealthSource, Involved, ReporterKind, Urgency
from aktsom.reports.selectors import head_word
from aktsom.reports.selectors.questions import questions_for
from aktsom.reports.services import ReportDraft
from aktsom.reports.views.collecting import (
    found_people,
    moment_of,
    pictures_of,
    sending_of,
    sending_token,
    shown_back,
    uncertain_names,
)
from aktsom.schools.selectors import own_schools

forms_ask = require_http_methods(["GET", "POST"])
STAFF_FORM = "report.staff"
FAMILY_FORM = "report.family"
ORAL_FORM = "report.oral"


def school_for(request: HttpRequest) -> Any:
    """Return the school the report is to: the only one, or the one chosen by short name."""
    schools = own_schools(request.actor)
    chosen = request.GET.get("skole", "")
    found = next((school for school in schools if school.slug == chosen), schools[0] if schools else None)
    if found is None:
        raise OutOfReach("schools.School", chosen)
    require(request.actor, Action.REPORT_SEND, found)
    return found


def works_there(actor: Actor, school: Any) -> bool:
    """Return whether the actor reports as somebody who works at the school."""
    return school.pk in actor.schools_as(Role.STAFF) or bool(actor.owners_as(Role.OWNER_HANDLER))


@forms_ask
@requires(Action.REPORT_SEND)
def report(request: HttpRequest) -> HttpResponse:
    """Lead to the form that fits: health staff are asked one question first, the family has a simpler form."""
    school = school_for(request)
    if not works_there(request.actor, school):
        return family_report(request, school)
    if school.pk in request.actor.schools_as(Role.SCHOOL_NURSE) and health_source_of(request) is None:
        return health_question(request, school)
    return staff_report(request, school)


def health_source_of(request: HttpRequest) -> HealthSource | None:
    """Return what health staff answered to the first question, or None when it is not answered yet."""
    answered = request.GET.get("kilde", "")
    return HealthSource(answered) if answered in {HealthSource.OUTSIDE_TREATMENT, HealthSource.CONSENT} else None


def health_question(request: HttpRequest, school: Any, *, page: str = "reports:report") -> HttpResponse:
    """Ask where health staff know it from, before anything can be written (NEG-19).

    ``page`` is the form that follows; what is known from treatment always goes as a report, with whose consent it is.
    """
    form = HealthForm(request.POST or None)
    if form.is_valid():
        source = form.cleaned_data["health_source"]
        if source == "treatment":
            return render(request, "reports/health_stop.html", {"school": school})
        form_page = "reports:report" if source == HealthSource.CONSENT else page
        return redirect(f"{reverse(form_page)}?skole={school.slug}&kilde={source}")
    return render(request, "reports/health_question.html", {"school": school, "form": form}, status=422 if form.errors else 200)


def staff_report(request: HttpRequest, school: Any) -> HttpResponse:
    """Report as somebody who works at the school."""
    procedure = _procedure(school)
    kept = drafts.initial_for(request.user, STAFF_FORM)
    form = StaffReportForm(
        request.POST or None,
        request.FILES or None,
        topics=[(topic.code, topic.label) for topic in procedure.topics] if procedure else [],
        asks_told=bool(procedure and procedure.tell_pupil_first),
        asks_consent=health_source_of(request) == HealthSource.CONSENT,
        questions=questions_for(school),
        initial={"noticed_on": today(), **kept},
    )
    valid = form.is_valid() if request.method == "POST" else False
    pictures, must_show = pictures_of(request, form) if request.method == "POST" else ([], False)
    unsure = (
        uncertain_names(request.actor, school, form.cleaned_data.get("pupils", "")) if valid and "names_chosen" not in request.POST else []
    )
    if valid and not must_show and not unsure:
        draft = staff_draft(request, school, form, pictures)
        sent = send_once(request, school, draft)
        drafts.drop(request.user, STAFF_FORM)
        return redirect("reports:report-sent", public_id=sent.public_id)
    page = frame(request, school, form, pictures) | {"unsure": unsure, "draft_form": STAFF_FORM, "call": _call(school)}
    page["lock"] = lock_of(request.user.pk)  # type: ignore[arg-type]
    return render(request, "reports/staff_report.html", page, status=422 if form.errors else 200)


def staff_draft(request: HttpRequest, school: Any, form: StaffReportForm, pictures: list[Any]) -> ReportDraft:
    """Return what was written as a draft the service understands."""
    cleaned = form.cleaned_data
    picked = picked_people(request, school, cleaned["pupils"])
    pupils, written = found_people(request.actor, school, cleaned["pupils"], staff=False)
    accused, written_accused = found_people(request.actor, school, cleaned["accused"], staff=True)
    reporter = people.own_person(request.actor)
    noticed = (
        moment_of(cleaned["noticed_on"], cleaned["noticed_clock"])
        if cleaned["noticed_on"] != today() or cleaned["noticed_clock"]
        else now()
    )
    return ReportDraft(
        what_happened=cleaned["what_happened"],
        reporter_kind=ReporterKind.STAFF,
        reporter=reporter,
        pupils=tuple(dict.fromkeys([*pupils, *picked.values()])),
        written_pupils=tuple(name for name in written if name not in picked),
        urgency=Urgency(cleaned["urgency"]),
        involved=Involved(cleaned["involved"] or Involved.NO),
        accused=tuple(accused),
        written_accused=tuple(written_accused),
        where_happened=cleaned["where_happened"],
        done_at_once=cleaned["done_at_once"],
        bases=tuple(cleaned["bases"]),
        topic=cleaned.get("topic", ""),
        pupil_told=cleaned.get("pupil_told", ""),
        noticed_at=noticed,
        first_known_at=noticed,
        first_known_by=None if cleaned["first_known_by_text"] else reporter,
        first_known_by_text=cleaned["first_known_by_text"],
        health_source=health_source_of(request) or HealthSource.NOT_HEALTH_STAFF,
        consent_from=cleaned.get("consent_from", ""),
        consent_given_on=today() if cleaned.get("consent_from") else None,
        extra_answers=form.answers(),
        pictures=tuple(pictures),
    )


def picked_people(request: HttpRequest, school: Any, text: str) -> dict[str, Any]:
    """Return the pupils chosen among those a written name fits, by that name."""
    picked = {}
    for number, (name, hits) in enumerate(uncertain_names(request.actor, school, text)):
        person = next((hit for hit in hits if hit.public_id == request.POST.get(f"pick_{number}")), None)
        if person is not None:
            picked[name] = person
    return picked


def family_report(request: HttpRequest, school: Any) -> HttpResponse:
    """Report as a pupil or guardian who is signed in."""
    own = [person for person in [people.own_person(request.actor), *people.children_of(request.actor)] if person is not None]
    is_pupil = school.pk in request.actor.schools_as(Role.PUPIL)
    about = {person.public_id: person for person in own if is_pupil or person.pk in request.actor.child_ids}
    choices = [(key, _("Meg selv") if person.pk == request.actor.person_id else str(person)) for key, person in about.items()]
    kept = drafts.initial_for(request.user, FAMILY_FORM)
    adults = services.adults_to_choose(school, [person.pk for person in about.values()])
    asked = [] if is_pupil else questions_for(school, guardian=True)
    form = FamilyReportForm(request.POST or None, request.FILES or None, people=choices, adults=adults, questions=asked, initial=kept)
    valid = form.is_valid() if request.method == "POST" else False
    pictures, must_show = pictures_of(request, form) if request.method == "POST" else ([], False)
    if valid and not must_show:
        draft = family_draft(request, school, form, about, is_pupil=is_pupil, pictures=pictures)
        sent = send_once(request, school, draft)
        drafts.drop(request.user, FAMILY_FORM)
        return redirect("reports:report-sent", public_id=sent.public_id)
    page = frame(request, school, form, pictures) | {
        "draft_form": FAMILY_FORM,
        "open_more": bool(pictures) or bool(set(form.errors) - {"what_happened", "about", NON_FIELD_ERRORS}),
    }
    return render(request, "reports/family_report.html", page, status=422 if form.errors else 200)


def family_draft(
    request: HttpRequest, school: Any, form: FamilyReportForm, about: dict[str, Any], *, is_pupil: bool, pictures: list[Any]
) -> ReportDraft:
    """Return what a pupil or guardian wrote as a draft."""
    cleaned = form.cleaned_data
    subject = about.get(cleaned["about"])
    accused, written_accused = found_people(request.actor, school, cleaned["accused"], staff=True)
    return ReportDraft(
        what_happened=cleaned["what_happened"],
        reporter_kind=ReporterKind.PUPIL if is_pupil else ReporterKind.GUARDIAN,
        reporter=people.own_person(request.actor),
        pupils=(subject,) if subject is not None else (),
        written_pupils=() if subject is not None or not cleaned["other_pupil"] else (cleaned["other_pupil"],),
        involved=Involved(cleaned["involved"] or Involved.NO),
        accused=tuple(accused),
        written_accused=tuple(written_accused),
        urgency=Urgency(cleaned["urgency"] or Urgency.ORDINARY),
        pupils_wish=cleaned["pupils_wish"],
        chosen_adult=form.chosen_adult(),
        extra_answers=form.answers(),
        pictures=tuple(pictures),
    )


@forms_ask
@requires(Action.REPORT_LOG_ORAL)
def oral_report(request: HttpRequest) -> HttpResponse:
    """Write in what somebody told, with its own time (REP-05)."""
    school = school_for(request)
    require(request.actor, Action.REPORT_LOG_ORAL, school)
    kept = drafts.initial_for(request.user, ORAL_FORM)
    form = OralReportForm(request.POST or None, initial={"told_on": today(), **kept})
    if form.is_valid():
        sent = send_once(request, school, oral_draft(request, school, form))
        drafts.drop(request.user, ORAL_FORM)
        return redirect("reports:report-sent", public_id=sent.public_id)
    page = frame(request, school, form, []) | {"draft_form": ORAL_FORM}
    return render(request, "reports/oral_report.html", page, status=422 if form.errors else 200)


def oral_draft(request: HttpRequest, school: Any, form: OralReportForm) -> ReportDraft:
    """Return what was told as a draft: the one who told is the reporter, the writer only logged it."""
    cleaned = form.cleaned_data
    pupils, written = found_people(request.actor, school, cleaned["pupils"], staff=False)
    accused, written_accused = found_people(request.actor, school, cleaned["accused"], staff=True)
    told = moment_of(cleaned["told_on"], cleaned["told_clock"]) or now()
    receiver = people.own_person(request.actor)
    return ReportDraft(
        what_happened=cleaned["what_happened"],
        reporter_kind=ReporterKind.OTHER,
        reporter_name=cleaned["told_by"],
        logged_by=receiver,
        channel=Channel(cleaned["channel"] or Channel.IN_PERSON),
        pupils=tuple(pupils),
        written_pupils=tuple(written),
        involved=Involved(cleaned["involved"] or Involved.NO),
        accused=tuple(accused),
        written_accused=tuple(written_accused),
        noticed_at=told,
        first_known_at=told,
        first_known_by=receiver,
    )


def send_once(request: HttpRequest, school: Any, draft: ReportDraft) -> Any:
    """Send, and land on the same report when the same form with the same words is sent again."""
    sending = sending_of(request, sending_token(request))
    return services.receive_report_once(by=request.actor, school=school, draft=draft, sending=sending)


def frame(request: HttpRequest, school: Any, form: Any, pictures: list[Any]) -> dict[str, Any]:
    """Return what every reporting page shows."""
    return {
        "school": school,
        "schools": own_schools(request.actor),
        "form": form,
        "pictures": shown_back(pictures),
        "sending": sending_token(request),
        "who": who_reads(school),
        "head_word": head_word(school),
        "owner_word": owner_title(school.owner.kind),
    }


def who_reads(school: Any) -> list[str]:
    """Return who will read an ordinary report, as roles in the school's own words."""
    return [_("%(head)s og den som er stedfortreder") % {"head": head_word(school).capitalize()}, _("De som blir satt til å hjelpe")]


def who_has(report: Any) -> list[str]:
    """Return who reads a report that is sent: the owner alone when it is about the leadership (§ 12-5)."""
    return [_("Bare %(owner)s") % {"owner": owner_title(report.owner.kind)}] if report.is_withheld else who_reads(report.school)


def _procedure(school: Any) -> Any:
    try:
        return procedure_of(school.pk)
    except NoProcedure:
        return None


def _call(school: Any) -> dict[str, Any]:
    day = today()
    return {"people": [*people.head_teachers(school.pk, day), *people.deputies(school.pk, day)], "phone": school.phone}
