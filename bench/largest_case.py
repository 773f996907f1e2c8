"""Time the tabs of a small case and of the largest one: 300 things found out, 12 versions of the plan, 60 evaluations.

    python bench/largest_case.py [--rounds 30]

The largest may cost at most 1.5 times the small one. Uses the county of make_county.py and fills one case of it once.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aktsom.config.settings")
ENTRIES, VERSIONS, EVALUATIONS, DEEDS = 300, 12, 60, 60
MOST = 1.5
TEXT = "Eleven forteller at det skjer i garderoben etter kroppsøving, nesten hver uke. " * 6


def fill(case: Any) -> None:
    """Make the case large, in bulk, once."""
    from aktsom.cases.models import CasePart, Note
    from aktsom.core.timing.clock import now, today
    from aktsom.measures.models import ActionPlan, Evaluation, MeasureDeed, PlanVersion

    plan = ActionPlan.objects.get(file_ref=case.public_id)
    part, key, moment = CasePart.objects.get(case=case, kind="pupil"), case.content_key_id, now()
    by = case.workers.first().person
    if part.notes.count() >= ENTRIES:
        return
    note = {"case": case, "part": part, "content_key_id": key, "kind": "log", "text": TEXT, "written_by": by}
    Note.objects.bulk_create(Note(happened_at=moment - timedelta(hours=hour), written_at=moment, **note) for hour in range(ENTRIES))
    same = {"plan": plan, "content_key_id": key}
    whole = {"problem": TEXT, "evaluate_on": "", "evaluator": None, "findings": [], "measures": []}
    last = plan.version
    PlanVersion.objects.bulk_create(
        PlanVersion(number=last + step, content=whole, reason=TEXT, evaluate_on=today(), put_in_force_by=by, put_in_force_at=moment, **same)
        for step in range(1, VERSIONS + 1)
    )
    ActionPlan.objects.filter(pk=plan.pk).update(version=last + VERSIONS)
    Evaluation.objects.bulk_create(
        Evaluation(
            held_on=today() - timedelta(days=day),
            evaluated_by=by,
            pupil_answer="same",
            pupil_words=TEXT,
            next_on=today(),
            written_at=moment,
            **same,
        )
        for day in range(EVALUATIONS)
    )
    measure = plan.measures.first()
    if measure is not None:
        MeasureDeed.objects.bulk_create(
            MeasureDeed(measure=measure, done_on=today(), done_by=by, note=TEXT, marked_at=moment, **same) for _ in range(DEEDS)
        )


def main() -> None:
    """Print one line for each tab, and fail when one of them costs too much."""
    import django

    django.setup()
    from aktsom.cases.models import Case
    from aktsom.core.access.actor import system_actor
    from aktsom.core.access.roles import Role
    from aktsom.core.audit.unit import unit_of_work
    from aktsom.measures.models import ActionPlan
    from aktsom.people.models import Position
    from bench.measure import signed_in, time_page

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    in_force = ActionPlan.objects.filter(state="in_force").values("file_ref")
    small, large = Case.objects.filter(state="open", public_id__in=in_force).order_by("pk")[:2]
    with unit_of_work(system_actor("bench"), "bench"):
        fill(large)
    head = Position.objects.filter(school=small.school, role=Role.HEAD_TEACHER).order_by("pk").first()
    client, too_slow = signed_in(head.person.user), []
    print(f"{'fane':16} {'liten ms':>9} {'stor ms':>9} {'ganger':>7} {'spørringer':>11}")
    for name, path in (
        ("oversikt", ""),
        ("undersøkelse", "undersokelse/"),
        ("stemme", "stemme/"),
        ("logg", "logg/"),
        ("dokumenter", "dokumenter/"),
        ("plan", None),
    ):
        where = [_address(case, path) for case in (small, large)]
        (_few, first, _slow), (many, second, _slower) = (time_page(client, address, rounds) for address in where)
        print(f"{name:16} {first:>9.1f} {second:>9.1f} {second / first:>7.2f} {many:>11}")
        too_slow += [name] if second > MOST * first else []
    if too_slow:
        raise SystemExit(f"More than {MOST} times: {', '.join(too_slow)}")


def _address(case: Any, path: str | None) -> str:
    from aktsom.measures.models import ActionPlan

    if path is None:
        return f"/planer/{ActionPlan.objects.get(file_ref=case.public_id).public_id}/"
    return f"/saker/{case.public_id}/{path}"


if __name__ == "__main__":
    main()
