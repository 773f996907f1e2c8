"""Words that can show where a pupil with protected address lives or is (domain.md fact 36). Found, never judged."""

from __future__ import annotations

import re

HIDDEN = "[…]"
_STREET = r"\b[A-ZÆØÅ][\wæøåÆØÅ-]*(?:veien|vegen|veg|vei|gata|gaten|gate|alleen|allé|tunet|stien|svingen|plassen|terrasse)\b(?:\s+\d+\s?[A-Za-z]?\b)?"
_SPLIT_STREET = r"\b[A-ZÆØÅ][\wæøåÆØÅ-]*(?:\s+[A-ZÆØÅ][\wæøåÆØÅ-]*)*\s+(?:vei|veg|gate|allé|plass|terrasse)\b(?:\s+\d+\s?[A-Za-z]?\b)?"
_POSTCODE = r"\b\d{4}\s+[A-ZÆØÅ][\wæøåÆØÅ-]+"
_PLACES = re.compile("|".join((_STREET, _SPLIT_STREET, _POSTCODE)))


def place_words(text: str, *, known: tuple[str, ...] = ()) -> list[str]:
    """Return what looks like an address or a place, and every known name (the school's), in the order it stands."""
    return [hit.group() for hit in _pattern(known).finditer(text)]


def without_places(text: str, *, known: tuple[str, ...] = ()) -> str:
    """Return the text with such words taken out, so that a page never shows where the pupil is."""
    return _pattern(known).sub(HIDDEN, text)


def _pattern(known: tuple[str, ...]) -> re.Pattern[str]:
    names = [re.escape(name) for name in known if name.strip()]
    return re.compile("|".join([*names, _PLACES.pattern])) if names else _PLACES
