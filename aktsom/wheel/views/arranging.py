"""Put the year in order: dates that are missing, who has which role, the school calendar, and the plan laid over it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, requires
from aktsom.core.timing.clock import today
from aktsom.people.selectors import staff_of
from aktsom.plans.rules.duty_roles import role_names
from aktsom.plans.selectors.editions import content_in_force
from aktsom.schools.access import get_school
from aktsom.schools.rules import obstacles_to_setting_year
from aktsom.schools.selectors import current_year, days_from
from aktsom.schools.services import ClosedDays
from aktsom.wheel import services
from aktsom.wheel.access import get_holder
from aktsom.wheel.forms import CalendarForm, FirstLessonsForm, RoleHolderForm, RowFactForm
from aktsom.wheel.planned import what_changes
from aktsom.wheel.rules import TaskChange
from aktsom.wheel.selectors import missing
from aktsom.wheel.selectors.roles import role_book
from aktsom.wheel.views.frame import SchoolYearPage, frame_of, school_year_page

SHOWN = 60


@require_GET
@requires(Action.WHEEL_ARRANGE)
def missing_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the rows that wait for a date, and those the school has given one."""
    page = school_year_page(request, public_id, Action.WHEEL_ARRANGE)
    shown: dict[str, Any] = frame_of(request, page, "missing-list")
    content = content_in_force(page.school.pk)
    if page.year and content:
        rows = missing.rows_with_dates(page.school, page.year, content)
        groups, lessons = missing.classes_and_lessons(page.school, page.year)
        shown |= {
            "waiting": [row for row in rows if row.is_missing and row.asks],
            "without": [row for row in rows if row.is_missing and not row.asks and not row.needs_lessons],
            "given": [row for row in rows if not row.is_missing and row.asks],
            "lessons_missing": [group for group in groups if group.pk not in lessons] if any(row.needs_lessons for row in rows) else [],
        }
    return render(request, "wheel/missing_list.html", shown)


