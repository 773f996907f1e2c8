"""The plan for everyone: open, quick, kept after the first, in a pupil's words, a card on one page."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from aktsom.core.access.door import Refused
from aktsom.core.papers.typesetting import set_paper
from aktsom.core.timing.clock import today
from aktsom.core.timing.yearly.expressions import Window
from aktsom.core.timing.yearly.points import Point
from aktsom.plans.content_file import library_content
from aktsom.plans.models import EnvironmentPlan, PlanEdition
from aktsom.plans.papers import cards_of
from aktsom.plans.rules.content import PlanContent, Row, RowKind, Section, SectionArea, SectionForm
from aktsom.plans.selectors.showing import shown
from aktsom.plans.services import arrange_plan, begin_edition, begin_plan, put_edition_in_force
from aktsom.plans.tests.factories import procedure_head
from aktsom.schools.rules import DayKind
from aktsom.schools.selectors import current_year
from aktsom.schools.services import ClosedDays
from aktsom.wheel.services import enter_row_fact, name_role_holder, set_calendar
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def slug(cast: Cast) -> str:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="sentrum")
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    cache.clear()
    return cast.school.slug


def questions(captured: CaptureQueriesContext) -> list[str]:
    """Return what was asked of the database, without the cache's own and its savepoints."""
    asked = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in asked if "core_cache" not in sql and "SAVEPOINT" not in sql]


def test_plan_is_open_to_everyone_and_costs_little(client: Client, slug: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as first:
        page = client.get(f"/skole/{slug}/plan/")
    with CaptureQueriesContext(connection) as again:
        client.get(f"/skole/{slug}/plan/")

    assert page.status_code == 200
    assert "Skolevalg" in page.content.decode()
    assert "Når det er valg i Norge" in page.content.decode()
    assert len(questions(first)) <= 8
    assert len(questions(again)) <= 3


def test_page_kept_after_somebody_signed_in_tells_nothing_of_her(cast: Cast, client: Client, slug: str) -> None:
    pages = [one.get(f"/skole/{slug}/plan/") for one in (sign_in(cast, "head_teacher"), client)]

    assert pages[0].content == pages[1].content
    assert [
        word for word in ("csrfmiddlewaretoken", str(cast.person("head_teacher")), "/konto/logout/") if word in pages[1].content.decode()
    ] == []
    assert [page.cookies.keys() for page in pages] == [{}.keys(), {}.keys()]


def test_whoever_has_it_already_is_told_so(client: Client, slug: str) -> None:
    mark = client.get(f"/skole/{slug}/plan/").headers["ETag"]

    assert client.get(f"/skole/{slug}/plan/", headers={"If-None-Match": mark}).status_code == 304


def test_draft_is_never_shown_and_a_new_edition_is_at_once(client: Client, cast: Cast) -> None:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="storhamar")
    cache.clear()
    assert client.get(f"/skole/{cast.school.slug}/plan/").status_code == 404

    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    assert "HEI-skolen" in client.get(f"/skole/{cast.school.slug}/plan/").content.decode()
    begin_edition(by=by, plan=plan)

    assert client.get(f"/skole/{cast.school.slug}/plan/").status_code == 200


def test_pupils_read_it_in_their_own_words(client: Client, slug: str) -> None:
    page = client.get(f"/skole/{slug}/plan/elev/").content.decode()

    assert "Når noen ikke har det bra" in page
    assert "Voksne du kan gå til" in page
    assert f"/skole/{slug}/si-fra/" in page


def test_duty_card_is_a_page_of_its_own(client: Client, slug: str) -> None:
    assert "Grip inn eller hent hjelp" in client.get(f"/skole/{slug}/plan/kort/kort-2/").content.decode()
    assert client.get(f"/skole/{slug}/plan/kort/faste/").status_code == 404
    assert client.get("/skole/finnes-ikke/plan/").status_code == 404


def test_schools_page_leads_to_the_plan_when_there_is_one(client: Client, cast: Cast) -> None:
    assert "/plan/elev/" not in client.get(f"/skole/{cast.school.slug}/").content.decode()
    by = cast.actor("head_teacher")
    put_edition_in_force(by=by, edition=begin_plan(by=by, place=cast.school, template="storhamar").editions.get(), valid_from=today())

    assert f"/skole/{cast.school.slug}/plan/elev/" in client.get(f"/skole/{cast.school.slug}/").content.decode()


