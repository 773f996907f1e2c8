"""What happens in the year: it is arranged from the plan, facts are entered, tasks are done or skipped, roles are given."""

from aktsom.wheel.services.arranging import arrange_year, enter_first_lesson, enter_row_fact, set_calendar
from aktsom.wheel.services.daily import remove_daily_note, remove_old_daily_notes, write_daily_note
from aktsom.wheel.services.evidence import add_file, finish_task, remove_file
from aktsom.wheel.services.feeds import end_feed, make_feed
from aktsom.wheel.services.holders import end_role, name_role_holder
from aktsom.wheel.services.marking import mark_done, reopen_task, skip_task
from aktsom.wheel.services.reminding import remind_of_tasks

__all__ = [
    "add_file",
    "arrange_year",
    "end_feed",
    "end_role",
    "enter_first_lesson",
    "enter_row_fact",
    "finish_task",
    "make_feed",
    "mark_done",
    "name_role_holder",
    "remind_of_tasks",
    "remove_daily_note",
    "remove_file",
    "remove_old_daily_notes",
    "reopen_task",
    "set_calendar",
    "skip_task",
    "write_daily_note",
]
