"""A class list from the browser: kept sealed while somebody looks at what it would do, then read in, and gone."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor, system_actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now
from aktsom.core.vault.models import KeyKind
from aktsom.core.vault.services import content_key_for, destroy_content_key
from aktsom.people.models import ClassFile
from aktsom.people.roster.neutral import Mode, UnreadableRoster
from aktsom.people.roster.reading import read_upload
from aktsom.people.roster.report import ImportReport
from aktsom.people.roster.staging import Roster
from aktsom.people.services.roster import import_roster

LARGEST = 5 << 20
READER = system_actor("class list")


def keep_class_file(*, by: Actor, school: Any, content: bytes, name: str, is_whole_school: bool) -> ClassFile:
    """Read the list to see that it can be read, and keep it sealed. Raises Refused with why not and what to do."""
    if len(content) > LARGEST:
        raise Refused([_("Fila er for stor til å være en klasseliste. Den kan være opptil 5 MB.")])
    _read(content, name, school, is_whole_school)
    return _keep(by=by, school=school, content=content, name=name, is_whole_school=is_whole_school)


@service(Event.CLASS_FILE_KEPT, action=Action.CLASS_FILE_IMPORT, on="school")
def _keep(*, by: Actor, school: Any, content: bytes, name: str, is_whole_school: bool) -> ClassFile:
    return ClassFile.objects.create(
        content_key=content_key_for(owner_ref=school.owner_id, kind=KeyKind.OTHER),
        school=school,
        content=base64.b64encode(content).decode(),
        name=name[:200],
        is_whole_school=is_whole_school,
        made_by_id=by.own_id,
        made_at=now(),
    )


def look_through(kept: ClassFile) -> ImportReport:
    """Return what reading the list in would do. Nothing is written. Raises Refused."""
    return _import(kept, dry_run=True)


def take_class_file(*, by: Actor, kept: ClassFile) -> ImportReport:
    """Read the list in, all or nothing, and let go of it. Raises Refused, and then it is still there."""
    with transaction.atomic():
        return _take(by=by, kept=kept)


@service(Event.CLASS_FILE_READ_IN, action=Action.CLASS_FILE_IMPORT, on="kept")
def _take(*, by: Actor, kept: ClassFile) -> ImportReport:
    report = _import(kept, dry_run=False)
    _let_go(kept)
    return report


def remove_class_file(*, by: Actor, kept: ClassFile) -> None:
    """Let go of a list without reading it in."""
    _remove(by=by, school=kept.school, kept=kept)


@service(Event.CLASS_FILE_REMOVED, action=Action.CLASS_FILE_IMPORT, on="school")
def _remove(*, by: Actor, school: Any, kept: ClassFile) -> Any:
    _let_go(kept)
    return school


def _let_go(kept: ClassFile) -> None:
    key = kept.content_key
    ClassFile.objects.filter(pk=kept.pk).delete()
    destroy_content_key(by=READER, content_key=key, reason="class list let go")


def _import(kept: ClassFile, *, dry_run: bool) -> ImportReport:
    """The system writes, for the school alone, whatever other schools the list has; the log says who asked."""
    roster = _read(base64.b64decode(kept.content), kept.name, kept.school, kept.is_whole_school)
    number = kept.school.org_number
    return import_roster(by=READER, owner=kept.school.owner, roster=roster, school_number=number, dry_run=dry_run)


def _read(content: bytes, name: str, school: Any, is_whole_school: bool) -> Roster:
    try:
        roster = read_upload(content, name, school=school.org_number)
    except UnreadableRoster as unreadable:
        raise Refused([str(unreadable)]) from unreadable
    return roster if is_whole_school else replace(roster, mode=Mode.DELTA)
