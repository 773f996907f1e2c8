"""What was written earlier in a case, offered where the next text is written. Only from inside the writer's own walls."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from aktsom.cases.access import sees_whole_case
from aktsom.cases.models import Analysis, Case, CasePart
from aktsom.cases.rules import PartKind
from aktsom.cases.selectors.lists import read_reports
from aktsom.cases.selectors.room import hearings_of
from aktsom.core.access.actor import Actor
from aktsom.core.ui.dates import long_day
from aktsom.core.ui.offering import Offer
from aktsom.measures.selectors import plan_of_file, version_page

MOST = 8


def _from_reports(case: Case, what: str, wish: str) -> list[Offer]:
    offers = []
    for report in read_reports(case):
        told = _("Meldingen %(day)s") % {"day": long_day(report.received_at)}
        offers.append(Offer(told, report.what_happened, what))
        offers += [Offer(f"{told}: {row['question']}", row["answer"], what) for row in report.extra_answers or []]
        if report.pupils_wish and wish:
            offers.append(Offer(_("%(source)s: det eleven ønsker") % {"source": told}, report.pupils_wish, wish))
    return offers


def _whole(offers: list[Offer]) -> list[Offer]:
    return [offer for offer in offers if offer.text.strip()][:MOST]


def offers_for_note(actor: Actor, case: Case, part: CasePart) -> list[Offer]:
    """Return what the reports said, for the part of the pupil they are about; another one's part is offered nothing."""
    if part.kind != PartKind.PUPIL or not sees_whole_case(actor, case):
        return []
    return _whole(_from_reports(case, "text", "pupils_words"))


def offers_for_analysis(actor: Actor, case: Case) -> list[Offer]:
    """Return what was reported and what the pupil said."""
    if not sees_whole_case(actor, case):
        return []
    said = [row for row in hearings_of(actor, case) if row.part.kind == PartKind.PUPIL]
    heard = [Offer(_("Elevens egne ord %(day)s") % {"day": long_day(row.held_on)}, row.pupils_words, "experience") for row in said]
    wishes = [Offer(_("Det eleven ønsker %(day)s") % {"day": long_day(row.held_on)}, row.pupils_wish, "needed") for row in said]
    return _whole([*_from_reports(case, "situation", "needed"), *heard, *wishes])


def offers_for_finding(actor: Actor, case: Case) -> list[Offer]:
    """Return what the investigation shows, in each contributor's words."""
    if not sees_whole_case(actor, case):
        return []
    offers = []
    for row in Analysis.objects.filter(case=case).select_related("written_by").order_by("-written_at", "-id"):
        by = _("Undersøkelsen, %(name)s") % {"name": row.written_by}
        offers += [Offer(by, text, "text") for text in (row.needed, row.surroundings, row.situation)]
    return _whole(offers)


def offers_for_letter(actor: Actor, case: Case) -> list[Offer]:
    """Return the plan in force, as the family may read it anyway."""
    plan: Any = plan_of_file(actor, case.public_id)
    version = version_page(plan, plan.version) if plan is not None and plan.version else None
    if version is None:
        return []
    lines = "\n".join(f"– {measure.what}" for measure in version.measures)
    return _whole([Offer(_("Problemet i planen"), version.problem, "text"), Offer(_("Tiltakene i planen"), lines, "text")])
