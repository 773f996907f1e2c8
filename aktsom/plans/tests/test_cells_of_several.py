"""A cell that holds several things is taken apart; a line that only goes on is not. Corrected, split and joined on the page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.plans.reading import blocks_of, recognise
from aktsom.plans.reading.cells import time_at_end
from aktsom.plans.reading.columns import role_of_heading
from aktsom.plans.reading.kept import TypedRow, kept_row, rearranged, with_correction
from aktsom.plans.reading.pasted import with_first_lines
from aktsom.plans.reading.tasks import CellTask, on_one_line, tasks_in, titled
from aktsom.plans.rules.content import row_from
from aktsom.plans.tests.test_unseen import read


@pytest.mark.parametrize(
    ("cell", "tasks"),
    [
        ("- Fadderordning\n- Bli kjent-dag", (CellTask("Fadderordning"), CellTask("Bli kjent-dag"))),
        ("Skoleball\nAktivitetsdag", (CellTask("Skoleball"), CellTask("Aktivitetsdag"))),
        ("Oppstart:\n- Regler\n- Kontrakt", (CellTask("Oppstart", ("Regler", "Kontrakt")),)),
        ("• Samtale\n▪ Med eleven\n▪ Med hjemmet\n• Møte", (CellTask("Samtale", ("Med eleven", "Med hjemmet")), CellTask("Møte"))),
        ("1. Tur\n2. Lek", (CellTask("Tur"), CellTask("Lek"))),
        ("- Et langt punkt som\ngår over to linjer", (CellTask("Et langt punkt som går over to linjer"),)),
        ("Samarbeid med\nPP-tjenesten", (CellTask("Samarbeid med PP-tjenesten"),)),
        ("Skole- og\nklassemiljø", (CellTask("Skole- og klassemiljø"),)),
        ("5. trinn er faddere\n8. trinn rydder", (CellTask("5. trinn er faddere 8. trinn rydder"),)),
        ("Vi gjør dette.\nOg så dette.", (CellTask("Vi gjør dette. Og så dette."),)),
    ],
    ids=["list", "lines", "below a line", "list in list", "numbers", "item goes on", "goes on", "divided word", "grades", "sentences"],
)
def test_cell_is_taken_apart_only_where_something_new_begins(cell: str, tasks: tuple[CellTask, ...]) -> None:
    assert tasks_in(cell, are_lines_meant=True) == tasks


def test_lines_of_a_narrow_column_are_one_thing_while_marks_still_count() -> None:
    assert tasks_in("Skoleball\nAktivitetsdag", are_lines_meant=False) == (CellTask("Skoleball Aktivitetsdag"),)
    assert len(tasks_in("- Skoleball\n- Aktivitetsdag", are_lines_meant=False)) == 2


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abcÅØ .-•▪1)", max_size=15), max_size=8).map("\n".join), st.booleans())
def test_no_letter_is_lost_and_none_is_added(cell: str, meant: bool) -> None:
    tasks = tasks_in(cell, are_lines_meant=meant)

    said = [letter for task in tasks for text in (task.what, *task.parts) for letter in text if letter.isalpha()]
    assert said == [letter for letter in cell if letter.isalpha()]


def test_name_with_words_about_it_is_what_and_how() -> None:
    assert titled("Vennegrupper\nAlle elever deles i grupper.") == ("Vennegrupper", "Alle elever deles i grupper.")
    assert titled("Skoleball\nAktivitetsdag") == ("Skoleball\nAktivitetsdag", "")


def test_times_and_people_are_shared_out_line_by_line_and_asked_about() -> None:
    rows = [row for row in read("tussevik.html").rows if row.row.what in {"Foreldremøte", "Kontaktmøte"}]

    assert [(row.row.who, row.row.when_said) for row in rows] == [(("department_head",), "Sept."), (("contact_teacher",), "Nov.")]
    assert rows[0].original == rows[1].original == ("Foreldremøte\nKontaktmøte", "Avdelingsleiar\nKontaktlærar", "Sept.\nNov.", "")
    assert rows[0].questions == ("Det sto flere ting i samme rute, og vi har delt dem. Sjekk hva, hvem og når.",)


def test_list_within_a_list_becomes_sub_items_with_the_time_and_people_of_the_row() -> None:
    (row,) = [found.row for found in read("tussevik.html").rows if found.row.parts]

    assert [(part.what, part.who, part.when_said) for part in row.parts] == [
        ("Kopling av fadrar", ("contact_teacher",), "veke 34"),
        ("Første leik saman", ("contact_teacher",), "veke 34"),
    ]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("tussevik.html", "Tussevik skule – arbeidet for eit trygt og godt skulemiljø"),
        ("vindrosa.md", "Handlingsplan mot mobbing og krenkelser"),
        ("flere_i_ruta.docx", "Lokal tiltaksplan for elevene sitt psykososiale miljø"),
        ("sammensl.docx", "Årsplan for skolemiljøet"),
        ("paadriver.tsv", ""),
        ("ukenummer.docx", ""),
        ("roller.md", ""),
    ],
)
def test_plan_is_called_what_it_calls_itself(name: str, title: str) -> None:
    assert read(name).title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Handlingsplan mot mobbing.\n\n## Formål med planen\n\nPlanen gjelder alle.\n", "Handlingsplan mot mobbing"),
        ("## Formål med planen\n\n## Tiltak\n\nPlanen gjelder alle.\n", ""),
        ("Plan for et trygt og\ngodt skolemiljø\n\nVi bryr oss.\n", "Plan for et trygt og godt skolemiljø"),
        ("trivsel og læring. Alle skal ha det bra på skolen vår i år\n", ""),
    ],
    ids=["full stop", "about the plan", "cut line", "in the middle"],
)
def test_title_is_the_name_of_the_whole_and_nothing_else(text: str, title: str) -> None:
    assert recognise(blocks_of(text.encode(), "p.md")).title == title


def test_first_line_of_pasted_text_is_the_title_when_it_says_it_is_a_plan() -> None:
    text = "PLAN FOR ET GODT SKOLEMILJØ\n\nHva\tHvem\nTur\tRektor\n"

    assert recognise(blocks_of(text.encode(), "p.txt")).title == "Plan for et godt skolemiljø"


@pytest.mark.parametrize(
    ("heading", "row", "when"),
    [
        ("Tiltak\tAnsvar\tHøst\tVår", "Elevsamtaler\tKontaktlærer\tx\t", "Høst"),
        ("Tiltak\tAnsvar\tHøst\tVår", "Elevsamtaler\tKontaktlærer\tuke 36\tX", "uke 36, Vår"),
        ("Tiltak\tAug\tSep\tOkt", "Elevsamtaler\t\t●\tx", "Sep, Okt"),
        ("Tiltak\tAnsvar\tHøst\tVår", "Elevsamtaler\tKontaktlærer\t\t–", ""),
    ],
    ids=["one", "a time in the cell", "months alone", "none"],
)
def test_cross_under_a_time_says_when(heading: str, row: str, when: str) -> None:
    (found,) = recognise(blocks_of(f"{heading}\n{row}\n".encode(), "p.tsv")).rows

    assert (found.row.what, found.row.when_said) == ("Elevsamtaler", when)


def test_words_under_a_time_are_kept_with_it() -> None:
    (found,) = recognise(blocks_of("Tiltak\tAnsvar\tHøst\tVår\nMøte\tRektor\tom planen\t\n".encode(), "p.tsv")).rows

    assert (found.row.when_said, found.row.how) == ("Høst", "Høst: om planen")


@pytest.mark.parametrize(
    ("text", "time"),
    [("Foreldrekaffe i november", "i november"), ("Tur i skogen", ""), ("Møte uke 36", "uke 36"), ("November", ""), ("Tur om våren", "")],
)
def test_time_at_the_end_of_a_text_is_found_only_when_it_is_certain(text: str, time: str) -> None:
    assert time_at_end(text) == time


def test_heading_is_no_task_when_the_labels_below_say_what_is_done() -> None:
    text = "# Plan\n\n## Beredskap\n\nHvem: Rektor\n\nHva: Øvelse\n\nNår: mai\n\nHva: Tur\n\nNår: juni\n"

    rows = [found.row for found in recognise(blocks_of(text.encode(), "p.md")).rows]

    assert [(row.what, row.who, row.when_said) for row in rows] == [("Øvelse", ("head_teacher",), "mai"), ("Tur", (), "juni")]


def test_long_list_is_left_for_a_person_and_every_word_of_it_is_there() -> None:
    cell = "\n".join(f"- Punkt {number}" for number in range(200))

    (found,) = recognise(blocks_of(f'Hva\tHvem\n"{cell}"\tRektor\n'.encode(), "p.tsv")).rows

    assert (found.original[0], len(found.lines)) == (cell, 200)


def test_row_nobody_gave_words_is_in_no_plan() -> None:
    found = recognise(blocks_of(b"Hva\tHvem\nTur\tRektor\n" + b'""\tKontaktl\xc3\xa6rer\n', "p.tsv"))

    assert [row.is_named for row in found.rows] == [True, False]
    assert [row.what for _section, row in found.content("Plan").rows()] == ["Tur"]


def test_number_of_a_row_is_no_task_and_a_heading_that_only_begins_with_it_is() -> None:
    assert (role_of_heading("Nr."), role_of_heading("Nr. og tiltak"), role_of_heading("Tiltak nr.")) == ("done", "", "what")


PASTED = (
    "Hva\tHvem\tNår\n- Klassemøter\n- Trivselsledere\tKontaktlærer\tHver uke\nFelles regler\nRegler for nettbruk\tRektor\tAugust\n"
    "Vennegrupper:\n- Lage grupper\n- Første treff\tSosiallærer\tUke 38\nUke 40\nTur\tRektor\tMai\n"
)


def test_lines_before_the_first_tab_of_a_pasted_row_belong_to_that_row() -> None:
    found = recognise(blocks_of(PASTED.encode(), "plan.md"))

    assert [(row.row.what, row.row.when_said, tuple(part.what for part in row.row.parts), row.lines) for row in found.rows] == [
        ("Klassemøter", "Hver uke", (), ()),
        ("Trivselsledere", "Hver uke", (), ()),
        ("Felles regler Regler for nettbruk", "August", (), ("Felles regler", "Regler for nettbruk")),
        ("Vennegrupper", "Uke 38 Uke 40", ("Lage grupper", "Første treff"), ()),
        ("Tur", "Mai", (), ()),
    ]


def test_cell_copied_from_a_spreadsheet_has_no_quotation_marks() -> None:
    (found,) = recognise(blocks_of(b'Hva\tHvem\n"Tur i ""Skogen""\nLek"\tRektor\n', "plan.md")).rows

    assert (found.row.what, found.lines) == ('Tur i "Skogen" Lek', ('Tur i "Skogen"', "Lek"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["Tur", "- Lek", "Uke 36", "Rektor", "mai", "vi ser"]), min_size=1, max_size=6), st.integers(0, 2))
def test_no_line_of_a_pasted_table_is_lost(lines: list[str], at: int) -> None:
    rows = [["Hva", "Hvem", "Når"], ["Tur", "Rektor", "Mai"], ["Lek", "Rektor", "Juni"]]
    rows[at][2] = "\n".join([rows[at][2], *lines])

    moved = with_first_lines(rows, 2)

    said = sorted(line for row in rows for cell in row for line in cell.split("\n"))
    assert sorted(line for row in moved for cell in row for line in cell.split("\n")) == said


def kept(text: str) -> list[dict[str, object]]:
    return [kept_row(row) for row in recognise(blocks_of(text.encode(), "p.tsv")).rows]


TWO = "Hva\tHvem\tNår\nTur\tRektor\tMai\nLek\tKontaktlærer\tUke 36\n"


def test_row_is_split_at_the_lines_a_person_writes() -> None:
    first, second = kept(TWO)

    typed = with_correction(first, TypedRow(0, "Skogstur\nSjøtur", "rektor", "Mai"))
    rows = [row_from(each["row"]) for each in rearranged([typed, second], "split", 0)]

    assert [(row.what, row.who, row.when_said) for row in rows] == [
        ("Skogstur", ("head_teacher",), "Mai"),
        ("Sjøtur", ("head_teacher",), "Mai"),
        ("Lek", ("contact_teacher",), "Uke 36"),
    ]
    assert len({row.key for row in rows}) == 3


def test_times_are_shared_out_when_there_are_as_many_as_lines() -> None:
    (one,) = kept("Hva\tHvem\tNår\nTur\tRektor\tMai\n")

    typed = with_correction(one, TypedRow(0, "Skogstur\nSjøtur", "rektor", "Første skoleuke i august Før skolestart"))
    rows = [row_from(each["row"]) for each in rearranged([typed], "split", 0)]

    assert [(row.what, row.when_said) for row in rows] == [("Skogstur", "Første skoleuke i august"), ("Sjøtur", "Før skolestart")]


def test_joined_rows_keep_what_stood_in_both() -> None:
    (one,) = rearranged(kept(TWO), "join", 1)

    row = row_from(one["row"])
    assert (row.what, row.who, row.when_said, len(row.timings)) == ("Tur; Lek", ("head_teacher", "contact_teacher"), "Mai, Uke 36", 2)
    assert one["lines"] == ["Tur", "Lek"]
    assert [row_from(each["row"]).what for each in rearranged([one], "split", 0)] == ["Tur", "Lek"]


def test_word_nobody_knows_is_still_asked_about_after_a_join() -> None:
    (one,) = rearranged(kept("Hva\tHvem\tNår\nTur\tRektor\tMai\nLek\tTrollmannen\tNår det passer\n"), "join", 1)

    assert (row_from(one["row"]).who_said, one["questions"], one["is_whole"]) == (
        "rektor, Trollmannen",
        ["Vi kjenner ikke rollen: trollmannen.", "Vi forstår ikke tiden: Mai, Når det passer."],
        False,
    )


def test_list_of_how_becomes_sub_items_and_back() -> None:
    (one,) = kept('Hva\tHvem\tNår\tHvordan\nOppstart\tRektor\tMai\t"Slik:\n- Regler\n- Leker"\n')

    (parted,) = rearranged([one], "parts", 0)
    (back,) = rearranged([parted], "whole", 0)

    row = row_from(parted["row"])
    assert ([part.what for part in row.parts], row.how, row.timings) == (["Regler", "Leker"], "Slik:", ())
    assert (row_from(back["row"]).how, row_from(back["row"]).timings) == (row_from(one["row"]).how, row_from(one["row"]).timings)


@pytest.mark.parametrize(("deed", "number"), [("join", 0), ("split", 9), ("parts", 0), ("noe", 0), ("split", 0), ("", -1)])
def test_deed_that_does_not_fit_changes_nothing(deed: str, number: int) -> None:
    rows = kept(TWO)

    assert rearranged(rows, deed, number) == rows


@pytest.mark.parametrize(
    ("typed", "said"),
    [("Tur\nLek", "Tur; Lek"), ("Skole- og\nklassemiljø", "Skole- og klassemiljø"), ("Møte med\nRektor", "Møte med Rektor"), ("", "")],
)
def test_lines_left_together_are_written_on_one_line(typed: str, said: str) -> None:
    assert on_one_line(typed) == said
