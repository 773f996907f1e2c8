"""Notices as pages ask for them. Everybody meets only her own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.notify.addresses import NOWHERE, contacts, school_names, staff_names
from aktsom.core.notify.gateways import has_sms
from aktsom.core.notify.models import JobRun, Notice, NoticeChoice, Sending, TeamsRoute
from aktsom.core.notify.rules import KINDS, Channel, SendState, Trouble, group_of
from aktsom.core.notify.wording import wording_of

SHOWN = 50


@dataclass(frozen=True)
class NoticeRow:
    """One notice in words."""

    public_id: str
    what: str
    why: str
    path: str
    created_at: datetime
    is_seen: bool
    is_urgent: bool


def unseen_count(actor: Actor) -> int:
    """Return how many notices the actor has not seen."""
    return Notice.objects.filter(person_ref=actor.person_id, seen_at=None).count() if actor.person_id else 0


@dataclass(frozen=True)
class Delivery:
    """How one notice came to one person: sent or not, and when she saw it. Who she is, the caller knows."""

    person_id: int
    created_at: datetime
    state: str
    color: str
    seen_at: datetime | None


def deliveries(*, code: str, occasion: str) -> list[Delivery]:
    """Return to whom a notice went, how it came out and who has seen it. For those who may meet what it is about."""
    return [
        Delivery(
            notice.person_ref,
            notice.created_at,
            str(SendState(notice.mail_state).label),
            COLORS.get(SendState(notice.mail_state), "info"),
            notice.seen_at,
        )
        for notice in Notice.objects.filter(code=code, occasion=occasion).order_by("created_at", "id")
    ]


def latest_occasion(*, code: str, owner_id: int) -> str:
    """Return the last occasion of a kind of notice at an owner, or ""."""
    found = Notice.objects.filter(code=code, owner_ref=owner_id).order_by("-created_at", "-id").values_list("occasion", flat=True)
    return found.first() or ""


def was_told(*, code: str, occasion: str) -> bool:
    """Return whether anybody has been told of this already, for jobs that must not repeat themselves."""
    return Notice.objects.filter(code=code, occasion=occasion).exists()


def told_of(*, codes: Iterable[str], occasions: Iterable[str]) -> set[tuple[str, str]]:
    """Return which of these somebody has been told of already, as pairs of code and occasion."""
    return set(Notice.objects.filter(code__in=list(codes), occasion__in=list(occasions)).values_list("code", "occasion"))


def own_notices(actor: Actor) -> list[NoticeRow]:
    """Return the actor's 50 newest notices."""
    rows = Notice.objects.filter(person_ref=actor.own_id).order_by("-created_at", "-id")[:SHOWN]
    return [_row(notice) for notice in rows] if actor.person_id else []


def own_notice(actor: Actor, public_id: str) -> Notice | None:
    """Return one of the actor's own notices."""
    return Notice.objects.filter(person_ref=actor.person_id, public_id=public_id).first() if actor.person_id else None


@dataclass(frozen=True)
class LogRow:
    """That somebody was sent something: who and what kind, never what it was about."""

    who: str
    kind: str
    channel: str
    state: str
    color: str
    trouble: str
    tries: int
    at: datetime
    next_try_at: datetime | None
    seen_at: datetime | None


@dataclass(frozen=True)
class Ways:
    """How a person can be reached, and how she has chosen."""

    choice: NoticeChoice
    email: str
    number: str
    has_sms: bool


@dataclass(frozen=True)
class RouteRow:
    """A school whose Teams channel the actor may connect, and where it is connected now."""

    school_id: int
    name: str
    host: str
    set_at: datetime | None


COLORS = {SendState.SENT: "success", SendState.FAILED: "danger", SendState.NONE: "neutral"}


def sending_log(actor: Actor) -> QuerySet[Sending]:
    """Return what was sent from the actor's schools, newest first. What the school must not know of is not there."""
    schools = actor.schools_where(Action.NOTICE_LOG_SEE)
    rows = Sending.objects.filter(school_ref__in=schools, is_withheld=False)
    return rows.select_related("notice").order_by("-created_at", "-id")


def log_rows(sendings: Iterable[Sending]) -> list[LogRow]:
    """Return sendings in words. Only those who work at the school are named: that a child has a case is not told here."""
    shown = list(sendings)
    names = staff_names(sending.person_ref for sending in shown if sending.person_ref)
    return [_log_row(sending, names) for sending in shown]


def _log_row(sending: Sending, names: dict[int, str]) -> LogRow:
    is_teams = sending.channel == Channel.TEAMS
    name = _("Skolens Teams-kanal") if is_teams else names.get(sending.person_ref or 0, "")
    kind = KINDS[group_of(sending.notice.code)] if sending.notice and name else _("Varsel")
    return LogRow(
        who=name or _("En elev eller foresatt"),
        kind=str(kind) if sending.notice else _("Morgenens samling"),
        channel=str(Channel(sending.channel).label),
        state=str(SendState(sending.state).label),
        color=COLORS.get(SendState(sending.state), "info"),
        trouble=str(Trouble(sending.trouble).label) if sending.trouble else "",
        tries=sending.tries,
        at=sending.created_at,
        next_try_at=sending.next_try_at if sending.state == SendState.WAITING and sending.tries else None,
        seen_at=sending.notice.seen_at if sending.notice and not is_teams else None,
    )


def own_ways(actor: Actor) -> Ways:
    """Return how the actor is reached and what she has chosen."""
    contact = contacts([actor.own_id]).get(actor.own_id, NOWHERE)
    choice = NoticeChoice.objects.filter(person_ref=actor.own_id).first() or NoticeChoice(person_ref=actor.own_id)
    return Ways(choice, contact.email, contact.number, has_sms())


def last_run_at() -> datetime | None:
    """Return when the worker last began a job, or None when it never has."""
    return JobRun.objects.order_by("-started_at").values_list("started_at", flat=True).first()


def teams_routes(actor: Actor) -> list[RouteRow]:
    """Return the actor's schools by name, with the Teams channel of each. The address itself is never shown."""
    schools = actor.schools_where(Action.NOTICE_ROUTE_SET)
    set_up = {route.school_ref: route for route in TeamsRoute.objects.filter(school_ref__in=schools)}
    rows = [(name, pk, set_up.get(pk)) for pk, name in school_names(schools).items()]
    return [RouteRow(pk, name, route.host if route else "", route.set_at if route else None) for name, pk, route in sorted(rows, key=str)]


def _row(notice: Notice) -> NoticeRow:
    words = wording_of(notice.code)
    return NoticeRow(
        public_id=notice.public_id,
        what=str(words.what),
        why=str(words.why),
        path=notice.path,
        created_at=notice.created_at,
        is_seen=notice.seen_at is not None,
        is_urgent=notice.is_urgent,
    )
