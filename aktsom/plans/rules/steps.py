"""One change to a draft as a value: it can be carried out, turned round, stored and read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from aktsom.plans.rules import editing
from aktsom.plans.rules.content import PlanContent, Row, Section, SectionArea, SectionForm, as_plain, content_from
from aktsom.plans.rules.editing import EditRefused, fingerprint, place_of

DEEDS = (
    "add_row",
    "change_row",
    "remove_row",
    "move_row",
    "add_section",
    "change_section",
    "remove_section",
    "move_section",
    "change_head",
)


@dataclass(frozen=True)
class Edit:
    """One change. ``seen`` is the fingerprint of the row, section or head the writer saw; empty is not checked."""

    deed: str
    key: str = ""
    row: Row | None = None
    section: Section | None = None
    into: str = ""  # key of the section a row goes to
    at: int | None = None
    head: tuple[str, str, str] = ("", "", "")  # title, opening, opening_by
    seen: str = ""

    def as_plain(self) -> dict[str, Any]:
        """Return the change as plain content for storage."""
        kept = Section("kept", "kept", self.section.area if self.section else _ANY.area, _ANY.form, rows=(self.row,) if self.row else ())
        held = as_plain(PlanContent("kept", sections=(kept, *((self.section,) if self.section else ()))))
        return {"deed": self.deed, "key": self.key, "into": self.into, "at": self.at, "head": list(self.head), "held": held}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Edit:
        """Return the change that ``as_plain`` stored."""
        sections = content_from(plain["held"]).sections
        row = sections[0].rows[0] if sections[0].rows else None
        title, opening, opening_by = plain["head"]
        section = sections[1] if len(sections) > 1 else None
        return cls(plain["deed"], plain["key"], row, section, plain["into"], plain["at"], (title, opening, opening_by))


_ANY = Section("", "", SectionArea.PURPOSE, SectionForm.TEXT)


def apply_edit(content: PlanContent, edit: Edit) -> PlanContent:
    """Return the content after the change. Raise EditRefused when it does not fit, or what it changes is not as it was seen."""
    if edit.seen and edit.seen != mark_of(content, edit):
        raise EditRefused(_("Noen andre endret dette mens du skrev. Se hva som er nytt før du lagrer."))
    changed = _with_row(content, edit)
    if changed is None:
        changed = _with_section(content, edit)
    if changed is None and edit.deed == "change_head":
        title, opening, opening_by = edit.head
        changed = editing.change_head(content, title=title, opening=opening, opening_by=opening_by)
    if changed is None:
        raise EditRefused(_("Endringen er ikke hel."))
    return changed


def _with_row(content: PlanContent, edit: Edit) -> PlanContent | None:
    match edit:
        case Edit(deed="add_row", row=Row() as row):
            return editing.add_row(content, edit.into, row, at=edit.at)
        case Edit(deed="change_row", row=Row() as row):
            return editing.change_row(content, row)
        case Edit(deed="remove_row"):
            return editing.remove_row(content, edit.key)
        case Edit(deed="move_row"):
            return editing.move_row(content, edit.key, edit.into, edit.at or 0)
    return None


def _with_section(content: PlanContent, edit: Edit) -> PlanContent | None:
    match edit:
        case Edit(deed="add_section", section=Section() as section):
            return editing.add_section(content, section, at=edit.at)
        case Edit(deed="change_section", section=Section() as section):
            return editing.change_section(content, section)
        case Edit(deed="remove_section"):
            return editing.remove_section(content, edit.key)
        case Edit(deed="move_section"):
            return editing.move_section(content, edit.key, edit.at or 0)
    return None


def mark_of(content: PlanContent, edit: Edit) -> str:
    """Return the fingerprint of what the change touches, as it stands now; empty when it is not there."""
    if edit.deed in {"change_row", "remove_row", "move_row"}:
        row = content.row(edit.key)
        return fingerprint(row) if row else "gone"
    if edit.deed in {"change_section", "remove_section", "move_section"}:
        section = next((each for each in content.sections if each.key == edit.key), None)
        return fingerprint(section) if section else "gone"
    return head_mark(content) if edit.deed == "change_head" else edit.seen


def head_mark(content: PlanContent) -> str:
    """Return the fingerprint of the title and opening words."""
    return fingerprint(PlanContent(content.title, content.opening, content.opening_by))


def inverse_of(content: PlanContent, edit: Edit) -> Edit:
    """Return the change that turns this one back. ``content`` is as it was before. Raise EditRefused when the place is gone."""
    if edit.deed in {"change_row", "remove_row", "move_row"}:
        section, at = place_of(content, edit.key)
        row = content.row(edit.key)
        deed = {"change_row": "change_row", "remove_row": "add_row", "move_row": "move_row"}[edit.deed]
        return Edit(deed, edit.key, row=row, into=section, at=at)
    if edit.deed == "add_row" and edit.row:
        return Edit("remove_row", edit.row.key)
    if edit.deed == "add_section" and edit.section:
        return Edit("remove_section", edit.section.key)
    if edit.deed in {"change_section", "remove_section", "move_section"}:
        places = {section.key: (number, section) for number, section in enumerate(content.sections)}
        number, section_before = places[edit.key]
        deed = {"change_section": "change_section", "remove_section": "add_section", "move_section": "move_section"}[edit.deed]
        return Edit(deed, edit.key, section=section_before if deed != "move_section" else None, at=number)
    return Edit("change_head", head=(content.title, content.opening, content.opening_by))
