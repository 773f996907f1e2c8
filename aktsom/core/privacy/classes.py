"""The five classes every column is placed in, and how to read the placement from a model.

A model says it once, in an inner ``class Privacy`` with a string of field names per class and the name of its
retention rule. Redaction, a person's own data, retention, scrubbed copies and the record of processing come from it.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import models


class PrivacyClass(StrEnum):
    """What kind of thing a column holds."""

    OPEN = "open"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    CASE_CONTENT = "case_content"
    TECHNICAL = "technical"


RETENTION_RULES = {
    "audit_log": "Så lenge saken det gjelder bevares. Loggen har ikke innhold.",
    "case": "Bevares som skolemiljøsak til eieren har avlevert den.",
    "health": "Den som skrev notatet, sletter det selv, eller det slettes når eierens tid for arbeidsnotater er ute. Det er ikke journal; den føres i helsetjenestens eget system.",
    "draft": "Slettes når teksten er sendt, eller 90 dager etter siste endring.",
    "notice": "Slettes 180 dager etter at det er sett.",
    "people": "Følger eierens register. Avsluttes, slettes ikke, så lenge en sak viser til personen.",
    "school": "Så lenge skolen finnes.",
    "evidence": "Til den som har gjøremålet eller ledelsen tar det bort, eller så mange år eieren har satt etter skoleåret. Nøkkelen slettes da.",
    "keys": "Så lenge innholdet de låser opp skal kunne leses.",
    "account": "Til kontoen er stengt og ingen sak viser til den.",
}


class Unplaced(LookupError):
    """A column is in no class, in two, or a name in Privacy is no column."""


def placement(model: type[models.Model]) -> dict[str, PrivacyClass]:
    """Return the class of each column of ``model``; raise Unplaced when the statement does not fit the columns."""
    statement = model.__dict__.get("Privacy")
    if statement is None:
        raise Unplaced(f"{model._meta.label} has no class Privacy")
    placed: dict[str, PrivacyClass] = {}
    for privacy_class in PrivacyClass:
        for name in getattr(statement, privacy_class.value, "").split():
            if name in placed:
                raise Unplaced(f"{model._meta.label}.{name} is placed twice")
            placed[name] = privacy_class
    columns = {field.name for field in model._meta.get_fields() if getattr(field, "concrete", False)}
    if columns != set(placed):
        raise Unplaced(f"{model._meta.label}: unplaced or unknown {sorted(columns ^ set(placed))}")
    if getattr(statement, "retention", None) not in RETENTION_RULES:
        raise Unplaced(f"{model._meta.label} names no retention rule")
    return placed
