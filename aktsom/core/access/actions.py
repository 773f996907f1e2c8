"""Every deed a person or a job can be allowed to do, as one table of words.

Read it together with roles.py: this file says what can be done, that one says who may.
The codes are stored in the audit log and never change meaning.
"""

from enum import StrEnum


class Action(StrEnum):
    """A deed, named ``<noun>.<verb>``."""

    # Own place
    START_SEE = "start.see"
    DRAFT_KEEP = "draft.keep"
    NOTICE_SEE = "notice.see"
    NOTICE_CHOOSE = "notice.choose"
    NOTICE_LOG_SEE = "notice.log_see"
    NOTICE_ROUTE_SET = "notice.route_set"
    ACCOUNT_RESET_FACTOR = "account.reset_factor"
    ACCOUNT_OPEN = "account.open"
    POSITION_GIVE = "position.give"
    TRAINING_RECORD = "training.record"
    TRAINING_DEMAND = "training.demand"
    PARTNER_SEE = "partner.see"
    PARTNER_KEEP = "partner.keep"

    # The school and its people
    OWNER_ARRANGE = "owner.arrange"
    OWNER_REGISTER = "owner.register"
    SCHOOL_REGISTER = "school.register"
    SCHOOL_ORGANISE = "school.organise"
    SCHOOL_YEAR_SET = "school_year.set"
    PERSON_REGISTER = "person.register"
    ADULTS_SEE = "adults.see"
    ADULT_CARD_KEEP = "adult_card.keep"
    TEAM_WRITE = "team.write"
    DEPUTY_NAME = "deputy.name"
    DELEGATION_GIVE = "delegation.give"
    ROSTER_IMPORT = "roster.import"
    CLASS_FILE_IMPORT = "class_file.import"
    COLLEAGUE_ADD = "colleague.add"
    SCHOOL_TRY = "school.try"
    PROCEDURE_CHOOSE = "procedure.choose"

    # The school's plan and the year
    PLAN_BEGIN = "plan.begin"
    PLAN_SEE_DRAFT = "plan.see_draft"
    PLAN_EDIT = "plan.edit"
    PLAN_APPROVE = "plan.approve"
    PLAN_REVIEW = "plan.review"
    WHEEL_SEE = "wheel.see"
    WHEEL_ARRANGE = "wheel.arrange"
    WHEEL_OVERVIEW = "wheel.overview"
    WHEEL_TASK_MARK = "wheel_task.mark"
    DAILY_NOTE_KEEP = "daily_note.keep"
    RESOURCE_FLAG = "resource.flag"
    TEAM_AGREEMENT_KEEP = "team_agreement.keep"
    FEED_KEEP = "feed.keep"
    GUARDIAN_ASK = "guardian.ask"
    GUARDIAN_DECIDE = "guardian.decide"
    GUARDIAN_CONSENT = "guardian.consent"

    # Reports
    REPORT_SEND = "report.send"
    REPORT_SEND_ANONYMOUSLY = "report.send_anonymously"
    REPORT_LOG_ORAL = "report.log_oral"
    REPORT_FOLLOW_OWN = "report.follow_own"
    REPORT_LIST = "report.list"
    REPORT_SEE = "report.see"
    REPORT_ACKNOWLEDGE = "report.acknowledge"
    REPORT_ASSESS = "report.assess"
    REPORT_ANSWER = "report.answer"
    REPORT_PASS_TO_OWNER = "report.pass_to_owner"
    REPORT_JUDGE_GROUNDLESS = "report.judge_groundless"
    REPORT_OVERVIEW = "report.overview"
    OWNER_NOTICE_SEE = "owner_notice.see"
    OWNER_NOTICE_ANSWER = "owner_notice.answer"

    # Cases
    CASE_OPEN = "case.open"
    CASE_SEE = "case.see"
    CASE_SEE_OWN = "case.see_own"
    CASE_SAY_OWN = "case.say_own"
    CASE_ANSWER_FAMILY = "case.answer_family"
    EXCHANGE_SEE = "exchange.see"
    EXCHANGE_WRITE = "exchange.write"
    LETTER_REPLY_KEEP = "letter_reply.keep"
    CASE_APPOINT = "case.appoint"
    CASE_EXCLUDE = "case.exclude"
    CASE_INVESTIGATE = "case.investigate"
    CASE_HEAR = "case.hear"
    CASE_POSTPONE = "case.postpone"
    CASE_CLOSE = "case.close"
    CASE_REOPEN = "case.reopen"
    CASE_SEE_READERS = "case.see_readers"
    CASE_PRINT = "case.print"
    CASE_RELEASE_PAPER = "case.release_paper"
    CASE_NOTE_GOVERNOR = "case.note_governor"
    CASE_RELEASE_MINUTES = "case.release_minutes"
    PROMPTS_WRITE = "prompts.write"

    # Emergencies, and others who are asked for help
    EMERGENCY_OPEN = "emergency.open"
    EMERGENCY_REVIEW = "emergency.review"
    HELP_ASK = "help.ask"
    HELP_SEE = "help.see"
    HELP_ANSWER = "help.answer"
    CONCERN_NOTE = "concern.note"
    HEALTH_NOTE_KEEP = "health_note.keep"

    # Nothing is lost between people
    HANDOVER_PROPOSE = "handover.propose"
    HANDOVER_ANSWER = "handover.answer"
    ABSENCE_REGISTER = "absence.register"
    SCHOOL_CHANGE_DECIDE = "school_change.decide"
    SCHOOL_CHANGE_RECEIVE = "school_change.receive"

    # Action plans and measures
    ACTION_PLAN_SEE = "action_plan.see"
    ACTION_PLAN_START = "action_plan.start"
    ACTION_PLAN_WRITE = "action_plan.write"
    ACTION_PLAN_PUT_IN_FORCE = "action_plan.put_in_force"
    ACTION_PLAN_EVALUATE = "action_plan.evaluate"
    ACTION_PLAN_SAY_VIEW = "action_plan.say_view"
    ACTION_PLAN_DECIDE_NONE = "action_plan.decide_none"
    RESOURCE_ANSWER = "resource.answer"
    CATALOGUE_EXTEND = "catalogue.extend"
    MEASURE_SEE_TASK = "measure.see_task"
    MEASURE_MARK_DONE = "measure.mark_done"

    # Owner and operation
    KEY_ROTATE = "key.rotate"
    KEY_DESTROY = "key.destroy"
    JOB_RUN = "job.run"
    NOTICE_SEND = "notice.send"
    DEMO_LOAD = "demo.load"
