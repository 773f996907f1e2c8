"""Other ways in: told aloud, the deputy receives, no scripts, only a keyboard; and a case that is opened again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import today
from aktsom.people.models import Deputyship
from tests.cast import BUILDER, build_cast
from tests.journeys import road
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_what_somebody_said_aloud_is_written_in_and_received(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    teacher = arrive(cast, "contact_teacher")
    teacher.open("/meld/").press("Har noen sagt noe til deg? Skriv det inn her")
    teacher.write("Hvem gjelder det?", road.PUPIL).write("Hva ble sagt?", "Moren sa at Ylva ikke vil på skolen.")
    teacher.unfold("Vil du fortelle mer?").write("Hvem sa det?", "Maja Ylvasen").press("Send meldingen").sees("Vi har fått meldingen")
    assert teacher.taps <= 8

    head = arrive(cast, "head_teacher")
    road.take(head)
    head.sees("Maja Ylvasen").sees("skrevet inn av Kari Karistad")


def test_deputy_receives_when_the_head_teacher_is_away(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    with unit_of_work(BUILDER, "test"):
        Deputyship.objects.create(
            school=cast.school, deputy=cast.person("former_deputy"), valid_from=today(), valid_until=today() + timedelta(days=3)
        )
    report = road.report(arrive(cast, "contact_teacher"))

    deputy = arrive(cast, "former_deputy")
    road.take(deputy)

    arrive(cast, "head_teacher").open(f"/meldinger/{report}/").sees("Vidar Vidarstad")


def test_report_is_sent_and_received_without_scripts(arrive: Callable[..., Walker]) -> None:
    cast = build_cast()
    report = road.report(arrive(cast, "contact_teacher", java_script_enabled=False))

    head = arrive(cast, "head_teacher", java_script_enabled=False)
    road.take(head)
    road.assess(head)
    road.open_case(head, "Hedda Heddastad")

    head.open(f"/meldinger/{report}/").sees("Det har skjedd én gang.")


def test_teacher_reports_with_the_keyboard_alone(arrive: Callable[..., Walker]) -> None:
    teacher = arrive(build_cast(), "contact_teacher")
    page, keys = teacher.open("/meld/").page, teacher.page.keyboard
    wanted = {"pupils": road.PUPIL, "what_happened": "Ylva gråt i garderoben."}

    for _ in range(60):
        keys.press("Tab")
        name = page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")
        assert page.evaluate("document.activeElement.matches(':focus-visible')"), f"{name} shows no focus"
        if name in wanted:
            keys.type(wanted[name])
        if name == "urgency":
            keys.press("Space")
        if name == "Send meldingen":
            break
    with page.expect_navigation():
        keys.press("Enter")

    teacher.look().sees("Vi har fått meldingen")
