"""The library of resources: the common ones, the owner's and the school's own, and what is known of their addresses (LIB)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from django.db.models import Q

from aktsom.core.access.actor import ANONYMOUS
from aktsom.core.timing.clock import today
from aktsom.plans.access import resources_visible_to
from aktsom.plans.loading import LIBRARY
from aktsom.plans.models import AddressCheck, PlanConformity, PlanResource
from aktsom.plans.rules.resources import (
    BESIDE_PLAN,
    Audience,
    LibraryItem,
    LinkStanding,
    ResourceKind,
    ResourceTheme,
    fitting,
    standing_of_link,
)

MOST_IN_TASK = 3


@lru_cache(maxsize=1)
def common_items() -> tuple[LibraryItem, ...]:
    """Return the resources every school has."""
    read = yaml.safe_load((LIBRARY / "ressurser.yaml").read_text("utf-8"))
    return tuple(
        LibraryItem(
            item["kode"],
            item["navn"],
            item["adresse"],
            item["fra"],
            ResourceTheme(item["tema"]).value,
            tuple(Audience(code).value for code in item["for"]),
            words=tuple(word.casefold() for word in item["ord"]),
            collection=item.get("samling", ""),
        )
        for item in read["ressurser"]
    )


def items_of(school: Any) -> tuple[LibraryItem, ...]:
    """Return what the school and its owner have put up themselves, then the common ones. One read. Nothing in it is secret."""
    own = PlanResource.objects.filter(Q(school=school) | Q(owner_id=school.owner_id), _holds()).select_related("school", "owner")
    return (*(_item(resource) for resource in own), *common_items())


def _holds() -> Q:
    """Return what is up and has not been followed by something that holds today."""
    return Q(ended_at=None) & (Q(valid_until=None) | Q(valid_until__gte=today()))


def _item(resource: PlanResource) -> LibraryItem:
    return LibraryItem(
        resource.public_id,
        resource.title,
        resource.address,
        resource.publisher,
        resource.theme,
        tuple(resource.audiences) or (Audience.STAFF.value,),
        resource.text,
        tuple(word for word in [resource.title.casefold()] if len(word) > 3),
        resource.kind,
        resource.public_id,
        str(resource.school or resource.owner),
        resource.edition,
        resource.valid_from,
        resource.valid_until,
    )


def beside_plan(*, owner_id: int, school_id: int | None = None) -> list[LibraryItem]:
    """Return what a plan leads on to: regulations, strategies and other plans of the school and its owner (PLN-28). One read."""
    place = Q(owner_id=owner_id) | (Q(school_id=school_id) if school_id is not None else Q(pk=None))
    found = PlanResource.objects.filter(place, _holds(), kind__in=BESIDE_PLAN).select_related("school", "owner").order_by("title", "id")
    return sorted((_item(resource) for resource in found), key=lambda item: BESIDE_PLAN.index(ResourceKind(item.kind)))


def regulation(public_id: str) -> PlanResource | None:
    """Return a local regulation for everyone, whichever edition is asked for."""
    found = resources_visible_to(ANONYMOUS).filter(public_id=public_id).select_related("school__owner", "owner")
    return found.first()


def versions_of(resource: PlanResource) -> list[PlanResource]:
    """Return every text in the line this one stands in, the newest first. One read."""
    kin = PlanResource.objects.filter(school_id=resource.school_id, owner_id=resource.owner_id, kind=resource.kind, ended_at=None)
    by_key = {each.pk: each for each in kin}
    after = {each.replaces_id: each for each in by_key.values() if each.replaces_id is not None}
    newest = by_key.get(resource.pk, resource)
    while newest.pk in after:
        newest = after[newest.pk]
    line = [newest]
    while line[-1].replaces_id in by_key:
        line.append(by_key[line[-1].replaces_id])  # type: ignore[index]
    return line


@dataclass(frozen=True)
class ShownItem:
    """A resource with what is known of its address."""

    item: LibraryItem
    standing: LinkStanding | None
    is_schools: bool

    @property
    def look(self) -> tuple[str, str]:
        """Return colour and icon of how the address stands."""
        return ("danger", "exclamationmark-triangle") if self.standing == LinkStanding.BROKEN else ("neutral", "clock")

    @property
    def is_doubtful(self) -> bool:
        return self.standing in {LinkStanding.BROKEN, LinkStanding.OLD}


def collections() -> list[str]:
    """Return the names of the collections, in the order of the library."""
    return list(dict.fromkeys(item.collection for item in common_items() if item.collection))


def help_offered(owner_id: int) -> list[LibraryItem]:
    """Return the help an owner offers its schools: advice, services and people with competence (OWN-04). One read."""
    found = PlanResource.objects.filter(_holds(), owner_id=owner_id, kind=ResourceKind.HELP).select_related("school", "owner")
    return [_item(resource) for resource in found.order_by("title", "id")]


def offered_with(names: Iterable[str]) -> list[LibraryItem]:
    """Return the few common resources that fit what a row of a plan names as help. No read."""
    return fitting(common_items(), *names)[:MOST_IN_TASK]


def library_of(school: Any, *, audience: str = "", collection: str = "") -> list[tuple[str, list[ShownItem]]]:
    """Return (theme, resources) in the order of the themes, those for one audience or of one collection if asked. Two reads."""
    items = [item for item in items_of(school) if (not audience or audience in item.audiences) and item.kind != ResourceKind.HELP]
    items = [item for item in items if not collection or item.collection == collection]
    checks = checked(item.address for item in items)
    shown = [ShownItem(item, _standing(item, checks), item.whose == str(school)) for item in items]
    return [(str(theme.label), found) for theme in ResourceTheme if (found := [one for one in shown if one.item.theme == theme])]


def checked(addresses: Iterable[str]) -> dict[str, tuple[Any, bool]]:
    """Return when each address was last tried and whether it answered. One read."""
    rows = AddressCheck.objects.filter(address__in={address for address in addresses if address})
    return {address: (day, works) for address, day, works in rows.order_by("pk").values_list("address", "checked_on", "works")}


def _standing(item: LibraryItem, checks: dict[str, tuple[Any, bool]]) -> LinkStanding | None:
    if not item.address:
        return None
    day, works = checks.get(item.address, (None, True))
    return standing_of_link(checked_on=day, works=works, today=today())


def for_task(school: Any, *texts: str) -> list[LibraryItem]:
    """Return the few resources that fit a task, without those whose address does not answer (LIB-07)."""
    fit = [item for item in fitting(items_of(school), *texts) if item.address][: MOST_IN_TASK * 2]
    checks = checked(item.address for item in fit)
    return [item for item in fit if _standing(item, checks) != LinkStanding.BROKEN][:MOST_IN_TASK]


def strategies_of(owner_id: int) -> list[PlanResource]:
    """Return the owner's strategies and local texts, which a school's plan is held against (OWN-06, OWN-07, PLN-27)."""
    kinds = [ResourceKind.STRATEGY, ResourceKind.REGULATION]
    return list(PlanResource.objects.filter(_holds(), owner_id=owner_id, kind__in=kinds).order_by("title", "id"))


def of_owner(owner: Any) -> list[PlanResource]:
    """Return what the owner has put up for its schools."""
    return list(PlanResource.objects.filter(owner=owner, ended_at=None).order_by("kind", "title", "-valid_from", "id"))


def conformity_of(edition: Any) -> dict[int, str]:
    """Return what the school has said of each of the owner's texts for this edition, by the text's key."""
    return dict(PlanConformity.objects.filter(edition=edition).order_by("pk").values_list("resource_id", "statement"))
