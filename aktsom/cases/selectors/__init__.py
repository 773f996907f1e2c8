"""What is shown of cases: lists without content, the room, the timeline, who can see and who has read."""

from aktsom.cases.selectors.deadlines import deadlines
from aktsom.cases.selectors.family import own_case_page
from aktsom.cases.selectors.lists import (
    CaseRow,
    Shown,
    case_list,
    case_rows,
    cases_needing,
    joinable_cases,
    own_family_cases,
    reports_of,
)
from aktsom.cases.selectors.opening import opening_choices
from aktsom.cases.selectors.people import (
    guardian_view,
    handlers_of,
    people_at_work,
    proposed_handlers,
    trusted_adults,
    who_can_see,
    work_log,
)
from aktsom.cases.selectors.room import (
    CaseStanding,
    PartPage,
    analyses,
    annotated,
    case_standing,
    guardian_decisions,
    hearings_of,
    note_in,
    papers_of,
    part_pages,
    postponements,
    rights_told,
    turns,
)
from aktsom.cases.selectors.timeline import entries, proof, readers, timeline

__all__ = [
    "CaseRow",
    "CaseStanding",
    "PartPage",
    "Shown",
    "analyses",
    "annotated",
    "case_list",
    "case_rows",
    "case_standing",
    "cases_needing",
    "deadlines",
    "entries",
    "guardian_decisions",
    "guardian_view",
    "handlers_of",
    "hearings_of",
    "joinable_cases",
    "note_in",
    "opening_choices",
    "own_case_page",
    "own_family_cases",
    "papers_of",
    "part_pages",
    "people_at_work",
    "postponements",
    "proof",
    "proposed_handlers",
    "readers",
    "reports_of",
    "rights_told",
    "timeline",
    "trusted_adults",
    "turns",
    "who_can_see",
    "work_log",
]
