"""What happens to a report, each function one event."""

from aktsom.reports.services.dialogue import (
    add_anonymously,
    add_from_reporter,
    answer_reporter,
    bar_from_report,
    end_sharing_report,
    lift_bar,
    mark_in_case,
    share_report,
)
from aktsom.reports.services.incidents import answer_incident
from aktsom.reports.services.naming import claim_report, give_name, withdraw_consent
from aktsom.reports.services.owner import answer_owner_notice, judge_groundless, notify_owner, open_owner_notice
from aktsom.reports.services.questions import ask_in_reports, end_question
from aktsom.reports.services.receivers import adults_to_choose
from aktsom.reports.services.receiving import acknowledge_report, assess_report, mark_cleared_elsewhere
from aktsom.reports.services.reminding import occasion_of, remind_of_report
from aktsom.reports.services.routine import confirm_routine, remind_of_routine, review_routine, write_routine
from aktsom.reports.services.sending import (
    ReportDraft,
    receive_anonymous_report,
    receive_anonymous_report_once,
    receive_report,
    receive_report_once,
)
from aktsom.reports.services.taking_over import take_over_report
from aktsom.reports.services.testing import remove_test_report, send_test_report, who_would_get

__all__ = [
    "ReportDraft",
    "acknowledge_report",
    "add_anonymously",
    "add_from_reporter",
    "adults_to_choose",
    "answer_incident",
    "answer_owner_notice",
    "answer_reporter",
    "ask_in_reports",
    "assess_report",
    "bar_from_report",
    "claim_report",
    "confirm_routine",
    "end_question",
    "end_sharing_report",
    "give_name",
    "judge_groundless",
    "lift_bar",
    "mark_cleared_elsewhere",
    "mark_in_case",
    "notify_owner",
    "occasion_of",
    "open_owner_notice",
    "receive_anonymous_report",
    "receive_anonymous_report_once",
    "receive_report",
    "receive_report_once",
    "remind_of_report",
    "remind_of_routine",
    "remove_test_report",
    "review_routine",
    "send_test_report",
    "share_report",
    "take_over_report",
    "who_would_get",
    "withdraw_consent",
    "write_routine",
]
