"""A paper is tagged, archivable and accessible, and nobody's text becomes markup."""

import io

import pypdf
import pytest

from aktsom.core.papers.typesetting import FONTS, PaperFault, set_paper

pytestmark = pytest.mark.skipif(not FONTS.exists(), reason="the fonts are fetched by ./run and ./test")

WORDS = {
    "what": "Hva",
    "answer": "Svar",
    "problem": "Problem",
    "measures": "Tiltak",
    "evaluation": "Når",
    "evaluated": "Evaluert",
    "rights": "Rett",
}
FRAME = {
    "title": "Tiltaksplan",
    "author": "Prøve skole",
    "language": "nb",
    "made": [2026, 11, 24],
    "shielding": "Offl. § 13",
    "reference": "abc",
    "page_word": "Side",
    "of_word": "av",
    "words": WORDS,
}


def plan(problem: str = "Et problem") -> bytes:
    measure = {"title": "Noe gjøres", "rows": [["Når", "Hver dag"]]}
    content = FRAME | {
        "head": [["Elev", "Ylva"]],
        "problem": problem,
        "measures": [measure],
        "evaluation": "1. desember",
        "evaluations": [],
        "rights": "",
    }
    return set_paper("action_plan", content)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_paper_says_it_is_archivable_accessible_and_tagged() -> None:
    reader = pypdf.PdfReader(io.BytesIO(plan()))
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()

    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nb"
    assert "/StructTreeRoot" in root


def test_what_somebody_wrote_is_never_markup() -> None:
    hostile = '#read("frame.typ") *ikke fet* $x$ @ref <label> \\ = Overskrift'

    assert "ikke fet" in text_of(plan(hostile)).replace("\n", " ")
    assert '#read("frame.typ")' in text_of(plan(hostile)).replace("\n", " ")


def test_norwegian_and_sami_letters_are_there() -> None:
    assert "Áilu Čáhcelađđi æøå" in text_of(plan("Áilu Čáhcelađđi æøå"))


def test_faulty_content_is_a_fault_without_the_content() -> None:
    with pytest.raises(PaperFault) as fault:
        set_paper("action_plan", {"title": "Hemmelig navn"})

    assert "Hemmelig" not in str(fault.value)


@pytest.mark.parametrize("words", ["سلام", "ትግርኛ", "Україна", "Eleven skrev 😢", "Γειά"])
def test_letters_of_other_scripts_and_signs_from_phones_are_there(words: str) -> None:
    assert words in text_of(plan(words))


def test_letters_no_font_has_are_said_to_be_missing_not_dropped() -> None:
    assert "Hun sa [tegn som ikke kan skrives ut her] høyt" in text_of(plan("Hun sa 𞤀𞤣𞤤 høyt")).replace("\n", " ")


def test_all_text_of_the_paper_uses_fonts_that_are_in_the_file() -> None:
    reader = pypdf.PdfReader(io.BytesIO(plan("سلام ትግርኛ 😢")))

    fonts = {font["/BaseFont"][8:] for page in reader.pages for font in (ref.get_object() for ref in page["/Resources"]["/Font"].values())}

    assert {name.split("-")[0] for name in fonts} == {"Inter", "NotoSansArabic", "NotoSansEthiopic", "NotoEmoji"}
