"""The plan on paper: what the PDF is set from, and the same as a Word file with real headings and tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aktsom.core.timing.law import LawReference
from aktsom.core.ui.dates import long_day
from aktsom.plans.rules.reflection import ReflectionCard
from aktsom.plans.rules.resources import LibraryItem
from aktsom.plans.rules.wording import Worded
from aktsom.plans.selectors.showing import ShownPart, ShownPlan, ShownRow, ShownSection

Line = tuple[str, str]  # a line of text, and the language it is in
WORD_LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}


def spoken() -> str:
    """Return the language the paper is in."""
    return (get_language() or "nb")[:2]


def line_of(text: str, *, like: str | None = None) -> Line:
    """Return a text with its language; our own words, and what is put together of several, are in the paper's or that of ``like``."""
    return str(text), str(getattr(text if like is None else like, "lang", "") or spoken())


def paper_of(plan: ShownPlan, *, place: str, number: int, valid_from: date, made: date) -> dict[str, Any]:
    """Return the plan as the paper wants it."""
    return {
        "title": plan.title,
        "title_line": line_of(plan.title),
        "author": place,
        "made": [made.year, made.month, made.day],
        "language": spoken(),
        "shielding": "",
        "reference": _("Utgave %(number)d, gjelder fra %(day)s") % {"number": number, "day": long_day(valid_from)},
        "page_word": _("Side"),
        "of_word": _("av"),
        "contents_word": _("Innhold"),
        "opening": _split(plan.opening),
        "opening_by": _split(plan.opening_by),
        "columns": columns(),
        "sections": [_section(section) for section in plan.sections],
        "head": [],
        "always": [],
        "beside": [],
        "always_word": _("Dette gjelder alltid"),
        "beside_word": _("Andre planer og regler"),
    }


def always_lines(references: Iterable[LawReference]) -> list[str]:
    """Return what stands in every plan as lines of text: what the Act says, with the section (PLN-02, PLN-09)."""
    return [*(f"{each.summary} ({each.section})" for each in references), _everyone(), _everywhere()]


def _everyone() -> str:
    return _("SFO og leksehjelp er med også når noen andre driver det for kommunen.")


def _everywhere() -> str:
    return _("Det som skjer på tur, på nett eller i fritiden, hører med når det går ut over hvordan eleven har det på skolen.")


def beside_lines(items: Iterable[LibraryItem]) -> list[list[str]]:
    """Return other plans and rules as (name and who keeps it, address) (PLN-28)."""
    return [[" – ".join(filter(None, [item.title, item.publisher or item.whose])), item.address] for item in items]


def columns() -> list[str]:
    """Return the headings of a part's table."""
    return [_("Hva"), _("Hvem"), _("Når")]


def _section(section: ShownSection) -> dict[str, Any]:
    rows = [lines_of(row) for row in section.rows]
    return {"title": line_of(section.title), "intro": _split(section.intro), "rows": rows}


def _split(text: Worded) -> list[Line]:
    """Return the lines of a text that is written, each with its language."""
    return [(part, line_of(text)[1]) for part in text.split("\n")] if text else []


def lines_of(row: ShownRow) -> list[list[Line]]:
    """Return a row as three cells of lines: what and how with its parts, who, when with this year's dates."""
    what = [*_split(row.what), *_split(row.how), line_of(row.note), *(_part(part) for part in row.parts)]
    if row.grades:
        what.append(line_of(_("Trinn: %(grades)s") % {"grades": row.grades}))
    if row.anchors:
        what.append(line_of(_("Bygger på: %(anchors)s") % {"anchors": ", ".join(row.anchors)}, like=row.anchors[0]))
    if row.replaced_by:
        what.append(line_of(_("Gjelder nå: %(law)s") % {"law": ", ".join(row.replaced_by)}))
    who = line_of(row.who[:1].upper() + row.who[1:], like=row.who)
    when = line_of(row.plain_when[:1].upper() + row.plain_when[1:], like=row.plain_when)
    return [[line for line in cell if line[0]] for cell in (what, [who], [when, line_of(row.dates)])]


def _part(part: ShownPart) -> Line:
    when = f"{part.when} ({part.dates})" if part.when and part.dates else part.when
    return line_of("– " + ". ".join(filter(None, [part.what, part.who[:1].upper() + part.who[1:], when])), like=part.what)


LONG_INTRO = 500  # characters of an introduction that a card has room for


