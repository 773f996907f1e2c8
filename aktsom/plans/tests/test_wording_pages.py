"""The open pages in nynorsk, and the page where the school writes what ours do not say."""

import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aktsom.core.timing.clock import today
from aktsom.plans.content_file import library_content
from aktsom.plans.loading import LIBRARY_CODES
from aktsom.plans.models import EnvironmentPlan
from aktsom.plans.rules.content import PlanContent, Row, RowKind, Section, SectionArea, SectionForm, is_card
from aktsom.plans.services import begin_plan, put_edition_in_force, translate_plan
from aktsom.plans.tests.test_public import questions
from tests.cast import Cast
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

    translate_plan(by=cast.actor("head_teacher"), plan=plan, said={"Vi steker vafler": " Vi steiker vaflar "})

    assert 'lang="nn"><strong>Vi steiker vaflar</strong>' in nynorsk(address)
    assert "Vi steiker vaflar" not in Client().get(address).content.decode()


def test_nynorsk_that_is_emptied_is_gone_and_the_rest_stays(cast: Cast) -> None:
    plan, by = in_force(cast, content=plan_of(OWN)), cast.actor("head_teacher")

    translate_plan(by=by, plan=plan, said={"Vi steker vafler": "Vi steiker vaflar", "Alle får en.": "Alle får ein."})
    translate_plan(by=by, plan=plan, said={"Vi steker vafler": " "})

    assert EnvironmentPlan.objects.get(pk=plan.pk).translations == {"Alle får en.": "Alle får ein."}
