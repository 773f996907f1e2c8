"""Plans of schools nobody here has seen: read as a person would, nothing invented, nothing lost, and hostile ones refused.

``samples/fasit.tsv`` says what a person reads out of each: the section, what, roles, when, and whether it is read whole.
"""

import csv
import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.plans.reading import DocumentRefused, Recognised, blocks_of, recognise
from aktsom.plans.reading.cells import WhoCell, when_cell, who_cell
from aktsom.plans.reading.columns import header_roles, role_of_heading
from aktsom.plans.reading.documents import Table
from aktsom.plans.reading.labelled import labelled, with_aside
from aktsom.plans.reading.lines import heading_of
from aktsom.plans.reading.nynorsk import in_bokmal
from aktsom.plans.tests.word_samples import WORD_SAMPLES, saved, table_of, week_numbers, with_part

SAMPLES = Path(__file__).parent / "samples"
SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
TEXT_SAMPLES = sorted(path.name for path in SAMPLES.iterdir() if path.name != "fasit.tsv")
ALL = [*TEXT_SAMPLES, *WORD_SAMPLES]


def content_of(name: str) -> bytes:
    return WORD_SAMPLES[name]() if name in WORD_SAMPLES else (SAMPLES / name).read_bytes()


def read(name: str) -> Recognised:
    return recognise(blocks_of(content_of(name), name))


def key() -> dict[str, list[tuple[str, ...]]]:
    rows: dict[str, list[tuple[str, ...]]] = {}
    with (SAMPLES / "fasit.tsv").open(encoding="utf-8", newline="") as file:
        for name, *row in csv.reader(file, delimiter="\t"):
            rows.setdefault(name, []).append(tuple(row))
    return rows


@pytest.mark.parametrize("name", ALL)
def test_unseen_plan_is_read_as_a_person_reads_it(name: str) -> None:
    found = [
        (row.section, row.row.what, " ".join(row.row.who), row.row.when_said, "hel" if row.is_whole else "spør") for row in read(name).rows
    ]

    assert found == key()[name]


def test_there_are_enough_unseen_plans_and_every_one_has_its_answer() -> None:
    assert (len(ALL) >= 12, set(key())) == (True, set(ALL))


def said_by(content: bytes, name: str) -> Iterator[str]:
    """Yield every piece of text of a document, save the names of columns."""
    for block in blocks_of(content, name):
        if not isinstance(block, Table):
            yield from [] if heading_of(block.text) else [block.text]
            continue
        for row in block.rows:
            if header_roles(row) is None:
                yield from (cell for cell in row if cell.strip() and not role_of_heading(cell))


def bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_lost_without_a_word(name: str) -> None:
    found = read(name)
    kept = bare(" ".join([*(cell for row in found.rows for cell in row.original), *found.sections, *found.unread]))

    lost = [piece for text in said_by(content_of(name), name) for piece in text.split("\n") if bare(piece) not in kept]
    assert lost == []


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_invented(name: str) -> None:
    everything = bare(" ".join(text for block in blocks_of(content_of(name), name) for text in _texts(block)))
    for row in read(name).rows:
        assert bare(row.row.what) in everything or not row.is_named
        assert all(bare(part) in everything or part.startswith("uke ") for part in row.row.when_said.split(", "))
        assert row.row.who == () or row.row.who_said or row.original


def _texts(block: object) -> list[str]:
    return [cell for row in block.rows for cell in row] if isinstance(block, Table) else [block.text]  # type: ignore[attr-defined]


def test_word_that_was_deleted_is_gone_and_what_was_hidden_is_there() -> None:
    unread = " ".join(read("kroker.docx").unread)

    assert ("Tatt ut" in unread, "Skrevet i et felt" in unread, "Satt inn nå" in unread, "Vikåsen skole" in unread) == (
        False,
        True,
        True,
        True,
    )


def test_line_above_labels_is_asked_about_when_it_is_no_item() -> None:
    (row,) = read("kroker.docx").rows

    assert row.questions == ("Vi leste linja over som det som skal gjøres. Sjekk at det stemmer.",)


def test_time_of_the_row_above_is_asked_about() -> None:
    asked = {row.row.what: row.questions for row in read("semikolon.tsv").rows}

    assert asked["Presentasjon av skolehelsetjenesten"] == ("Tiden står i en rad over. Sjekk at den gjelder her også.",)


