"""A teacher's August: what waits is on «I dag», marked in two taps, undone, skipped with a reason; the leader sees how it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import today
from aktsom.plans.services import begin_plan, put_edition_in_force
from aktsom.schools.selectors import current_year
from aktsom.wheel.models import WheelTask
from aktsom.wheel.services import arrange_year
from tests.cast import BUILDER, Cast, build_cast
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def laid_out() -> tuple[Cast, list[WheelTask]]:
    """Return the cast with the year laid out, and two tasks of the teacher's class that are due today."""
    cast = build_cast()
    head = cast.actor("head_teacher")
    plan = begin_plan(by=head, place=cast.school, template="storhamar")
    put_edition_in_force(by=head, edition=plan.editions.get(), valid_from=today())
    arrange_year(by=head, school=cast.school, year=current_year(cast.school.pk, today()))
    tasks = list(WheelTask.objects.filter(group=cast.group, who=" contact_teacher ").order_by("due_on", "id"))
    with unit_of_work(BUILDER, "test"):
        WheelTask.objects.exclude(pk__in=[task.pk for task in tasks[:2]]).update(state="done", done_on=today())
        for task in tasks[:2]:
            task.starts_on = task.due_on = today()
            task.save()
    return cast, tasks[:2]


def test_teachers_august(arrive: Callable[..., Walker]) -> None:
    cast, (first, second) = laid_out()
    teacher = arrive(cast, "contact_teacher")

    teacher.open("/").sees(first.title).press_first(f"a[href='/arshjul/gjoremal/{first.public_id}/']").sees("Hvorfor da?")
    teacher.press("Gjort i dag").sees("Angre. Det er ikke gjort likevel")
    assert teacher.taps == 2
    teacher.unfold("Skriv mer om hvordan det gikk").write("Hvordan gikk det?", "Klassen laget sju regler.").choose("Elevene i klassen")
    shown = {"name": "Klassereglene.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 regler"}
    teacher.page.set_input_files("input[type=file][name=files]", [shown])
    teacher.press("Rett det som står").sees("Klassereglene.pdf").sees("Klassen laget sju regler.").sees("Elevene i klassen")
    first.refresh_from_db()
    assert (first.state, first.done_by) == ("done", cast.person("contact_teacher"))

    teacher.open("/arshjul/").sees("Min uke").press_first(f"form[action$='{second.public_id}/gjort/'] button").sees("Skrevet inn som gjort")
    teacher.open(f"/arshjul/gjoremal/{second.public_id}/").press("Angre. Det er ikke gjort likevel").sees("Gjort i dag")
    teacher.unfold("Hopp over denne gangen").write("Hvorfor hopper dere over det?", "Klassen var på tur.").press("Hopp over")
    teacher.sees("Klassen var på tur.")
    for page in ("min-klasse/", "", "liste/", "trinn/", "roller/"):
        teacher.open(f"/arshjul/{cast.school.public_id}/{page}")

    head = arrive(cast, "head_teacher")
    for page in ("oversikt/", "rapport/", "mangler/", "mangler/timer/", "ordne/"):
        head.open(f"/arshjul/{cast.school.public_id}/{page}")
    head.open(f"/arshjul/{cast.school.public_id}/rapport/").sees("Klassen var på tur.").sees("Klassereglene.pdf")


def test_teachers_august_on_a_computer(arrive: Callable[..., Walker]) -> None:
    cast, (first, second) = laid_out()
    teacher = arrive(cast, "contact_teacher", viewport={"width": 1280, "height": 900})

    teacher.open("/arshjul/").sees("Min uke").unfold("Noe fra hverdagen").write("Noe dere gjorde i dag", "Alle fikk være med på leken.")
    teacher.press("Skriv det ned").sees("Skrevet ned.")
    for task in (first, second):
        teacher.open(f"/arshjul/gjoremal/{task.public_id}/")
    teacher.open(f"/arshjul/{cast.school.public_id}/min-klasse/").sees(first.title)
    head = arrive(cast, "head_teacher", viewport={"width": 1280, "height": 900})
    for page in ("/skolene/", f"/planen/ressurser/{cast.school.public_id}/", f"/planen/omrader/{cast.school.public_id}/"):
        head.open(page)
    head.open(f"/arshjul/{cast.school.public_id}/rapport/").sees("Alle fikk være med på leken.")


def test_moved_first_day_shows_what_moves_before_it_is_written(arrive: Callable[..., Walker]) -> None:
    cast, _tasks = laid_out()
    with unit_of_work(BUILDER, "test"):
        WheelTask.objects.update(state="open", done_on=None)
    year = current_year(cast.school.pk, today())
    assert year is not None
    later = year.first_day + timedelta(days=7)
    head = arrive(cast, "head_teacher")

    head.open(f"/skolen/{cast.school.public_id}/skolerute/").write("Første dag i skoleåret", later.isoformat())
    head.press("Se hva som flytter seg").sees("Dette skjer når du sier ja").sees("kontaktlærer")
    year.refresh_from_db()
    assert year.first_day == later - timedelta(days=7)
    head.press("Ja, skriv inn skoleruta").sees("Skoleruta er skrevet inn.")
    year.refresh_from_db()
    assert year.first_day == later


def test_wheel_works_without_scripts(arrive: Callable[..., Walker]) -> None:
    cast, (first, _second) = laid_out()
    teacher = arrive(cast, "contact_teacher", java_script_enabled=False)

    teacher.page.goto("/arshjul/")
    teacher.page.locator(f"form[action$='{first.public_id}/gjort/'] button").click()

    first.refresh_from_db()
    assert (first.state, first.done_on) == ("done", today())
