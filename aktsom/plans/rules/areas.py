"""How far a school says it has come on a characteristic of the six areas (QUA-01 to QUA-08)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Where the school says it is. No number is made of it."""

    NOT_YET = "not_yet", _("Ikke ennå")
    PARTLY = "partly", _("På vei")
    YES = "yes", _("Slik er det hos oss")


@dataclass(frozen=True)
class AreaMark:
    """A characteristic of one area."""

    code: str
    text: str


@dataclass(frozen=True)
class AreaMeasure:
    """A measure a school can take into its plan."""

    code: str
    what: str
    who: tuple[str, ...]
    when: str
    per: str = "skole"


@dataclass(frozen=True)
class Area:
    """One of the areas: what it is about, how one knows it, and what one can do."""

    code: str
    name: str
    about: str
    marks: tuple[AreaMark, ...]
    measures: tuple[AreaMeasure, ...]
