"""Which talks there are, who can sit in one, and what stands between minutes and the family (TAL-01 to TAL-12)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.cases.rules.states import PartKind


class ConversationKind(models.TextChoices):
    """Whom the talk is with."""

    EXPOSED = "exposed", _("Eleven saken er til for")
    EXPOSED_GUARDIANS = "exposed_guardians", _("Foresatte til eleven saken er til for")
    INVOLVED = "involved", _("En annen elev som er med")
    INVOLVED_GUARDIANS = "involved_guardians", _("Foresatte til en annen elev som er med")
    HARMING = "harming", _("En elev som må slutte med noe")
    HARMING_GUARDIANS = "harming_guardians", _("Foresatte til en elev som må slutte med noe")
    RESTORING = "restoring", _("Finne tilbake til hverandre")


class ConversationState(models.TextChoices):
    """Where a talk stands."""

    PLANNED = "planned", _("Avtalt")
    HELD = "held", _("Holdt")
    OFF = "off", _("Ble ikke noe av")


class AgreementOutcome(models.TextChoices):
    """How an agreement went."""

    KEPT = "kept", _("Avtalen er holdt")
    BROKEN = "broken", _("Avtalen er brutt")
    CHANGED = "changed", _("Vi lager en ny avtale")


class ConversationObstacle(models.TextChoices):
    """What keeps a talk from being planned or written as it is."""

    WRONG_PART = "wrong_part", _("Denne samtalen hører ikke til i denne delen av saken. Velg en av dem som står her")
    ONE_AT_A_TIME = "one_at_a_time", _("Snakk med én elev om gangen. Lag en egen samtale for hver av dem")
    OTHER_FAMILY = "other_family", _("Snakk med én familie om gangen. Lag en egen samtale for hver av dem")
    PUPIL_MUST_WISH = "pupil_must_wish", _("Skriv hva eleven selv har sagt. Samtalen holdes bare når eleven vil det")
    FAMILIES_MUST_WISH = "families_must_wish", _("Skriv hvem av de foresatte som har ønsket å møtes sammen")
    SHUT_OUT = "shut_out", _("Den som er stengt ute fra saken, kan ikke være med i samtalen. Ta bort krysset")
    NOT_YET = "not_yet", _("Samtalen har ikke vært ennå. Skriv dagen den ble holdt")
    NO_MINUTES = "no_minutes", _("Skriv kort hva dere snakket om. Én setning er nok")
    NOT_PLANNED = "not_planned", _("Det er allerede skrevet inn hva som skjedde med samtalen. Åpne den for å se det")
    RELEASED = "released", _("Referatet er gitt ut. Skriv et tillegg i en ny samtale, eller rett det når familien ber om det")


class ReleaseObstacle(models.TextChoices):
    """What keeps minutes from the family."""

    NOT_HELD = "not_held", _("Samtalen er ikke skrevet inn ennå. Skriv den inn først")
    NO_MINUTES = "no_minutes", _("Det er ikke skrevet noe referat. Skriv det først")
    ALREADY_RELEASED = "already_released", _("Referatet er allerede gitt ut. Du trenger ikke gjøre noe")
    NAMES_FOUND = "names_found", _("Det kan stå navn på andre i referatet. Ta dem bort, eller skriv hvorfor det kan gis ut likevel")


class UrgentMeasure(models.TextChoices):
    """What helps a pupil already today, as the plans say it (TAL-02)."""

    SEAT = "seat", _("En annen plass i klasserommet")
    MORNING = "morning", _("En voksen møter eleven om morgenen")
    TRANSITIONS = "transitions", _("En voksen følger tettere med i overganger, som ut og inn av timen")
    UNSAFE_PLACES = "unsafe_places", _("En voksen er til stede der eleven ikke er trygg")


class UrgentObstacle(models.TextChoices):
    """What keeps measures from being put in place straight from a talk."""

    NOTHING = "nothing", _("Velg minst ett tiltak, eller skriv ditt eget")
    OTHER_PUPIL = "other_pupil", _("Planen er til for eleven saken gjelder. Til andre elever avtaler dere egen oppfølging")


def obstacles_to_urgent_measures(*, part_kind: str, wanted: int) -> list[UrgentObstacle]:
    """Return why nothing is put in place. What another pupil needs has its own part and its own agreement (TAL-10)."""
    found = {UrgentObstacle.OTHER_PUPIL: part_kind != PartKind.PUPIL, UrgentObstacle.NOTHING: wanted == 0}
    return [obstacle for obstacle, holds in found.items() if holds]


class AgreementObstacle(models.TextChoices):
    """What keeps an agreement from being made or settled."""

    NO_TEXT = "no_text", _("Skriv hva dere er enige om. Én setning er nok")
    FOLLOW_UP_PASSED = "follow_up_passed", _("Velg en dag som kommer. Da ser dere på avtalen sammen")
    SETTLED = "settled", _("Det er allerede skrevet inn hvordan det gikk. Lag en ny avtale hvis dere trenger det")
    NOT_WORKING = (
        "not_working",
        _("Den som følger opp, må arbeide med saken og se denne delen. Velg en annen, eller sett henne eller ham på saken"),
    )


KINDS_OF_PART: dict[str, tuple[ConversationKind, ...]] = {
    PartKind.PUPIL: (ConversationKind.EXPOSED, ConversationKind.EXPOSED_GUARDIANS, ConversationKind.RESTORING),
    PartKind.INVOLVED_PUPIL: (
        ConversationKind.INVOLVED,
        ConversationKind.INVOLVED_GUARDIANS,
        ConversationKind.HARMING,
        ConversationKind.HARMING_GUARDIANS,
    ),
}
WITH_GUARDIANS = frozenset({ConversationKind.EXPOSED_GUARDIANS, ConversationKind.INVOLVED_GUARDIANS, ConversationKind.HARMING_GUARDIANS})


def kinds_of(part_kind: str) -> tuple[ConversationKind, ...]:
    """Return the talks that belong in a part. An employee's side is not a guide's business (§ 12-5 runs with the leadership)."""
    return KINDS_OF_PART.get(part_kind, ())


def obstacles_to_conversation(
    *,
    kind: str,
    part_kind: str,
    own_pupil: int,
    guests: Collection[int],
    pupils: Collection[int],
    own_guardians: Collection[int],
    guardians: Collection[int],
    shut_out: Collection[int],
    wished_by: str,
) -> list[ConversationObstacle]:
    """Return why a talk cannot be like this. Pupils are spoken to one at a time, families each for themselves (TAL-06, TAL-08).

    ``pupils`` and ``guardians`` are those of the guests who are one. Only a restoring talk has one other pupil in it, and
    only when the pupil the case is for wants it (TAL-12, AMB-80).
    """
    others = set(pupils) - {own_pupil}
    strangers = set(guardians) - set(own_guardians)
    restoring = kind == ConversationKind.RESTORING
    found = {
        ConversationObstacle.WRONG_PART: kind not in kinds_of(part_kind),
        ConversationObstacle.ONE_AT_A_TIME: len(others) > (1 if restoring else 0),
        ConversationObstacle.OTHER_FAMILY: bool(strangers) and kind not in WITH_GUARDIANS and not restoring,
        ConversationObstacle.PUPIL_MUST_WISH: restoring and not wished_by.strip(),
        ConversationObstacle.FAMILIES_MUST_WISH: bool(strangers) and kind in WITH_GUARDIANS and not wished_by.strip(),
        ConversationObstacle.SHUT_OUT: bool(set(guests) & set(shut_out)),
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def obstacles_to_minutes(*, held_on: date, today: date, minutes: str, has_answers: bool, is_released: bool) -> list[ConversationObstacle]:
    """Return why a talk cannot be written as held. No prompt is ever asked for; some word of what was said is (TAL-11)."""
    found = {
        ConversationObstacle.NOT_YET: held_on > today,
        ConversationObstacle.NO_MINUTES: not minutes.strip() and not has_answers,
        ConversationObstacle.RELEASED: is_released,
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def obstacles_to_releasing_minutes(
    *, state: str, minutes: str, is_released: bool, names: Collection[str], reason: str
) -> list[ReleaseObstacle]:
    """Return why minutes cannot go to the family. Other people's names need a person's decision and reason (fact 32)."""
    found = {
        ReleaseObstacle.NOT_HELD: state != ConversationState.HELD,
        ReleaseObstacle.NO_MINUTES: not minutes.strip(),
        ReleaseObstacle.ALREADY_RELEASED: is_released,
        ReleaseObstacle.NAMES_FOUND: bool(names) and not reason.strip(),
    }
    return [obstacle for obstacle, holds in found.items() if holds]


def obstacles_to_agreeing(*, text: str, follow_up_on: date, today: date, can_follow_up: bool = True) -> list[AgreementObstacle]:
    """Return why an agreement cannot be made: without words, or without a coming day to look at it together (TAL-07)."""
    found = {
        AgreementObstacle.NO_TEXT: not text.strip(),
        AgreementObstacle.FOLLOW_UP_PASSED: follow_up_on <= today,
        AgreementObstacle.NOT_WORKING: not can_follow_up,
    }
    return [obstacle for obstacle, holds in found.items() if holds]
