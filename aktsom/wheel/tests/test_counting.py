"""What is counted: months by grades, gaps, the round picture."""

import itertools
from dataclasses import replace
from datetime import date
from math import hypot, isclose, pi, sin
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktsom.core.timing.clock import today
from aktsom.plans.selectors.editions import content_in_force
from aktsom.plans.selectors.standing import places_of
from aktsom.wheel.models import WheelTask
from aktsom.wheel.months import grade_name, months_of, year_begins
from aktsom.wheel.picture import CENTRE, picture_of, sector
from aktsom.wheel.selectors import counting
from aktsom.wheel.selectors.roles import role_book
from aktsom.wheel.selectors.tasks import tasks_of_year
from tests.cast import Cast


@given(st.integers(2000, 2100))
@settings(max_examples=20)
def test_months_of_a_year_follow_each_other_without_a_gap(autumn: int) -> None:
    months = months_of(autumn)

    assert (months[0].first, months[-1].last) == (date(autumn, 8, 1), date(autumn + 1, 7, 31))
    assert all((after.first - before.last).days == 1 for before, after in itertools.pairwise(months))
    assert {year_begins(month.first) for month in months} == {date(autumn, 8, 1)}


def test_grades_are_named_as_schools_say() -> None:
    assert [grade_name(grade) for grade in (1, 10, 11, 13, None)] == ["1. trinn", "10. trinn", "Vg1", "Vg3", ""]


@given(st.integers(1, 9), st.integers(0, 400), st.integers(0, 400))
@settings(max_examples=30)
def test_picture_has_a_cell_for_each_ring_and_month(rings: int, done: int, late: int) -> None:
    amounts = {("0", 8): counting.Tally(done=done, late=late, open=1)}
    picture = picture_of(
        amounts,
        rings={str(number): f"Del {number}" for number in range(rings)},
        months=[(month.number, month.name) for month in months_of(2026)],
        now=11,
        sentence="%(area)s i %(month)s: %(total)d, %(done)d, %(late)d",
    )

    assert (len(picture.shapes), len(picture.names), len(picture.rings)) == (12 * rings, 12, rings)
    assert [shape.text for shape in picture.shapes if shape.text] == [str(done + late + 1)]
    assert picture.shapes[0].mark == ("!" if late else "")
    assert [name.text for name in picture.names if name.is_now] == ["november"]


@pytest.mark.parametrize(("amount", "rings"), [(1, 1), (528, 4), (1584, 6), (1584, 9)])
def test_long_number_has_its_ground_under_all_of_it_and_no_number_reaches_the_next_month(amount: int, rings: int) -> None:
    names = {str(number): f"Del {number}" for number in range(rings)}
    amounts = {(code, 8): counting.Tally(late=amount) for code in names}
    months = [(month.number, month.name) for month in months_of(2026)]
    picture = picture_of(amounts, rings=names, months=months, now=8, sentence="%(area)s")

    grounds = [ground for ground in picture.grounds if ground.shape.text]
    assert len(grounds) == rings
    assert all(isclose(ground.x + ground.width / 2, ground.shape.x, abs_tol=0.2) for ground in grounds)
    assert all(ground.width >= 2 * picture.radius for ground in grounds)
    inmost = grounds[-1]
    room = 2 * hypot(inmost.shape.x - CENTRE, inmost.shape.y - CENTRE) * sin(pi / 12)
    assert inmost.width <= room + 2 * picture.radius


def test_sector_begins_at_the_top() -> None:
    path = sector(100, 200, 0, pi / 2)

    assert path.startswith("M400.0 200.0A")
    assert isclose(float(path.split("L")[1].split()[0]), 500.0)


AUTUMN = [month for month in months_of(2026) if month.number in {11, 12}]


def test_row_for_some_grades_stands_under_those_and_not_under_the_whole_school() -> None:
    counted = [
        counting.Counted("lucia", "Luciafeiring", 12, None, False, "", counting.Tally(open=1)),
        counting.Counted("fest", "Juleball", 12, None, False, "", counting.Tally(open=1)),
        counting.Counted("borte", "For et trinn skolen ikke har", 12, None, False, "", counting.Tally(open=1)),
    ]

    *_november, december = counting.month_matrix(counted, AUTUMN, [11, 12], {"lucia": (11,), "borte": (3,)})

    assert december.for_all == ("Juleball", "For et trinn skolen ikke har")
    assert [(cell.grade, cell.titles) for cell in december.cells] == [(11, ("Luciafeiring",)), (12, ())]


@pytest.mark.django_db
def test_offer_for_one_grade_is_no_offer_for_the_others(cast: Cast, laid_out: Any) -> None:
    tasks = tasks_of_year(cast.actor("head_teacher"), school=cast.school, year=laid_out)
    places = places_of(content_in_force(cast.school.pk))
    key = next(
        row
        for row in tasks.filter(kind="task", group=None, grade=None).values_list("row_key", flat=True)
        if places.areas[row] in counting.OFFERS
    )
    one, day = tasks.filter(row_key=key, kind="task"), tasks.filter(row_key=key, kind="task")[0].due_on
    month = [month for month in months_of(laid_out.first_day.year) if month.first <= day <= month.last]

    before = counting.gaps(one, places, [8, 9], month)
    after = counting.gaps(one, replace(places, grades={key: (8,)}), [8, 9], month)

    assert (before, after) == ([], [(9, month[0])])


@pytest.mark.django_db
def test_every_task_is_counted_once(cast: Cast, laid_out: Any) -> None:
    tasks = tasks_of_year(cast.actor("head_teacher"), school=cast.school, year=laid_out)
    areas = places_of(content_in_force(cast.school.pk)).areas

    counted = counting.counted_year(tasks)

    assert counting.whole(counted).total == WheelTask.objects.count()
    assert sum(tally.total for tally in counting.by_area(counted, areas).values()) == WheelTask.objects.count()
    assert sum(counting.whole(counted).__dict__.values()) == WheelTask.objects.count()


@pytest.mark.django_db
def test_grade_without_an_offer_is_pointed_out_and_one_with_an_offer_is_not(cast: Cast, laid_out: Any) -> None:
    tasks = tasks_of_year(cast.actor("head_teacher"), school=cast.school, year=laid_out)
    areas = places_of(content_in_force(cast.school.pk))
    month = [month for month in months_of(laid_out.first_day.year) if month.number == 10]
    of_classes = tasks.filter(group__grade=8, kind="task")

    assert counting.gaps(of_classes, areas, [8, 9], month) == [(9, month[0])]
    assert counting.gaps(tasks.none(), areas, [8], month) == [(8, month[0])]


@pytest.mark.django_db
def test_role_nobody_has_makes_its_rows_stand_out(cast: Cast, laid_out: Any) -> None:
    content = content_in_force(cast.school.pk)
    assert content is not None
    book = role_book(cast.school, content, today())
    by_code = {role.code: role for role in book.roles}

    assert by_code["head_teacher"].people == ("Aslak Aslakstad", "Randi Randistad")
    assert by_code["contact_teacher"].is_empty is False
    assert all(role.is_empty is False for role in book.roles if role.where)
    assert book.rows_without