def test_pdf_is_a_real_one_and_word_has_headings_and_tables(client: Client, slug: str) -> None:
    pdf = client.get(f"/skole/{slug}/plan/plan.pdf")
    word = Document(BytesIO(client.get(f"/skole/{slug}/plan/plan.docx").content))

    assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    headings = [paragraph.text for paragraph in word.paragraphs if paragraph.style is not None and paragraph.style.name == "Heading 1"]
    content = library_content("sentrum")
    assert headings == ["Dette gjelder alltid", *(section.title for section in content.sections)]
    assert sum(len(table.rows) - 1 for table in word.tables) == sum(1 for _row in content.rows())


def test_names_of_adults_are_shown_only_when_the_school_has_said_so(client: Client, slug: str, cast: Cast) -> None:
    name = str(cast.person("head_teacher"))
    assert name not in client.get(f"/skole/{slug}/plan/elev/").content.decode()

    plan = EnvironmentPlan.objects.get()
    arrange_plan(by=cast.actor("head_teacher"), plan=plan, treatments=[], reviewers=[], shows_names=True)
    assert name not in client.get(f"/skole/{slug}/plan/elev/").content.decode()
    arrange_plan(by=cast.actor("head_teacher"), plan=plan, treatments=[], reviewers=[], shows_names=True, shown_roles=["head_teacher"])

    assert name in client.get(f"/skole/{slug}/plan/elev/").content.decode()


def test_earlier_edition_is_read_as_it_was(client: Client, slug: str, cast: Cast) -> None:
    by = cast.actor("head_teacher")
    plan = EnvironmentPlan.objects.get()
    newer = begin_edition(by=by, plan=plan, content=library_content("rosenvilde"))
    assert client.get(f"/skole/{slug}/plan/utgave/2/").status_code == 404
    put_edition_in_force(by=by, edition=newer, valid_from=today() + timedelta(days=1))

    assert "Skolevalg" in client.get(f"/skole/{slug}/plan/utgave/1/").content.decode()
    assert "Skolevalg" not in client.get(f"/skole/{slug}/plan/").content.decode()
    assert "utgave/1/" in client.get(f"/skole/{slug}/plan/").content.decode()


def test_language_is_chosen_on_the_page_and_the_old_one_is_not_kept(client: Client, slug: str) -> None:
    address = f"/skole/{slug}/plan/elev/"
    mark = client.get(address).headers["ETag"]

    client.post(reverse("accounts:language-speak"), {"language": "nn", "next": address})
    answer = client.get(address, headers={"If-None-Match": mark})

    assert answer.status_code == 200
    assert 'lang="nn"' in answer.content.decode()[:200]


def set_last_planning_day(cast: Cast, last: int) -> None:
    """Let the planning days before the pupils come go from 12 August to a later day, as the calendar's page does."""
    year = current_year(cast.school.pk, today())
    assert year is not None
    first = date(year.first_day.year, 8, 12)
    spans = [ClosedDays(span.name, span.first_day, span.last_day, span.kind) for span in year.spans.all()]
    new = [span for span in spans if span.first_day > date(first.year, 8, 31)]
    new.append(ClosedDays("Planleggingsdager", first, first.replace(day=last), DayKind.PLANNING))
    set_calendar(by=cast.actor("head_teacher"), school=cast.school, first_day=first, last_day=year.last_day, spans=new)


def test_moved_planning_day_is_seen_at_once(client: Client, cast: Cast) -> None:
    by = cast.actor("head_teacher")
    timing = Window(Point("planning", side="first"), Point("planning", side="last"))
    row = Row("r1", RowKind.TASK, "Gå gjennom rutinene", who=("head_teacher",), when_said="planleggingsdagene", timings=(timing,))
    content = PlanContent("Planen", sections=(Section("s", "Vi forebygger", SectionArea.PREVENT, SectionForm.TABLE, rows=(row,)),))
    plan = begin_plan(by=by, place=cast.school, content=content)
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    address = f"/skole/{cast.school.slug}/plan/"

    set_last_planning_day(cast, 13)
    before = client.get(address).content.decode()
    set_last_planning_day(cast, 14)
    after = client.get(address).content.decode()

    assert ("(12.–13. august)" in before, "(12.–14. august)" in before) == (True, False)
    assert ("(12.–13. august)" in after, "(12.–14. august)" in after) == (False, True)