def cards_of(cards: list[ShownSection], *, place: str, edition: Any, address: str) -> dict[str, Any]:
    """Return the duty cards as the paper wants them: one sheet for each, and where the rest stands when a sheet is too small."""
    made = edition.valid_from
    return {
        "title": cards[0].title if len(cards) == 1 else _("Handlingskort"),
        "author": place,
        "made": [made.year, made.month, made.day],
        "language": spoken(),
        "reference": _("Utgave %(number)d, gjelder fra %(day)s") % {"number": edition.number, "day": long_day(made)},
        "rest": _("Det står mer i planen: %(address)s") % {"address": address},
        "address": address,
        "cards": [_card(section) for section in cards],
    }


def _card(section: ShownSection) -> dict[str, Any]:
    intro = line_of(section.intro[:LONG_INTRO], like=section.intro)
    rows = [
        {
            "what": line_of(row.what),
            "how": [line for line in (*_split(row.how), line_of(row.note), *(_part(part) for part in row.parts)) if line[0]],
            "facts": _facts(row),
        }
        for row in section.rows
    ]
    return {"title": line_of(section.title), "intro": intro, "cut": len(section.intro) > LONG_INTRO, "rows": rows}


def _facts(row: ShownRow) -> str:
    return " · ".join(filter(None, [row.who[:1].upper() + row.who[1:], row.plain_when, ", ".join(row.anchors)]))


def reflection_of(card: ReflectionCard, *, place: str, made: date) -> dict[str, Any]:
    """Return a card to talk about together as the paper wants it: one sheet for the table, with room to write."""
    parts = [(_("Slik kjennes det"), card.marks), (_("Snakk om"), card.questions), (_("Dette kan vi gjøre"), card.measures)]
    rows = [{"what": line_of(what), "how": [line_of(f"– {line}") for line in lines], "facts": ""} for what, lines in parts if lines]
    blank = [line_of("_" * 40)] * 2
    return {
        "title": card.title,
        "author": place,
        "made": [made.year, made.month, made.day],
        "language": spoken(),
        "reference": _("Til å snakke sammen om. Ingen skal få karakter."),
        "rest": "",
        "address": "",
        "cards": [
            {
                "title": line_of(card.title),
                "intro": line_of(card.about),
                "cut": False,
                "rows": [*rows, {"what": line_of(_("Dette ble vi enige om")), "how": blank, "facts": ""}],
            }
        ],
    }


def word_of(
    plan: ShownPlan, *, place: str, number: int, valid_from: date, always: Iterable[str] = (), beside: Iterable[list[str]] = ()
) -> bytes:
    """Return the plan as a Word file: headings of the right level, a table with a repeated head row for each part."""
    from docx import Document  # slow import

    document = Document()
    document.core_properties.title, document.core_properties.author = plan.title, place
    document.core_properties.language = WORD_LANGUAGES.get(spoken(), "nb-NO")
    _write(document.add_heading("", level=0), line_of(plan.title))
    document.add_paragraph(f"{place}. " + _("Utgave %(number)d, gjelder fra %(day)s") % {"number": number, "day": long_day(valid_from)})
    for line in (*_split(plan.opening), *_split(plan.opening_by)):
        _write(document.add_paragraph(), line)
    _list(document, _("Dette gjelder alltid"), always)
    for section in plan.sections:
        _write(document.add_heading("", level=1), line_of(section.title))
        for line in _split(section.intro):
            _write(document.add_paragraph(), line)
        _table(document, section)
    _list(document, _("Andre planer og regler"), (": ".join(filter(None, line)) for line in beside))
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _write(paragraph: Any, *lines: Line) -> None:
    """Write lines in a paragraph, each in its own language for whoever has it read aloud."""
    from docx.oxml import OxmlElement  # slow import
    from docx.oxml.ns import qn  # slow import

    for number, (text, language) in enumerate(lines):
        run = paragraph.add_run("\n" + text if number else text)
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), WORD_LANGUAGES.get(language, "nb-NO"))
        run._r.get_or_add_rPr().append(mark)


def _list(document: Any, title: str, lines: Iterable[str]) -> None:
    kept = list(lines)
    if kept:
        document.add_heading(title, level=1)
    for line in kept:
        document.add_paragraph(line, style="List Bullet")


def _table(document: Any, section: ShownSection) -> None:
    if not section.rows:
        return
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, columns(), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    _repeat_head(table.rows[0])
    for row in section.rows:
        for cell, lines in zip(table.add_row().cells, lines_of(row), strict=True):
            _write(cell.paragraphs[0], *lines)


def _repeat_head(row: Any) -> None:
    """Mark the row as the table's head, for the next page and for screen readers."""
    from docx.oxml import OxmlElement  # slow import

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
