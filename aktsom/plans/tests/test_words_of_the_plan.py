"""The opening words, what a row is anchored in, and the yearly hand-over, from the page where they are written to where they are read."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from aktsom.core.timing.clock import today
from aktsom.core.timing.yearly import schedule
from aktsom.plans.content_file import library_content
from aktsom.plans.models import EnvironmentPlan
from aktsom.plans.selectors.editions import content_of
from aktsom.plans.services import begin_plan, put_edition_in_force
from aktsom.schools.selectors import current_year, year_days
from tests.cast import Cast
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast: Cast) -> EnvironmentPlan:
    cache.clear()
    return begin_plan(by=cast.actor("head_teacher"), place=cast.school, template="steinkjer")


def test_pln_05_opening_with_name_and_year_is_what_pupils_read_first(cast: Cast, plan: EnvironmentPlan) -> None:
    edition, head = plan.editions.get(), sign_in(cast, "head_teacher")
    said = {"title": "Planen vår", "opening": "Ta vare på hverandre.", "opening_by": "Randi Randistad, rektor, 2026"}
    head.post(f"/planen/utgave/{edition.public_id}/skriv/tittel/", said)
    edition.refresh_from_db()
    put_edition_in_force(by=cast.actor("head_teacher"), edition=edition, valid_from=today())

    pages = [Client().get(f"/skole/{cast.school.slug}/plan/{part}").content.decode() for part in ("", "elev/")]

    assert [[words in page for words in (said["opening"], said["opening_by"])] for page in pages] == [[True, True]] * 2
    assert pages[1].index(said["opening"]) < pages[1].index("Når du sier fra")


def test_pln_07_row_says_what_it_is_anchored_in_to_everyone(cast: Cast, plan: EnvironmentPlan) -> None:
    edition = plan.editions.get()
    anchored = next(row for _section, row in content_of(edition).rows() if row.anchors)
    put_edition_in_force(by=cast.actor("head_teacher"), edition=edition, valid_from=today())

    page = Client().get(f"/skole/{cast.school.slug}/plan/").content.decode()

    shown = ", ".join(f'<span lang="nb">{text}</span>' for text in anchored.anchors)
    assert f"<dd>{shown}</dd>" in page


def test_pln_18_yearly_hand_over_falls_in_may_and_june_and_belongs_to_head_leadership_and_staff(cast: Cast) -> None:
    row = next(row for _section, row in library_content("steinkjer").rows() if "STK-W35" in row.sources or row.key == "stk-w35")
    year = current_year(cast.school.pk, today())
    assert year is not None

    spans = [(item.starts_on.month, item.due_on.month) for item in schedule(row.timings, year_days(year)).occurrences]

    assert spans == [(5, 6)]
    assert {"head_teacher", "leadership", "everyone"} <= set(row.who)
