"""A new school's first steps on a phone: a plan that is in force, and a page that says what is left."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import build_cast
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_head_teacher_is_led_from_the_start_page_to_a_plan_in_force(arrive: Callable[..., Walker]) -> None:
    head = arrive(build_cast(), "head_teacher")
    head.open("/").press("Kom i gang").sees("Virker det?")
    head.press("Velg plan").choose("Steinkjer kommune").choose("Fra i dag").press("Begynn med denne planen")
    head.sees("Planen gjelder fra i dag.").sees("Skolen har en plan som gjelder.")
