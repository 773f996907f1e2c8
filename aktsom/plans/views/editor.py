"""The editor: rows and sections written, moved, copied, removed; a time in words with its dates; what the owner changed; undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import Refused, requires
from aktsom.core.identifiers import new_public_id
from aktsom.core.timing.yearly.expressions import Unset
from aktsom.core.ui.editing import editing
from aktsom.plans import services
from aktsom.plans.content_file import in_form
from aktsom.plans.forms import HeadForm, RowForm, SectionWordsForm, initial_of
from aktsom.plans.rules.choosing import ASKED_NAMES, TimeChoice
from aktsom.plans.rules.content import PerWhom, PlanContent, Row, RowChange, RowKind, Section, SectionArea, SectionForm
from aktsom.plans.rules.editing import fingerprint
from aktsom.plans.rules.inheriting import copied, inherited, kept
from aktsom.plans.rules.steps import Edit, mark_of
from aktsom.plans.selectors.dates import rows_to_hang_on
from aktsom.plans.selectors.editions import content_of, latest_edits
from aktsom.plans.selectors.wording import form_of
from aktsom.plans.selectors.writing import (
    Source,
    changes_by_owner,
    content_of_source,
    days_of,
    last_writer,
    laws_of,
    may_undo,
    outdated_of,
    shown_change,
    sources_for,
    staff_plan,
    time_shown,
)
from aktsom.plans.views import frame

forms_ask = require_http_methods(["GET", "POST"])
MOST_COPIED = 60
NEW_ROW = {"kind": RowKind.TASK.value, "per": PerWhom.SCHOOL.value, "time": TimeChoice.WORDS.value}


def _draft(request: HttpRequest, public_id: str) -> Any:
    return frame.edition_at_work(request, Action.PLAN_EDIT, public_id)


def _to_editor(edition: Any, place: str = "", *, saved: str = "") -> HttpResponse:
    address = reverse("plans:edition-edit", args=[edition.public_id]) + (f"?lagret={saved}" if saved else "")
    return redirect(f"{address}#{place}" if place else address)


def _carry_out(request: HttpRequest, edition: Any, edit: Edit, text: str) -> bool:
    try:
        services.edit_plan(by=request.actor, edition=edition, edit=edit)
    except Refused as refused:
        frame.show_refusal(request, refused)
        return False
    messages.success(request, text)
    return True


@require_GET
@requires(Action.PLAN_EDIT)
def edition_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the draft with everything that can be done to it."""
    edition = _draft(request, public_id)
    content = content_of(edition)
    page = frame.plan_frame(request, edition.plan, "edition-edit") | {
        "edition": edition,
        "content": staff_plan(content, school_id=edition.plan.school_id),
        "is_open": edition.state == "draft",
        "saved": request.GET.get("lagret", ""),
        "may_undo": may_undo(edition),
        "edits": latest_edits(edition, amount=8),
        "owner_changes": [change for change in changes_by_owner(edition.plan, content) if change.kind != "new"],
    }
    return render(request, "plans/edition_edit.html", page)


@require_POST
@requires(Action.PLAN_EDIT)
def edit_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Turn the last change back."""
    edition = _draft(request, public_id)
    try:
        services.undo_edit(by=request.actor, edition=edition)
    except Refused as refused:
        frame.show_refusal(request, refused)
    else:
        messages.success(request, _("Den siste endringen er tatt tilbake."))
    return _to_editor(edition)


def _row_page(request: HttpRequest, edition: Any, form: RowForm, title: str, more: dict[str, Any]) -> HttpResponse:
    edit, means = more.get("edit"), _means(edition)
    page = frame.plan_frame(request, edition.plan, "edition-edit") | {"edition": edition, "form": form, "title": title}
    page |= {
        "draft_url": frame.draft_url(request),
        "time": _time_of(form, means),
        "parts": [(number, *fields, *_part_time(form, number, means)) for number, fields in enumerate(form.parts)],
        "dates_url": reverse("plans:time-show", args=[edition.public_id]),
    }
    status = edit.status(form) if edit else 422 if form.errors else 200
    return render(request, "plans/row_form.html", page | more, status=status)


Means = Callable[[Any], Any]


def _means(edition: Any) -> Means:
    """Return what says what a time means in this draft this year; None of no time."""
    days, content = days_of(edition.plan), content_of(edition)
    return lambda timings: time_shown(timings, days, content) if timings else None


def _time_of(form: RowForm, means: Means) -> Any:
    """Return what the time in the form means, or None when it is not whole."""
    return means(getattr(form, "cleaned_data", {}).get("timings") if form.is_bound else form.before.timings if form.before else None)


def _part_time(form: RowForm, number: int, means: Means) -> tuple[str, Any]:
    """Return the words of a sub-item's time when no days are found in them, else what they mean; nothing of nothing."""
    timings = form.part_timings(number)
    if timings == (Unset(),):
        return form.part_words(number), None
    return "", means(timings)


