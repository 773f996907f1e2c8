"""The measure catalogue by what was found and by level (ACT-12). A proposal for the one who writes, never a limit."""

from __future__ import annotations

import re

from django.db import models
from django.utils.translation import gettext_lazy as _


class CatalogueLevel(models.TextChoices):
    """Whom the measure works on. The same codes as the measure's own level."""

    PUPIL = "pupil", _("Eleven")
    GROUP = "group", _("Klassen eller gruppa")
    SCHOOL = "school", _("Skolen")


class FindingTheme(models.TextChoices):
    """What was found, in the broad strokes a measure can answer."""

    LONELY = "lonely", _("Eleven er mye alene")
    PLACE = "place", _("Steder og tider som er utrygge")
    GROUP = "group", _("Det som skjer i klassen eller gruppa")
    DEEDS = "deeds", _("Det noen gjør eller sier")
    ONLINE = "online", _("Det som skjer på nett")
    ADULTS = "adults", _("Det de voksne gjør, eller ikke gjør")
    WELL = "well", _("Hvordan eleven har det")


# Word stems that tell what a measure of a plan answers, when the plan itself has not said it. First that fits wins.
STEMS: tuple[tuple[FindingTheme, str], ...] = (
    (FindingTheme.ONLINE, r"\bnett|digital|mobil|telefon|skjerm|chat"),
    (FindingTheme.PLACE, r"friminutt|overgang|garderobe|skolevei|tilsyn|inspeksjon|vakt|utrygg|uteområd|kantine|morgen|buss|sted"),
    (FindingTheme.LONELY, r"makker|fadder|venn|alene|inkluder|ensom|lekegrupp|bli med"),
    (FindingTheme.DEEDS, r"avtale med|krenk|konsekvens|samarbeidsavtale|slutte|grense|sanksjon"),
    (FindingTheme.ADULTS, r"voksne|ansatte|personal|kollegi|rutine|profesjon|veiled|lærerne"),
    (FindingTheme.GROUP, r"klasse|gruppe|plass|hverandre|samarbeid|fellesskap|aktivitet|trinn|trivsel"),
    (FindingTheme.WELL, r"samtale|kontakt|helse|oppfølg|trygg|støtte|eleven"),
)


def theme_of(text: str, theme: str = "") -> str:
    """Return what a measure answers: what its author said, or else what its own words tell; empty when neither does."""
    if theme in FindingTheme.values:
        return theme
    folded = text.casefold()
    return next((str(found) for found, stems in STEMS if re.search(stems, folded)), "")


class CatalogueObstacle(models.TextChoices):
    """What keeps a measure out of the catalogue."""

    NO_TEXT = "no_text", _("Skriv hva tiltaket er. Én setning er nok")
    THERE_ALREADY = "there_already", _("Tiltaket står der fra før")
    NAMES_SOMEBODY = "names_somebody", _("Skriv tiltaket slik at det passer for flere. Her skal det ikke stå navn på noen")


# Two words with a capital letter after one another, the second not after a full stop: most often somebody's name.
FULL_NAME = re.compile(r"\b[A-ZÆØÅ][a-zæøå]+ [A-ZÆØÅ][a-zæøå]+")


def obstacles_to_extending(*, text: str, there: frozenset[str]) -> list[CatalogueObstacle]:
    """Return why a measure cannot go into the school's catalogue."""
    found = {
        CatalogueObstacle.NO_TEXT: not text.strip(),
        CatalogueObstacle.THERE_ALREADY: text.strip().casefold() in there,
        CatalogueObstacle.NAMES_SOMEBODY: bool(FULL_NAME.search(text)),
    }
    return [obstacle for obstacle, holds in found.items() if holds]
