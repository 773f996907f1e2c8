"""The tabs of the case room."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from aktsom.cases import selectors
from aktsom.cases.access import emergencies_of, get_case, get_part, parts_visible_to, sees_whole_case
from aktsom.cases.rules.papers import PaperKind
from aktsom.cases.selectors.continuity import school_changes_of
from aktsom.cases.selectors.emergency import measures_in_emergency
from aktsom.cases.views.frame import frame, proof_points
from aktsom.core.access.actions import Action
from aktsom.core.access.door import NotAllowed, may, requires
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw
from aktsom.core.timing.clock import today
from aktsom.people.nearest import near_adults

EVENTS_PER_PAGE = 40
NOTES_PER_PAGE = 25


@require_GET
@requires(Action.CASE_SEE)
def case_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the overview: what was said, where it stands, what is due, who can see."""
    case = get_case(request.actor, Action.CASE_SEE, public_id)
    saw(request, Event.CASE_READ, case)
    page = frame(request, case, "case-detail")
    seers = selectors.seers_of(case)
    if page["helped"]:
        shown = {"handlers": seers.handlers, "who": [(row.part, seers.names(row.part)) for row, _road in page["helped"]]}
        return render(request, "cases/case_helped.html", page | shown)
    if not page["whole"]:
        return redirect("cases:case-investigation", public_id=public_id)
    page |= {
        "handlers": seers.handlers,
        "who": seers.names(),
        "deadlines_left": [card for card in page["deadlines"] if card.state != "met"],
        "deadlines_met": [card for card in page["deadlines"] if card.state == "met"],
        "turns": selectors.turns(case) if page["facts"].was_turned else [],
        "governor": selectors.governor_entry(case) if page["facts"].governor_on else None,
        "governor_deadlines": selectors.governor_deadlines(case) if page["facts"].governor_on else [],
        "procedure": selectors.own_procedure(case, page["standing"], page["reports"], selectors.step_marks(case)),
    }
    return render(request, "cases/case_detail.html", page)


@require_GET
@requires(Action.CASE_SEE)
def case_investigation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what is found out, each person's part for itself."""
    case = get_case(request.actor, Action.CASE_SEE, public_id)
    saw(request, Event.CASE_READ, case)
    page = frame(request, case, "case-investigation")
    seers = selectors.seers_of(case)
    page["parts"] = [(part, seers.names(part.part)) for part in selectors.notes_of_parts(request.actor, case)]
    if not page["whole"]:
        page["emergency"] = measures_in_emergency(request.actor, case)
    else:
        page |= {
            "analyses": selectors.analyses(case) if page["facts"].has_analysis else [],
            "postponements": selectors.postponements(case) if page["facts"].postponed_to else [],
            "considerations": selectors.considerations(selectors.step_marks(case)),
        }
    return render(request, "cases/case_investigation.html", page)


@require_GET
@requires(Action.CASE_SEE)
def part_notes(request: HttpRequest, public_id: str, part_id: str) -> HttpResponse:
    """Show everything found out in one part, newest first, in pages."""
    case = get_case(request.actor, Action.CASE_SEE, public_id)
    part = get_part(request.actor, case, part_id)
    saw(request, Event.CASE_READ, case)
    side = Paginator(selectors.part_notes(part), NOTES_PER_PAGE).get_page(request.GET.get("side"))
    may_investigate = may(request.actor, Action.CASE_INVESTIGATE, case)
    page = {"case": case, "part": part, "side": side, "notes": list(side.object_list), "may_investigate": may_investigate}
    return render(request, "cases/part_notes.html", page)


@require_GET
@requires(Action.CASE_SEE)
def case_voice(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show each pupil's voice, the rights told and what is decided about guardians."""
    case = whole_case(request, Action.CASE_SEE, public_id)
    saw(request, Event.CASE_READ, case)
    guardians, cautions = selectors.guardian_view(case)
    page = frame(request, case, "case-voice") | {
        "parts": [page for page in selectors.voices_of_parts(request.actor, case) if page.part.kind != "employee"],
        "rights": selectors.rights_told(case),
        "decisions": selectors.guardian_decisions(case),
        "guardians": guardians,
        "cautions": cautions,
    }
    return render(request, "cases/case_voice.html", page)


@require_GET
@requires(Action.CASE_SEE)
def case_log(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who did what when, newest first."""
    case = whole_case(request, Action.CASE_SEE, public_id)
    saw(request, Event.CASE_READ, case)
    side = Paginator(selectors.timeline(case), EVENTS_PER_PAGE).get_page(request.GET.get("side"))
    page = frame(request, case, "case-log") | {"side": side, "entries": selectors.entries(list(side.object_list))}
    return render(request, "cases/case_log.html", page)


@require_GET
@requires(Action.CASE_SEE_READERS)
def case_readers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who has read in the case."""
    case = whole_case(request, Action.CASE_SEE_READERS, public_id)
    saw(request, Event.CASE_READERS_SEEN, case)
    return render(request, "cases/case_readers.html", frame(request, case, "case-log") | {"readers": selectors.readers(case)})


@require_GET
@requires(Action.CASE_SEE)
def case_documents(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show reports and papers, and which of the eight points the file can show."""
    case = whole_case(request, Action.CASE_SEE, public_id)
    saw(request, Event.CASE_READ, case)
    page = frame(request, case, "case-documents")
    page |= {
        "papers": selectors.papers_of(case),
        "kinds": PaperKind.choices,
        "school_changes": school_changes_of(request.actor, case),
        "may_send_along": may(request.actor, Action.SCHOOL_CHANGE_DECIDE, case),
        "may_print": may(request.actor, Action.CASE_PRINT, case),
        "may_release": may(request.actor, Action.CASE_RELEASE_PAPER, case),
        "proof": proof_points(case, page["standing"].plan),
    }
    return render(request, "cases/case_documents.html", page)


@require_GET
@requires(Action.CASE_SEE)
def case_people(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who works with the case, who can see it, and who is shut out."""
    case = whole_case(request, Action.CASE_SEE, public_id)
    saw(request, Event.CASE_READ, case)
    parts = list(parts_visible_to(request.actor, case))
    page = frame(request, case, "case-people") | {
        "work": selectors.work_log(request.actor, case, parts),
        "parts": parts,
        "who": selectors.who_can_see(case),
        "linked": selectors.linked_cases(request.actor, case, parts),
        "emergencies": emergencies_of(case),
        "may_review": may(request.actor, Action.EMERGENCY_REVIEW, case),
    }
    return render(request, "cases/case_people.html", page)


@require_GET
@requires(Action.CASE_SEE)
def case_around(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the adults nearest the pupil (ORG-09); that they are near opens the case for nobody."""
    case = whole_case(request, Action.CASE_SEE, public_id)
    saw(request, Event.CASE_READ, case)
    return render(request, "cases/case_around.html", frame(request, case, "case-people") | {"near": near_adults(case.pupil_id, today())})


def whole_case(request: HttpRequest, action: Action, public_id: str) -> Any:
    """Return the case for somebody who sees all of it; a helper meets only her part."""
    case = get_case(request.actor, action, public_id)
    if not sees_whole_case(request.actor, case):
        raise NotAllowed(action, case)
    return case
