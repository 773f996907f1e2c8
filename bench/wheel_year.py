"""Time the year of a large school: 120 classes, each plan of the library, computed and written, and computed again.

    python bench/wheel_year.py

The slowest may take at most one second of the processor (others may be using the machine). Run it on an empty SQLite file:
AKTSOM_SQLITE_FILE names it.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aktsom.config.settings")
CLASSES = 120
MOST = 1.0


def main() -> None:
    """Print one line for each plan, and fail when one of them takes too long."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    slowest = max(time_plan(number, code) for number, code in enumerate(("storhamar", "rosenvilde", "lillestrom", "sentrum", "steinkjer")))
    if slowest > MOST:
        raise SystemExit(f"For sent: {slowest:.2f} s, og grensen er {MOST:.0f} s")


def time_plan(number: int, code: str) -> float:
    """Return how long it takes to compute and write the year of one plan."""
    from aktsom.core.access.actor import system_actor
    from aktsom.core.audit.unit import unit_of_work
    from aktsom.people.models import Group
    from aktsom.plans.content_file import library_content
    from aktsom.plans.models import EnvironmentPlan, PlanEdition
    from aktsom.plans.rules.content import as_plain
    from aktsom.schools.models import School, SchoolOwner, SchoolYear
    from aktsom.wheel.services import arrange_year

    by = system_actor("bench")
    first = date(2026, 8, 17)
    grades = range(1, 11) if code == "steinkjer" else range(11, 14)
    with unit_of_work(by, "bench"):
        owner = SchoolOwner.objects.create(org_number=f"93000000{number}", name="Målekommunen", kind="municipality")
        school = School.objects.create(slug=code, name=f"Måleskole {code}", org_number=f"93100000{number}", owner=owner, level="combined")
        year = SchoolYear.objects.create(school=school, name="2026/2027", first_day=first, last_day=first + timedelta(days=305))
        names = [(grade, letter) for letter in range(CLASSES) for grade in grades][:CLASSES]
        Group.objects.bulk_create(
            Group(
                school=school,
                year=year,
                kind="school_class",
                name=f"{grade}-{letter}",
                grade=grade,
                valid_from=first,
                external_id=f"{grade}-{letter}",
            )
            for grade, letter in names
        )
        plan = EnvironmentPlan.objects.create(school=school, started_at="2026-08-01T08:00:00+02:00")
        when = {"made_at": "2026-08-01T08:00:00+02:00", "changed_at": "2026-08-01T08:00:00+02:00"}
        PlanEdition.objects.create(
            plan=plan,
            number=1,
            state="in_force",
            valid_from=first,
            in_force_at="2026-08-10T08:00:00+02:00",
            content=as_plain(library_content(code)),
            **when,
        )
    began = time.process_time()
    made = arrange_year(by=by, school=school, year=year)["new"]
    written = time.process_time() - began
    began = time.process_time()
    arrange_year(by=by, school=school, year=year)
    again = time.process_time() - began
    print(f"{code:12}{made:>8} gjøremål  regnet ut og skrevet {written:5.2f} s  igjen {again:5.2f} s")
    return max(written, again)


if __name__ == "__main__":
    main()