@forms_ask
@requires(Action.PLAN_EDIT)
def row_add(request: HttpRequest, public_id: str, section: str) -> HttpResponse:
    """Write a new row at the end of a part of the plan."""
    edition = _draft(request, public_id)
    content = content_of(edition)
    place = _section(content, section)
    form = RowForm(request.POST or None, others=rows_to_hang_on(content), initial=NEW_ROW | frame.kept(request))
    if form.is_valid() and "show" not in request.POST:
        key = f"egen-{new_public_id()}"
        if _carry_out(request, edition, Edit("add_row", row=form.row(key), into=section), _("Raden er lagt til.")):
            frame.sent(request)
            return _to_editor(edition, f"rad-{key}", saved=key)
    return _row_page(request, edition, form, _("Ny rad i «%(title)s»") % {"title": place.title}, {"deed": _("Legg til raden")})


@forms_ask
@requires(Action.PLAN_EDIT)
def row_change(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Write in a row. When somebody else changed it meanwhile, both texts are shown."""
    edition = _draft(request, public_id)
    content = content_of(edition)
    row = content.row(key)
    if row is None:
        raise Http404
    stands, written, last = initial_of(row), frame.kept(request), last_writer(edition, key)
    by, at = (last.made_by, last.made_at) if last else (None, None)
    edit = editing(request, stands, texts=("what", "how", "pupils"), by=by, at=at, kept=written, beside=fingerprint(row))
    form = RowForm(edit.sent, before=row, others=rows_to_hang_on(content, apart_from=key), initial=stands | written)
    if form.is_valid() and "show" not in request.POST and edit.may_save(form):
        change = Edit("change_row", key, row=form.row(key), seen=mark_of(content, Edit("change_row", key)))
        if _carry_out(request, edition, change, _("Raden er lagret.")):
            frame.sent(request)
            return _to_editor(edition, f"rad-{key}", saved=key)
    more = {"edit": edit, "deed": _("Lagre raden"), "row": row, "outdated": outdated_of(row), "laws": laws_of(row.anchors)}
    return _row_page(request, edition, form, _("Endre raden"), more)


@require_GET
@requires(Action.PLAN_EDIT)
def time_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what the time that is being written means, and the dates it gives this year (a fragment of the row's form)."""
    edition = _draft(request, public_id)
    content, key, said = content_of(edition), request.GET.get("row_key", ""), request.GET.copy()
    row = content.row(key)
    if row and said.get("time") == TimeChoice.KEEP and said.get("when_said") != row.when_said:
        said["time"] = TimeChoice.WORDS.value  # new words mean a new time, and the choice says so
    form, means = RowForm(said, before=row, others=rows_to_hang_on(content, apart_from=key)), _means(edition)
    part = request.GET.get("del", "")
    if part.isdecimal() and int(part) < form.part_count:
        unread, time = _part_time(form, int(part), means)
        return render(request, "plans/_part_time.html", {"number": int(part), "unread": unread, "time": time})
    form.is_valid()
    told = {name: form.errors.pop(name) for name in ("time", *ASKED_NAMES) if name in form.errors}  # said below, not as faults
    page = {"form": form, "time": _time_of(form, means)}
    return render(request, "plans/_row_time.html", page | {"told": told, "dates_url": request.path, "row": row, "edition": edition})


@require_POST
@requires(Action.PLAN_EDIT)
def row_move(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Move a row up, down, or to another part of the plan."""
    edition = _draft(request, public_id)
    content = content_of(edition)
    where = next(((section, at) for section in content.sections for at, row in enumerate(section.rows) if row.key == key), None)
    if where is None:
        raise Http404
    section, at = where
    into = request.POST.get("into", "")
    if into:
        edit = Edit("move_row", key, into=_section(content, into).key, at=len(_section(content, into).rows))
    else:
        edit = Edit("move_row", key, into=section.key, at=max(0, at + (-1 if request.POST.get("way") == "up" else 1)))
    _carry_out(request, edition, edit, _("Raden er flyttet."))
    return _to_editor(edition, f"rad-{key}")


@require_POST
@requires(Action.PLAN_EDIT)
def row_remove(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Take a row out of the draft. It can be undone."""
    edition = _draft(request, public_id)
    _carry_out(request, edition, Edit("remove_row", key), _("Raden er tatt ut. Trykk på «Angre» hvis det var feil."))
    return _to_editor(edition)


def _section(content: PlanContent, key: str) -> Section:
    found = next((section for section in content.sections if section.key == key), None)
    if found is None:
        raise Http404
    return found


@forms_ask
@requires(Action.PLAN_EDIT)
def section_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a new part of the plan."""
    edition = _draft(request, public_id)
    form = SectionWordsForm(request.POST or None, initial={"area": SectionArea.PREVENT, "form": SectionForm.TABLE} | frame.kept(request))

    def made() -> Edit:
        return Edit("add_section", section=form.section(f"del-{new_public_id()}"))

    return _words(request, edition, form, made, _("Ny del"), _("Lag delen"))


@forms_ask
@requires(Action.PLAN_EDIT)
def section_change(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Write in the title and introduction of a part."""
    edition = _draft(request, public_id)
    content = content_of(edition)
    section = _section(content, key)
    stands = {"title": section.title, "intro": section.intro, "area": section.area.value, "form": section.form.value}
    edit = editing(request, stands, texts=("intro",), kept=frame.kept(request))
    form = SectionWordsForm(edit.sent, initial=stands | frame.kept(request))

    def made() -> Edit:
        return Edit("change_section", key, section=form.section(key, section), seen=mark_of(content, Edit("change_section", key)))

    return _words(request, edition, form, made, _("Endre delen"), _("Lagre delen"), edit=edit)


@forms_ask
@requires(Action.PLAN_EDIT)
def head_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write in the plan's title and the opening words to the pupils."""
    edition = _draft(request, public_id)
    content = content_of(edition)
    stands = {"title": content.title, "opening": content.opening, "opening_by": content.opening_by}
    edit = editing(request, stands, texts=("opening",), kept=frame.kept(request))
    form = HeadForm(edit.sent, initial=stands | frame.kept(request))

    def made() -> Edit:
        said = form.cleaned_data
        return Edit("change_head", head=(said["title"], said["opening"], said["opening_by"]), seen=mark_of(content, Edit("change_head")))

    return _words(request, edition, form, made, _("Tittel og åpning"), _("Lagre"), edit=edit)


def _words(
    request: HttpRequest, edition: Any, form: Any, made: Callable[[], Edit], title: str, deed: str, edit: Any = None
) -> HttpResponse:
    if form.is_valid() and (edit is None or edit.may_save(form)) and _carry_out(request, edition, made(), _("Lagret.")):
        frame.sent(request)
        return _to_editor(edition)
    page = frame.plan_frame(request, edition.plan, "edition-edit") | {"edition": edition, "form": form, "title": title, "deed": deed}
    status = edit.status(form) if edit else 422 if form.errors else 200
    return render(request, "plans/words_form.html", page | {"edit": edit, "draft_url": frame.draft_url(request)}, status=status)


@require_POST
@requires(Action.PLAN_EDIT)
def section_move(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Move a part up or down."""
    edition = _draft(request, public_id)
    keys = [section.key for section in content_of(edition).sections]
    if key not in keys:
        raise Http404
    at = max(0, keys.index(key) + (-1 if request.POST.get("way") == "up" else 1))
    _carry_out(request, edition, Edit("move_section", key, at=at), _("Delen er flyttet."))
    return _to_editor(edition, f"del-{key}")


@require_POST
@requires(Action.PLAN_EDIT)
def section_remove(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Take an empty part out of the draft."""
    edition = _draft(request, public_id)
    _section(content_of(edition), key)
    _carry_out(request, edition, Edit("remove_section", key), _("Delen er tatt ut."))
    return _to_editor(edition)


@forms_ask
@requires(Action.PLAN_EDIT)
def row_copy(request: HttpRequest, public_id: str) -> HttpResponse:
    """Copy rows from the owner's guide, the library, or another school's published plan."""
    edition = _draft(request, public_id)
    content, sources = content_of(edition), sources_for(edition.plan)
    chosen = next((source for source in sources if source.code == request.GET.get("fra")), None)
    source = content_of_source(chosen.code) if chosen else None
    if source is not None and chosen is not None and not chosen.is_owner:
        source = in_form(source, form_of(edition.plan))
    if request.method == "POST" and source is not None and chosen is not None:
        into = _section(content, request.POST.get("into", "")).key
        rows = [row for _place, row in source.rows() if row.key in request.POST.getlist("row")][:MOST_COPIED]
        return _copied(request, edition, rows, into, chosen)
    have = {row.key for _place, row in content.rows()} | {code for _place, row in content.rows() for code in row.sources}
    page = frame.plan_frame(request, edition.plan, "edition-edit") | {"edition": edition, "sources": sources, "chosen": chosen}
    page |= {"source": staff_plan(source, school_id=None) if source else None, "have": have, "content": content}
    return render(request, "plans/row_copy.html", page)


def _copied(request: HttpRequest, edition: Any, rows: list[Row], into: str, source: Source) -> HttpResponse:
    taken = {row.key for _place, row in content_of(edition).rows()}
    try:
        for row in rows:
            new = inherited(row) if source.is_owner else copied(row, source.name)
            key = row.key if row.key not in taken else f"egen-{new_public_id()}"
            services.edit_plan(by=request.actor, edition=edition, edit=Edit("add_row", row=replace(new, key=key), into=into))
    except Refused as refused:
        frame.show_refusal(request, refused)
    else:
        text = ngettext("%(count)d rad er kopiert inn.", "%(count)d rader er kopiert inn.", len(rows)) % {"count": len(rows)}
        messages.success(request, text)
    return _to_editor(edition, f"del-{into}")


@forms_ask
@requires(Action.PLAN_EDIT)
def owner_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what the owner has changed since the school took its rows, and take it or keep the school's own."""
    edition = _draft(request, public_id)
    content = content_of(edition)
    found = changes_by_owner(edition.plan, content)
    if request.method == "POST":
        change = next((each for each in found if each.key == request.POST.get("row") and each.mine), None)
        if change is None or change.mine is None:
            raise Http404
        if request.POST.get("answer") == "take" and change.owners is None:
            edit = Edit("remove_row", change.key)
        else:
            new = inherited(change.owners) if request.POST.get("answer") == "take" and change.owners else kept(change.mine, change.owners)
            edit = Edit("change_row", change.key, row=new)
        _carry_out(request, edition, edit, _("Valget er lagret i utkastet."))
        return redirect("plans:owner-answer", public_id=edition.public_id)
    page = frame.plan_frame(request, edition.plan, "edition-edit") | {"edition": edition}
    page["changes"] = [(change, shown_change(_as_change(change))) for change in found if change.mine]
    page["new_rows"] = [change for change in found if change.kind == "new"]
    return render(request, "plans/owner_answer.html", page)


def _as_change(change: Any) -> Any:
    return RowChange(
        change.kind, change.key, change.mine, change.owners, ("what", "how", "who", "timings", "parts", "grades", "anchors", "pupils")
    )
