"""Make a county in the database that settings name: 34 schools, 25 000 pupils, 10 000 cases, or a share of it.

    python bench/make_county.py --share 1.0

Everything is made in bulk and without sentences of the audit log; it is only for timing.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aktsom.config.settings")
SCHOOLS, PUPILS, CASES = 34, 25_000, 10_000
CHUNK = 500
TEXT = "Eleven forteller at det skjer i garderoben etter kroppsøving, nesten hver uke. " * 4


def main() -> None:
    """Read the share and make the county."""
    import django

    django.setup()
    from django.core.management import call_command

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="1.0 is the whole county, 0.1 a tenth of it")
    share = parser.parse_args().share
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    make(share)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what autovacuum would have done by the time anyone reads


def make(share: float) -> None:
    """Make schools and people, then cases spread evenly over the schools."""
    from aktsom.core.access.actor import system_actor
    from aktsom.core.audit.unit import unit_of_work
    from aktsom.core.timing.clock import now, today
    from aktsom.schools.rules import OwnerKind, SchoolLevel
    from demo.people import SchoolPlan, Town
    from demo.town import give_accounts, school_start

    with unit_of_work(system_actor("bench"), "bench"):
        town = Town(first_day=school_start(today()), org_number=920_000_000)
        owner = town.owner("Målefylket fylkeskommune", OwnerKind.COUNTY)
        schools = max(1, round(SCHOOLS * share))
        for number in range(schools):
            pupils = round(PUPILS * share / schools)
            plan = SchoolPlan(f"skole-{number}", f"Måleskole {number}", SchoolLevel.UPPER_SECONDARY, "steinkjer", pupils, (11, 12, 13))
            made = town.school(owner, plan)
            give_accounts(made)
            make_cases(made, round(CASES * share / schools), now())
            print(f"{number + 1} av {schools} skoler", flush=True)


def make_cases(made: Any, amount: int, moment: datetime) -> None:
    """Make the cases of one school, most of them closed, in chunks."""
    from aktsom.core.access.roles import Role

    everyone = [pupil for group in made.groups for pupil in made.pupils[group.pk]]
    head, leader = made.staff[Role.HEAD_TEACHER][0], made.staff[Role.DEPARTMENT_HEAD][0]
    for first in range(0, amount, CHUNK):
        numbers = range(first, min(first + CHUNK, amount))
        Chunk(
            made.school, head, leader, [(everyone[n % len(everyone)], moment - timedelta(hours=7 * n), n % 10 < 7) for n in numbers]
        ).write()


class Chunk:
    """Some cases of one school with everything in them, written table by table."""

    def __init__(self, school: Any, head: Any, leader: Any, rows: list[tuple[Any, datetime, bool]]) -> None:
        self.school, self.head, self.leader, self.rows = school, head, leader, rows

    def keys(self, kind: str) -> list[Any]:
        from aktsom.core.vault import keyring, sealing
        from aktsom.core.vault.models import ContentKey
        from aktsom.core.vault.services import owner_key_for

        owner_key = owner_key_for(self.school.owner_id)
        master = keyring.unwrapped_owner_key(owner_key)
        keys = [ContentKey(owner_key=owner_key, kind=kind, created_at=at) for _, at, _ in self.rows]
        for key in keys:
            key.wrapped = sealing.lock(master, sealing.new_key(), keyring.content_place(key.public_id, owner_key.owner_ref))
        return ContentKey.objects.bulk_create(keys)

    def write(self) -> None:
        from aktsom.cases import models as cases
        from aktsom.core.vault import keyring
        from aktsom.reports import models as reports

        report_keys, case_keys = self.keys("report"), self.keys("case")
        keyring.gather_keys([key.pk for key in (*report_keys, *case_keys)])
        made_reports = reports.Report.objects.bulk_create(list(self.reports(report_keys)))
        for model, people in ((reports.ReportPupil, None), (reports.ReportRecipient, self.head)):
            model.objects.bulk_create(list(self.report_parts(model, made_reports, people)))
        made_cases = cases.Case.objects.bulk_create(list(self.cases(case_keys)))
        self.case_parts(cases, made_cases, made_reports)
        self.plans(made_cases)
        keyring.forget_keys()

    def reports(self, keys: list[Any]) -> Iterator[Any]:
        from aktsom.reports.models import Report

        for (_pupil, at, _closed), key in zip(self.rows, keys, strict=True):
            yield Report(
                content_key=key, school=self.school, owner_id=self.school.owner_id, state="in_case", route="ordinary", channel="form",
                reporter_kind="staff", reporter=self.leader, what_happened=TEXT, first_known_by=self.leader, first_known_at=at,
                received_at=at, known_to_head_at=at, acknowledged_at=at, acknowledged_by=self.head,
            )  # fmt: skip

    def report_parts(self, model: Any, made: list[Any], person: Any) -> Iterator[Any]:
        for (pupil, at, _closed), report in zip(self.rows, made, strict=True):
            common = {"report": report, "content_key_id": report.content_key_id, "person": person or pupil}
            yield model(**common, reason="head_teacher", given_at=at) if person else model(**common)

    def cases(self, keys: list[Any]) -> Iterator[Any]:
        from aktsom.cases.models import Case

        for (pupil, at, closed), key in zip(self.rows, keys, strict=True):
            yield Case(
                content_key=key, pupil=pupil, school=self.school, owner_id=self.school.owner_id, kind="12-4", procedure_code="steinkjer",
                state="closed" if closed else "open", closed_at=at + timedelta(days=60) if closed else None,
                closing_reason="safe" if closed else "", opened_at=at, first_known_at=at, raised_with_head_on=at.date(), last_touched_at=at,
            )  # fmt: skip

    def case_parts(self, models: Any, made: list[Any], reports: list[Any]) -> None:
        common = [{"case": case, "content_key_id": case.content_key_id} for case in made]
        triples = list(zip(common, self.rows, reports, strict=True))
        models.CaseReport.objects.bulk_create([models.CaseReport(**c, report=r, joined_at=row[1]) for c, row, r in triples])
        parts = models.CasePart.objects.bulk_create(
            [models.CasePart(**c, kind="pupil", person=row[0], added_at=row[1]) for c, row, _ in triples]
        )
        models.CaseWorker.objects.bulk_create(
            [models.CaseWorker(**c, person=self.leader, role="handler", appointed_by=self.head, valid_from=row[1]) for c, row, _ in triples]
        )
        by = {"written_by": self.leader}
        inside = [(c | {"part": part}, row[1]) for (c, row, _), part in zip(triples, parts, strict=True)]
        models.Note.objects.bulk_create(
            [
                models.Note(**c, **by, kind="observation", happened_at=at, text=TEXT, source="Lærere", written_at=at)
                for c, at in inside
                for _ in range(3)
            ]
        )
        models.Hearing.objects.bulk_create(
            [
                models.Hearing(**c, **by, outcome="heard", held_on=at.date(), held_by=self.leader, pupils_words=TEXT, written_at=at)
                for c, at in inside
            ]
        )
        models.BestInterests.objects.bulk_create(
            [models.BestInterests(**c, **by, factors=TEXT, weighing=TEXT, conclusion=TEXT, written_at=at) for c, at in inside]
        )

    def plans(self, made: list[Any]) -> None:
        from aktsom.measures import models as measures

        rows = [
            measures.ActionPlan(
                content_key_id=case.content_key_id, pupil_id=case.pupil_id, school=self.school, owner_id=case.owner_id, file_ref=case.public_id,
                state="ended" if case.closed_at else "in_force", problem=TEXT, evaluate_on=(case.opened_at + timedelta(days=30)).date(),
                version=1, started_at=case.opened_at, in_force_at=case.opened_at, ended_at=case.closed_at,
            )
            for case in made
        ]  # fmt: skip
        plans = measures.ActionPlan.objects.bulk_create(rows)
        common = [{"plan": plan, "content_key_id": plan.content_key_id} for plan in plans]
        measures.PlanAccess.objects.bulk_create(
            [measures.PlanAccess(**c, person=self.leader, kind="worker", valid_from=c["plan"].started_at) for c in common]
        )
        findings = measures.Finding.objects.bulk_create(
            [measures.Finding(**c, text=TEXT, added_by=self.leader, added_at=c["plan"].started_at) for c in common]
        )
        measures.Measure.objects.bulk_create(
            [
                measures.Measure(**c, finding=finding, level="pupil", state="ended" if c["plan"].ended_at else "running", what=TEXT, responsible=self.leader, carried_out_by=self.leader, starts_on=c["plan"].started_at.date(), added_at=c["plan"].started_at)
                for c, finding in zip(common, findings, strict=True)
                for _ in range(2)
            ]
        )  # fmt: skip


if __name__ == "__main__":
    main()
