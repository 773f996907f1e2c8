"""The cards a team talks about, those that fit a row, and what was agreed at a school."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from aktsom.core.access.actor import Actor
from aktsom.core.privacy.names import names_in
from aktsom.core.timing.clock import today
from aktsom.core.waiting import Waits, waiting
from aktsom.people.selectors import pupil_names_at
from aktsom.plans.access import agreements_visible_to
from aktsom.plans.loading import LIBRARY
from aktsom.plans.models import TeamAgreement
from aktsom.plans.rules.content import PlanContent
from aktsom.plans.rules.reflection import ReflectionCard, fitting_cards
from aktsom.plans.selectors.areas import areas


@lru_cache(maxsize=1)
def cards() -> tuple[ReflectionCard, ...]:
    """Return the cards of the library. Those of one of the six areas have its characteristics and measures."""
    by_code = {area.code: area for area in areas()}
    read = yaml.safe_load((LIBRARY / "refleksjon.yaml").read_text("utf-8"))
    return tuple(_card(item, by_code.get(item.get("område", ""))) for item in read["kort"])


def _card(item: dict[str, Any], area: Any) -> ReflectionCard:
    return ReflectionCard(
        code=item["kode"],
        title=item["tittel"],
        about=item.get("om") or area.about,
        marks=tuple(mark.text for mark in area.marks) if area else tuple(item["kjennetegn"].values()),
        questions=tuple(item["spørsmål"]),
        measures=tuple(measure.what for measure in area.measures) if area else (),
        rows=tuple(item["rader"]),
    )


def card_of(code: str) -> ReflectionCard | None:
    """Return the card with this code, or None."""
    return next((card for card in cards() if card.code == code), None)


def cards_of_row(sources: Iterable[str]) -> list[ReflectionCard]:
    """Return the cards that fit a row of a plan."""
    return fitting_cards(cards(), sources)


def cards_by_row(content: PlanContent) -> dict[str, list[ReflectionCard]]:
    """Return the cards that fit each row of the plan, by the row's key; rows no card fits are left out."""
    return {row.key: found for _section, row in content.rows() if (found := cards_of_row(row.sources))}


def agreements_at(actor: Actor, *, school: Any, card: str = "", most: int = 30) -> list[TeamAgreement]:
    """Return what was agreed at the school, about one card if asked, the newest first."""
    found = agreements_visible_to(actor).filter(school=school)
    return list((found.filter(card=card) if card else found)[:most])


AGREED = "team_agreement"


def agreements_due(actor: Actor, *, until: date) -> Waits:
    """Return what the actor wrote down and said would be looked at again by ``until``, to be read with others that wait."""
    mine = agreements_visible_to(actor).filter(written_by=actor.own_id, follow_up_on__lte=until, followed_up_on=None)
    return Waits(mine, lambda: waiting(mine, AGREED, day="follow_up_on", school="school_id", note="text"))


def pupils_named_in(school_id: int, *texts: str) -> list[str]:
    """Return the pupils of the school whose whole name stands in the text."""
    people = pupil_names_at(school_id, today())
    return sorted({hit.name for hit in names_in("\n".join(texts), people, own_names=people)})
