"""Rows a school has from its owner: taken as they are, adapted, and what the owner has changed since (PLN-26)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from aktsom.plans.rules.content import PlanContent, Row, RowOrigin
from aktsom.plans.rules.editing import fingerprint


@dataclass(frozen=True)
class OwnerChange:
    """One row the owner has changed, taken away or made since the school last looked. ``kind``: changed, removed or new."""

    kind: str
    key: str
    mine: Row | None
    owners: Row | None
    section: str  # title of the owner's section


def mark_of_owner(row: Row) -> str:
    """Return the mark of the owner's row as it stands."""
    return fingerprint(replace(row, origin=RowOrigin.OWN, owner_mark=""))


def inherited(row: Row) -> Row:
    """Return the owner's row as a school has it."""
    return replace(row, origin=RowOrigin.INHERITED, owner_mark=mark_of_owner(row))


def copied(row: Row, name: str) -> Row:
    """Return another plan's row as the school's own, with where it first came from."""
    return replace(row, origin=RowOrigin.OWN, owner_mark="", copied_from=row.copied_from or name)


def copied_whole(content: PlanContent, name: str) -> PlanContent:
    """Return another school's plan as the beginning of one's own: every row says where it came from, the words to the pupils do not follow."""
    return _whole(content, lambda row: copied(row, name))


def inherited_whole(content: PlanContent) -> PlanContent:
    """Return the owner's guide as the beginning of a school's plan: every row follows the owner until the school changes it."""
    return _whole(content, inherited)


def _whole(content: PlanContent, taken: Callable[[Row], Row]) -> PlanContent:
    sections = tuple(replace(section, rows=tuple(taken(row) for row in section.rows)) for section in content.sections)
    return replace(content, opening="", opening_by="", sections=sections)


def kept(mine: Row, owners: Row | None) -> Row:
    """Return the school's row when it keeps its own words: adapted, and the owner's change is seen. Its own when the owner's is gone."""
    if owners is None:
        return replace(mine, origin=RowOrigin.OWN, owner_mark="")
    return replace(mine, origin=RowOrigin.ADAPTED, owner_mark=mark_of_owner(owners))


def owner_changes(mine: PlanContent, owners: PlanContent) -> list[OwnerChange]:
    """Return what the owner changed in rows the school has from it, then the rows of the owner the school does not have."""
    standing = {row.key: (section, row) for section, row in owners.rows()}
    found: list[OwnerChange] = []
    for _section, row in mine.rows():
        if row.origin == RowOrigin.OWN:
            continue
        section, now = standing.get(row.key, (None, None))
        if now is None:
            found.append(OwnerChange("removed", row.key, row, None, ""))
        elif mark_of_owner(now) != row.owner_mark:
            found.append(OwnerChange("changed", row.key, row, now, section.title if section else ""))
    have = {row.key for _section, row in mine.rows()}
    return found + [OwnerChange("new", row.key, None, row, section.title) for section, row in owners.rows() if row.key not in have]
