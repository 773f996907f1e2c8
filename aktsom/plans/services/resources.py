"""What a school or owner puts up beside the plan, whether addresses answer, and how the plan fits with the owner's texts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import Refused
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.plans.models import AddressCheck, AreaLook, PlanConformity, PlanEdition, PlanResource
from aktsom.plans.rules.areas import Level
from aktsom.plans.rules.editions import EditionState
from aktsom.plans.rules.resources import obstacles_to_renewing


@service(Event.RESOURCE_KEPT, action=Action.PLAN_EDIT, on="place")
def keep_resource(*, by: Actor, place: Any, **said: Any) -> PlanResource:
    """Put something up at a school or for all schools of an owner. Raises Refused without an address or a text."""
    if not said.get("address") and not said.get("text", "").strip():
        raise Refused(["Skriv en adresse eller en tekst."])
    kind = "school" if place._meta.model_name == "school" else "owner"
    return PlanResource.objects.create(**{kind: place}, **said, added_by_id=by.own_id, added_at=now())


@service(Event.RESOURCE_ENDED, action=Action.PLAN_EDIT, on="resource")
def end_resource(*, by: Actor, resource: PlanResource) -> PlanResource:
    """Take it down. What a plan said of it stays, and what it replaced holds again."""
    earlier = resource.replaces
    resource.ended_at, resource.replaces = now(), None
    resource.save(update_fields=["ended_at", "replaces"])
    if earlier is not None:
        earlier.valid_until = None
        earlier.save(update_fields=["valid_until"])
    return resource


@service(Event.RESOURCE_RENEWED, action=Action.PLAN_EDIT, on="resource")
def renew_resource(
    *, by: Actor, resource: PlanResource, valid_from: date, text: str = "", address: str = "", edition: str = ""
) -> PlanResource:
    """Let a new text follow one that was decided before, from a day; the earlier one stays readable with the days it held (OWN-07).

    Raises Refused without an address or a text, for a day that is not later, or when something newer follows already.
    """
    is_replaced = PlanResource.objects.filter(replaces=resource, ended_at=None).exists()
    obstacles: list[Any] = [
        *obstacles_to_renewing(kind=resource.kind, is_replaced=is_replaced, earlier_from=resource.valid_from, valid_from=valid_from)
    ]
    if not address and not text.strip():
        obstacles.append("Skriv en adresse eller en tekst.")
    if obstacles:
        raise Refused(obstacles)
    resource.valid_until = valid_from - timedelta(days=1)
    resource.save(update_fields=["valid_until"])
    same = {name: getattr(resource, name) for name in ("school_id", "owner_id", "kind", "theme", "title", "publisher", "audiences")}
    said = {"address": address, "text": text, "edition": edition, "valid_from": valid_from}
    return PlanResource.objects.create(**same, **said, replaces=resource, added_by_id=by.own_id, added_at=now())


@service(Event.ADDRESS_TRIED, action=Action.RESOURCE_FLAG, on="school")
def say_of_address(*, by: Actor, school: Any, address: str, works: bool) -> AddressCheck:
    """Write down that an address was tried today, and whether it answered (LIB-01)."""
    check, _made = AddressCheck.objects.update_or_create(
        address=address, defaults={"checked_on": today(), "works": works, "said_by_id": by.own_id}
    )
    return check


@service(Event.AREAS_LOOKED_AT, action=Action.PLAN_EDIT, on="school")
def look_at_areas(*, by: Actor, school: Any, year: str, levels: dict[str, str]) -> int:
    """Write how the school sees itself this year; an empty answer takes it away. Return how many are answered."""
    for mark, level in levels.items():
        place = {"school": school, "year": year, "mark": mark}
        if level:
            AreaLook.objects.update_or_create(**place, defaults={"level": Level(level), "written_by_id": by.own_id, "written_at": now()})
        else:
            AreaLook.objects.filter(**place).delete()
    return AreaLook.objects.filter(school=school, year=year).count()


@service(Event.CONFORMITY_SAID, action=Action.PLAN_EDIT, on="edition")
def say_conformity(*, by: Actor, edition: PlanEdition, resource: PlanResource, statement: str) -> PlanConformity:
    """Write how this edition fits with one of the owner's texts (PLN-27). Raises Refused for what is not the owner's, or a finished edition."""
    if edition.plan.school is None or edition.plan.school.owner_id != resource.owner_id:
        raise Refused(["Teksten hører ikke til skolens eier."])
    if edition.state not in {EditionState.DRAFT, EditionState.TREATED}:
        raise Refused(["Utgaven kan ikke endres nå."])
    said, _made = PlanConformity.objects.update_or_create(
        edition=edition, resource=resource, defaults={"statement": statement.strip(), "written_on": today(), "written_by_id": by.own_id}
    )
    return said