@pytest.mark.parametrize(
    ("text", "before", "cells"),
    [
        ("Tur. Ansvar: rektor. Når: mai", "Tur", {"who": "rektor", "when": "mai"}),
        ("Ansvar: rektor; Frist: uke 36", "", {"who": "rektor", "when": "uke 36"}),
        ("Kven: kontaktlærar, Når: haust", "", {"who": "kontaktlærar", "when": "haust"}),
        ("Møt opp kl. 10: vi starter da", "Møt opp kl. 10: vi starter da", {}),
        ("Vi har ansvar for hverandre", "Vi har ansvar for hverandre", {}),
    ],
)
def test_labels_are_found_only_where_they_are(text: str, before: str, cells: dict[str, str]) -> None:
    assert labelled(text) == (before, cells)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Elevsamtaler (kontaktlærer, oktober)", ("Elevsamtaler", {"who": "kontaktlærer", "when": "oktober"})),
        ("Elevsamtaler (den blå)", ("Elevsamtaler (den blå)", {})),
        ("Elevsamtaler (kontaktlærer, den blå)", ("Elevsamtaler (kontaktlærer, den blå)", {})),
    ],
)
def test_aside_counts_only_when_all_of_it_is_known(text: str, answer: tuple[str, dict[str, str]]) -> None:
    assert with_aside(text) == answer


@pytest.mark.parametrize(
    ("said", "certain"),
    [("v/behov", True), ("Hver dag", True), ("Innen 15.09", True), ("1 x pr uke", True), ("Høst 2026", False), ("ca. uke 40", False),
     ("Uke 40 (før høstferien)", False)],
)  # fmt: skip
def test_times_as_schools_write_them(said: str, certain: bool) -> None:
    found = when_cell(said)

    assert (bool(found.timings), found.unread, found.is_certain) == (True, (), certain)


@pytest.mark.parametrize("said", ["Kvartalsvis", "Etter jul", "Når snøen smelter", "32.13", "Fast"])
def test_times_we_do_not_know_are_asked_about(said: str) -> None:
    assert when_cell(said).unread == (said,)


@pytest.mark.parametrize(
    ("said", "roles", "certain"),
    [
        ("Skolens ledelse", ("leadership",), True),
        ("Undervisningsinspektør og rådg.", ("assistant_head", "counsellor"), True),
        ("Kontaktlærere på 5. trinn", ("contact_teacher",), False),
    ],
)
def test_roles_as_schools_write_them(said: str, roles: tuple[str, ...], certain: bool) -> None:
    assert who_cell(said) == WhoCell(roles, (), certain)


def test_aim_beside_the_measure_goes_with_how() -> None:
    text = b"M\xc3\xa5l\tTiltak\tAnsvar\tEvaluering\nAlle har en venn\tVennebenk\tRektor\tJuni\n"

    (row,) = recognise(blocks_of(text, "p.tsv")).rows

    assert (row.row.what, row.row.how) == ("Vennebenk", "Mål: Alle har en venn\nEvaluering: Juni")


def test_nynorsk_words_are_known_and_the_rest_is_left_alone() -> None:
    assert in_bokmal("Kontaktlærar og alle tilsette, kvar veke om hausten") == "Kontaktlærer og alle ansatte, hver uke om høsten"
    assert in_bokmal("Rektor, uke 36") == "Rektor, uke 36"


@settings(max_examples=40, deadline=None)
@given(st.permutations(["Tiltak", "Ansvarlig", "Metode", "Frist"]))
def test_order_of_columns_does_not_matter(order: list[str]) -> None:
    cells = {"Tiltak": "Lesevenner", "Ansvarlig": "Kontaktlærer", "Metode": "Vi leser høyt", "Frist": "Uke 36"}
    rows = [order, [cells[name] for name in order]]

    (row,) = recognise(blocks_of("\n".join("\t".join(one) for one in rows).encode(), "p.tsv")).rows

    assert (row.row.what, row.row.who, row.row.when_said, row.is_whole) == ("Lesevenner", ("contact_teacher",), "Uke 36", True)


# The five plans that come with Aktsom, as a school might have written them down


@pytest.mark.skipif(not SEEDS.exists(), reason="The seeds are not beside the project.")
@pytest.mark.parametrize("code", ["lillestrom", "rosenvilde", "storhamar"])
def test_plan_whose_tables_can_still_be_seen_in_its_text_is_read(code: str) -> None:
    found = recognise(blocks_of((SEEDS / f"{code}.txt").read_bytes(), f"{code}.md"))

    assert found.rows
    assert sum(bool(row.row.who) or bool(row.row.when_said) for row in found.rows) / len(found.rows) >= 0.9


