"""How the year stands: per area and class at a school, per school for the owner, and the § 12-3 work of a year on paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aktsom.core.access.actions import Action
from aktsom.core.access.door import requires
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.reading import saw_all
from aktsom.core.papers.typesetting import set_paper
from aktsom.core.timing.clock import today
from aktsom.core.ui.dates import long_day
from aktsom.people.selectors import classes_of
from aktsom.plans.selectors.editions import content_in_force
from aktsom.plans.selectors.standing import RowPlaces, places_of
from aktsom.schools.selectors import own_schools
from aktsom.wheel.holding import held_by
from aktsom.wheel.selectors import counting, evidence, owner, tasks
from aktsom.wheel.views.frame import SchoolYearPage, frame_of, school_year_page
from aktsom.wheel.views.year import area_name, focus_name, gaps_in_words

LATE_SHOWN = 40


@require_GET
@requires(Action.WHEEL_OVERVIEW)
def overview_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how much of the year is done, late and skipped, what is late, and where a grade has no offer."""
    page = school_year_page(request, public_id, Action.WHEEL_OVERVIEW)
    shown: dict[str, Any] = frame_of(request, page, "overview-show")
    if page.year:
        found = tasks.tasks_of_year(request.actor, school=page.school, year=page.year)
        places = places_of(content_in_force(page.school.pk))
        areas = dict(places.areas)
        counted = counting.counted_year(found)
        shown |= {
            "tally": counting.whole(counted),
            "areas": [(area_name(area), tally) for area, tally in counting.by_area(counted, areas).items()],
            "focuses": [(focus_name(focus), tally) for focus, tally in counting.by_focus(counted, places.focuses).items()],
            "late": tasks.rows_of(tasks.late_of(found)[:LATE_SHOWN], held_by(request.actor, today())),
            "gaps": gaps_in_words(gaps_of(page, found, places)),
        }
    return render(request, "wheel/overview_show.html", shown)


def gaps_of(page: SchoolYearPage, found: Any, places: RowPlaces) -> list[tuple[int, Any]]:
    """Return the months in which a grade of the school has no offer."""
    grades = sorted({group.grade for group in classes_of(page.school.pk, page.year) if group.grade is not None})
    taught = counting.teaching_months(page.year.first_day.year, page.year.first_day, page.year.last_day)
    return counting.gaps(found, places, grades, taught)


@require_GET
@requires(Action.WHEEL_OVERVIEW)
def owner_overview(request: HttpRequest) -> HttpResponse:
    """Show how the year stands at each school the person oversees."""
    return render(request, "wheel/owner_overview.html", {"rows": counting.schools_standing(request.actor, _overseen(request))})


def _overseen(request: HttpRequest) -> list[Any]:
    owners, led = request.actor.owners_as(Role.OWNER_HANDLER), request.actor.schools_where(Action.WHEEL_OVERVIEW)
    return [school for school in own_schools(request.actor) if school.owner_id in owners or school.pk in led]


@require_GET
@requires(Action.WHEEL_OVERVIEW)
def owner_report(request: HttpRequest) -> HttpResponse:
    """Show the § 12-3 work of the year at every school the person oversees, on one page."""
    reports = owner.owner_report(request.actor, _overseen(request))
    shown = [
        (
            report,
            [(area_name(area), tally) for area, tally in report.areas],
            [(focus_name(focus), tally) for focus, tally in report.focuses],
        )
        for report in reports
    ]
    return render(request, "wheel/owner_report.html", {"reports": shown, "today": today()})


@require_GET
@requires(Action.WHEEL_OVERVIEW)
def report_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the systematic work of a year (§ 12-3) with what shows it."""
    page, areas = _report_of(request, public_id)
    found = tasks.tasks_of_year(request.actor, school=page.school, year=page.year)
    shown = {
        **frame_of(request, page, "overview-show"),
        "areas": areas,
        "took_part": counting.took_part_in(found),
        "daily": evidence.notes_of_year(request.actor, school=page.school, year=page.year),
        "today": today(),
    }
    return render(request, "wheel/report_show.html", shown)


@require_GET
@requires(Action.WHEEL_OVERVIEW)
def report_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the same report as a PDF."""
    page, areas = _report_of(request, public_id)
    found = tasks.tasks_of_year(request.actor, school=page.school, year=page.year)
    notes = evidence.notes_of_year(request.actor, school=page.school, year=page.year)
    pdf = set_paper("year_report", _paper(page, areas) | _lists(counting.took_part_in(found), notes))
    name = f"arshjul-{page.school.slug}-{page.year.name.replace('/', '-')}.pdf"
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _report_of(request: HttpRequest, public_id: str) -> tuple[SchoolYearPage, list[tuple[str, list[counting.ReportRow]]]]:
    page = school_year_page(request, public_id, Action.WHEEL_OVERVIEW)
    if not page.year:
        raise Http404
    found = tasks.tasks_of_year(request.actor, school=page.school, year=page.year)
    report = counting.year_report(found, places_of(content_in_force(page.school.pk)).areas)
    with_files = (task for rows in report.values() for row in rows for task in row.shown_by if task.shown_files)
    saw_all(request, Event.WHEEL_FILES_SEEN, list(dict.fromkeys(with_files)))  # the names of the files stand in the report
    return page, [(area_name(area), rows) for area, rows in report.items()]


def _paper(page: SchoolYearPage, areas: list[tuple[str, list[counting.ReportRow]]]) -> dict[str, Any]:
    day = today()
    return {
        "title": _("Arbeidet for et trygt og godt skolemiljø %(year)s") % {"year": page.year.name},
        "author": page.school.name,
        "made": [day.year, day.month, day.day],
        "language": "nb",
        "shielding": "",
        "reference": _("Skrevet ut %(day)s") % {"day": long_day(day)},
        "page_word": _("Side"),
        "of_word": _("av"),
        "intro": _("Skolen skal arbeide kontinuerlig og systematisk for et trygt og godt skolemiljø (opplæringslova § 12-3)."),
        "columns": [_("Hva"), _("Gjort"), _("Over tiden"), _("Hoppet over"), _("Kommer")],
        "areas": [{"name": name, "rows": [_paper_row(row) for row in rows]} for name, rows in areas],
        "nothing": "" if areas else _("Årshjulet har ingen gjøremål dette året."),
    }


def _lists(took_part: list[tuple[str, int]], notes: list[Any]) -> dict[str, Any]:
    """Return what stands after the plan's areas: who took part in how much (PLN-22), and the daily notes the reader meets (PLN-29)."""
    amounts = [_("%(who)s: %(amount)d gjøremål") % {"who": who, "amount": amount} for who, amount in took_part]
    written = [f"{long_day(note.on)}: {note.text}" for note in notes]
    lists = [(_("Hvem som har vært med"), amounts), (_("Fra hverdagen"), written)]
    return {"lists": [{"name": name, "lines": lines} for name, lines in lists if lines]}


def _paper_row(row: counting.ReportRow) -> dict[str, Any]:
    notes = [_shown(task, " ".join([task.note, *task.evidence, *(file.name for file in task.shown_files)])) for task in row.shown_by]
    notes += [_shown(task, _("Hoppet over: %(reason)s") % {"reason": task.reason}) for task in row.skipped]
    return {
        "cells": [row.title, *(str(getattr(row.tally, name)) for name in ("done", "late", "skipped", "open"))],
        "notes": notes[:30],
    }


def _shown(task: Any, text: str) -> str:
    day = task.done_on or task.due_on
    where = f" {task.group.name}" if task.group is not None else ""
    return f"{day.day}.{day.month}.{day.year}{where}: {text}"
