"""A school's own plan read from a file: the seeds' own tables, Word, HTML, a wheel by grade, and hostile files."""

import io
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.plans.reading import DocumentRefused, Recognised, blocks_of, recognise
from aktsom.plans.reading.cells import joined, listed, when_cell, who_cell
from aktsom.plans.reading.columns import guessed_roles, header_roles
from aktsom.plans.reading.lines import heading_of, rows_of
from aktsom.plans.rules.content import as_plain, content_from

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.exists(), reason="The seeds are not beside the project.")

STANDS_STILL = 30  # seconds of processor time: no bound on speed, only what a text that stops the reading would pass


def read(name: str) -> Recognised:
    return recognise(blocks_of((SEEDS / f"{name}.txt").read_bytes(), f"{name}.md"))


ROSENVILDE = [
    # How the row begins, when, and who: as a person reads the plan.
    ("Identifisering av sårbare elever", "Før skolestart", "special_teacher counsellor department_head"),
    ("Overføring av elevinformasjon", "Planleggingsdager før skolestart", "pupil_services contact_teacher"),
    ("Vg2 og Vg3 elever er faddere", "Fra skolestart", "pupil_services"),
    ("Makkerordning", "Fra skolestart", "pupil_services contact_teacher"),
    ("Arbeid med klassemiljø", "Fra skolestart og gjennom hele året", "contact_teacher subject_teacher department_head environment_worker pupil_services"),
    ("Gjennomgang av skoleregler", "Ved skolestart", "contact_teacher"),
    ("Rektors møte med Vg1 elevene", "Oppstartsdagene", "head_teacher department_head council_board"),
    ("Oppstartssamtaler", "Starten av skoleåret", "contact_teacher"),
    ("T-team", "Møte en gang pr. uke", "service_head"),
    ("Fraværs oppfølging", "Gjennom hele året", "contact_teacher subject_teacher"),
    ("Rådgivere", "Gjennom hele året", "counsellor"),
    ("Miljøarbeider", "Gjennom hele året", "environment_worker"),
    ("Elevundersøkelsen", "Høst", "leadership contact_teacher pupil_services"),
    ("Elevrådets arbeid", "Gjennom hele året", "pupil_council council_adult leadership"),
    ("Skoleutvalg", "Fire møter i året", "school_committee"),
    ("Samarbeid skole/hjem", "", "contact_teacher"),
    ("Foreldremøter", "August/september", "leadership contact_teacher"),
    ("Skolens beredskapsplaner", "", "leadership"),
    ("Samarbeidspartnere", "Kontinuerlig eller etter behov", ""),
    ("Elevsamtaler", "", "contact_teacher subject_teacher"),
    ("Klasselærerråd", "", "contact_teacher department_head counsellor subject_teacher"),
    ("Ansattes observasjoner", "Kontinuerlig", "everyone"),
    ("Miljøarbeider", "Kontinuerlig", "environment_worker"),
    ("Elevundersøkelsen", "Høst", "head_teacher department_head contact_teacher"),
    ("Endring i enkelt elevers/gruppers atferd", "Kontinuerlig", "contact_teacher subject_teacher department_head counsellor school_nurse"),
    ("Foresatte som tar kontakt", "Kontinuerlig", "contact_teacher department_head head_teacher"),
    ("Informere alle ansatte", "Ved skolestart og nyansettelser", "head_teacher"),
    ("Alle hendelser og all mistanke", "Kontinuerlig", "everyone"),
    ("Alle har plikt til å følge med", "Kontinuerlig", "everyone"),
    ("Akutte uønskede hendelser", "", "environment_worker department_head head_teacher"),
    ("Radikalisering, voldelig ekstremisme", "Samtaler, observasjoner etc", ""),
    ("Elever", "Kontinuerlig", ""),
    ("Foresatte", "Kontinuerlig", "department_head head_teacher"),
    ("Elever melder fra", "Kontinuerlig", "everyone leadership head_teacher"),
    ("Ansatte krenker elev", "", "head_teacher"),
    ("Aktivitetsplan:", "Umiddelbart etter at undersøkelsen er gjennomført", "head_teacher"),
    ("Evaluere tiltakene", "I henhold til aktivitetsplanen", "department_head"),
    ("Dokumentasjon", "Kontinuerlig", "head_teacher department_head"),
]  # fmt: skip


@needs_seeds
def test_rosenvilde_rows_come_out_as_a_person_reads_them() -> None:
    found = [(row.row.what, row.row.when_said, " ".join(row.row.who)) for row in read("rosenvilde").rows]
    right = [asked for asked in ROSENVILDE if any(what.startswith(asked[0]) and (when, who) == asked[1:] for what, when, who in found)]

    assert len(right) / len(ROSENVILDE) >= 0.9


@needs_seeds
def test_lillestrom_rows_come_out_whole() -> None:
    found = read("lillestrom")

    assert len(found.rows) == 40
    assert found.whole == 40
    assert [row.row.what for row in found.rows if not row.row.who] == []


