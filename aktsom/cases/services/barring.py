"""Who must never meet the case: shut out with a reason, and let back when a name in a report turns out not to mean her."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aktsom.cases.models import Case, CaseExclusion, CaseWorker, GuardiansTold
from aktsom.cases.rules import ExclusionReason, GuardianDecision
from aktsom.cases.services.records import plan_of, touch
from aktsom.core.access.actions import Action
from aktsom.core.access.actor import Actor
from aktsom.core.access.door import OutOfReach
from aktsom.core.audit.events import Event
from aktsom.core.audit.recording import service
from aktsom.core.timing.clock import now, today
from aktsom.measures.services import exclude_from_action_plan, let_back_to_action_plan
from aktsom.people.selectors import guardianships_of
from aktsom.reports.access import may_be_meant_in
from aktsom.reports.services import bar_from_report, lift_bar

FOR_GOOD = {ExclusionReason.ACCUSED, ExclusionReason.CONFLICT}


def shut_out(by: Actor, case: Case, person_id: int, reason: ExclusionReason) -> CaseExclusion:
    """Shut a person out of the case and its plan, and end whatever work she had in it. A graver reason takes the place of a doubt."""
    CaseWorker.objects.filter(case=case, person_id=person_id, valid_until=None).update(valid_until=now())
    for joined in case.case_reports.select_related("report"):
        bar_from_report(by=by, report=joined.report, person_id=person_id)
    exclusion, _made = CaseExclusion.objects.get_or_create(
        case=case,
        person_id=person_id,
        defaults={"content_key_id": case.content_key_id, "reason": reason, "excluded_at": now()},
    )
    if reason in FOR_GOOD and exclusion.reason not in FOR_GOOD:
        exclusion.reason = reason
        exclusion.save(update_fields=["reason"])
    plan = plan_of(by, case)
    if plan is not None:
        exclude_from_action_plan(by=by, plan=plan, person=exclusion.person)
    return exclusion


def keep_guardians_from(by: Actor, case: Case, guardians: Iterable[Any]) -> None:
    """Let these guardians not meet the case and its plan while the others do, and let back those who were kept from it before.

    Whoever is shut out for another reason stays so, whatever is decided here.
    """
    kept = {guardian.pk: guardian for guardian in guardians}
    for row in case.exclusions.filter(reason=ExclusionReason.UNTOLD).exclude(person_id__in=list(kept)).order_by("pk"):
        if _is_meant_in(case, row.person_id):
            row.reason = ExclusionReason.MAY_BE
            row.save(update_fields=["reason"])
        else:
            row.delete()
    plan = plan_of(by, case)
    for person_id, guardian in kept.items():
        new = {"content_key_id": case.content_key_id, "reason": ExclusionReason.UNTOLD, "excluded_at": now()}
        exclusion, _made = CaseExclusion.objects.get_or_create(case=case, person_id=person_id, defaults=new)
        if exclusion.reason == ExclusionReason.MAY_BE:
            exclusion.reason = ExclusionReason.UNTOLD
            exclusion.save(update_fields=["reason"])
        if plan is not None:
            exclude_from_action_plan(by=by, plan=plan, person=guardian)


@service(Event.CASE_NAME_CLEARED, action=Action.CASE_EXCLUDE, on="case")
def clear_of_name(*, by: Actor, case: Case, person: Any) -> Case:
    """Write that the name in the reports does not mean her. She meets what her work gives her, and can be set to work again.

    Only the doubt is taken away: whoever is shut out for another reason is out of reach here, and stays out.
    """
    if not case.exclusions.filter(person=person, reason=ExclusionReason.MAY_BE).exists():
        raise OutOfReach(CaseExclusion._meta.label, "")
    let_back(by, [joined.report for joined in case.case_reports.select_related("report")], person.pk)
    touch(case)
    return case


def let_back(by: Actor, reports: Iterable[Any], person_id: int) -> None:
    """Take the doubt away from the reports, and open every case that shut her out for nothing else."""
    cleared = [report for report in reports if person_id in may_be_meant_in(report)]
    for report in cleared:
        lift_bar(by=by, report=report, person_id=person_id)
    in_doubt = CaseExclusion.objects.filter(person_id=person_id, reason=ExclusionReason.MAY_BE)
    cases = Case.objects.filter(exclusions__in=in_doubt, case_reports__report__in=[report.pk for report in cleared])
    opened = [case for case in cases.distinct().order_by("pk") if not _is_meant_in(case, person_id)]
    for case in opened:
        _open(by, case, person_id)
    for case in opened:
        for joined in case.case_reports.select_related("report"):
            lift_bar(by=by, report=joined.report, person_id=person_id)
    _bar_again(by, {report.pk: report for report in _reports_of(opened, cleared)}, person_id)


def _is_meant_in(case: Case, person_id: int) -> bool:
    return any(person_id in may_be_meant_in(joined.report) for joined in case.case_reports.select_related("report"))


def _open(by: Actor, case: Case, person_id: int) -> None:
    """Take the row away; the plan stays shut for a guardian it was decided not to tell (PRV-09)."""
    exclusion = case.exclusions.select_related("person").get(person_id=person_id)
    latest = GuardiansTold.objects.filter(case=case).order_by("-written_at", "-id").values_list("decision", flat=True).first()
    untold = latest not in {None, GuardianDecision.TOLD}
    guards = any(row.guardian_id == person_id for row in guardianships_of(case.pupil_id, today()))
    person = exclusion.person
    exclusion.delete()
    plan = plan_of(by, case)
    if plan is not None and not (untold and guards):
        let_back_to_action_plan(by=by, plan=plan, person=person)


def _reports_of(cases: list[Case], cleared: list[Any]) -> list[Any]:
    return [*cleared, *(joined.report for case in cases for joined in case.case_reports.select_related("report"))]


def _bar_again(by: Actor, reports: dict[int, Any], person_id: int) -> None:
    """Another case still shuts her out, and one of these reports lies there too."""
    still = CaseExclusion.objects.filter(person_id=person_id, case__case_reports__report_id__in=list(reports))
    for report_id in sorted(set(still.values_list("case__case_reports__report_id", flat=True)) & set(reports)):
        bar_from_report(by=by, report=reports[report_id], person_id=person_id)
