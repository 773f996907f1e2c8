"""Word files as other schools make them, written in our own words: merged cells, tables in tables, no heading, hidden corners."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NAMESPACE = nsdecls("w")


def saved(document: Any) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def table_of(document: Any, rows: list[tuple[str, ...]]) -> Any:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def merged_cells() -> bytes:
    """The month covers several rows, a title covers the whole width, and the heading comes again after a page break."""
    document = docx.Document()
    document.add_heading("Årsplan for skolemiljøet", 1)
    table = table_of(
        document,
        [
            ("Trinn 1 til 7", "", "", ""),
            ("Måned", "Aktivitet", "Slik gjør vi det", "Ansvarlig"),
            ("August", "Fadderuke", "Store og små leker sammen", "Kontaktlærer"),
            ("", "Foreldremøte", "Planen er tema", "Rektor"),
            ("Måned", "Aktivitet", "Slik gjør vi det", "Ansvarlig"),
            ("Desember", "Nissefest", "Alle synger", "Elevråd"),
            ("Lek og trivsel", "", "", ""),
            ("Hele året", "Lekekasser ute", "Elever låner ut", "Miljøarbeider"),
        ],
    )
    table.cell(0, 0).merge(table.cell(0, 3))
    table.cell(2, 0).merge(table.cell(3, 0))
    table.cell(6, 0).merge(table.cell(6, 3))
    return saved(document)


def table_within_table() -> bytes:
    """A frame of one big table, with the real one inside it."""
    document = docx.Document()
    frame = document.add_table(rows=1, cols=2)
    frame.cell(0, 0).text = "Vi vil at alle skal ha noen å være med."
    inner = frame.cell(0, 1).add_table(rows=3, cols=3)
    rows = [("Når", "Hvem", "Hva"), ("Uke 35", "Sosiallærer", "Samtaler med nye elever"), ("Mai", "Rektor", "Oppsummering")]
    for row, texts in zip(inner.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return saved(document)


def without_heading() -> bytes:
    """Nothing says what the columns are."""
    document = docx.Document()
    document.add_heading("Tiltak", 2)
    table_of(
        document,
        [
            ("Turdag", "September", "Kontaktlærer", "Vi går til skogs"),
            ("Lesevenner", "Hver uke", "Faglærer", "Tredje leser for første"),
            ("Temakveld", "Januar", "FAU", "Om nettbruk"),
        ],
    )
    return saved(document)


def on_its_side() -> bytes:
    """What the columns hold stands down the first column."""
    document = docx.Document()
    document.add_heading("Det vi gjør", 2)
    table_of(
        document,
        [
            ("Tiltak", "Vennebenk", "Lunsjgruppe"),
            ("Hvordan", "En benk til den som vil ha selskap", "Fire elever og en voksen"),
            ("Ansvar", "Elevråd", "Rådgiver"),
            ("Når", "Hele året", "Torsdager"),
            ("Utstyr", "Maling", "Brød"),
        ],
    )
    return saved(document)


def week_numbers() -> bytes:
    """A column of week numbers alone, and a row where one responsible is unknown."""
    document = docx.Document()
    document.add_heading("Uke for uke", 2)
    table_of(
        document,
        [
            ("Uke", "Hva skjer", "Ansvarlig"),
            ("34", "Bli kjent", "Kontaktlærer"),
            ("40–41", "Kartlegging", "Læringsgartner"),
            ("50", "Juleverksted", "Alle ansatte"),
        ],
    )
    return saved(document)


def hidden_corners() -> bytes:
    """Text in a content control, an inserted and a deleted change, a text box and a header: none of it may vanish, save what is deleted."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Vikåsen skole"
    document.add_heading("Tiltak", 1)
    control = f"<w:sdt {NAMESPACE}><w:sdtContent><w:p><w:r><w:t>Skrevet i et felt.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    changed = (
        f'<w:p {NAMESPACE}><w:ins w:id="1" w:author="a"><w:r><w:t>Satt inn nå.</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>Tatt ut.</w:delText></w:r></w:del></w:p>'
    )
    box = f"<w:p {NAMESPACE}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>I en boks.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    body = document.element.body
    for xml in (control, changed, box):
        body.insert(len(body) - 1, parse_xml(xml))
    document.add_paragraph("Ansvar: rektor. Når: juni.")
    return saved(document)


