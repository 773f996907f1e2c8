"""What «I dag» says of reports: those to take, those left in another channel, the owner's notices, and the routine to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aktsom.core.access.actor import Actor
from aktsom.core.access.roles import Role
from aktsom.core.timing.clock import now, today
from aktsom.core.ui.dates import long_day
from aktsom.core.waiting import WaitingRow
from aktsom.insight.needs import Need, Weight, due_words
from aktsom.reports.rules import Channel
from aktsom.reports.selectors import answers_owed, waiting_owner_notices

SHOWN = 25


def _subject(report: Any) -> str:
    if report.is_test:
        return _("Prøvemelding")
    names = ", ".join(str(row.person) for row in report.pupils.all() if row.person) or _("en elev")
    return _("Melding om %(names)s") % {"names": names} if report.concerns_pupil else str(report.get_incident_kind_display())


def _next_step(report: Any) -> str:
    if report.is_test:
        return _("Tatt imot. Prøven virker, og meldingen kan tas bort.")
    return _("Tatt imot. Neste steg er å åpne sak.") if report.concerns_pupil else _("Tatt imot. Svar på om en elev kan ha det utrygt.")


def report_needs(reports: list[Any]) -> Iterator[Need]:
    """Return one line for each report that waits to be taken, or for its next step."""
    owed = answers_owed(reports)
    for report in reports:
        taken = report.acknowledged_at is not None
        urgent = report.urgency == "now" or report.route != "ordinary"
        why = _next_step(report) if taken else _("Venter på at du tar imot.")
        if report.pk in owed:
            passed = owed[report.pk] < today()
            words = _("%(why)s Svar var lovet innen %(day)s. Den dagen er passert.") if passed else _("%(why)s Lovet svar innen %(day)s.")
            why = words % {"why": why, "day": long_day(owed[report.pk])}
        yield Need(
            weight=Weight.TODAY if taken else Weight.NOW if urgent else Weight.NEW,
            since=report.received_at.isoformat(),
            what=_subject(report),
            why=why,
            url=reverse("reports:report-detail", args=[report.public_id]),
            action=_("Åpne meldingen"),
            school_id=report.school_id,
            when=report.received_at,
            when_is=_("Kom"),
        )


def routine_needs(rows: list[WaitingRow]) -> Iterator[Need]:
    """The day the school has set to look at its routine for reporting has come, or comes soon (REP-23)."""
    for row in rows:
        day = row.day or today()
        yield Need(
            weight=Weight.LATE if day < today() else Weight.SOON,
            since=day.isoformat(),
            what=_("Se på rutinen for å melde fra"),
            why=_("Dagen er skolens egen."),
            url=reverse("reports:routine-detail", args=[row.ref]),
            action=_("Se på rutinen"),
            school_id=row.school_id,
            when=day,
            when_is=due_words(late=day < today()),
        )


def left_elsewhere_needs(rows: list[WaitingRow]) -> Iterator[Need]:
    """What the actor wrote in from SMS or Teams and has not deleted there (PRV-10)."""
    for row in rows:
        at, where = row.at or now(), str(Channel(row.note).label)
        yield Need(
            weight=Weight.TODAY,
            since=at.isoformat(),
            what=_("Slett en melding på %(where)s") % {"where": where},
            why=_("Du har skrevet den inn i Aktsom. Slett den der den kom, så ingen andre kan lese den."),
            url=reverse("reports:report-sent", args=[row.ref]),
            action=_("Si fra at det er gjort"),
            when=at,
            when_is=_("Skrevet inn"),
        )


def owner_needs(actor: Actor, reports: list[Any]) -> Iterator[Need]:
    """What the schools have told the owner of: the urgent one by one, unless the report stands here itself; the rest in one line."""
    if not actor.owners_as(Role.OWNER_HANDLER):
        return
    here = {report.pk for report in reports}
    waiting: list[Any] = list(waiting_owner_notices(actor))
    quiet = [notice for notice in waiting if not notice.is_urgent]
    if quiet:
        new = sum(notice.opened_at is None for notice in quiet)
        yield Need(
            weight=Weight.NEW if new else Weight.TODAY,
            since=quiet[0].sent_at.isoformat(),
            what=ngettext("%(count)s varsel fra skolene venter på svar", "%(count)s varsler fra skolene venter på svar", len(quiet))
            % {"count": len(quiet)},
            why=ngettext("%(count)s har ingen åpnet.", "%(count)s har ingen åpnet.", new) % {"count": new} if new else "",
            url=reverse("reports:owner-list"),
            action=_("Se varslene"),
            when=quiet[0].sent_at,
            when_is=_("Det eldste kom"),
        )
    for notice in (notice for notice in waiting[:SHOWN] if notice.is_urgent and notice.report_id not in here):
        yield Need(
            weight=Weight.NOW,
            since=notice.sent_at.isoformat(),
            what=_("Varsel fra %(school)s") % {"school": notice.report.school},
            why=f"{notice.get_purpose_display()}.",
            url=reverse("reports:owner-detail", args=[notice.public_id]),
            action=_("Se varselet"),
            when=notice.sent_at,
            when_is=_("Sendt"),
        )