@require_http_methods(["GET", "POST"])
@requires(Action.WHEEL_ARRANGE)
def dates_set(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for the dates of one row, write them, and let the year follow."""
    page = school_year_page(request, public_id, Action.WHEEL_ARRANGE)
    content = content_in_force(page.school.pk)
    row = missing.row_dates(page.school, page.year, content, request.GET.get("rad", "")) if page.year and content else None
    if row is None:
        raise Http404
    form = RowFactForm(request.POST or None, asks=row.asks, initial=_known(row))
    if request.method == "POST" and form.is_valid():
        try:
            services.enter_row_fact(by=request.actor, school=page.school, year=page.year, key=row.key, **form.facts())
            services.arrange_year(by=request.actor, school=page.school, year=page.year)
        except Refused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, _("Datoene er skrevet inn, og årshjulet følger dem."))
            return redirect("wheel:missing-list", public_id=public_id)
    status = 422 if form.errors else 200
    return render(request, "wheel/dates_set.html", {**frame_of(request, page, "missing-list"), "row": row, "form": form}, status=status)


def _known(row: missing.RowDates) -> dict[str, Any]:
    fact = row.fact
    if fact is None:
        return {}
    days = [f"{text[8:10]}.{text[5:7]}.{text[:4]}" for text in fact.set_dates]
    names = ("meeting_on", "from_on", "until_on", "agreement_ends_on")
    return {"set_dates": "\n".join(days), **{name: getattr(fact, name) for name in names}}


@require_http_methods(["GET", "POST"])
@requires(Action.WHEEL_ARRANGE)
def lessons_set(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask when each class has its first lesson, and let what must be done before it follow."""
    page = school_year_page(request, public_id, Action.WHEEL_ARRANGE)
    if not page.year:
        raise Http404
    groups, lessons = missing.classes_and_lessons(page.school, page.year)
    form = FirstLessonsForm(request.POST or None, groups=groups, known=lessons)
    if request.method == "POST" and form.is_valid():
        for group, day in form.lessons():
            services.enter_first_lesson(by=request.actor, school=page.school, year=page.year, group=group, on=day)
        if content_in_force(page.school.pk):
            services.arrange_year(by=request.actor, school=page.school, year=page.year)
        messages.success(request, _("De første timene er skrevet inn."))
        return redirect("wheel:missing-list", public_id=public_id)
    shown = {**frame_of(request, page, "missing-list"), "form": form, "groups": groups}
    return render(request, "wheel/lessons_set.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Action.WHEEL_ARRANGE)
def year_arrange(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what laying the plan in force over the year would change, and do it when confirmed."""
    page = school_year_page(request, public_id, Action.WHEEL_ARRANGE)
    if not page.year:
        raise Http404
    if request.method == "POST":
        try:
            counted = services.arrange_year(by=request.actor, school=page.school, year=page.year)
        except Refused as refused:
            messages.error(request, str(refused.reasons[0]))
        else:
            messages.success(request, arranged_sentence(counted))
        return redirect("wheel:wheel-show", public_id=public_id)
    found = what_changes(page.school, page.year)
    shown = {**frame_of(request, page, "wheel-show"), "has_plan": found is not None, **summary_of(found or [])}
    return render(request, "wheel/year_arrange.html", shown)


def arranged_sentence(counted: dict[str, int]) -> str:
    """Return what happened when the year was arranged."""
    return _("Årshjulet følger planen: %(new)d nye, %(moved)d flyttet, %(gone)d tatt ut.") % {
        "new": counted["new"] + counted["back"],
        "moved": counted["moved"],
        "gone": counted["gone"],
    }


def summary_of(found: list[TaskChange]) -> dict[str, Any]:
    """Return the changes as a page shows them: how many of each kind, whose they are, and the first of them by day."""
    whose: Counter[str] = Counter()
    for change in found:
        task = change.after or change.before
        if task is not None and change.kind != "renamed":
            whose.update(role_names(task.who))
    kinds = Counter(change.kind for change in found)
    telling = [change for change in found if change.kind != "renamed"]
    ordered = sorted(telling, key=lambda change: (change.after or change.before).due_on)  # type: ignore[union-attr]
    alike: dict[Any, list[TaskChange]] = {}
    for change in ordered:
        alike.setdefault(_as_read(change), []).append(change)
    lines = [(same[0], len(same)) for same in alike.values()]
    return {
        "amount": len(found),
        "kinds": _kinds(kinds),
        "whose": whose.most_common(12),
        "changes": lines[:SHOWN],
        "more": sum(times for _change, times in lines[SHOWN:]),
    }


def _as_read(change: TaskChange) -> tuple[Any, ...]:
    """Return what a line about the change says: the same thing in many classes is one line."""
    task: Any = change.after or change.before
    if task.place.group_id is None:
        return task.identity  # type: ignore[no-any-return]
    days = [(each.starts_on, each.due_on) if each else None for each in (change.before, change.after)]
    return (change.kind, task.row, task.part, task.title, *days)


def _kinds(kinds: Counter[str]) -> list[str]:
    words = {
        "new": ngettext("%d gjøremål kommer til", "%d gjøremål kommer til", kinds["new"]),
        "moved": ngettext("%d gjøremål flyttes", "%d gjøremål flyttes", kinds["moved"]),
        "gone": ngettext("%d gjøremål går ut", "%d gjøremål går ut", kinds["gone"]),
        "back": ngettext("%d gjøremål kommer tilbake", "%d gjøremål kommer tilbake", kinds["back"]),
        "renamed": ngettext("%d gjøremål får ny tekst", "%d gjøremål får ny tekst", kinds["renamed"]),
    }
    return [words[kind] % kinds[kind] for kind in words if kinds[kind]]


@require_http_methods(["GET", "POST"])
@requires(Action.WHEEL_SEE)
def role_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who has which role of the plan; those who arrange the year point somebody out."""
    action = Action.WHEEL_ARRANGE if request.method == "POST" else Action.WHEEL_SEE
    page = school_year_page(request, public_id, action)
    content = content_in_force(page.school.pk)
    form = None
    if page.may_arrange:
        form = RoleHolderForm(
            request.POST or None,
            people=staff_of(page.school.pk, today()),
            initial={"role": request.GET.get("rolle", ""), "valid_from": today()},
        )
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            services.name_role_holder(by=request.actor, school=page.school, **form.holder())
        except Refused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, _("Rollen er gitt. Gjøremålene følger rollen."))
            return redirect("wheel:role-list", public_id=public_id)
    shown = {**frame_of(request, page, "role-list"), "form": form, "book": role_book(page.school, content, today()) if content else None}
    return render(request, "wheel/role_list.html", shown, status=422 if form is not None and form.errors else 200)


@require_POST
@requires(Action.WHEEL_ARRANGE)
def role_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End that somebody has a role, from today."""
    holder = get_holder(request.actor, Action.WHEEL_ARRANGE, public_id)
    services.end_role(by=request.actor, holder=holder, last_day=today())
    messages.success(request, _("Rollen er avsluttet. Gjøremålene står igjen til den neste."))
    return redirect("wheel:role-list", public_id=holder.school.public_id)


@require_http_methods(["GET", "POST"])
@requires(Action.SCHOOL_YEAR_SET)
def calendar_set(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for the school calendar; show what moves and whose it is; write it when that is confirmed."""
    school = get_school(request.actor, Action.SCHOOL_YEAR_SET, public_id)
    year = current_year(school.pk, today())
    spans = list(year.spans.all()) if year else []
    initial = {"first_day": year.first_day, "last_day": year.last_day} if year else {}
    form = CalendarForm(request.POST or None, spans=spans, initial=initial)
    shown: dict[str, Any] = {"school": school, "year": year, "form": form}
    if request.method == "POST" and form.is_valid():
        found = [ClosedDays(name, first, last, kind) for kind, name, first, last in form.spans()]
        ends = {"first_day": form.cleaned_data["first_day"], "last_day": form.cleaned_data["last_day"]}
        obstacles = obstacles_to_setting_year(**ends, closed=[(span.first_day, span.last_day) for span in found])
        if obstacles:
            form.add_error(None, [str(obstacle.label) for obstacle in obstacles])
        elif "bekreft" in request.POST:
            return _calendar_written(request, school, ends, found)
        else:
            same_year = year is not None and year.name == f"{ends['first_day'].year}/{ends['last_day'].year}"
            moved = what_changes(school, year, days=days_from(**ends, spans=found)) if same_year else None
            shown |= {"is_shown": True, "has_plan": moved is not None, "sent": _sent(request), **summary_of(moved or [])}
    return render(request, "wheel/calendar_set.html", shown, status=422 if form.errors else 200)


def _calendar_written(request: HttpRequest, school: Any, ends: dict[str, Any], spans: list[ClosedDays]) -> HttpResponse:
    _year, counted = services.set_calendar(by=request.actor, school=school, spans=spans, **ends)
    messages.success(request, _("Skoleruta er skrevet inn."))
    if counted is not None:
        messages.success(request, arranged_sentence(counted))
    return redirect("wheel:calendar-set", public_id=school.public_id)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was sent, to be sent once more when it is confirmed."""
    return [(name, str(value)) for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "bekreft"}]


__all__ = ["SchoolYearPage", "calendar_set", "dates_set", "lessons_set", "missing_list", "role_end", "role_list", "year_arrange"]