@needs_seeds
def test_list_of_sub_tasks_with_as_many_deadlines_become_sub_items() -> None:
    (row,) = [row.row for row in read("lillestrom").rows if row.row.what.startswith("Etablere godt skole- og klassemiljø")]

    assert [part.when_said for part in row.parts] == [
        "Første skoleuke",
        "Første skoleuke",
        "Før elevenes første time i klasserommet",
        "Første skoleuke",
        "Første skoleuke",
        "Første skoleuker",
    ]


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Plan for trivsel", 1)
    document.add_heading("Forebyggende arbeid", 2)
    table = document.add_table(rows=3, cols=4)
    for row, cells in zip(
        table.rows,
        [
            ("Tiltak", "Ansvarlig", "Metode", "Frist"),
            ("Klassens time", "Kontaktlærer", "Samtale i ring", "Partallsuker"),
            ("Vennskapsuke", "Miljøterapeut og elevråd", "Leker ute", "Når snøen smelter"),
        ],
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_word_table_is_read_whatever_the_order_of_its_columns() -> None:
    first, second = recognise(blocks_of(word_file(), "plan.docx")).rows

    assert (first.row.what, first.row.who, first.row.when_said, first.is_whole) == (
        "Klassens time",
        ("contact_teacher",),
        "Partallsuker",
        True,
    )
    assert (second.row.who, second.is_whole) == (("environment_worker", "pupil_council"), False)
    assert second.questions == ("Vi forstår ikke tiden: Når snøen smelter.",)
    assert second.original == ("Vennskapsuke", "Miljøterapeut og elevråd", "Leker ute", "Når snøen smelter")


def test_nothing_is_invented_for_what_was_not_there() -> None:
    (found,) = recognise(blocks_of(b"Hva\tAnsvar\nLek i friminuttet\t\n", "plan.tsv")).rows

    assert (found.row.who, [timing.kind for timing in found.row.timings]) == ((), ["unset"])
    assert found.questions == ("Det står ikke hvem som har ansvaret.", "Det står ikke når.")


def test_table_without_heading_is_understood_from_what_stands_in_it() -> None:
    rows = [("Bli kjent", "Kontaktlærer", "August"), ("Tur", "Rektor", "September"), ("Møte", "FAU", "Hver måned")]

    assert guessed_roles(rows) == ["what", "who", "when"]


def test_wheel_with_a_column_for_each_grade_gives_rows_for_those_grades() -> None:
    page = "<h2>Årshjul</h2><table><tr><th></th><th>VG1</th><th>VG2</th></tr><tr><td>Des</td><td>Grøtfest<br>Lucia</td><td>Grøtfest</td></tr></table>"

    rows = [found.row for found in recognise(blocks_of(page.encode(), "plan.html")).rows]

    assert [(row.what, row.grades) for row in rows] == [("Grøtfest", ()), ("Lucia", (11,))]


def test_what_was_read_becomes_a_plan_that_can_be_stored() -> None:
    content = recognise(blocks_of(word_file(), "plan.docx")).content("Vår plan")

    assert content_from(as_plain(content)) == content
    assert [section.title for section in content.sections] == ["Forebyggende arbeid"]


def test_piped_table_of_markdown_is_read() -> None:
    text = "# Plan\n| Hva | Hvem | Når |\n|---|---|---|\n| **Tur** | Rektor | Mai/juni |\n"

    (found,) = recognise(blocks_of(text.encode(), "plan.md")).rows

    assert (found.row.what, found.row.who, found.row.when_said) == ("Tur", ("head_teacher",), "Mai/juni")


def test_headings_in_any_naming_are_known() -> None:
    assert header_roles(["Aktivitet", "Ansvar", "Metode", "Frist"]) == ["what", "who", "how", "when"]
    assert header_roles(["Hvem", "Når", "Hvordan", "Ansvarlig"]) == ["what", "when", "how", "who"]
    assert header_roles(["Tid", "Tiltak", "Hvordan", "Ansvar", "Gjennomført"]) == ["when", "what", "how", "who", "done"]
    assert header_roles(["Klassens time", "Kontaktlærer"]) is None
    assert heading_of("Hva Når Hvordan Ansvar") == ["what", "when", "how", "who"]
    assert heading_of("Hva skal vi gjøre når noen er leie") is None


def test_cells_are_taken_apart() -> None:
    assert who_cell("Kontaktlærer Rektor").roles == ("contact_teacher", "head_teacher")
    assert who_cell("Eleverådsstyret") == who_cell("Eleverådsstyret").__class__(("council_board",), (), False)
    assert when_cell("Første skoleuke i august Før skolestart").phrases == ("Første skoleuke i august", "Før skolestart")
    assert joined("Skolehelse-\ntjeneste") == "Skolehelsetjeneste"
    assert joined("Fag- og kontaktlærer") == "Fag- og kontaktlærer"
    assert listed("- En\nlinje til\n- To") == ["En linje til", "To"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abcÅØ /,.", min_size=1, max_size=30), max_size=12))
def test_every_line_is_in_exactly_one_cell(lines: list[str]) -> None:
    rows = rows_of(lines, ["what", "when", "how", "who"])

    said = "".join("".join(cell.split()) for row in rows for cell in row.values())
    assert sorted(said) == sorted("".join("".join(line.split()) for line in lines))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3000), st.sampled_from(["a.docx", "a.md", "a.html", "a.tsv", "a.txt", "a"]))
