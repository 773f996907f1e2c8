"""What families read stands in nynorsk and English too: nothing is forgotten, and what is compiled is what is written."""

from __future__ import annotations

import gettext
import re
from io import BytesIO

import pytest

from tools.translations import LANGUAGES, compiled, family_texts, missing, po_of, read_po

PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|<[^>]+>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_families_read_is_translated(language: str) -> None:
    """Mend it in aktsom/locale/<language>/LC_MESSAGES/django.po, then run python -m tools.translations."""
    assert missing(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_translations_are_those_written(language: str) -> None:
    assert po_of(language).with_suffix(".mo").read_bytes() == compiled(read_po(po_of(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_keeps_placeholders_and_links(language: str) -> None:
    wrong = [
        text
        for text, forms in read_po(po_of(language)).items()
        if text and any(sorted(PLACEHOLDERS.findall(form)) != sorted(PLACEHOLDERS.findall(text.split("\0")[0])) for form in forms)
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_of_a_text_that_is_gone(language: str) -> None:
    assert sorted({text.split("\0")[0] for text in read_po(po_of(language))} - family_texts() - {""}) == []


def test_compiled_catalogue_is_read_by_gettext() -> None:
    text = gettext.GNUTranslations(BytesIO(compiled(read_po(po_of("nn")))))

    assert text.gettext("Her er vi nå") == "Her er vi no"
    assert text.ngettext("om %(days)d dag", "om %(days)d dager", 1) == "om %(days)d dag"
    assert text.ngettext("om %(days)d dag", "om %(days)d dager", 3) == "om %(days)d dagar"


def test_table_of_notices_is_read_by_its_rows() -> None:
    assert "Skolen har noe å vise deg." in family_texts()
    assert "Et tiltak er ikke skrevet inn som gjort." not in family_texts()


def test_text_named_by_another_word_for_translating_is_read_too() -> None:
    """What is put into words later (_lazy) or at once (_now) is read by families as much as the rest."""
    assert {"Kommer", "Å gjøre"} <= family_texts()
