"""A school with its plan in force and its year laid out."""

from typing import Any

import pytest

from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import today
from aktsom.plans.services import begin_plan, put_edition_in_force
from aktsom.schools.selectors import current_year
from aktsom.wheel.services import arrange_year
from tests.cast import BUILDER, Cast


@pytest.fixture
def laid_out(cast: Cast) -> Any:
    """The current school year of Solvik skole with every task of the plan."""
    by = cast.actor("head_teacher")
    plan = begin_plan(by=by, place=cast.school, template="storhamar")
    put_edition_in_force(by=by, edition=plan.editions.get(), valid_from=today())
    year = current_year(cast.school.pk, today())
    arrange_year(by=by, school=cast.school, year=year)
    return year


@pytest.fixture
def building() -> Any:
    """A function that opens a unit of work for what a test arranges by hand."""
    return lambda: unit_of_work(BUILDER, "test")
