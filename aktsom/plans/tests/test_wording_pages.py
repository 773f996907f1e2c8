"""The open pages in nynorsk, and the page where the school writes what ours do not say."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from aktsom.core.timing.clock import today
from aktsom.plans.content_file import library_content
from aktsom.plans.loading import LIBRARY_CODES
from aktsom.plans.models import EnvironmentPlan
from aktsom.plans.rules.content import PlanContent, Row, RowKind, Section, SectionArea, SectionForm, content_from, is_card
from aktsom.plans.rules.wording import mark_of_text
from aktsom.plans.services import begin_edition, begin_plan, put_edition_in_force, translate_plan
from aktsom.plans.tests.test_public import questions
from tests.cast import Cast
from tests.signed_in import sign_in
from tests.test_lix import EASY, lix, read

pytestmark = pytest.mark.django_db
OWN = Row("r", RowKind.TASK, "Vi steker vafler", how="Alle får en.", who=("head_teacher",), pupils="Du får en vaffel.")


def in_force(cast: Cast, template: str = "", content: PlanContent | None = None) -> EnvironmentPlan:
    """Put a plan in force at the cast's school."""
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template=template, content=content)
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    cache.clear()
    return EnvironmentPlan.objects.get(pk=plan.pk)


def plan_of(*rows: Row) -> PlanContent:
    return PlanContent("Planen vår", sections=(Section("s", "Forebyggende tiltak", SectionArea.RESPOND, SectionForm.TABLE, rows=rows),))


def nynorsk(address: str) -> str:
    """Return the page as a reader of nynorsk gets it."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nn"
    page = client.get(address)
    assert (address, page.status_code) == (address, 200)
    return page.content.decode()


def main_of(page: str) -> str:
    """Return what stands between the head and the foot."""
    return page[page.index("<main") : page.index("<footer")]


@pytest.mark.parametrize("code", LIBRARY_CODES)
def test_open_pages_of_the_five_plans_hold_no_bokmal(cast: Cast, code: str) -> None:
    in_force(cast, code)
    card = next(section.key for section in library_content(code).sections if is_card(section.form, section.area))
    address = f"/skole/{cast.school.slug}/plan/"

    for page in (address, f"{address}elev/", f"{address}min-del/elever/", f"{address}kort/{card}/"):
        assert re.findall(r'lang="nb"[^>]*>[^<]*', main_of(nynorsk(page))) == []


@pytest.mark.parametrize("code", LIBRARY_CODES)
def test_pupils_page_in_nynorsk_is_easy_to_read(cast: Cast, code: str) -> None:
    in_force(cast, code)

    assert lix(read(Client(), f"/skole/{cast.school.slug}/plan/elev/", "nn")) < EASY


def test_each_language_costs_little_and_is_kept_for_itself(cast: Cast, client: Client) -> None:
    in_force(cast, "steinkjer")
    address = f"/skole/{cast.school.slug}/plan/"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nn"

    with CaptureQueriesContext(connection) as first:
        page = client.get(address).content.decode()
    with CaptureQueriesContext(connection) as again:
        client.get(address)

    assert "Seks område: leiing" in page
    assert "Seks områder: ledelse" in Client().get(address).content.decode()
    assert (len(questions(first)) <= 8, len(questions(again)) <= 3) == (True, True)


def test_what_the_school_wrote_stands_as_it_is_and_says_so(cast: Cast) -> None:
    in_force(cast, content=plan_of(OWN))

    page = main_of(nynorsk(f"/skole/{cast.school.slug}/plan/"))

    assert '<p class="aktsom-plan-row__what" lang="nb"><strong>Vi steker vafler</strong></p>' in page
    assert 'lang="nn">Førebyggjande tiltak</h2>' in page
    assert '<li lang="nb">Du får en vaffel.</li>' in nynorsk(f"/skole/{cast.school.slug}/plan/elev/")


def test_schools_own_nynorsk_is_shown_at_once_and_bokmal_stays(cast: Cast) -> None:
    plan = in_force(cast, content=plan_of(OWN))
    address = f"/skole/{cast.school.slug}/plan/"
    assert "Vi steiker vaflar" not in nynorsk(address)

    translate_plan(by=cast.actor("head_teacher"), plan=plan, language="nn", said={"Vi steker vafler": " Vi steiker vaflar "})

    assert 'lang="nn"><strong>Vi steiker vaflar</strong>' in nynorsk(address)
    assert "Vi steiker vaflar" not in Client().get(address).content.decode()


def test_nynorsk_that_is_emptied_is_gone_and_the_rest_stays(cast: Cast) -> None:
    plan, by = in_force(cast, content=plan_of(OWN)), cast.actor("head_teacher")

    translate_plan(by=by, plan=plan, language="nn", said={"Vi steker vafler": "Vi steiker vaflar", "Alle får en.": "Alle får ein."})
    translate_plan(by=by, plan=plan, language="nn", said={"Vi steker vafler": " "})

    assert EnvironmentPlan.objects.get(pk=plan.pk).translations == {"nn": {"Alle får en.": "Alle får ein."}}


def paper(address: str, language: str) -> bytes:
    """Return a file of the plan as a reader of a language gets it."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(address)
    assert (address, answer.status_code) == (address, 200)
    return answer.content


