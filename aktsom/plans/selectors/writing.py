"""A plan as those who work with it see it: what is outdated, what the owner changed, who wrote last, and this year's dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import ANONYMOUS, Actor
from aktsom.core.access.door import may
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import today
from aktsom.core.timing.law import REGISTER, LawReference
from aktsom.core.timing.superseded import Found, outdated_in
from aktsom.core.timing.yearly import Timing, YearDays
from aktsom.core.ui.differences import Piece, pieces
from aktsom.plans.access import editions_visible_to, plans_visible_to
from aktsom.plans.content_file import library_content
from aktsom.plans.loading import LIBRARY_CODES, library_procedure
from aktsom.plans.models import EnvironmentPlan, PlanEdit, PlanEdition, PlanReview, PlanTreatment, ReviewAnswer, ReviewProposal
from aktsom.plans.rules.content import (
    NEEDS_OWNER,
    Comparison,
    PlanContent,
    Row,
    RowChange,
    RowOrigin,
    Section,
    compare,
    content_from,
)
from aktsom.plans.rules.editions import bodies_of
from aktsom.plans.rules.focus import Focus
from aktsom.plans.rules.inheriting import OwnerChange, owner_changes
from aktsom.plans.rules.reflection import ReflectionCard
from aktsom.plans.rules.resources import LibraryItem
from aktsom.plans.selectors.areas import SOURCE, areas_as_content
from aktsom.plans.selectors.dates import dates_of, facts_of
from aktsom.plans.selectors.editions import guide_in_force, in_force
from aktsom.plans.selectors.reflection import cards_of_row
from aktsom.plans.selectors.resources import offered_with
from aktsom.plans.selectors.showing import ShownRow, ShownSection, names_of, shown, when_of
from aktsom.schools.selectors import current_year, own_owners, schools_as, year_days

ORIGIN_WORDS = {RowOrigin.INHERITED: _("Fra eieren"), RowOrigin.ADAPTED: _("Fra eieren, tilpasset")}
SECTION_SIGN = re.compile(r"(?<!§ )§ *(\d{1,2}-\d{1,2})\b")


@dataclass(frozen=True)
class StaffRow:
    """One row with what only those who work with the plan need."""

    row: ShownRow
    outdated: tuple[Found, ...]
    laws: tuple[LawReference, ...]
    origin: Promise | str
    lacks_owner: bool
    is_first: bool
    is_last: bool
    cards: tuple[ReflectionCard, ...] = ()
    offered: tuple[LibraryItem, ...] = ()


@dataclass(frozen=True)
class StaffSection:
    """One part of the plan with its rows."""

    section: ShownSection
    rows: tuple[StaffRow, ...]
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class StaffPlan:
    """The plan, and how much of it somebody must look at."""

    title: str
    opening: str
    opening_by: str
    sections: tuple[StaffSection, ...]

    @property
    def outdated(self) -> list[StaffRow]:
        """The rows that cite what no longer holds (PLN-08)."""
        return [row for section in self.sections for row in section.rows if row.outdated]

    @property
    def without_owner(self) -> list[StaffRow]:
        """The rows nobody has got."""
        return [row for section in self.sections for row in section.rows if row.lacks_owner]


def staff_plan(content: PlanContent, *, school_id: int | None) -> StaffPlan:
    """Return the content with this year's dates at the school and what must be looked at."""
    words = shown(content, school_id=school_id or 0, with_dates=bool(school_id), look_ins=True)
    sections = tuple(
        _section(seen, section, at == 0, at == len(content.sections) - 1)
        for at, (seen, section) in enumerate(zip(words.sections, content.sections, strict=True))
    )
    return StaffPlan(content.title, content.opening, content.opening_by, sections)


def _section(seen: ShownSection, section: Section, is_first: bool, is_last: bool) -> StaffSection:
    rows = tuple(_row(each, row, at, len(section.rows)) for at, (each, row) in enumerate(zip(seen.rows, section.rows, strict=True)))
    return StaffSection(seen, rows, is_first, is_last)


def _row(seen: ShownRow, row: Row, at: int, count: int) -> StaffRow:
    lacks = row.kind in NEEDS_OWNER and not row.everyone and not row.who_said
    origin = ORIGIN_WORDS.get(row.origin) or (_("Hentet fra %(name)s") % {"name": row.copied_from} if row.copied_from else "")
    cards, offered = tuple(cards_of_row(row.sources)), tuple(offered_with(row.resources))
    return StaffRow(seen, outdated_of(row), laws_of(row.anchors), origin, lacks, at == 0, at == count - 1, cards, offered)


def outdated_of(row: Row) -> tuple[Found, ...]:
    """Return what the row cites that no longer holds today."""
    return tuple(outdated_in([row.what, row.how, *row.anchors, *row.links], on=today()))


