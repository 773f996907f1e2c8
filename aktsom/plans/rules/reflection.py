"""Cards a team talks about, which rows of a plan they fit, and what may be written down afterwards (QUA-02, QUA-04 to QUA-08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class ReflectionCard:
    """Something to talk about together: how one knows it, what to ask, and what one can do. No score of anybody."""

    code: str
    title: str
    about: str
    marks: tuple[str, ...]
    questions: tuple[str, ...]
    measures: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()  # row codes the card fits: whole, or how they begin and a star


def fits(card: ReflectionCard, sources: Iterable[str]) -> bool:
    """Return whether the card is about what the row was made from."""
    whole = {code for code in card.rows if not code.endswith("*")}
    begins = tuple(code.removesuffix("*") for code in card.rows if code.endswith("*"))
    return any(source in whole or source.startswith(begins) for source in sources)


def fitting_cards(cards: Iterable[ReflectionCard], sources: Iterable[str]) -> list[ReflectionCard]:
    """Return the cards that fit a row, in the order of the cards."""
    from_rows = list(sources)
    return [card for card in cards if fits(card, from_rows)]


def obstacles_to_agreeing(
    *, text: str, talked_on: date, follow_up_on: date | None, today: date, names: Iterable[str] = ()
) -> list[Promise | str]:
    """Return why it cannot be written down. Empty: it can. ``names`` are pupils whose whole name stands in it."""
    found: list[Promise | str] = []
    if not text.strip():
        found.append(_("Skriv hva dere ble enige om. Én setning er nok."))
    if talked_on > today:
        found.append(_("Dagen dere snakket sammen, kan ikke være fram i tid."))
    if follow_up_on is not None and follow_up_on < talked_on:
        found.append(_("Dagen dere ser på det igjen, må komme etter samtalen."))
    if any(names):
        found.append(
            _("Navnet på en elev står i teksten. Skriv hva dere voksne skal gjøre, uten navn. Er du bekymret for eleven, meld fra.")
        )
    return found
