"""The library of resources: what kinds there are, what they are about, and whom they are for (LIB-01 to LIB-08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHECK_AGAIN = timedelta(days=365)  # a choice of ours: a link nobody has tried for so long is shown as not tried


class ResourceKind(models.TextChoices):
    """What it is to the school."""

    RESOURCE = "resource", _("Noe å lese eller bruke")
    STRATEGY = "strategy", _("Eierens strategi eller føring")
    REGULATION = "regulation", _("Lokal forskrift eller skoleregler")
    NEIGHBOUR = "neighbour", _("Annen plan eller rutine")
    HELP = "help", _("Hjelp skolene kan få")


# Texts that are decided anew now and then: the earlier ones stay readable, each with the days it held (OWN-07).
VERSIONED = frozenset({ResourceKind.STRATEGY, ResourceKind.REGULATION, ResourceKind.NEIGHBOUR})
BESIDE_PLAN = (ResourceKind.REGULATION, ResourceKind.STRATEGY, ResourceKind.NEIGHBOUR)  # what a plan leads on to (PLN-28)


class ResourceTheme(models.TextChoices):
    """What it is about."""

    ENVIRONMENT = "environment", _("Trygt og godt skolemiljø")
    CULTURE = "culture", _("Skolekultur og ledelse")
    CLASSROOM = "classroom", _("Klassemiljø og relasjoner")
    PREVENT = "prevent", _("Forebygge mobbing og krenkelser")
    INVESTIGATE = "investigate", _("Undersøke og sette inn tiltak")
    PARTICIPATION = "participation", _("Elevråd og medvirkning")
    HOME = "home", _("Samarbeid med hjemmet")
    DIGITAL = "digital", _("Livet på nett")
    VULNERABLE = "vulnerable", _("Elever som trenger noe mer")
    DIVERSITY = "diversity", _("Mangfold og rasisme")


class Audience(models.TextChoices):
    """Whom it is for."""

    STAFF = "staff", _("De som arbeider ved skolen")
    PUPILS = "pupils", _("Elevene")
    GUARDIANS = "guardians", _("Foresatte")


@dataclass(frozen=True)
class LibraryItem:
    """One resource as it is shown, from the library or from a school or owner. ``public_id`` is empty for the library's own."""

    code: str
    title: str
    address: str
    publisher: str
    theme: str
    audiences: tuple[str, ...]
    text: str = ""
    words: tuple[str, ...] = ()  # words in a task that call for it (LIB-07)
    kind: str = ResourceKind.RESOURCE
    public_id: str = ""
    whose: str = ""
    edition: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    collection: str = ""  # what it belongs with: the competence packages, or one publisher's series (LIB-02, LIB-03)


class LinkStanding(models.TextChoices):
    """What is known about an address."""

    WORKS = "works", _("Lenken virker")
    BROKEN = "broken", _("Lenken virker ikke")
    OLD = "old", _("Ikke prøvd på over et år")
    UNTRIED = "untried", _("Ikke prøvd ennå")


def obstacles_to_renewing(*, kind: str, is_replaced: bool, earlier_from: date | None, valid_from: date) -> Sequence[Promise]:
    """Return why a text cannot be followed by a new one from a day."""
    found = [] if kind in VERSIONED else [_("Bare forskrifter, strategier og andre planer har utgaver.")]
    found += [_("Det er lagt inn en nyere utgave.")] * is_replaced
    too_early = earlier_from is not None and valid_from <= earlier_from
    return found + [_("Den nye utgaven må gjelde fra en senere dag enn den forrige.")] * too_early


def standing_of_link(*, checked_on: date | None, works: bool, today: date) -> LinkStanding:
    """Return what is known about an address."""
    if checked_on is None:
        return LinkStanding.UNTRIED
    if not works:
        return LinkStanding.BROKEN
    return LinkStanding.OLD if today - checked_on > CHECK_AGAIN else LinkStanding.WORKS


def fitting(items: tuple[LibraryItem, ...], *texts: str) -> list[LibraryItem]:
    """Return the resources whose words stand in the texts, in the order of the library (LIB-07)."""
    said = " ".join(texts).casefold()
    return [item for item in items if any(word in said for word in item.words)]