def several_in_a_cell() -> bytes:
    """Cells with lists in lists, several lines with as many times, a name with words about it, and numbered rows."""
    document = docx.Document()
    document.add_paragraph("Kvisthaug oppvekstsenter", style="Title")
    document.add_paragraph("Lokal tiltaksplan for elevene sitt psykososiale miljø", style="Subtitle")
    document.add_heading("Tiltak på skolenivå", 1)
    rows = [
        ("Nr", "Tiltak/aktivitet", "Gjennomføres av", "Tidsplan", "Utført (dato/sign.)"),
        ("1", "Revidere planen", "Rektor i samarbeid med SU", "August", ""),
        ("2", "Dette tas opp på personalmøte:", "Rektor", "Første planleggingsdag", ""),
        ("3", "Vennegrupper\nAlle elever deles i grupper som møtes hjemme.", "Klassekontakter", "Når det passer", ""),
        ("4", "Skoleball\nAktivitetsdag\nSolidaritetsløp", "Elevrådet", "Des\nFeb\nMai", ""),
        ("5", "Tilsyn i garderober og på buss", "Assistent/miljøarbeider", "Hele skoleåret", ""),
        ("6", "Opplæring om nettbruk for 4.-7. kl.", "IKT-ansvarlig", "Vår", ""),
        ("7", "", "Kontaktlærer", "Uke 39", ""),
    ]
    table = table_of(document, rows)
    for text, style in (("Aktivitetsplikten", "List Bullet"), ("Varsling", "List Bullet"), ("Hvem varsles", "List Bullet 2")):
        table.cell(2, 1).add_paragraph(text, style=style)
    document.add_heading("Kontaktpersoner", 1)
    table_of(document, [("Funksjon", "Telefon"), ("Rektor", "00 00 00 00")])
    return saved(document)


def two_heading_rows() -> bytes:
    """A heading of two rows, numbered lines in one cell, times told in the text, and a role nobody knows."""
    document = docx.Document()
    document.add_heading("Årshjul for elevmiljøet", 0)
    rows = [
        ("Tiltak", "Gjennomføring", "", "Ansvar"),
        ("", "Når", "Hvordan", ""),
        ("Vennskapsuke", "Uke 41", "Felles samling", "Sosiallærer og elevråd"),
        ("Oppfølging av fravær", "Månedlig, første mandag", "Møte", "Rektor, ko.lærer og helsesøster"),
    ]
    table = table_of(document, rows)
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 3).merge(table.cell(1, 3))
    document.add_heading("Samarbeid med hjemmet", 1)
    for text in ("Utviklingssamtale 2 ganger i året. Ansvarlig: kontaktlærer", "Foreldrekaffe i november (FAU)", "Hjemmebesøk"):
        document.add_paragraph(text, style="List Bullet")
    rows = [
        ("Ansvarsområde", "Når?", "Hvem følger opp"),
        ("1. Foreldreråd\n2. Valg av klassekontakter", "Sept", "FAU-leder"),
        ("Bevertning", "", ""),
    ]
    table_of(document, rows)
    return saved(document)


WORD_SAMPLES = {
    "to_rader_hode.docx": two_heading_rows,
    "flere_i_ruta.docx": several_in_a_cell,
    "sammensl.docx": merged_cells,
    "tabell_i_tabell.docx": table_within_table,
    "uten_overskrift.docx": without_heading,
    "pa_tvers.docx": on_its_side,
    "ukenummer.docx": week_numbers,
    "kroker.docx": hidden_corners,
}


def with_part(name: str, content: bytes, *, instead: str = "") -> bytes:
    """Return a good Word file with one more part, or one part written over."""
    made, kept = io.BytesIO(week_numbers()), io.BytesIO()
    with zipfile.ZipFile(made) as whole, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for item in whole.infolist():
            if item.filename != instead:
                packed.writestr(item.filename, whole.read(item))
        packed.writestr(name, content)
    return kept.getvalue()
