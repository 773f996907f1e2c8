"""Every demo school has its plan in force and its year under way: much is done, something skipped, something late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from aktsom.core.access.actor import Actor, actor_for, system_actor
from aktsom.core.access.roles import Role
from aktsom.core.audit.events import Event
from aktsom.core.audit.unit import unit_of_work
from aktsom.core.timing.clock import now
from aktsom.people.models import Membership, Person
from aktsom.people.rules import ClassRole
from aktsom.plans.rules.content import RowKind
from aktsom.plans.rules.inheriting import inherited_whole
from aktsom.plans.rules.steps import Edit, mark_of
from aktsom.plans.selectors.editions import content_of, guide_in_force
from aktsom.plans.services import begin_plan, edit_plan, put_edition_in_force
from aktsom.schools.selectors import current_year, year_days
from aktsom.wheel.models import WheelTask
from aktsom.wheel.rules import TaskState
from aktsom.wheel.services import arrange_year, enter_first_lesson, name_role_holder
from demo.people import MadeSchool

NOTES = (
    "Gikk fint. Alle var med.",
    "Vi brukte en time mer enn planlagt.",
    "Elevrådet foreslo en endring til neste år.",
    "Gjennomført sammen med nabotrinnet.",
)
EVIDENCE = ("Referat fra møtet", "Presentasjon for elevene", "Oppsummering i teammappa")
REASONS = ("Vi tok dette sammen med et annet tiltak i samme uke.", "Den som skulle holde det, var syk. Det tas opp igjen til våren.")
NAMED = ("council_adult", "mot_coordinator", "special_teacher", "safety_representative", "service_head", "caretaker", "librarian")


def arrange(made: MadeSchool, *, procedure: str, today: date) -> None:
    """Put the school's plan in force, lay the year out, and mark what is behind us."""
    head = actor_for(made.staff[Role.HEAD_TEACHER][0].user, second_factor=True)  # type: ignore[arg-type]
    year: Any = current_year(made.school.pk, today)
    guide = guide_in_force(made.school.owner_id)
    begun: dict[str, Any] = {"content": inherited_whole(content_of(guide))} if guide else {"template": procedure}
    plan = begin_plan(by=head, place=made.school, **begun)
    if guide:
        _adapt_a_row(plan.editions.get(), by=head)
    put_edition_in_force(by=head, edition=plan.editions.get(), valid_from=year.first_day)
    _give_roles(made, by=head, today=today)
    pupils_come = year_days(year).first_pupil_day
    for group in made.groups:
        enter_first_lesson(by=head, school=made.school, year=year, group=group, on=pupils_come + timedelta(days=(group.pk or 0) % 3))
    arrange_year(by=head, school=made.school, year=year)
    _mark(made, today=today)


def _adapt_a_row(draft: Any, *, by: Actor) -> None:
    """The school says in its own words how one of the owner's rows is done here."""
    content = content_of(draft)
    row = next(row for _section, row in content.rows() if row.kind == RowKind.TASK)
    own = replace(row, how=f"{row.how} Hos oss tar teamlederne dette på fellesmøtet.".strip())
    edit_plan(by=by, edition=draft, edit=Edit("change_row", row.key, row=own, seen=mark_of(content, Edit("change_row", row.key))))


def _give_roles(made: MadeSchool, *, by: Actor, today: date) -> None:
    teachers = made.staff[Role.STAFF]
    for number, role in enumerate(NAMED):
        person = teachers[(number * 3 + 1) % len(teachers)]
        name_role_holder(by=by, school=made.school, role=role, person=person, valid_from=today - timedelta(days=60))


def _mark(made: MadeSchool, *, today: date) -> None:
    teacher_of: dict[int, Person] = {
        row.group_id: row.person
        for row in Membership.objects.filter(group__in=made.groups, role=ClassRole.CONTACT_TEACHER).select_related("person")
    }
    head = made.staff[Role.HEAD_TEACHER][0]
    tasks = list(WheelTask.objects.filter(school=made.school, due_on__lt=today).order_by("due_on", "id"))
    for number, task in enumerate(tasks):
        turn = number % 23
        recent = (today - task.due_on).days < 12
        if turn in {7, 15} or (recent and turn % 3 == 0):
            continue  # late
        task.marked_at = now()
        task.done_by = teacher_of.get(task.group_id or 0, head)
        if turn == 11:
            task.state, task.reason = TaskState.SKIPPED, REASONS[number % len(REASONS)]
            continue
        task.state, task.done_on = TaskState.DONE, task.due_on
        if turn % 4 == 0:
            task.note = NOTES[number % len(NOTES)]
        if turn % 6 == 0:
            task.evidence = [EVIDENCE[number % len(EVIDENCE)]]
    with unit_of_work(system_actor("demo"), Event.DEMO_LOADED):
        fields = ["state", "reason", "done_on", "done_by", "note", "evidence", "marked_at"]
        WheelTask.objects.bulk_update(tasks, fields, batch_size=500)
