"""What is a person's own to do on «I dag»: measures, the year, and what her team agreed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from aktsom.core.access.actor import Actor
from aktsom.core.timing.clock import today
from aktsom.core.waiting import WaitingRow
from aktsom.insight.needs import Need, Weight, due_words
from aktsom.measures.selectors import my_measures
from aktsom.wheel.selectors.tasks import my_tasks_due

SHOWN, MOST_MEASURES = 5, 25


def own_task_needs(actor: Actor, agreed: list[WaitingRow]) -> Iterator[Need]:
    """Return the actor's own measures, what the year asks of her now, and what her team said it would look at again."""
    yield from _measures(actor)
    yield from _tasks(actor)
    yield from _agreed(agreed)


def _measures(actor: Actor) -> Iterator[Need]:
    """Measures not marked today. Those with the same words stand in one line: nothing here tells whose they are (ACT-16)."""
    waiting = [measure for measure in my_measures(actor, most=MOST_MEASURES) if not measure.done_today]
    by_words: dict[tuple[str, int], list[Any]] = {}
    for measure in waiting:
        by_words.setdefault(((measure.task or measure.what)[:120], measure.plan.school_id), []).append(measure)
    for (words, school_id), (first, *others) in by_words.items():
        many = len(others) + 1
        yield Need(
            weight=Weight.SOON,
            since=(first.starts_on or today()).isoformat(),
            what=words,
            why=_("Du har dette i %(count)s tiltak.") % {"count": many} if others else _("Et tiltak du har ansvar for eller gjør."),
            url=reverse("measures:measure-list") if others else reverse("measures:measure-task", args=[first.public_id]),
            action=_("Se hvert av dem") if others else _("Se oppgaven"),
            school_id=school_id,
            about=first,
            with_same_words=tuple(others),
            when=first.starts_on,
            when_is=_("Fra"),
        )


def _tasks(actor: Actor) -> Iterator[Need]:
    """What the school's plan asks of the actor this week; the whole week stands in the wheel (WHL-07)."""
    sunday = today() + timedelta(days=6 - today().weekday())
    for task in my_tasks_due(actor, until=sunday, most=SHOWN):
        late = task.due_on < today()
        yield Need(
            weight=Weight.YEAR,
            since=task.due_on.isoformat(),
            what=task.title[:120] if task.group is None else f"{task.title[:110]} ({task.group.name})",
            why=_("Fra skolens plan. Ikke skrevet inn som gjort.") if late else _("Fra skolens plan, denne uka."),
            url=reverse("wheel:task-detail", args=[task.public_id]),
            action=_("Se gjøremålet"),
            school_id=task.school_id,
            when=task.due_on,
            when_is=due_words(late=late),
        )


def _agreed(rows: list[WaitingRow]) -> Iterator[Need]:
    """What a team agreed on and said it would look at again (QUA-02)."""
    for row in rows[:SHOWN]:
        day = row.day or today()
        yield Need(
            weight=Weight.SOON,
            since=day.isoformat(),
            what=_("Se på det dere ble enige om"),
            why=row.note[:120],
            url=reverse("plans:agreement-follow", args=[row.ref]),
            action=_("Skriv hvordan det gikk"),
            school_id=row.school_id,
            when=day,
            when_is=_("Avtalt til"),
        )