def laws_of(anchors: tuple[str, ...]) -> tuple[LawReference, ...]:
    """Return what the Act says in the sections the row builds on, as it is today, in our own words."""
    numbers = {number for anchor in anchors for number in SECTION_SIGN.findall(anchor)}
    wanted = [reference for reference in REGISTER if reference.act == "opplæringslova" and reference.holds_on(today())]
    return tuple(
        reference
        for reference in wanted
        if reference.id.removeprefix("ol-").rpartition("-")[0] in numbers or reference.id.removeprefix("ol-") in numbers
    )


def days_of(plan: EnvironmentPlan) -> YearDays | None:
    """Return the school's current year for the timing engine; None for an owner's guide or without a calendar."""
    year = current_year(plan.school_id, today()) if plan.school_id else None
    return year_days(year) if year else None


@dataclass(frozen=True)
class TimeShown:
    """What a time means, in words and in this year's dates."""

    sentence: str
    dates: str
    needs: tuple[str, ...]
    has_calendar: bool


def time_shown(timings: tuple[Timing, ...], days: YearDays | None, content: PlanContent) -> TimeShown:
    """Return the sentence of the timings and the dates they give this year, counted from other rows when they hang on one."""
    dates, needs = dates_of(timings, days, facts_of(content, timings, days)) if days else ("", ())
    return TimeShown(when_of("", timings, is_duty=True), dates, needs, days is not None)


@dataclass(frozen=True)
class ShownChange:
    """One difference between two editions, in words: what a field is called, and its text before and after with what differs marked."""

    kind: str
    what: str
    lines: tuple[tuple[Promise | str, list[Piece], list[Piece]], ...] = ()


FIELD_WORDS = {
    "what": _("Hva"),
    "how": _("Hvordan"),
    "who": _("Hvem"),
    "who_said": _("Hvem"),
    "when_said": _("Når"),
    "timings": _("Når"),
    "parts": _("Delpunkter"),
    "grades": _("Trinn"),
    "anchors": _("Bygger på"),
    "resources": _("Til hjelp"),
    "links": _("Lenker"),
    "per": _("Hvor mange gjøremål"),
    "kind": _("Slags rad"),
    "origin": _("Hvor raden kommer fra"),
    "is_summary": _("Kort oppsummering"),
    "pupils": _("Slik elevene leser det"),
    "pupil_topic": _("Hvor elevene leser det"),
    "focus": _("Område"),
    "is_definition": _("Forklarer et ord"),
}


def difference(before: PlanContent, after: PlanContent) -> tuple[list[ShownChange], tuple[str, ...]]:
    """Return what differs between two contents in words: rows, and parts whose title or introduction changed."""
    found: Comparison = compare(before, after)
    return [shown_change(change) for change in found.rows], found.sections


def shown_change(change: RowChange) -> ShownChange:
    """Return one difference with the words before and after, each field once."""
    row = change.after or change.before
    lines: dict[str, tuple[Promise | str, list[Piece], list[Piece]]] = {}
    for name in change.names:
        if change.before and change.after and name in FIELD_WORDS:
            before, after = _words(change.before, name), _words(change.after, name)
            if before != after:
                lines[str(FIELD_WORDS[name])] = (FIELD_WORDS[name], pieces(before, after), pieces(after, before))
    return ShownChange(change.kind, row.what if row else "", tuple(lines.values()))


def _words(row: Row, name: str) -> str:
    if name in {"who", "who_said"}:
        return names_of(row.who, row.who_said)
    if name in {"timings", "when_said"}:
        return when_of(row.when_said, row.timings)
    if name == "parts":
        return "; ".join(f"{part.what} ({names_of(part.who, '')}, {when_of(part.when_said, part.timings)})" for part in row.parts)
    value = getattr(row, name) or ""
    if value is True:
        return gettext("ja")
    if name == "focus":
        return str(Focus(value).label) if value in Focus.values else ""
    if name == "grades":
        return ", ".join(f"Vg{grade - 10}" if grade > 10 else str(grade) for grade in value)
    return "\n".join(value) if isinstance(value, tuple) else str(getattr(value, "label", value))


def owner_edition(plan: EnvironmentPlan) -> PlanEdition | None:
    """Return the guide in force of the school's owner, or None."""
    if plan.school is None:
        return None
    return guide_in_force(plan.school.owner_id)


def changes_by_owner(plan: EnvironmentPlan, content: PlanContent) -> list[OwnerChange]:
    """Return what the owner has changed in rows the school has from it, and new rows, when the owner has a guide in force."""
    guide = owner_edition(plan)
    return owner_changes(content, content_from(guide.content)) if guide else []


def earlier_edition(edition: PlanEdition) -> PlanEdition | None:
    """Return the edition that was put in force before this one, or None."""
    held = editions_visible_to(ANONYMOUS).filter(plan_id=edition.plan_id, number__lt=edition.number, in_force_at__isnull=False)
    return held.order_by("-number").first()


