"""Read a folder, a ZIP or a file into one whole list, whichever of the three formats it is in."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from aktsom.people.roster.five_columns import read_five_columns
from aktsom.people.roster.neutral import Record, UnreadableRoster, Where
from aktsom.people.roster.oneroster import read_oneroster
from aktsom.people.roster.opening import Members, opened, opened_upload
from aktsom.people.roster.pifu import read_pifu
from aktsom.people.roster.staging import Roster, stage


class Format(StrEnum):
    """The formats an operator can name. ``auto`` looks at what is there."""

    AUTO = "auto"
    ONEROSTER = "oneroster"
    PIFU = "pifu"
    FIVE_COLUMNS = "femkolonner"


def read_roster(path: Path, *, form: Format | str = Format.AUTO, school: str = "") -> Roster:
    """Return the whole list at ``path``, or raise UnreadableRoster. Nothing is written."""
    with opened(path) as members:
        known = Format(form)
        known = _recognised(members, path) if known is Format.AUTO else known
        return stage(_records(known, members, path, school))


def read_upload(content: bytes, name: str, *, school: str) -> Roster:
    """Return the whole list in a file somebody uploaded, or raise UnreadableRoster. Nothing is written."""
    members, path = opened_upload(content, name), Path(PurePosixPath(name).name)
    return stage(_records(_recognised(members, path), members, path, school))


def _recognised(members: Members, path: Path) -> Format:
    if "users.csv" in members or "manifest.csv" in members:
        return Format.ONEROSTER
    endings = [Path(name).suffix for name in members]
    if endings == [".xml"]:
        return Format.PIFU
    if len(endings) == 1:
        return Format.FIVE_COLUMNS
    raise UnreadableRoster(
        Where(path.name),
        _("Det er ikke til å se hvilket format dette er."),
        _("Legg bare én liste der, eller velg format med --format."),
    )


def _records(known: Format, members: Members, path: Path, school: str) -> Iterator[Record]:
    if known is Format.ONEROSTER:
        return read_oneroster(members)
    if len(members) != 1:
        raise UnreadableRoster(
            Where(path.name), _("Her skal det være én fil, men det er %(count)s.") % {"count": len(members)}, _("Legg bare én fil der.")
        )
    member = next(iter(members.values()))
    if known is Format.PIFU:
        return read_pifu(member)
    if not school:
        raise UnreadableRoster(
            Where(member.name),
            _("En liste med fem kolonner sier ikke hvilken skole den gjelder."),
            _("Legg til --school og skolens organisasjonsnummer."),
        )
    return read_five_columns(member, school)
