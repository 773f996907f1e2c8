"""From what people write under «Når» to timings. What is not understood is said so; nothing is guessed.

The phrases of the five plans (requirements Part 2) and the ways other schools write the same. Each rule is a pattern over
the text in lower case without punctuation, and the timings it means. The first rule that fits the whole text wins; a text of
several parts («før skolestart og fortløpende») is understood when every part is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aktsom.core.timing.yearly.expressions import Timing, Unset
from aktsom.core.timing.yearly.phrase_rules import RULES, WHOLE_RULES

_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"[«»\"“”„()\[\]*!?:;]")
_SPLIT = re.compile(r"\s*(?:,|;|\+|\bsamt\b|\bog\b|\beller\b)\s*")
_NOTHING = {"", "-", "–", "—", "x", "ikke satt", "ikke oppgitt", "ingen"}
LONGEST = 300


@dataclass(frozen=True)
class Understood:
    """What a phrase means: timings in order, or none when it was not understood. ``is_certain`` is false for a reading.

    A vague word («i begynnelsen av skoleåret», «jevnlig») is read with the ordinary length or rhythm and marked for a person.
    """

    phrase: str
    timings: tuple[Timing, ...]
    is_certain: bool = True

    @property
    def is_understood(self) -> bool:
        """Whether the phrase says when; an empty cell says that no time is given, which is understood too."""
        return bool(self.timings)


def tidy(phrase: str) -> str:
    """Return the phrase in lower case with single spaces and without quotation marks and brackets."""
    text = _MARKS.sub(" ", phrase.replace("\u00ad", "").replace("\u00a0", " ").casefold())
    text = re.sub(r"\s*[–—−]\s*", "-", text)
    text = re.sub(r"(?<=\D)\.(?=\s|$)", " ", text)  # a full stop after a word; «1.» and «16. mai» keep theirs
    return _SPACES.sub(" ", text).strip(" ,.-")


def understand(phrase: str) -> Understood:
    """Return what the phrase means. A phrase that no rule fits has no timings; an empty one is ``Unset``."""
    text = tidy(phrase[:LONGEST])
    if text in _NOTHING:
        return Understood(phrase, (Unset(),))
    whole = _first(WHOLE_RULES, text) or _first(RULES, text)
    if whole is not None:
        return Understood(phrase, *whole)
    parts = [part for part in _SPLIT.split(_each_week(text)) if part and part not in _NOTHING]
    found = [_first(WHOLE_RULES, part) or _first(RULES, part) for part in parts]
    if len(parts) < 2 or any(one is None for one in found):
        return Understood(phrase, (), is_certain=False)
    timings = [timing for one in found if one is not None for timing in one[0]]
    certain = all(one[1] for one in found if one is not None)
    return Understood(phrase, tuple(dict.fromkeys(timings)), certain)


_WEEKS = re.compile(r"(?:i )?uke \d{1,2}(?:(?:, | og |, og )\d{1,2})+")


def _each_week(text: str) -> str:
    """Return «uke 36, uke 38, uke 40» of «uke 36, 38 og 40», so that each is read; any other text as it is."""
    return ", ".join(f"uke {number}" for number in re.findall(r"\d{1,2}", text)) if _WEEKS.fullmatch(text) else text


Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Sequence[Timing]], bool]


def _first(rules: Sequence[Rule], text: str) -> tuple[tuple[Timing, ...], bool] | None:
    for pattern, meaning, certain in rules:
        found = pattern.fullmatch(text)
        if found is not None:
            timings = tuple(meaning(found))
            if timings:
                return timings, certain
    return None