def test_any_file_is_read_or_refused(content: bytes, name: str) -> None:
    with suppress(DocumentRefused):
        found = recognise(blocks_of(content, name))
        assert all(row.row.what for row in found.rows)


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * 90_000_000)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7", "plan.pdf"),
        (b"PK\x03\x04 not a zip", "plan.docx"),
        (b"x" * 15_000_001, "plan.txt"),
        (bomb(), "plan.docx"),
    ],
    ids=["pdf", "broken", "large", "bomb"],
)
def test_file_that_cannot_be_read_is_refused_with_what_to_do(content: bytes, name: str) -> None:
    with pytest.raises(DocumentRefused, match=r"\w+"):
        blocks_of(content, name)


def altered_word_file(*changed: tuple[bytes, bytes]) -> bytes:
    """Return a Word file with one table, and some of its XML written over."""
    made, kept = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_table(1, 2).cell(0, 0).text = "Hva"
    document.save(made)
    with zipfile.ZipFile(made) as whole, zipfile.ZipFile(kept, "w") as packed:
        for item in whole.infolist():
            content = whole.read(item)
            for before, after in changed if item.filename == "word/document.xml" else ():
                content = content.replace(before, after, 1)
            packed.writestr(item.filename, content)
    return kept.getvalue()


HEADING = b"| Hva | Hvem |\n|---|---|\n"


@pytest.mark.no_cover  # traced, it takes many times as long
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'Hva\tHvem\n"' + b"- tur\n" * 15_000 + b'"\trektor\n', "plan.tsv"),
        (b'Hva\tHvem\n"' + b"tur\n" * 9_000 + b"o lek\n" * 9_000 + b'"\trektor\n', "plan.tsv"),
        (b"| a | b |\n|" + b"-" * 5_000 + b"x|y|\n", "plan.md"),
        (b"# " + b" " * 100_000 + b"\n", "plan.md"),
        (b"[" * 100_000, "plan.md"),
        (b"<li" * 100_000, "plan.md"),
        (HEADING + b"| " + b"(" * 100_000 + b" | x |\n", "plan.md"),
        (b"a\tb\tc\nd\te\n" + b"\n" * 1_000_000 + b"x", "plan.txt"),
        (b"# Del\n" * 4_000, "plan.md"),
        (HEADING + b"| tur | rektor |\n" * 4_000, "plan.md"),
        (b"<p>a</p>" * 200_000, "plan.html"),
        (b'"' + b"a" * 200_000 + b'";b', "plan.csv"),
        (altered_word_file((b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="300000000"/>')), "plan.docx"),
        (altered_word_file((b"<w:body>", b"<w:nobody>"), (b"</w:body>", b"</w:nobody>")), "plan.docx"),
    ],
    ids=[
        "list",
        "list of lists",
        "rule",
        "heading",
        "link",
        "item",
        "aside",
        "blanks",
        "sections",
        "rows",
        "paragraphs",
        "cell",
        "span",
        "no body",
    ],
)
def test_hostile_file_is_read_or_refused_at_once(content: bytes, name: str) -> None:
    begun = time.process_time()

    with suppress(DocumentRefused):
        recognise(blocks_of(content, name))

    assert time.process_time() - begun < STANDS_STILL


def test_line_that_rules_off_a_heading_is_no_row() -> None:
    (table,) = blocks_of(b"| Hva | Hvem |\n|:---|---:|\n| Tur | Rektor |\n", "plan.md")

    assert table.rows == (("Hva", "Hvem"), ("Tur", "Rektor"))


def test_html_with_scripts_and_entities_gives_only_its_text() -> None:
    page = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><script>x()</script><table><tr><th>Hva</th><th>Hvem</th></tr><tr><td>Tur &e;</td><td>Rektor</td></tr></table>'

    (found,) = recognise(blocks_of(page, "plan.html")).rows

    assert "root:" not in found.row.what
    assert found.row.what.startswith("Tur")


def test_long_flat_text_is_read_in_reasonable_time() -> None:
    lines = ["Hva Når Hvordan Ansvar", *["Tiltak mot noe", "September", "Vi gjør noe sammen ute", "Kontaktlærer"] * 60]
    begun = time.process_time()

    found = recognise(blocks_of("\n".join(lines).encode(), "plan.txt"))

    assert len(found.rows) == 60
    assert time.process_time() - begun < STANDS_STILL


def test_sign_that_is_no_letter_is_left_out_of_what_is_read() -> None:
    (table,) = blocks_of(b"| Hva | Hvem |\n|---|---|\n| Tur\x08 ut | Rektor |\n", "plan.md")

    assert table.rows[1] == ("Tur ut", "Rektor")
