"""One home for each: the pupil's and the family's, the staff's, the head's; nobody sees another's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aktsom.core.timing.clock import today
from aktsom.insight.home import home_of
from aktsom.plans.services import begin_plan, put_edition_in_force
from aktsom.schools.selectors import current_year
from aktsom.wheel.services import arrange_year
from tests.cast import Cast
from tests.database_dump import MOST_QUERIES
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_plan(cast: Cast) -> Cast:
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="sentrum")
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    arrange_year(by=by, school=cast.school, year=current_year(cast.school.pk, today()))
    return cast


def test_xct_11_pupil_and_guardian_find_adults_the_plan_and_help_from_one_page(with_plan: Cast) -> None:
    for name in ("pupil", "guardian"):
        page = sign_in(with_plan, name).get("/").content.decode()
        found = [place.url for place in home_of(with_plan.actor(name)).places]

        slug = with_plan.school.slug
        assert found == ["/skolen/voksne/", f"/skole/{slug}/plan/elev/", f"/skole/{slug}/les-mer/", f"/skole/{slug}/"]
        assert [f'href="{url}"' in page for url in found] == [True] * 4
        assert ("Handlingskort" in page, "Slik står planen" in page) == (False, False)


def test_pupils_home_at_a_school_without_a_plan_leads_to_no_empty_page(cast: Cast) -> None:
    assert f"/skole/{cast.school.slug}/plan/elev/" not in [place.url for place in home_of(cast.actor("pupil")).places]


def test_xct_12_staff_find_their_week_class_measures_and_duty_cards(with_plan: Cast) -> None:
    client = sign_in(with_plan, "contact_teacher")
    home = home_of(with_plan.actor("contact_teacher"))

    assert [place.url for place in home.places] == [
        "/arshjul/", f"/arshjul/{with_plan.school.public_id}/min-klasse/", "/tiltak/", f"/planen/snakk-sammen/{with_plan.school.public_id}/"
    ]  # fmt: skip
    assert len([card for card in home.cards if card.label.startswith("Handlingskort")]) == 6
    assert {client.get(place.url).status_code for place in [*home.places, *home.cards]} == {200}
    assert home.standings == []


def test_xct_13_head_reads_how_plan_and_year_stand_and_still_asks_few_questions(with_plan: Cast) -> None:
    client = sign_in(with_plan, "head_teacher")
    client.get("/")

    with CaptureQueriesContext(connection) as asked:
        page = client.get("/").content.decode()
    [standing] = home_of(with_plan.actor("head_teacher")).standings

    assert (standing.plan.number, standing.plan.is_reviewed, standing.tally.total > 0) == (1, False, True)
    assert "Planen er ikke evaluert i år." in page
    assert f"av {standing.tally.total} gjort" in page
    assert len(asked) <= MOST_QUERIES


def test_owner_has_her_own_page_and_none_of_this(with_plan: Cast) -> None:
    home = home_of(with_plan.actor("owner_handler"))

    assert (home.places, home.cards, home.standings) == ([], [], [])
