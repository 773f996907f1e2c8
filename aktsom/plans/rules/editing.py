"""Changes to a plan's content, one deed at a time. Each gives new content and can be turned back (undo)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from aktsom.plans.rules.content import PlanContent, Row, RowOrigin, Section, SectionArea, SectionForm, as_plain


class EditRefused(ValueError):
    """The change does not fit the plan as it is now. The text says why."""


def fingerprint(part: PlanContent | Section | Row) -> str:
    """Return a short mark of the part as it stands, so that two people's changes to the same row are seen."""
    plain = as_plain(part) if isinstance(part, PlanContent) else as_plain(PlanContent("", sections=(_in_section(part),)))
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _in_section(part: Section | Row) -> Section:
    return replace(part, rows=()) if isinstance(part, Section) else Section("", "", SectionArea.PURPOSE, SectionForm.TEXT, rows=(part,))


def place_of(content: PlanContent, key: str) -> tuple[str, int]:
    """Return the section of a row and its place there (from 0). Raise EditRefused when there is no such row."""
    for section in content.sections:
        for number, row in enumerate(section.rows):
            if row.key == key:
                return section.key, number
    raise EditRefused(_("Raden finnes ikke lenger. Noen andre kan ha fjernet den."))


def _section(content: PlanContent, key: str) -> Section:
    for section in content.sections:
        if section.key == key:
            return section
    raise EditRefused(_("Delen finnes ikke lenger. Noen andre kan ha fjernet den."))


def _with(content: PlanContent, changed: Section) -> PlanContent:
    return replace(content, sections=tuple(changed if section.key == changed.key else section for section in content.sections))


def add_row(content: PlanContent, section: str, row: Row, *, at: int | None = None) -> PlanContent:
    """Return the content with the row in the section, at a place or last. Raise EditRefused when its key is taken."""
    if content.row(row.key) is not None:
        raise EditRefused(_("Raden står i planen fra før."))
    rows = list(_section(content, section).rows)
    rows.insert(len(rows) if at is None else max(0, min(at, len(rows))), row)
    return _with(content, replace(_section(content, section), rows=tuple(rows)))


def change_row(content: PlanContent, row: Row) -> PlanContent:
    """Return the content with the row of the same key replaced. A row from the owner that is changed here is adapted."""
    section = _section(content, place_of(content, row.key)[0])
    row = adapted(content.row(row.key), row)
    return _with(content, replace(section, rows=tuple(row if each.key == row.key else each for each in section.rows)))


def adapted(before: Row | None, after: Row) -> Row:
    """Return the row as adapted when the school changed what it has from the owner; taking the owner's newer row is no change."""
    if before is None or before.origin != RowOrigin.INHERITED or after.origin != RowOrigin.INHERITED:
        return after
    return (
        after
        if before in (after, replace(after, owner_mark=before.owner_mark)) or before.owner_mark != after.owner_mark
        else replace(after, origin=RowOrigin.ADAPTED)
    )


def remove_row(content: PlanContent, key: str) -> PlanContent:
    """Return the content without the row."""
    section = _section(content, place_of(content, key)[0])
    return _with(content, replace(section, rows=tuple(each for each in section.rows if each.key != key)))


def move_row(content: PlanContent, key: str, section: str, at: int) -> PlanContent:
    """Return the content with the row moved to a place in a section."""
    row = content.row(key)
    if row is None:
        raise EditRefused(_("Raden finnes ikke lenger. Noen andre kan ha fjernet den."))
    return add_row(remove_row(content, key), section, row, at=at)


def add_section(content: PlanContent, section: Section, *, at: int | None = None) -> PlanContent:
    """Return the content with a new section. Raise EditRefused when its key is taken."""
    if any(each.key == section.key for each in content.sections):
        raise EditRefused(_("Delen står i planen fra før."))
    sections = list(content.sections)
    sections.insert(len(sections) if at is None else max(0, min(at, len(sections))), section)
    return replace(content, sections=tuple(sections))


def change_section(content: PlanContent, section: Section) -> PlanContent:
    """Return the content with the words of a section changed; its rows stay."""
    return _with(content, replace(section, rows=_section(content, section.key).rows))


def remove_section(content: PlanContent, key: str) -> PlanContent:
    """Return the content without an empty section. Raise EditRefused while it has rows."""
    if _section(content, key).rows:
        raise EditRefused(_("Delen har rader. Flytt eller fjern dem først."))
    return replace(content, sections=tuple(section for section in content.sections if section.key != key))


def move_section(content: PlanContent, key: str, at: int) -> PlanContent:
    """Return the content with the section at another place."""
    section = _section(content, key)
    rest = tuple(each for each in content.sections if each.key != key)
    place = max(0, min(at, len(rest)))
    return replace(content, sections=(*rest[:place], section, *rest[place:]))


def change_head(content: PlanContent, *, title: str, opening: str, opening_by: str) -> PlanContent:
    """Return the content with another title and opening words. Raise EditRefused without a title."""
    if not title.strip():
        raise EditRefused(_("Planen må ha en tittel."))
    return replace(content, title=title.strip(), opening=opening, opening_by=opening_by)
