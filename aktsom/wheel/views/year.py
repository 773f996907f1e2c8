"""The year seen: my week, my class, the round picture, the list, months by grades."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import require, requires
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.people.selectors import classes_of
from aktsom.plans.rules.content import SectionArea
from aktsom.plans.rules.duty_roles import BY_CODE, role_names
from aktsom.plans.rules.focus import Focus
from aktsom.plans.selectors.editions import content_in_force
from aktsom.plans.selectors.standing import RowPlaces, places_of
from aktsom.schools.access import get_school
from aktsom.schools.selectors import schools_as
from aktsom.wheel.access import get_note
from aktsom.wheel.forms import DailyNoteForm
from aktsom.wheel.holding import held_by
from aktsom.wheel.months import grade_name, monday_of
from aktsom.wheel.picture import picture_of
from aktsom.wheel.rules import Standing
from aktsom.wheel.selectors import counting, evidence, tasks
from aktsom.wheel.services import remove_daily_note, write_daily_note
from aktsom.wheel.views.frame import SchoolYearPage, Wish, frame_of, school_year_page, wish_of

PER_PAGE = 50
AHEAD = timedelta(days=35)
TITLES = 12
MOST_RINGS = 5
OTHER_ROLES = "others"
BY_ROLE, BY_FOCUS = "roller", "omrader"


@require_GET
@requires(Action.WHEEL_SEE)
def my_week(request: HttpRequest) -> HttpResponse:
    """Show what the person has in the wheel this week, or the week asked for; an owner's handler is led to her schools."""
    if not request.actor.schools_as(Role.STAFF):
        require(request.actor, Action.WHEEL_SEE, None)
        return redirect("wheel:owner-overview")
    return _week_page(request)


def _week_page(request: HttpRequest, *, note_form: DailyNoteForm | None = None) -> HttpResponse:
    monday = monday_of(_day(request.GET.get("uke", "")))
    schools = schools_as(request.actor, Role.STAFF)
    page = school_year_page(request, schools[0].public_id)
    return render(
        request,
        "wheel/my_week.html",
        {
            **frame_of(request, page, "my-week"),
            "week": tasks.my_week(request.actor, monday),
            "monday": monday,
            "friday": monday + timedelta(days=4),
            "number": monday.isocalendar().week,
            "is_this_week": monday == monday_of(today()),
            "before": monday - timedelta(days=7),
            "after": monday + timedelta(days=7),
            "schools": schools if len(schools) > 1 else [],
            "notes": evidence.own_notes_of_week(request.actor, monday),
            "note_form": note_form or DailyNoteForm(),
            "today": today(),
        },
        status=422 if note_form else 200,
    )


@require_POST
@requires(Action.DAILY_NOTE_KEEP)
def note_write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep one sentence about today."""
    school = get_school(request.actor, Action.DAILY_NOTE_KEEP, public_id)
    form = DailyNoteForm(request.POST)
    if not form.is_valid():
        return _week_page(request, note_form=form)
    write_daily_note(by=request.actor, school=school, text=form.cleaned_data["text"], on=today())
    messages.success(request, _("Skrevet ned. Det kommer med i årets rapport."))
    return redirect("wheel:my-week")


@require_POST
@requires(Action.DAILY_NOTE_KEEP)
def note_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one's own sentence away again."""
    note = get_note(request.actor, Action.DAILY_NOTE_KEEP, public_id)
    if note.written_by_id != request.actor.own_id:
        raise Http404
    remove_daily_note(by=request.actor, note=note)
    messages.success(request, _("Slettet."))
    return redirect("wheel:my-week")


def _day(text: str) -> date:
    try:
        return max(date(2000, 1, 3), min(date.fromisoformat(text), date(2200, 1, 1)))
    except ValueError:
        return today()