def test_date_the_school_has_set_for_a_row_stands_on_page_pdf_and_word(client: Client, slug: str, cast: Cast) -> None:
    year = current_year(cast.school.pk, today())
    assert year is not None
    day = date(year.first_day.year, 11, 5)
    address = f"/skole/{slug}/plan/"
    assert "5. november" not in client.get(address).content.decode()

    enter_row_fact(by=cast.actor("head_teacher"), school=cast.school, year=year, key="sen-af6", set_dates=[day])

    assert "5. november" in client.get(address).content.decode()
    word = Document(BytesIO(client.get(f"{address}plan.docx").content))
    assert any("5. november" in cell.text for table in word.tables for row in table.rows for cell in row.cells)


def test_sub_item_has_its_own_people_and_dates(client: Client, slug: str) -> None:
    page = client.get(f"/skole/{slug}/plan/").content.decode()

    part = page[page.index("VIP-makkerskap</span>", page.index("aktsom-plan-row__parts")) :].split("</li>")[0]
    assert "<dd>Kontaktlærer</dd>" in part
    assert "august)" in part


def test_new_role_holder_is_named_at_once_and_only_for_roles_that_are_shown(client: Client, slug: str, cast: Cast) -> None:
    by, plan = cast.actor("head_teacher"), EnvironmentPlan.objects.get()
    arrange_plan(by=by, plan=plan, treatments=[], reviewers=[], shows_names=True, shown_roles=["environment_worker", "substance_contact"])
    person = cast.person("teacher_without_relation")
    address = f"/skole/{slug}/plan/elev/"
    assert str(person) not in client.get(address).content.decode()

    name_role_holder(by=by, school=cast.school, role="librarian", person=person, valid_from=today())
    assert str(person) not in client.get(address).content.decode()
    name_role_holder(by=by, school=cast.school, role="substance_contact", person=person, valid_from=today())

    page = client.get(address).content.decode()
    assert f"Kjentmann: <bdi>{person}</bdi>" in page
    assert page.count("<bdi>") == page.count("<bdi>", 0, page.index("Voksne du kan gå til")) + 1


def test_school_that_shows_nobody_shows_nobody(client: Client, slug: str, cast: Cast) -> None:
    address = f"/skole/{slug}/plan/elev/"
    assert "Voksne du kan gå til" in client.get(address).content.decode()

    arrange_plan(
        by=cast.actor("head_teacher"), plan=EnvironmentPlan.objects.get(), treatments=[], reviewers=[], shows_names=True, shown_roles=[]
    )

    assert "Voksne du kan gå til" not in client.get(address).content.decode()


def test_role_no_pupil_goes_to_cannot_be_shown(cast: Cast, slug: str) -> None:
    with pytest.raises(Refused):
        arrange_plan(
            by=cast.actor("head_teacher"),
            plan=EnvironmentPlan.objects.get(),
            treatments=[],
            reviewers=[],
            shows_names=True,
            shown_roles=["police"],
        )


@pytest.fixture
def guide(cast: Cast) -> str:
    """The address of the guide in force of the cast's owner."""
    by = cast.actor("owner_handler")
    plan = begin_plan(by=by, place=cast.owner, template="steinkjer")
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today(), head=procedure_head())
    return f"/skoleeier/{cast.owner.org_number}/veileder/"


def test_owners_guide_has_an_open_page_the_schools_lead_to(client: Client, slug: str, cast: Cast) -> None:
    address = f"/skoleeier/{cast.owner.org_number}/veileder/"
    assert address not in client.get(f"/skole/{slug}/plan/").content.decode()
    assert client.get(address).status_code == 404
    by = cast.actor("owner_handler")
    plan = begin_plan(by=by, place=cast.owner, template="steinkjer")
    assert client.get(address).status_code == 404

    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today(), head=procedure_head())

    page = client.get(address).content.decode()
    assert "Seks områder" in page
    assert f'href="/skole/{slug}/plan/"' in page
    assert address in client.get(f"/skole/{slug}/plan/").content.decode()


def test_guide_of_another_owner_does_not_stand_at_the_school(client: Client, slug: str, cast: Cast) -> None:
    by = cast.actor("other_owner_handler")
    plan = begin_plan(by=by, place=cast.other_owner, template="steinkjer")
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today(), head=procedure_head())

    assert "/skoleeier/" not in client.get(f"/skole/{slug}/plan/").content.decode()
    assert f"/skole/{slug}/plan/" not in client.get(f"/skoleeier/{cast.other_owner.org_number}/veileder/").content.decode()