def test_pdf_and_word_are_in_the_readers_language(cast: Cast) -> None:
    in_force(cast, "lillestrom")
    address = f"/skole/{cast.school.slug}/plan/"

    pdf = PdfReader(BytesIO(paper(f"{address}plan.pdf", "nn")))
    word = Document(BytesIO(paper(f"{address}plan.docx", "nn")))

    assert pdf.root_object["/Lang"] == "nn"
    assert "Heimel og formål" in "".join(page.extract_text() for page in pdf.pages)
    assert word.core_properties.language == "nn-NO"
    assert "Førebyggjande arbeid" in [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Heading 1"]
    assert "Forebyggende arbeid" in [
        paragraph.text
        for paragraph in Document(BytesIO(paper(f"{address}plan.docx", "nb"))).paragraphs
        if paragraph.style.name == "Heading 1"
    ]


def test_word_file_says_which_words_are_bokmal(cast: Cast) -> None:
    in_force(cast, content=plan_of(OWN))

    cell = Document(BytesIO(paper(f"/skole/{cast.school.slug}/plan/plan.docx", "nn"))).tables[0].rows[1].cells[0]
    languages = {run.text.strip(): run._r.rPr.find(qn("w:lang")).get(qn("w:val")) for run in cell.paragraphs[0].runs}

    assert languages == {"Vi steker vafler": "nb-NO", "Alle får en.": "nb-NO"}
    title = Document(BytesIO(paper(f"/skole/{cast.school.slug}/plan/plan.docx", "nn"))).paragraphs
    heading = next(paragraph for paragraph in title if paragraph.text == "Førebyggjande tiltak")
    assert heading.runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "nn-NO"


def test_duty_cards_on_paper_are_in_nynorsk(cast: Cast) -> None:
    in_force(cast, "sentrum")

    pdf = PdfReader(BytesIO(paper(f"/skole/{cast.school.slug}/plan/handlingskort.pdf", "nn")))

    second = " ".join(pdf.pages[1].extract_text().split())
    assert "Handlingskort 2 – gripe inn" in second
    assert "Når nokon blir krenkt" in second


def test_when_and_who_and_the_law_are_in_nynorsk_too(cast: Cast) -> None:
    in_force(cast, "steinkjer")
    page = main_of(nynorsk(f"/skole/{cast.school.slug}/plan/"))

    assert "Alle elevar har rett til eit trygt og godt skulemiljø." in page
    assert "<dd>Kontaktlærar</dd>" in page
    assert [word for word in ("Hele året", "Hver skoleuke", "Fra starten", "skoleuke") if word in page] == []


def head_of(cast: Cast) -> Client:
    return sign_in(cast, "head_teacher")


def field_of(page: str, text: str) -> str:
    """Return the name of the field a text is written in."""
    return mark_of_text(text) if f'name="{mark_of_text(text)}"' in page else ""


def test_list_counts_what_lacks_nynorsk_and_leads_to_it(cast: Cast) -> None:
    plan, head = in_force(cast, content=plan_of(OWN)), head_of(cast)

    page = head.get(f"/planen/{plan.public_id}/malform/").content.decode()

    assert "Planen på nynorsk" in page
    assert (page.count("1 tekst mangler."), page.count("3 tekster mangler.")) == (1, 1)
    assert f"/planen/{plan.public_id}/malform/s/" in page


def test_plan_from_a_template_lacks_nothing(cast: Cast) -> None:
    plan = in_force(cast, "rosenvilde")

    page = head_of(cast).get(f"/planen/{plan.public_id}/malform/").content.decode()

    assert "Hele planen står på nynorsk" in page
    assert "mangler." not in page
    assert "Deler der ingenting mangler" in page


def test_writer_fills_in_a_part_and_is_led_on(cast: Cast) -> None:
    plan, head = in_force(cast, content=plan_of(OWN)), head_of(cast)
    address = f"/planen/{plan.public_id}/malform/s/"
    page = head.get(address).content.decode()
    assert [bool(field_of(page, text)) for text in ("Vi steker vafler", "Alle får en.", "Forebyggende tiltak")] == [True, True, False]

    some = head.post(address, {mark_of_text("Vi steker vafler"): "Vi steiker vaflar"})
    rest = {mark_of_text("Alle får en."): "Alle får ein.", mark_of_text("Du får en vaffel."): "Du får ein vaffel."}
    done = head.post(address, rest | {mark_of_text("Vi steker vafler"): "Vi steiker vaflar"})
    last = head.post(f"/planen/{plan.public_id}/malform/forst/", {mark_of_text("Planen vår"): "Planen vår"})

    assert (some.headers["Location"], done.headers["Location"]) == (address, f"/planen/{plan.public_id}/malform/forst/")
    assert last.headers["Location"] == f"/planen/{plan.public_id}/malform/"
    assert "Hele planen står på nynorsk" in head.get(last.headers["Location"]).content.decode()
    assert re.findall(r'lang="nb"', main_of(nynorsk(f"/skole/{cast.school.slug}/plan/elev/"))) == []


def test_text_that_is_changed_lacks_nynorsk_again(cast: Cast) -> None:
    plan, by = in_force(cast, content=plan_of(OWN)), cast.actor("head_teacher")
    translate_plan(by=by, plan=plan, language="nn", said={"Vi steker vafler": "Vi steiker vaflar"})
    draft = begin_edition(by=by, plan=plan, content=plan_of(replace(OWN, what="Vi steker lapper")))

    assert draft.number == 2
    page = head_of(cast).get(f"/planen/{plan.public_id}/malform/s/").content.decode()

    assert "Vi steiker vaflar" in page
    assert field_of(page, "Vi steker lapper")


def test_two_who_write_at_once_never_write_over_each_other(cast: Cast) -> None:
    plan, head = in_force(cast, content=plan_of(OWN)), head_of(cast)
    address = f"/planen/{plan.public_id}/malform/s/"
    seen = re.findall(r'name="seen_version" value="(\w+)"', head.get(address).content.decode())[0]
    translate_plan(by=cast.actor("accused_head_teacher"), plan=plan, language="nn", said={"Vi steker vafler": "Vi steiker vaflar"})

    met = head.post(address, {mark_of_text("Vi steker vafler"): "Me steikjer vaflar", "seen_version": seen})

    assert met.status_code == 409
    assert EnvironmentPlan.objects.get(pk=plan.pk).translations == {"nn": {"Vi steker vafler": "Vi steiker vaflar"}}


def test_school_can_say_our_texts_in_its_own_words(cast: Cast) -> None:
    plan, head = in_force(cast, "storhamar"), head_of(cast)
    address = f"/planen/{plan.public_id}/malform/forebygge/"
    text = "Klassens time"
    assert "Alt her står på nynorsk" in head.get(address).content.decode()
    page = head.get(f"{address}?alle=1").content.decode()
    assert field_of(page, text)
    assert "Står slik nå: Klassetimen" in page
    assert not field_of(page, "PPT")

    head.post(f"{address}?alle=1", {mark_of_text(text): "Timen til klassen"})

    assert "Timen til klassen" in nynorsk(f"/skole/{cast.school.slug}/plan/")
    assert EnvironmentPlan.objects.get(pk=plan.pk).translations == {"nn": {text: "Timen til klassen"}}


@pytest.mark.parametrize("who", ["contact_teacher", "pupil", "head_teacher_elsewhere"])
def test_only_those_who_write_the_plan_write_it_in_nynorsk(cast: Cast, who: str) -> None:
    plan = in_force(cast, content=plan_of(OWN))
    address = f"/planen/{plan.public_id}/malform/s/"

    answer = sign_in(cast, who).post(address, {mark_of_text("Vi steker vafler"): "Noe annet"})

    assert answer.status_code in {403, 404}
    assert EnvironmentPlan.objects.get(pk=plan.pk).translations == {}


def test_part_that_is_not_in_the_plan_is_not_there(cast: Cast) -> None:
    plan = in_force(cast, content=plan_of(OWN))

    assert head_of(cast).get(f"/planen/{plan.public_id}/malform/finnes-ikke/").status_code == 404


def test_school_that_writes_nynorsk_begins_in_nynorsk_and_is_read_in_both(cast: Cast) -> None:
    head = head_of(cast)
    head.post(f"/planen/skolens-malform/{cast.school.public_id}/", {"language": "nn"})
    cast.school.refresh_from_db()
    plan = in_force(cast, "rosenvilde")
    address = f"/skole/{cast.school.slug}/plan/"

    assert cast.school.language == "nn"
    assert "Førebyggjande tiltak" in [section["title"] for section in plan.editions.get().content["sections"]]
    unasked, bokmal = Client().get(address).content.decode(), Client()
    bokmal.cookies[settings.LANGUAGE_COOKIE_NAME] = "nb"
    assert ('lang="nn"' in unasked[:200], "Førebyggjande tiltak" in unasked) == (True, True)
    assert "Forebyggende tiltak" in bokmal.get(address).content.decode()
    assert re.findall(r'lang="nn"', main_of(bokmal.get(address).content.decode())) == []
    assert "Planen på bokmål" in head.get(f"/planen/{plan.public_id}/malform/").content.decode()


def test_school_that_writes_nynorsk_copies_rows_in_nynorsk(cast: Cast) -> None:
    head = head_of(cast)
    head.post(f"/planen/skolens-malform/{cast.school.public_id}/", {"language": "nn"})
    cast.school.refresh_from_db()
    plan = begin_plan(by=cast.actor("head_teacher"), place=cast.school, content=plan_of(OWN))
    address = f"/planen/utgave/{plan.editions.get().public_id}/skriv/hent/?fra=mal:lillestrom"
    assert "Leggje til rette for elevrådet og komiteane" in head.get(address).content.decode()

    head.post(address, {"row": ["lil-f10"], "into": "s"})

    row = content_from(plan.editions.get().content).row("lil-f10")
    assert row is not None
    assert (row.what, row.pupils) == (
        "Leggje til rette for elevrådet og komiteane",
        "Elevrådet får tid, rom og pengar til det dei vil gjere.",
    )
    assert row.timings == library_content("lillestrom").row("lil-f10").timings  # type: ignore[union-attr]


def test_school_writes_one_of_the_two_forms(cast: Cast) -> None:
    in_force(cast, "rosenvilde")

    answer = head_of(cast).post(f"/planen/skolens-malform/{cast.school.public_id}/", {"language": "en"}, follow=True)

    cast.school.refresh_from_db()
    assert cast.school.language == "nb"
    assert "Velg bokmål eller nynorsk." in answer.content.decode()


def test_only_those_who_organise_the_school_choose_its_form(cast: Cast) -> None:
    in_force(cast, "rosenvilde")

    answer = sign_in(cast, "contact_teacher").post(f"/planen/skolens-malform/{cast.school.public_id}/", {"language": "nn"})

    cast.school.refresh_from_db()
    assert (answer.status_code, cast.school.language) == (403, "nb")
