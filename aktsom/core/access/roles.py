"""Who may do what: one page to be read from top to bottom by a privacy officer.

A role here never gives reach. Which children, reports and cases a person can meet is said in each domain's
access.py; this table only says what she may do with the things she reaches.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from aktsom.core.access.actions import Action as A


class Role(StrEnum):
    """A role a person has at a school or owner (position), or to one object (relation)."""

    # Positions
    NOBODY = "nobody"
    SIGNED_IN = "signed_in"
    PUPIL = "pupil"
    GUARDIAN = "guardian"
    STAFF = "staff"
    DEPARTMENT_HEAD = "department_head"
    COUNSELLOR = "counsellor"
    ENVIRONMENT_WORKER = "environment_worker"
    SCHOOL_NURSE = "school_nurse"
    ADMINISTRATIVE = "administrative"
    HEAD_TEACHER = "head_teacher"
    DEPUTY = "deputy"
    SCHOOL_ADMIN = "school_admin"
    OWNER_HANDLER = "owner_handler"
    TECHNICAL_ADMIN = "technical_admin"
    SYSTEM = "system"

    # Relations to one report, case or action plan
    REPORT_RECEIVER = "report_receiver"
    CASE_HANDLER = "case_handler"
    CASE_HELPER = "case_helper"
    CASE_EMERGENCY = "case_emergency"
    HELP_ASKED = "help_asked"
    MEASURE_RESPONSIBLE = "measure_responsible"
    CASE_PUPIL = "case_pupil"
    CASE_GUARDIAN = "case_guardian"
    CASE_TRUSTED_ADULT = "case_trusted_adult"
    CASE_OWNER_HANDLER = "case_owner_handler"
    CASE_OWNER_FOLLOWER = "case_owner_follower"
    SCHOOL_CHANGE_RECEIVER = "school_change_receiver"
    WHEEL_TASK_HOLDER = "wheel_task_holder"
    TEAM_LEADER = "team_leader"


ROLE_SENTENCES = {
    Role.NOBODY: _("Alle, uten å logge inn."),
    Role.SIGNED_IN: _("Alle som har logget inn."),
    Role.PUPIL: _("Elev ved skolen."),
    Role.GUARDIAN: _("Foresatt med foreldreansvar for en elev ved skolen, eller med et skriftlig ja etter barnelova § 47."),
    Role.STAFF: _("Alle som arbeider ved skolen, også de som ikke er ansatt der."),
    Role.DEPARTMENT_HEAD: _("Leder nærmest lærerne, for eksempel avdelingsleder."),
    Role.COUNSELLOR: _("Rådgiver eller sosiallærer."),
    Role.ENVIRONMENT_WORKER: _("Miljøarbeider."),
    Role.SCHOOL_NURSE: _("Helsesykepleier og annet helsepersonell, med egen taushetsplikt."),
    Role.ADMINISTRATIVE: _("Merkantilt ansatt som fører arkiv."),
    Role.HEAD_TEACHER: _("Rektor eller daglig leder."),
    Role.DEPUTY: _("Rektors stedfortreder mens rektor er borte."),
    Role.SCHOOL_ADMIN: _("Den som holder orden på skolens folk og oppsett. Ser ingen saker."),
    Role.OWNER_HANDLER: _("Saksbehandler hos skoleeier."),
    Role.TECHNICAL_ADMIN: _("Driftsansvarlig. Ser ingen opplysninger om barn."),
    Role.SYSTEM: _("En jobb som kjører av seg selv."),
    Role.REPORT_RECEIVER: _("Den som har fått nettopp denne meldingen."),
    Role.CASE_HANDLER: _("Den som er satt til å arbeide med nettopp denne saken."),
    Role.CASE_HELPER: _("Den som hjelper til i en del av saken, i en avtalt tid."),
    Role.CASE_EMERGENCY: _("Den som har åpnet saken i en nødssituasjon. Ser elevens del noen timer, og rektor ser gjennom det etterpå."),
    Role.HELP_ASKED: _("Den som er spurt om hjelp. Ser spørsmålet og ikke saken."),
    Role.MEASURE_RESPONSIBLE: _("Den som har ansvar for et tiltak."),
    Role.CASE_PUPIL: _("Eleven saken er til for."),
    Role.CASE_GUARDIAN: _("Foresatt til eleven saken er til for."),
    Role.CASE_TRUSTED_ADULT: _("Den voksne eleven eller en foresatt har valgt å skrive til. Ser bare det de to skriver."),
    Role.CASE_OWNER_HANDLER: _("Skoleeiers saksbehandler når eieren har saken."),
    Role.CASE_OWNER_FOLLOWER: _("Skoleeiers saksbehandler når eieren er varslet om saken."),
    Role.SCHOOL_CHANGE_RECEIVER: _("Rektor ved den nye skolen, for det som er gitt videre dit om en elev."),
    Role.WHEEL_TASK_HOLDER: _("Den som har rollen et gjøremål i årshjulet er gitt til, for skolen eller for sin klasse."),
    Role.TEAM_LEADER: _("Leder eller kontaktperson for nettopp dette teamet ved skolen."),
}

_EVERYONE = frozenset({A.REPORT_SEND_ANONYMOUSLY})
_SIGNED_IN = _EVERYONE | {A.START_SEE, A.DRAFT_KEEP, A.NOTICE_SEE, A.NOTICE_CHOOSE, A.REPORT_SEND, A.REPORT_FOLLOW_OWN, A.GUARDIAN_ASK}
_YEAR = frozenset({A.PLAN_SEE_DRAFT, A.WHEEL_SEE, A.FEED_KEEP, A.DAILY_NOTE_KEEP, A.RESOURCE_FLAG, A.TEAM_AGREEMENT_KEEP})
_YEAR_LED = frozenset({A.WHEEL_TASK_MARK, A.SCHOOL_YEAR_SET})
_PLAN_WORK = frozenset({A.PLAN_BEGIN, A.PLAN_EDIT, A.PLAN_REVIEW, A.WHEEL_ARRANGE, A.WHEEL_OVERVIEW})
_ADULTS = frozenset({A.ADULTS_SEE, A.HEALTH_WARNING_SEE})
_CONTINUITY = frozenset({A.HANDOVER_PROPOSE, A.HANDOVER_ANSWER})
_STAFF = (
    _SIGNED_IN
    | {A.REPORT_LIST, A.REPORT_LOG_ORAL, A.LETTER_REPLY_KEEP, A.HELP_SEE, A.PARTNER_SEE}
    | _YEAR
    | _CONTINUITY
    | _ADULTS
    | {A.ADULT_CARD_KEEP}
    | {A.ROUTINE_SEE, A.ROUTINE_CONFIRM}
)
_INTAKE = frozenset({A.REPORT_SEE, A.REPORT_ACKNOWLEDGE, A.REPORT_ANSWER, A.INCIDENT_ANSWER})
_CASE_WORK = frozenset(
    {
        A.CASE_SEE,
        A.CASE_INVESTIGATE,
        A.CASE_HEAR,
        A.CASE_POSTPONE,
        A.CASE_PRINT,
        A.CASE_RELEASE_MINUTES,
        A.CASE_ANSWER_FAMILY,
        A.HELP_ASK,
        A.CONCERN_NOTE,
        A.ACTION_PLAN_SEE,
        A.ACTION_PLAN_WRITE,
        A.ACTION_PLAN_PUT_IN_FORCE,
        A.ACTION_PLAN_EVALUATE,
        A.MEASURE_SEE_TASK,
        A.MEASURE_MARK_DONE,
    }
)
_RESPONSIBLE = (
    _INTAKE
    | _CASE_WORK
    | {
        A.REPORT_ASSESS,
        A.REPORT_PASS_TO_OWNER,
        A.REPORT_JUDGE_GROUNDLESS,
        A.CASE_OPEN,
        A.ACTION_PLAN_START,
        A.CASE_APPOINT,
        A.CASE_EXCLUDE,
        A.CASE_CLOSE,
        A.CASE_REOPEN,
        A.CASE_SEE_READERS,
        A.EMERGENCY_REVIEW,
        A.CASE_RELEASE_PAPER,
        A.CASE_NOTE_GOVERNOR,
        A.SCHOOL_CHANGE_DECIDE,
        A.ACTION_PLAN_DECIDE_NONE,
        A.RESOURCE_ANSWER,
    }
)
_SETTING_UP = frozenset({A.TRAINING_RECORD, A.PARTNER_KEEP, A.COLLEAGUE_ADD, A.CLASS_FILE_IMPORT, A.SCHOOL_TRY})
_LEADING = (
    _STAFF
    | _RESPONSIBLE
    | {A.PROMPTS_WRITE, A.CATALOGUE_EXTEND, A.ABSENCE_REGISTER}
    | {A.GUARDIAN_DECIDE, A.PLAN_APPROVE, A.TEAM_WRITE, A.HEALTH_WARNING_TELL}
    | {A.NOTICE_LOG_SEE, A.NOTICE_ROUTE_SET, A.ROUTINE_WRITE, A.REPORT_FORM_WRITE}
    | _PLAN_WORK
    | _YEAR_LED
    | _SETTING_UP
    | {A.REPORT_OVERVIEW, A.SCHOOL_ORGANISE, A.DEPUTY_NAME, A.DELEGATION_GIVE, A.PROCEDURE_CHOOSE, A.ACCOUNT_RESET_FACTOR, A.ACCOUNT_OPEN}
)

ALLOWED: dict[Role, frozenset[A]] = {
    Role.NOBODY: _EVERYONE,
    Role.SIGNED_IN: _SIGNED_IN,
    Role.PUPIL: _SIGNED_IN | _ADULTS | {A.GUARDIAN_CONSENT},
    Role.GUARDIAN: _SIGNED_IN | _ADULTS,
    Role.STAFF: _STAFF,
    Role.DEPARTMENT_HEAD: _STAFF | _PLAN_WORK | {A.EMERGENCY_OPEN, A.WHEEL_TASK_MARK},
    Role.COUNSELLOR: _STAFF | {A.PARTNER_KEEP},
    Role.ENVIRONMENT_WORKER: _STAFF,
    Role.SCHOOL_NURSE: _STAFF | {A.HEALTH_NOTE_KEEP},
    Role.ADMINISTRATIVE: _STAFF,
    Role.HEAD_TEACHER: _LEADING,
    Role.DEPUTY: _LEADING - {A.DEPUTY_NAME, A.DELEGATION_GIVE},
    Role.SCHOOL_ADMIN: _STAFF
    | _PLAN_WORK
    | _SETTING_UP
    | {A.NOTICE_LOG_SEE, A.NOTICE_ROUTE_SET}
    | {A.SCHOOL_ORGANISE, A.TEAM_WRITE, A.SCHOOL_YEAR_SET, A.ROSTER_IMPORT, A.ACCOUNT_RESET_FACTOR, A.ACCOUNT_OPEN},
    Role.OWNER_HANDLER: _SIGNED_IN
    | _CONTINUITY
    | {A.EMERGENCY_OPEN}
    | {
        A.LETTER_REPLY_KEEP,
        A.PLAN_BEGIN,
        A.PLAN_SEE_DRAFT,
        A.PLAN_EDIT,
        A.PLAN_APPROVE,
        A.PLAN_REVIEW,
        A.WHEEL_SEE,
        A.WHEEL_OVERVIEW,
        A.FEED_KEEP,
        A.RESOURCE_FLAG,
    }
    | {
        A.REPORT_LIST,
        A.REPORT_LOG_ORAL,
        A.ACTION_PLAN_START,
        A.OWNER_NOTICE_SEE,
        A.OWNER_NOTICE_ANSWER,
        A.ACCOUNT_RESET_FACTOR,
        A.ACCOUNT_OPEN,
        A.TRAINING_RECORD,
        A.TRAINING_DEMAND,
        A.OWNER_ARRANGE,
        A.REPORT_FORM_WRITE,
    },
    Role.TECHNICAL_ADMIN: frozenset({A.START_SEE, A.KEY_ROTATE, A.ROSTER_IMPORT}),
    Role.SYSTEM: frozenset(
        {
            A.OWNER_REGISTER,
            A.SCHOOL_REGISTER,
            A.SCHOOL_YEAR_SET,
            A.WHEEL_ARRANGE,
            A.WHEEL_TASK_MARK,
            A.PERSON_REGISTER,
            A.PROCEDURE_CHOOSE,
            A.ACCOUNT_OPEN,
            A.POSITION_GIVE,
            A.JOB_RUN,
            A.NOTICE_SEND,
            A.ROSTER_IMPORT,
            A.CLASS_FILE_IMPORT,
            A.DEMO_LOAD,
            A.KEY_ROTATE,
            A.KEY_DESTROY,
        }
    ),
    Role.REPORT_RECEIVER: _INTAKE,
    Role.CASE_HANDLER: _CASE_WORK | {A.REPORT_SEE, A.REPORT_ANSWER},
    Role.CASE_HELPER: frozenset({A.CASE_SEE, A.CASE_INVESTIGATE}),
    Role.CASE_EMERGENCY: frozenset({A.CASE_SEE}),
    Role.HELP_ASKED: frozenset({A.HELP_ANSWER}),
    Role.MEASURE_RESPONSIBLE: frozenset({A.MEASURE_SEE_TASK, A.MEASURE_MARK_DONE}),
    Role.CASE_PUPIL: frozenset({A.CASE_SEE_OWN, A.CASE_SAY_OWN, A.EXCHANGE_SEE, A.EXCHANGE_WRITE, A.ACTION_PLAN_SAY_VIEW}),
    Role.CASE_GUARDIAN: frozenset({A.CASE_SEE_OWN, A.CASE_SAY_OWN, A.EXCHANGE_SEE, A.EXCHANGE_WRITE, A.ACTION_PLAN_SAY_VIEW}),
    Role.CASE_TRUSTED_ADULT: frozenset({A.EXCHANGE_SEE, A.EXCHANGE_WRITE}),
    Role.CASE_OWNER_HANDLER: _RESPONSIBLE,
    Role.CASE_OWNER_FOLLOWER: frozenset({A.REPORT_SEE, A.CASE_SEE, A.ACTION_PLAN_SEE}),
    Role.SCHOOL_CHANGE_RECEIVER: frozenset({A.SCHOOL_CHANGE_RECEIVE}),
    Role.WHEEL_TASK_HOLDER: frozenset({A.WHEEL_TASK_MARK}),
    Role.TEAM_LEADER: frozenset({A.TEAM_WRITE}),
}


def roles_allowed(action: A) -> frozenset[Role]:
    """Return the roles the table gives ``action`` to."""
    return frozenset(role for role, actions in ALLOWED.items() if action in actions)


POSITIONS = frozenset(
    {
        Role.NOBODY,
        Role.SIGNED_IN,
        Role.PUPIL,
        Role.GUARDIAN,
        Role.STAFF,
        Role.DEPARTMENT_HEAD,
        Role.COUNSELLOR,
        Role.ENVIRONMENT_WORKER,
        Role.SCHOOL_NURSE,
        Role.ADMINISTRATIVE,
        Role.HEAD_TEACHER,
        Role.DEPUTY,
        Role.SCHOOL_ADMIN,
        Role.OWNER_HANDLER,
        Role.TECHNICAL_ADMIN,
        Role.SYSTEM,
    }
)
# What no relation to a report, case or plan gives: without the position the gate lets nobody in, whatever is asked for.
BY_POSITION_ALONE = frozenset(A) - frozenset().union(*(ALLOWED[role] for role in set(Role) - POSITIONS))


# Whoever does one of these signs in with two factors (domain.md fact 43). Sending a report never needs it.
# The school's plan is no case, so writing in it does not.
NEEDS_SECOND_FACTOR = (
    _RESPONSIBLE
    | _LEADING - _STAFF - _PLAN_WORK
    | {A.OWNER_NOTICE_SEE, A.OWNER_NOTICE_ANSWER, A.ROSTER_IMPORT, A.KEY_ROTATE, A.TRAINING_DEMAND, A.OWNER_ARRANGE}
    | {A.EMERGENCY_OPEN, A.HELP_ANSWER, A.HEALTH_NOTE_KEEP}
) - {A.MEASURE_SEE_TASK, A.MEASURE_MARK_DONE, A.PARTNER_KEEP, A.TEAM_WRITE, *_YEAR_LED}

# What nobody at a school or owner does before her training in privacy is written in, where the owner asks for it
# (opplæringsforskrifta § 20-2). Sending a report, writing in what somebody said, and answering a pupil who has chosen to
# write to one are never held back: the duty to report (§ 12-4) and a pupil who waits do not wait for a course.
NEEDS_TRAINING = (
    _RESPONSIBLE
    | {A.OWNER_NOTICE_SEE, A.OWNER_NOTICE_ANSWER, A.EMERGENCY_OPEN, A.HELP_SEE, A.HELP_ANSWER, A.HEALTH_NOTE_KEEP}
    | {A.GUARDIAN_DECIDE, A.LETTER_REPLY_KEEP, A.REPORT_LIST, A.REPORT_OVERVIEW, A.SCHOOL_CHANGE_RECEIVE}
)

# What a family opens with one factor and whoever works at the school with two: a child's own words to an adult she trusts.
NEEDS_SECOND_FACTOR_AT_WORK = frozenset({A.EXCHANGE_SEE, A.EXCHANGE_WRITE})