@require_GET
@requires(Action.WHEEL_SEE)
def own_class(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what the classes the person teaches have waiting."""
    page = school_year_page(request, public_id)
    found = tasks.own_class_tasks(request.actor, school=page.school, until=today() + AHEAD)
    return render(request, "wheel/own_class.html", {**frame_of(request, page, "own-class"), "classes": found})


@require_GET
@requires(Action.WHEEL_SEE)
def wheel_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the whole year as a round picture, and the same in words under it."""
    page = school_year_page(request, public_id)
    shown: dict[str, Any] = frame_of(request, page, "wheel-show")
    if page.year:
        shown |= _wheel(request, page)
    return render(request, "wheel/wheel_show.html", shown)


def _wheel(request: HttpRequest, page: SchoolYearPage) -> dict[str, Any]:
    places = places_of(content_in_force(page.school.pk))
    counted = counting.counted_year(tasks.tasks_of_year(request.actor, school=page.school, year=page.year))
    asked = request.GET.get("ringer", "")
    rings, ring_of = _rings(asked, counted, places)
    titles = counting.titles_by_month(counted)
    address = reverse("wheel:task-list", args=[page.school.public_id])
    picture = picture_of(
        counting.amounts_by_month(counted, ring_of),
        rings=rings,
        months=[(month.number, month.name) for month in page.months],
        now=today().month if page.months[0].first <= today() <= page.months[-1].last else 0,
        sentence=_("%(area)s i %(month)s: %(total)d gjøremål, %(done)d gjort, %(late)d over tiden"),
    )
    in_words = [
        (
            month,
            f"{address}?{_query(ar=page.year.name, maned=month.key)}",
            titles[month.number].most_common(TITLES),
            max(len(titles[month.number]) - TITLES, 0),
        )
        for month in page.months
        if month.number in titles
    ]
    return {"picture": picture, "in_words": in_words, "tally": counting.whole(counted), "ringer": asked, "has_plan": bool(places.areas)}


Rings = tuple[dict[str, str], Callable[[counting.Counted], str]]


def _rings(asked: str, counted: list[counting.Counted], places: RowPlaces) -> Rings:
    if asked == BY_ROLE:
        return _roles_as_rings(counted)
    return _focuses_as_rings(counted, places.focuses) if asked == BY_FOCUS else _areas_as_rings(counted, places.areas)


def _focuses_as_rings(counted: list[counting.Counted], focuses: Mapping[str, str]) -> Rings:
    there = counting.by_focus(counted, focuses)
    return {focus: focus_name(focus) for focus in there}, lambda item: focuses.get(item.row, counting.OUT_OF_PLAN)


def _areas_as_rings(counted: list[counting.Counted], areas: Mapping[str, str]) -> Rings:
    there = counting.by_area(counted, areas)
    return {area: area_name(area) for area in there}, lambda item: areas.get(item.row, counting.OUT_OF_PLAN)


def _roles_as_rings(counted: list[counting.Counted]) -> Rings:
    """The roles with most to do have a ring each, and the others one together."""
    codes = counting.first_roles(counted, MOST_RINGS)
    rings = {code: role_names([code])[0].capitalize() if code else _("Ingen rolle") for code in codes}
    if any(counting.first_role(item) not in rings for item in counted):
        rings[OTHER_ROLES] = _("Andre roller")
    return rings, lambda item: counting.first_role(item) if counting.first_role(item) in codes else OTHER_ROLES


def area_name(area: str) -> str:
    """Return what an area is called."""
    return str(SectionArea(area).label) if area in SectionArea.values else _("Ute av planen nå")


def focus_name(focus: str) -> str:
    """Return what one of the two focus areas is called."""
    return str(Focus(focus).label) if focus in Focus.values else _("Ute av planen nå")


def _query(**values: str) -> str:
    query = QueryDict(mutable=True)
    query.update(values)
    return query.urlencode()


@require_GET
@requires(Action.WHEEL_SEE)
def task_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the tasks of the year, narrowed as the address asks, fifty to a page."""
    page = school_year_page(request, public_id)
    shown: dict[str, Any] = frame_of(request, page, "task-list")
    if page.year:
        classes = classes_of(page.school.pk, page.year)
        wish = wish_of(request, page, classes)
        found = tasks.tasks_of_year(request.actor, school=page.school, year=page.year)
        part = Paginator(tasks.narrowed(found, wish, rows=_rows_wished(page, wish)), PER_PAGE).get_page(request.GET.get("side"))
        shown |= {
            "wish": wish,
            "part": part,
            "rows": tasks.rows_of(part.object_list, held_by(request.actor, today())),
            **_choices(page, classes),
        }
    return render(request, "wheel/task_list.html", shown)


def _rows_wished(page: SchoolYearPage, wish: Wish) -> set[str] | None:
    """Return the rows of the part of the plan, the focus area and the grade asked for; None when none is."""
    if wish.area not in SectionArea.values and not wish.focus and wish.grade is None:
        return None
    places = places_of(content_in_force(page.school.pk))
    rows = {row for row in places.areas if wish.grade is None or wish.grade in places.grades.get(row, (wish.grade,))}
    if wish.area in SectionArea.values:
        rows &= {row for row, area in places.areas.items() if area == wish.area}
    if wish.focus:
        rows &= {row for row, focus in places.focuses.items() if focus in {wish.focus, Focus.BOTH.value}}
    return rows


def _choices(page: SchoolYearPage, classes: list[Any]) -> dict[str, Any]:
    grades = sorted({group.grade for group in classes if group.grade is not None})
    standings = [
        ("open", _("Ikke gjort ennå")),
        *((str(item.value), str(item.label)) for item in (Standing.LATE, Standing.DONE, Standing.SKIPPED)),
    ]
    return {
        "months": page.months,
        "roles": sorted(((role.code, str(role.name)) for role in BY_CODE.values()), key=lambda item: item[1].casefold()),
        "areas": [(str(area.value), str(area.label)) for area in SectionArea],
        "focuses": [(str(focus.value), str(focus.label)) for focus in (Focus.COMMUNITY, Focus.HANDLING)],
        "grades": [(grade, grade_name(grade)) for grade in grades],
        "classes": classes,
        "standings": standings,
    }


@require_GET
@requires(Action.WHEEL_SEE)
def matrix_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show months by grades, with the months in which a grade has no offer."""
    page = school_year_page(request, public_id)
    shown: dict[str, Any] = frame_of(request, page, "matrix-show")
    if page.year:
        grades = sorted({group.grade for group in classes_of(page.school.pk, page.year) if group.grade is not None})
        found = tasks.tasks_of_year(request.actor, school=page.school, year=page.year)
        places = places_of(content_in_force(page.school.pk))
        taught = counting.teaching_months(page.year.first_day.year, page.year.first_day, page.year.last_day)
        gaps = counting.gaps(found, places, grades, taught)
        shown |= {
            "grades": [(grade, grade_name(grade)) for grade in grades],
            "matrix": counting.month_matrix(counting.counted_year(found), page.months, grades, places.grades),
            "gaps": gaps_in_words(gaps),
        }
    return render(request, "wheel/matrix_show.html", shown)


def gaps_in_words(gaps: list[tuple[int, Any]]) -> list[tuple[str, str]]:
    """Return (grade, months) for the months in which a grade has no offer."""
    found: dict[int, list[str]] = {}
    for grade, month in gaps:
        found.setdefault(grade, []).append(month.name)
    return [(grade_name(grade), ", ".join(months)) for grade, months in sorted(found.items())]