def edition_in_force_of(plan: EnvironmentPlan) -> PlanEdition | None:
    """Return the edition of this plan that is in force."""
    return in_force(plan=plan).first()


def treatments_of(edition: PlanEdition) -> list[PlanTreatment]:
    """Return what bodies said about the edition."""
    return list(edition.treatments.order_by("asked_on", "id"))


def bodies_left(plan: EnvironmentPlan, asked: set[str]) -> list[tuple[str, str]]:
    """Return the bodies the plan can ask that are not asked yet, with names."""
    return [(code, name) for code, name in bodies_of(is_owner=plan.owner_id is not None) if code not in asked]


def may_undo(edition: PlanEdition) -> bool:
    """Return whether there is a change to turn back."""
    return PlanEdit.objects.filter(edition=edition, is_undone=False).exists()


def last_writer(edition: PlanEdition, key: str) -> PlanEdit | None:
    """Return the last change to a row or section that stands, with who made it."""
    found = PlanEdit.objects.filter(edition=edition, key=key, is_undone=False).select_related("made_by").order_by("-id")
    return found.first()


@dataclass(frozen=True)
class Source:
    """Where rows can be copied from."""

    code: str
    name: str
    is_owner: bool = False


def sources_for(plan: EnvironmentPlan) -> list[Source]:
    """Return the owner's guide, the library's plans and other schools' published plans, without their content."""
    first = _guide_as_source(owner_edition(plan))
    books = [Source(f"mal:{code}", library_procedure(code).name) for code in LIBRARY_CODES]
    others = in_force(plan__school__isnull=False).exclude(plan_id=plan.pk)
    named = others.defer("content").order_by("plan__school__name", "-id")[:200]
    books.append(Source(SOURCE, areas_as_content().title))
    return first + books + [Source(f"skole:{edition.public_id}", edition_name(edition)) for edition in named]


def edition_name(edition: PlanEdition) -> str:
    """Return what a published edition is called where its rows are copied: the school and the number."""
    return str(_("%(school)s, utgave %(number)d") % {"school": edition.plan.school, "number": edition.number})


def published_plans(place: Any) -> list[Source]:
    """Return what a new plan can begin from: the guide of the school's owner, then other schools' plans in force, the owner's first."""
    others = in_force(plan__school__isnull=False).exclude(plan__school_id=place.pk)
    owner_id = getattr(place, "owner_id", place.pk)
    by_name = others.defer("content").order_by("plan__school__name", "-id")[:200]
    named = sorted(by_name, key=lambda each: each.plan.school.owner_id != owner_id)  # type: ignore[union-attr]
    guide = guide_in_force(place.owner_id) if hasattr(place, "owner_id") else None
    return _guide_as_source(guide) + [Source(f"skole:{edition.public_id}", edition_name(edition)) for edition in named]


def _guide_as_source(guide: PlanEdition | None) -> list[Source]:
    return [Source(f"eier:{guide.public_id}", str(guide.plan.owner), is_owner=True)] if guide else []


def content_of_source(code: str) -> PlanContent | None:
    """Return the content of a source, or None when there is none."""
    kind, _colon, name = code.partition(":")
    if kind == SOURCE:
        return areas_as_content()
    if kind == "mal":
        return library_content(name) if name in LIBRARY_CODES else None
    edition = in_force(public_id=name).first()
    return content_from(edition.content) if edition else None


def templates() -> list[Any]:
    """Return the plans of the library a new plan can begin as, with the number of rows."""
    return [(code, library_procedure(code).name, sum(1 for _row in library_content(code).rows())) for code in LIBRARY_CODES]


def places_without_plan(actor: Actor) -> list[tuple[str, Any, bool]]:
    """Return («skole» or «eier», place, whether the actor may begin) for each place she works at that has no plan yet."""
    have = plans_visible_to(actor)
    schools = schools_as(actor, Role.STAFF)
    with_plan = set(have.values_list("school_id", flat=True))
    owners = own_owners(actor)
    with_guide = set(have.values_list("owner_id", flat=True)) if owners else set()
    found: list[tuple[str, Any, bool]] = [
        ("skole", school, may(actor, Action.PLAN_BEGIN, school)) for school in schools if school.pk not in with_plan
    ]
    return found + [("eier", owner, may(actor, Action.PLAN_BEGIN, owner)) for owner in owners if owner.pk not in with_guide]


def review_page(review: PlanReview) -> tuple[list[ReviewAnswer], list[ReviewProposal]]:
    """Return the answers and the proposals of a yearly evaluation."""
    return list(review.answers.select_related("school").order_by("invited_on", "id")), list(review.proposals.order_by("id"))
