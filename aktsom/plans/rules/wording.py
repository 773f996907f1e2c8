"""The same plan in bokmål and nynorsk: what ships with the product, what the place has written, and what language a text is in.

A text is known by its words alone: when the school changes them they are its own, and what was written for the old words no
longer stands there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from aktsom.plans.rules.content import PlanContent, Row, RowPart, Section

BOKMAL, NYNORSK = "nb", "nn"
OTHER_FORM = {BOKMAL: NYNORSK, NYNORSK: BOKMAL}
Memory = Mapping[str, str]


class Worded(str):
    """A text of a plan as it is shown, and the language it is in."""

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str) -> Worded:
        """Return the text with its language."""
        made = super().__new__(cls, text)
        made.lang = lang
        return made


@dataclass(frozen=True)
class Shipped:
    """What ships with the product: each text of its plans in nynorsk, and the way back."""

    nynorsk: Memory = field(default_factory=dict)
    bokmal: Memory = field(default_factory=dict)

    @classmethod
    def both_ways(cls, nynorsk: Memory) -> Shipped:
        """Return it with the way back; of several texts that are one in nynorsk, the first."""
        return cls(nynorsk, {said: text for text, said in reversed(list(nynorsk.items()))})

    def of(self, text: str, language: str) -> str | None:
        """Return the text in a language, or None when it is none of ours."""
        if language == NYNORSK:
            return self.nynorsk.get(text) or (text if text in self.bokmal else None)
        if language == BOKMAL:
            return text if text in self.nynorsk else self.bokmal.get(text)
        return None

    def language_of(self, text: str) -> str:
        """Return the language one of our texts is in, or nothing."""
        return BOKMAL if text in self.nynorsk else NYNORSK if text in self.bokmal else ""


@dataclass(frozen=True)
class Wording:
    """How the texts of a plan are said to somebody who reads ``language``. ``written`` is the form the place writes in."""

    language: str = BOKMAL
    written: str = BOKMAL
    own: Mapping[str, Memory] = field(default_factory=dict)  # what the place has written itself, by language and text
    shipped: Shipped = field(default_factory=Shipped)

    def of(self, text: str) -> Worded:
        """Return the text as the reader gets it: the place's own words, ours, or as it is written, and in which language."""
        said = self.own.get(self.language, {}).get(text) or self.shipped.of(text, self.language)
        if said is not None or not has_words(text):
            return Worded(said or text, self.language)
        return Worded(text, self.language_of(text))

    def language_of(self, text: str) -> str:
        """Return the language a text stands in: as it ships, else the one it is not translated to, else the place's own."""
        translated = (language for language, other in OTHER_FORM.items() if text in self.own.get(other, {}))
        return self.shipped.language_of(text) or next(translated, self.written)

    def lacks(self, text: str) -> bool:
        """Return whether the text stands in another language than the reader's."""
        return self.of(text).lang != self.language


AS_WRITTEN = Wording()


def has_words(text: str) -> bool:
    """Return whether there is anything to translate: «§ 12-4» and «2026» are the same in every language."""
    return any(letter.isalpha() for letter in text)


def mark_of_text(text: str) -> str:
    """Return a short mark of a text, fit for the name of a field."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def head_texts(content: PlanContent) -> tuple[str, ...]:
    """Return the title and the opening words, what is written alone."""
    return tuple(filter(None, (content.title, content.opening, content.opening_by)))


def section_texts(section: Section) -> Iterator[str]:
    """Yield every text of a section that is read on an open page, each as often as it stands there."""
    yield from filter(None, (section.title, section.intro))
    for row in section.rows:
        yield from filter(None, (row.what, row.how, row.pupils, row.who_said, row.when_said, *row.resources, *row.anchors))
        for part in row.parts:
            yield from filter(None, (part.what, part.when_said))


def texts_of(content: PlanContent) -> tuple[str, ...]:
    """Return every text of a plan that is read on an open page, once each, in the order of the plan."""
    found = (*head_texts(content), *(text for section in content.sections for text in section_texts(section)))
    return tuple(text for text in dict.fromkeys(found) if has_words(text))


def reworded(content: PlanContent, said: Callable[[str], str]) -> PlanContent:
    """Return the plan with its texts said otherwise. Words about time, people and what is at hand stay: the product knows them again."""
    sections = tuple(
        replace(section, title=said(section.title), intro=said(section.intro), rows=tuple(_row(row, said) for row in section.rows))
        for section in content.sections
    )
    title, opening, by = said(content.title), said(content.opening), said(content.opening_by)
    return replace(content, title=title, opening=opening, opening_by=by, sections=sections)


def _row(row: Row, said: Callable[[str], str]) -> Row:
    return replace(
        row,
        what=said(row.what),
        how=said(row.how),
        pupils=said(row.pupils),
        parts=tuple(_part(part, said) for part in row.parts),
    )


def _part(part: RowPart, said: Callable[[str], str]) -> RowPart:
    return replace(part, what=said(part.what))


@dataclass(frozen=True)
class AskedText:
    """One text of the plan, what the place has written for it in the other form, and what ships for it."""

    mark: str
    text: str
    said: str = ""
    ours: str = ""

    @property
    def is_lacking(self) -> bool:
        """Whether nobody has said it in the other form."""
        return not (self.said or self.ours)


@dataclass(frozen=True)
class AskedPart:
    """The texts of one part of the plan."""

    key: str
    title: str
    texts: tuple[AskedText, ...]

    @property
    def own(self) -> tuple[AskedText, ...]:
        """What the place must write itself, or has written."""
        return tuple(each for each in self.texts if each.said or not each.ours)

    @property
    def worded(self) -> tuple[AskedText, ...]:
        """All the texts that are not the same word for word in both forms, as names are."""
        return tuple(each for each in self.texts if each.said or each.ours != each.text)

    @property
    def lacking(self) -> int:
        """How many of the texts nobody has said in the other form."""
        return sum(each.is_lacking for each in self.texts)