def test_guide_is_a_pdf_and_its_earlier_editions_are_kept(client: Client, guide: str, cast: Cast) -> None:
    by = cast.actor("owner_handler")
    plan = EnvironmentPlan.objects.get(owner=cast.owner)
    assert client.get(f"{guide}veileder.pdf").content[:5] == b"%PDF-"
    newer = begin_edition(by=by, plan=plan, content=library_content("storhamar"))
    assert client.get(f"{guide}utgave/2/").status_code == 404
    put_edition_in_force(by=by, edition=newer, valid_from=today() + timedelta(days=1), head=procedure_head(2))

    assert "Seks områder" in client.get(f"{guide}utgave/1/").content.decode()
    assert "Seks områder" not in client.get(guide).content.decode()


def pages_in(pdf: bytes) -> int:
    """Return how many sheets a PDF has."""
    return len(PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize("template", ["storhamar", "rosenvilde", "lillestrom", "sentrum", "steinkjer"])
def test_every_duty_card_of_the_five_plans_is_one_sheet(client: Client, cast: Cast, template: str) -> None:
    by = cast.actor("head_teacher")
    put_edition_in_force(by=by, edition=begin_plan(by=by, place=cast.school, template=template).editions.get(), valid_from=today())
    cards = [section for section in shown(library_content(template)).sections if section.is_card and section.rows]

    together = client.get(f"/skole/{cast.school.slug}/plan/handlingskort.pdf")

    assert cards
    assert (together.headers["Content-Type"], pages_in(together.content)) == ("application/pdf", len(cards))
    assert "handlingskort.pdf" in client.get(f"/skole/{cast.school.slug}/plan/").content.decode()
    assert pages_in(client.get(f"/skole/{cast.school.slug}/plan/kort/{cards[0].key}/kort.pdf").content) == 1


@pytest.mark.parametrize(("rows", "words"), [(1, 5), (60, 40), (200, 8), (1, 3000)])
def test_duty_card_is_one_sheet_however_long_and_says_where_the_rest_stands(rows: int, words: int) -> None:
    made = [Row(f"r{at}", RowKind.DUTY, "Følg med", how="ord " * words, who=("everyone",), when_said="straks") for at in range(rows)]
    section = Section("k", "Handlingskort", SectionArea.RESPOND, SectionForm.CARD, intro="Innledning. " * 200, rows=tuple(made))
    edition = PlanEdition(number=1, valid_from=today())
    card = shown(PlanContent("Plan", sections=(section,))).sections[0]

    pdf = set_paper("duty_cards", cards_of([card], place="Solvik skole", edition=edition, address="https://solvik.test/plan/"))

    assert pages_in(pdf) == 1
    assert "https://solvik.test/plan/" in PdfReader(BytesIO(pdf)).pages[0].extract_text().replace("\n", "")


@pytest.mark.parametrize("template", ["storhamar", "rosenvilde", "lillestrom", "sentrum", "steinkjer"])
def test_open_page_shames_nobody_for_old_references(client: Client, cast: Cast, template: str) -> None:
    by = cast.actor("head_teacher")
    put_edition_in_force(by=by, edition=begin_plan(by=by, place=cast.school, template=template).editions.get(), valid_from=today())
    cache.clear()

    page = client.get(f"/skole/{cast.school.slug}/plan/").content.decode()

    assert not any(word in page for word in ("Utdatert", "Gjelder ikke fra", "opphevet", "aktsom-plan__outdated"))


@pytest.mark.parametrize(
    ("template", "now"),
    [("storhamar", "Udirs rundskriv om skolemiljø, til kapittel 12"), ("rosenvilde", "opplæringslova kapittel 12")],
)
def test_open_page_says_what_holds_now_instead_of_replaced_law(client: Client, cast: Cast, template: str, now: str) -> None:
    by = cast.actor("head_teacher")
    put_edition_in_force(by=by, edition=begin_plan(by=by, place=cast.school, template=template).editions.get(), valid_from=today())
    cache.clear()

    assert f"<dt>Gjelder nå</dt><dd>{now}</dd>" in client.get(f"/skole/{cast.school.slug}/plan/").content.decode()
