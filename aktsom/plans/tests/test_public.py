"""The plan for everyone: open, quick, kept after the first, in a pupil's words, a card on one page."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from aktsom.core.timing.clock import today
from aktsom.plans.content_file import library_content
from aktsom.plans.models import EnvironmentPlan
from aktsom.plans.services import arrange_plan, begin_edition, begin_plan, put_edition_in_force
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def slug(cast: Cast) -> str:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="sentrum")
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    cache.clear()
    return cast.school.slug


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
    own = [query for query in first.captured_queries if "core_cache" not in query["sql"]]
    assert len(own) <= 8
    assert len([query for query in again.captured_queries if "core_cache" not in query["sql"]]) <= 3


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
    assert headings == [section.title for section in content.sections]
    assert sum(len(table.rows) - 1 for table in word.tables) == sum(1 for _row in content.rows())


def test_names_of_adults_are_shown_only_when_the_school_has_said_so(client: Client, slug: str, cast: Cast) -> None:
    name = str(cast.person("head_teacher"))
    assert name not in client.get(f"/skole/{slug}/plan/elev/").content.decode()

    plan = EnvironmentPlan.objects.get()
    arrange_plan(by=cast.actor("head_teacher"), plan=plan, treatments=[], reviewers=[], shows_names=True)

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
