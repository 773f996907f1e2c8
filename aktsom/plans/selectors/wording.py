"""Which words a reader gets of a plan, and which texts the place must still write in the other form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aktsom.core.access.actor import Actor
from aktsom.plans.content_file import shipped_nynorsk
from aktsom.plans.rules.content import PlanContent
from aktsom.plans.rules.wording import (
    BOKMAL,
    OTHER_FORM,
    AskedPart,
    AskedText,
    Memory,
    Wording,
    has_words,
    head_texts,
    mark_of_text,
    section_texts,
)
from aktsom.plans.selectors.editions import content_of, draft_of
from aktsom.plans.selectors.writing import edition_in_force_of

HEAD = "forst"  # key of the title and the opening words; a section's key stands for the rest
FORM_NAMES = {"nb": "bokmål", "nn": "nynorsk"}


def wording_of(plan: Any, language: str = "") -> Wording:
    """Return how the plan's texts are said in a language, or in the reader's own."""
    return Wording(language or (get_language() or BOKMAL)[:2], form_of(plan), plan.translations, shipped_nynorsk())


def form_of(plan: Any) -> str:
    """Return the form of Norwegian the plan's place writes in. An owner's guide is in bokmål."""
    written = plan.school.language if plan.school_id else BOKMAL
    return written if written in OTHER_FORM else BOKMAL


def other_form_name(plan: Any) -> str:
    """Return what the other form is called."""
    return FORM_NAMES[OTHER_FORM[form_of(plan)]]


def asked_parts(actor: Actor, plan: Any) -> list[AskedPart]:
    """Return the parts of what is in force and what is being written, each with its texts; each text once."""
    language = OTHER_FORM[form_of(plan)]
    own = plan.translations.get(language, {})
    ours = wording_of(plan, language)
    ours = replace(ours, own={other: said for other, said in ours.own.items() if other != language})
    editions = [edition_in_force_of(plan), draft_of(actor, plan=plan)]
    found: dict[str, tuple[str, list[AskedText]]] = {}
    seen: set[str] = set()
    for content in (content_of(edition) for edition in editions if edition):
        for key, title, texts in _parts(content):
            asked = [text for text in dict.fromkeys(texts) if has_words(text) and text not in seen]
            seen.update(asked)
            made = (_asked(text, ours, own) for text in asked)
            found.setdefault(key, (title, []))[1].extend(made)
    return [AskedPart(key, title, tuple(texts)) for key, (title, texts) in found.items()]


def _asked(text: str, ours: Wording, own: Memory) -> AskedText:
    return AskedText(mark_of_text(text), text, own.get(text, ""), "" if ours.lacks(text) else str(ours.of(text)))


def _parts(content: PlanContent) -> Iterator[tuple[str, str, Iterable[str]]]:
    yield HEAD, _("Tittel og ordene til elevene"), head_texts(content)
    for section in content.sections:
        yield section.key, section.title, section_texts(section)