@pytest.mark.skipif(not SEEDS.exists(), reason="The seeds are not beside the project.")
@pytest.mark.parametrize("code", ["sentrum", "steinkjer"])
def test_plan_whose_tables_cannot_be_seen_gives_no_rows_and_is_listed_whole(code: str) -> None:
    content = (SEEDS / f"{code}.txt").read_bytes()
    found = recognise(blocks_of(content, f"{code}.md"))

    assert found.rows == ()
    assert bare("".join(said_by(content, f"{code}.md"))) in bare("".join(found.unread))


def test_label_on_a_line_of_its_own_takes_the_lines_below() -> None:
    text = "# Tiltak\n\n- Fadderordning\n\nAnsvar:\n- Kontaktlærer\n- Rektor\n\nNår:\nAugust\n\nVi hilser på alle.\n\nGodkjent dato:\n"

    found = recognise(blocks_of(text.encode(), "p.md"))

    assert [(row.row.what, row.row.who, row.row.when_said) for row in found.rows] == [
        ("Fadderordning", ("contact_teacher", "head_teacher"), "August")
    ]
    assert found.unread == ("Vi hilser på alle.", "Godkjent dato:")


# Hostile files

OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 1000 + b'">]><x>&b;</x>'


def lying_bomb() -> bytes:
    """A part that says of itself that it is small, and is not."""
    packed = with_part("word/document.xml", b"<a>" + b" " * 45_000_000 + b"</a>", instead="word/document.xml")
    at = packed.rindex(b"PK\x01\x02")
    return packed[: at + 24] + struct.pack("<I", 10) + packed[at + 28 :]


def deep_tables(depth: int = 200) -> bytes:
    inner = b"<w:tbl><w:tr><w:tc>" * depth + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * depth
    return (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + inner + b"</w:body></w:document>"
    )


def spreadsheet() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    return kept.getvalue()


HOSTILE = {
    "entity": lambda: with_part("word/document.xml", OUTSIDE, instead="word/document.xml"),
    "laughs": lambda: with_part("word/document.xml", LAUGHS, instead="word/document.xml"),
    "macro": lambda: with_part("word/vbaProject.bin", b"x"),
    "bomb": lambda: with_part("word/document.xml", b"<a>" + b" " * 45_000_000 + b"</a>", instead="word/document.xml"),
    "lying bomb": lying_bomb,
    "deep": lambda: with_part("word/document.xml", deep_tables(), instead="word/document.xml"),
    "sheet": spreadsheet,
    "locked": lambda: b"\xd0\xcf\x11\xe0" + b"x" * 1000,
    "pdf in disguise": lambda: b"%PDF-1.7 ...",
    "forty megabytes": lambda: b"Hva;Hvem\n" * 4_500_000,
    "cut short": lambda: week_numbers()[:-200],
}


@pytest.mark.parametrize("kind", list(HOSTILE))
def test_hostile_file_gives_one_clear_sentence(kind: str) -> None:
    name = "plan.txt" if kind == "forty megabytes" else "plan.docx"

    with pytest.raises(DocumentRefused) as refused:
        blocks_of(HOSTILE[kind](), name)

    assert (str(refused.value).endswith("."), len(str(refused.value)) < 200, "root:" in str(refused.value)) == (True, True, False)


def test_page_of_ten_thousand_nested_boxes_is_read_or_refused() -> None:
    try:
        found = blocks_of(b"<div>" * 10_000 + b"Tur" + b"</div>" * 10_000, "plan.html")
    except DocumentRefused:
        return
    assert all("Tur" in block.text for block in found)  # type: ignore[union-attr]


# The command


def test_command_tells_rows_roles_times_and_what_is_left_without_writing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.md"
    path.write_bytes(content_of("punktliste.md"))

    call_command("import_plan", str(path), school="974760673", dry_run=True)

    said = capsys.readouterr().out
    assert "✓ Bli kjent-uke med felles leker | Kontaktlærer | første skoleuke" in said
    assert "? Sosiogram på alle trinn" in said
    assert "Vi forstår ikke tiden: Når månen er full." in said
    assert "Ikke tatt med" in said
    assert "Vi snakker også om nettvett når det trengs." in said
    assert "Rader funnet: 7. Hele: 6. Ansvar forstått: 7. Tider forstått: 6 av 7." in said


def test_wide_word_table_is_read_whatever_its_headings_are_called() -> None:
    import docx

    document = docx.Document()
    table_of(
        document, [("Oppgave", "Hvem har ansvar", "Slik gjør vi det", "Tidsrom"), ("Vennegrupper", "Trinnleder", "Tre og tre", "Uke 34-40")]
    )

    (row,) = recognise(blocks_of(saved(document), "p.docx")).rows

    assert (row.row.what, row.row.how, row.row.when_said) == ("Vennegrupper", "Tre og tre", "Uke 34-40")
