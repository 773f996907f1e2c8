"""The at most seven places a person has, and only those she has (ui.md, «Where things are»)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.ui.shapes import Place

MOST = 7
LEADING = (Role.HEAD_TEACHER, Role.DEPUTY)
CASE_PLACES = (Role.STAFF, Role.OWNER_HANDLER)


def places_for(actor: Actor, path: str) -> list[Place]:
    """Return the places of ``actor``, marked where ``path`` is."""
    if not actor.is_signed_in:
        return []
    held = {grant.role for grant in actor.grants}
    places = [(_("I dag"), "/", "house", True)]
    places += [
        (
            _("Meldinger"),
            "/meldinger/",
            "inbox",
            bool(held & {*LEADING, Role.REPORT_RECEIVER, Role.DEPARTMENT_HEAD, Role.COUNSELLOR, Role.OWNER_HANDLER}),
        )
    ]
    places += [(_("Saker"), "/saker/", "folder", bool(held & set(CASE_PLACES)))]
    places += [(_("Mine meldinger"), "/mine-meldinger/", "chat", True)]
    places += [
        (
            _("Voksne"),
            "/skolen/voksne/",
            "person-group",
            bool(held & {Role.PUPIL, Role.GUARDIAN, Role.STAFF}) and not held & {*LEADING, Role.SCHOOL_ADMIN},
        )
    ]
    places += [(_("Tiltak"), "/tiltak/", "tasklist", Role.STAFF in held)]
    places += [
        (_("Egne notater"), "/egne-notater/", "note-pencil", Role.SCHOOL_NURSE in held and not held & {*LEADING, Role.OWNER_HANDLER})
    ]
    places += [(_("Årshjul"), "/arshjul/", "arrows-circlepath", bool(held & set(CASE_PLACES)))]
    places += [(_("Skolen"), "/skolen/", "buildings3", bool(held & {*LEADING, Role.SCHOOL_ADMIN}))]
    places += [(_("Eier"), "/eier/", "buildings2", Role.OWNER_HANDLER in held)]
    places = [place for place in places if place[3]]
    if len(places) > MOST:  # who leads a school and works for its owner finds her own reports where she reports
        places = [place for place in places if place[1] != "/mine-meldinger/"]
    return [
        Place(label=str(label), url=url, icon=icon, current=path == url if url == "/" else path.startswith(url))
        for label, url, icon, _has in places
    ]
