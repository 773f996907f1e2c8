"""Every event the audit log can hold, each with the sentence a person reads.

Codes are ``<noun>.<past tense>``, are stored for ever and never change meaning. The log holds no names and no text:
the sentence is put together when it is shown, and «{who}» is filled in only for those who may know.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Event(StrEnum):
    """Something that happened, in the school's own words in ``SENTENCES``."""

    # Accounts and drafts
    DRAFT_KEPT = "draft.kept"
    SECOND_FACTOR_RESET = "second_factor.reset"
    ACCOUNT_OPENED = "account.opened"
    POSITION_GIVEN = "position.given"
    TRAINING_RECORDED = "training.recorded"
    WORKING_NOTES_RULE_SET = "working_notes_rule.set"
    WORKING_NOTES_REMOVED = "working_notes.removed"
    HEALTH_WARNING_TOLD = "health_warning.told"
    HEALTH_WARNING_OVER = "health_warning.over"
    OWNER_RECIPIENTS_SET = "owner_recipients.set"
    OWNER_RECIPIENTS_TRIED = "owner_recipients.tried"
    TRAINING_DEMANDED = "training.demanded"
    TRAINING_DEMAND_ENDED = "training_demand.ended"
    PARTNER_KEPT = "partner.kept"
    PARTNER_ENDED = "partner.ended"

    # School and people
    OWNER_REGISTERED = "owner.registered"
    SCHOOL_REGISTERED = "school.registered"
    SCHOOL_YEAR_SET = "school_year.set"
    PERSON_REGISTERED = "person.registered"
    ROSTER_IMPORTED = "roster.imported"
    COLLEAGUE_ADDED = "colleague.added"
    CLASS_FILE_KEPT = "class_file.kept"
    CLASS_FILE_SEEN = "class_file.seen"
    CLASS_FILE_READ_IN = "class_file.read_in"
    CLASS_FILE_REMOVED = "class_file.removed"
    MAIL_TRIED = "mail.tried"
    ATTENDANCE_SET = "attendance.set"
    DEPUTY_NAMED = "deputy.named"
    DEPUTY_ENDED = "deputy.ended"
    DELEGATION_GIVEN = "delegation.given"
    DELEGATION_ENDED = "delegation.ended"
    PROCEDURE_CHOSEN = "procedure.chosen"
    ADULT_CARD_KEPT = "adult_card.kept"
    TEAM_BEGUN = "team.begun"
    TEAM_CHANGED = "team.changed"
    TEAM_ENDED = "team.ended"
    TEAM_JOINED = "team.joined"
    TEAM_LEFT = "team.left"

    # The school's plan
    PLAN_BEGUN = "plan.begun"
    PLAN_READ_IN = "plan.read_in"
    PLAN_READING_CORRECTED = "plan.reading_corrected"
    PLAN_TAKEN_OVER = "plan.taken_over"
    PLAN_EDITED = "plan.edited"
    PLAN_ARRANGED = "plan.arranged"
    PLAN_TRANSLATED = "plan.translated"
    EDITION_BEGUN = "edition.begun"
    EDITION_SENT = "edition.sent"
    EDITION_TAKEN_BACK = "edition.taken_back"
    EDITION_DROPPED = "edition.dropped"
    EDITION_IN_FORCE = "edition.in_force"
    TREATMENT_ASKED = "treatment.asked"
    TREATMENT_RECORDED = "treatment.recorded"
    REVIEW_BEGUN = "review.begun"
    REVIEW_INVITED = "review.invited"
    REVIEW_ANSWERED = "review.answered"
    REVIEW_PROPOSED = "review.proposed"
    REVIEW_DECIDED = "review.decided"
    REVIEW_CLOSED = "review.closed"

    # The year that follows from the plan
    RESOURCE_KEPT = "resource.kept"
    RESOURCE_ENDED = "resource.ended"
    RESOURCE_RENEWED = "resource.renewed"
    ADDRESS_TRIED = "address.tried"
    AREAS_LOOKED_AT = "areas.looked_at"
    CONFORMITY_SAID = "conformity.said"
    TEAM_AGREED = "team.agreed"
    TEAM_FOLLOWED_UP = "team.followed_up"
    TEAM_AGREEMENT_REMOVED = "team_agreement.removed"
    YEAR_ARRANGED = "year.arranged"
    ROW_FACT_ENTERED = "row_fact.entered"
    FIRST_LESSON_ENTERED = "first_lesson.entered"
    ROLE_HOLDER_NAMED = "role_holder.named"
    ROLE_HOLDER_ENDED = "role_holder.ended"
    WHEEL_TASK_DONE = "wheel_task.done"
    WHEEL_TASK_SKIPPED = "wheel_task.skipped"
    WHEEL_TASK_REOPENED = "wheel_task.reopened"
    WHEEL_FILE_ADDED = "wheel_file.added"
    WHEEL_FILES_SEEN = "wheel_files.seen"
    WHEEL_FILE_READ = "wheel_file.read"
    WHEEL_FILE_REMOVED = "wheel_file.removed"
    DAILY_NOTE_WRITTEN = "daily_note.written"
    DAILY_NOTE_REMOVED = "daily_note.removed"
    WHEEL_REMINDED = "wheel.reminded"
    FEED_MADE = "feed.made"
    FEED_ENDED = "feed.ended"
    HELP_CONTACT_SET = "help_contact.set"
    WRITTEN_FORM_SET = "written_form.set"
    GUARDIAN_REQUEST_SENT = "guardian_request.sent"
    GUARDIAN_REQUEST_READ = "guardian_request.read"
    GUARDIAN_REQUEST_DECIDED = "guardian_request.decided"
    GUARDIAN_CONSENT_GIVEN = "guardian_consent.given"
    GUARDIAN_CONSENT_WITHDRAWN = "guardian_consent.withdrawn"
    DEMO_LOADED = "demo.loaded"

    # Reports
    REPORT_RECEIVED = "report.received"
    TEST_REPORT_SENT = "test_report.sent"
    TEST_REPORT_REMOVED = "test_report.removed"
    REPORT_READ = "report.read"
    REPORT_LISTED = "report.listed"
    REPORT_ACKNOWLEDGED = "report.acknowledged"
    REPORT_ASSESSED = "report.assessed"
    REPORT_PASSED_ON = "report.passed_on"
    REPORT_ESCALATED = "report.escalated"
    REPORT_JUDGED_GROUNDLESS = "report.judged_groundless"
    REPORT_CLEARED_ELSEWHERE = "report.cleared_elsewhere"
    REPORT_ANSWERED = "report.answered"
    REPORT_ADDED_TO = "report.added_to"
    REPORT_JOINED = "report.joined"
    REPORT_NAMED = "report.named"
    REPORT_CONSENT_WITHDRAWN = "report.consent_withdrawn"
    REPORT_SHARING_ENDED = "report.sharing_ended"
    REPORT_BAR_LIFTED = "report.bar_lifted"
    INCIDENT_ANSWERED = "incident.answered"
    REPORT_QUESTION_ASKED = "report_question.asked"
    REPORT_QUESTION_ENDED = "report_question.ended"
    ROUTINE_WRITTEN = "routine.written"
    ROUTINE_REVIEWED = "routine.reviewed"
    ROUTINE_CONFIRMED = "routine.confirmed"
    ROUTINE_REMINDED = "routine.reminded"
    OWNER_NOTICE_OPENED = "owner_notice.opened"
    OWNER_NOTICE_ANSWERED = "owner_notice.answered"
    PICTURE_ATTACHED = "picture.attached"
    PICTURE_SEEN = "picture.seen"

    # Cases
    CASE_OPENED = "case.opened"
    CASE_READ = "case.read"
    CASE_LISTED = "case.listed"
    CASE_READERS_SEEN = "case.readers_seen"
    CASE_HANDLER_APPOINTED = "case.handler_appointed"
    CASE_HANDLER_ENDED = "case.handler_ended"
    CASE_HANDLER_MISSED = "case.handler_missed"
    CASE_TRUSTED_ADULT_CHOSEN = "case.trusted_adult_chosen"
    CASE_PERSON_EXCLUDED = "case.person_excluded"
    CASE_NAME_CLEARED = "case.name_cleared"
    CASE_PARTY_ADDED = "case.party_added"
    CASE_NOTE_ADDED = "case.note_added"
    CASE_NOTE_CORRECTED = "case.note_corrected"
    CASE_PUPIL_HEARD = "case.pupil_heard"
    CASE_BEST_INTERESTS_WEIGHED = "case.best_interests_weighed"
    CASE_ANALYSED = "case.analysed"
    CASE_POSTPONED = "case.postponed"
    CASE_RIGHTS_TOLD = "case.rights_told"
    CASE_GUARDIANS_TOLD = "case.guardians_told"
    CASE_CLOSED = "case.closed"
    CASE_CHECK_INS_SET = "case.check_ins_set"
    CASE_FAMILY_ASKED = "case.family_asked"
    CASE_FAMILY_ANSWERED = "case.family_answered"
    CASE_CORRECTION_ASKED = "case.correction_asked"
    CASE_CORRECTION_ANSWERED = "case.correction_answered"
    CASE_LETTER_MADE = "case.letter_made"
    CASE_LETTER_READ = "case.letter_read"
    CASE_LETTER_REPLY_KEPT = "case.letter_reply_kept"
    CASE_LETTER_REPLY_READ = "case.letter_reply_read"
    EXCHANGE_READ = "exchange.read"
    EXCHANGE_WRITTEN = "exchange.written"
    CASE_REOPENED = "case.reopened"
    EMERGENCY_OPENED = "emergency.opened"
    EMERGENCY_TRIED = "emergency.tried"
    EMERGENCY_REVIEWED = "emergency.reviewed"
    HELP_ASKED = "help.asked"
    HELP_READ = "help.read"
    HELP_ANSWERED = "help.answered"
    HELP_ENDED = "help.ended"
    CONCERN_CONSIDERED = "concern.considered"
    HEALTH_NOTE_WRITTEN = "health_note.written"
    HEALTH_NOTE_READ = "health_note.read"
    HEALTH_NOTE_REMOVED = "health_note.removed"
    CASE_STEP_MARKED = "case.step_marked"
    CASE_GOVERNOR_NOTED = "case.governor_noted"
    GOVERNOR_DEADLINE_SET = "governor_deadline.set"
    GOVERNOR_DEADLINE_ANSWERED = "governor_deadline.answered"
    LEARNING_COOPERATION_NOTED = "learning_cooperation.noted"
    LEARNING_COOPERATION_ENDED = "learning_cooperation.ended"
    CASE_PAPER_MADE = "case.paper_made"
    CASE_PAPER_RELEASED = "case.paper_released"
    CASE_PAPER_READ = "case.paper_read"

    # Conversations, and what follows from one person to the next
    CONVERSATION_PLANNED = "conversation.planned"
    CONVERSATION_WRITTEN = "conversation.written"
    CONVERSATION_CALLED_OFF = "conversation.called_off"
    MINUTES_RELEASED = "minutes.released"
    AGREEMENT_MADE = "agreement.made"
    AGREEMENT_SETTLED = "agreement.settled"
    PROMPTS_WRITTEN = "prompts.written"
    HANDOVER_PROPOSED = "handover.proposed"
    HANDOVER_ACCEPTED = "handover.accepted"
    HANDOVER_DECLINED = "handover.declined"
    HANDOVER_WITHDRAWN = "handover.withdrawn"
    DUTY_TAKEN_OVER = "duty.taken_over"
    DUTY_HOLDER_MISSED = "duty.holder_missed"
    ABSENCE_REGISTERED = "absence.registered"
    ABSENCE_ENDED = "absence.ended"
    ASK_AGAIN_SET = "ask_again.set"
    ASK_AGAIN_ANSWERED = "ask_again.answered"
    DAYS_REMINDED = "days.reminded"
    SCHOOL_CHANGE_DECIDED = "school_change.decided"
    SCHOOL_CHANGE_READ = "school_change.read"
    SCHOOL_CHANGE_RECEIVED = "school_change.received"
    CATALOGUE_EXTENDED = "catalogue.extended"
    CATALOGUE_ENTRY_ENDED = "catalogue.entry_ended"

    # Action plans
    ACTION_PLAN_STARTED = "action_plan.started"
    ACTION_PLAN_READ = "action_plan.read"
    ACTION_PLAN_CHANGED = "action_plan.changed"
    ACTION_PLAN_PUT_IN_FORCE = "action_plan.put_in_force"
    ACTION_PLAN_INVITED = "action_plan.invited"
    ACTION_PLAN_TOLD = "action_plan.told"
    ACTION_PLAN_EVALUATED = "action_plan.evaluated"
    ACTION_PLAN_ENDED = "action_plan.ended"
    ACTION_PLAN_TAKEN_UP_AGAIN = "action_plan.taken_up_again"
    ACTION_PLAN_NOT_NEEDED = "action_plan.not_needed"
    ACTION_PLAN_REMINDED = "action_plan.reminded"
    MEASURE_ADDED = "measure.added"
    MEASURE_CHANGED = "measure.changed"
    MEASURE_DONE = "measure.done"
    MEASURE_SEEN = "measure.seen"
    MEASURE_LISTED = "measure.listed"
    MEASURE_VIEW_SAID = "measure.view_said"
    MEASURE_SHARED = "measure.shared"
    MEASURE_REMINDED = "measure.reminded"
    RESOURCE_ASKED = "resource.asked"
    RESOURCE_ANSWERED = "resource.answered"
    FINDING_ADDED = "finding.added"

    # Notices, keys, log
    NOTICE_WRITTEN = "notice.written"
    NOTICE_SENT = "notice.sent"
    NOTICE_SEEN = "notice.seen"
    NOTICE_CHOSEN = "notice.chosen"
    NOTICE_ROUTE_SET = "notice.route_set"
    MASTER_KEY_ROTATED = "master_key.rotated"

    CONTENT_KEY_DESTROYED = "content_key.destroyed"
    ACCESS_REFUSED = "access.refused"


SENTENCES: dict[Event, Promise] = {
    Event.DRAFT_KEPT: _("{who} skrev på et utkast."),
    Event.TRAINING_RECORDED: _("{who} skrev inn at en kollega har fått opplæring i personvern."),
    Event.WORKING_NOTES_RULE_SET: _("{who} bestemte hvor lenge arbeidsnotater ligger."),
    Event.WORKING_NOTES_REMOVED: _("Gamle arbeidsnotater ble slettet etter eierens regel."),
    Event.HEALTH_WARNING_TOLD: _("{who} fortalte elever og foresatte om noe på skolen som kan skade helsen."),
    Event.HEALTH_WARNING_OVER: _("{who} sa fra om at noe på skolen ikke lenger kan skade helsen."),
    Event.OWNER_RECIPIENTS_SET: _("{who} bestemte hvem hos skoleeieren som får en slags varsel."),
    Event.OWNER_RECIPIENTS_TRIED: _("{who} sendte et prøvevarsel til dem som tar imot varsler hos skoleeieren."),
    Event.TRAINING_DEMANDED: _("{who} bestemte at opplæring i personvern trengs før noen leser om elever."),
    Event.TRAINING_DEMAND_ENDED: _("{who} bestemte at opplæring i personvern ikke lenger styrer tilgangen."),
    Event.PARTNER_KEPT: _("{who} skrev i listen over dem skolen samarbeider med."),
    Event.PARTNER_ENDED: _("{who} tok en samarbeidspartner ut av listen."),
    Event.SECOND_FACTOR_RESET: _("{who} nullstilte en kollegas andre faktor."),
    Event.ACCOUNT_OPENED: _("{who} laget en konto til en kollega."),
    Event.POSITION_GIVEN: _("{who} ga noen en rolle ved skolen eller hos eieren."),
    Event.OWNER_REGISTERED: _("{who} registrerte skoleeieren."),
    Event.SCHOOL_REGISTERED: _("{who} registrerte skolen."),
    Event.SCHOOL_YEAR_SET: _("{who} satte datoene for et skoleår."),
    Event.PERSON_REGISTERED: _("{who} førte opp en ny kollega i registeret."),
    Event.ROSTER_IMPORTED: _("{who} leste inn lister over folk og klasser."),
    Event.COLLEAGUE_ADDED: _("{who} førte opp en kollega med en rolle."),
    Event.CLASS_FILE_KEPT: _("{who} lastet opp en klasseliste for å se på den."),
    Event.CLASS_FILE_SEEN: _("{who} så på en opplastet klasseliste."),
    Event.CLASS_FILE_READ_IN: _("{who} leste inn en klasseliste."),
    Event.CLASS_FILE_REMOVED: _("En opplastet klasseliste ble slettet."),
    Event.MAIL_TRIED: _("{who} prøvde om e-post kommer fram."),
    Event.ATTENDANCE_SET: _("{who} skrev inn om noen går på skolen som elev, voksen deltaker eller lærling."),
    Event.DEPUTY_NAMED: _("{who} satte inn en stedfortreder."),
    Event.DEPUTY_ENDED: _("{who} avsluttet stedfortredelsen."),
    Event.DELEGATION_GIVEN: _("{who} ga noen andre i oppgave å ta imot meldinger."),
    Event.DELEGATION_ENDED: _("{who} tok oppgaven tilbake."),
    Event.ADULT_CARD_KEPT: _("{who} skrev hvor elevene finner en voksen."),
    Event.TEAM_BEGUN: _("{who} la inn et team."),
    Event.TEAM_CHANGED: _("{who} endret et team."),
    Event.TEAM_ENDED: _("{who} avsluttet et team."),
    Event.TEAM_JOINED: _("{who} la noen til i et team."),
    Event.TEAM_LEFT: _("{who} tok noen ut av et team."),
    Event.PROCEDURE_CHOSEN: _("{who} valgte hvilken plan skolen følger."),
    Event.PLAN_READ_IN: _("{who} lastet opp skolens egen plan."),
    Event.PLAN_READING_CORRECTED: _("{who} rettet det vi leste av skolens egen plan."),
    Event.PLAN_TAKEN_OVER: _("{who} tok rader fra skolens egen plan inn i utkastet."),
    Event.PLAN_BEGUN: _("{who} begynte på planen."),
    Event.PLAN_EDITED: _("{who} endret utkastet til planen."),
    Event.PLAN_ARRANGED: _("{who} bestemte hvem som behandler og evaluerer planen."),
    Event.PLAN_TRANSLATED: _("{who} skrev noe i planen på den andre målformen."),
    Event.EDITION_BEGUN: _("{who} begynte på en ny utgave av planen."),
    Event.EDITION_SENT: _("{who} sendte planen til behandling."),
    Event.EDITION_TAKEN_BACK: _("{who} tok planen tilbake til utkast."),
    Event.EDITION_DROPPED: _("{who} la bort et utkast til planen."),
    Event.EDITION_IN_FORCE: _("{who} satte en ny utgave av planen i kraft."),
    Event.TREATMENT_ASKED: _("{who} ba om en uttalelse om planen."),
    Event.TREATMENT_RECORDED: _("{who} skrev inn en uttalelse om planen."),
    Event.REVIEW_BEGUN: _("{who} begynte årets evaluering av planen."),
    Event.REVIEW_INVITED: _("{who} inviterte noen til å evaluere planen."),
    Event.REVIEW_ANSWERED: _("{who} skrev inn et svar på evalueringen av planen."),
    Event.REVIEW_PROPOSED: _("{who} foreslo en endring i planen."),
    Event.REVIEW_DECIDED: _("{who} avgjorde et forslag til planen."),
    Event.REVIEW_CLOSED: _("{who} avsluttet evalueringen av planen."),
    Event.RESOURCE_KEPT: _("{who} la inn en ressurs ved siden av planen."),
    Event.RESOURCE_ENDED: _("{who} tok bort en ressurs."),
    Event.RESOURCE_RENEWED: _("{who} la inn en ny utgave av en forskrift, strategi eller rutine."),
    Event.ADDRESS_TRIED: _("{who} sa fra om en lenke virker."),
    Event.TEAM_AGREED: _("{who} skrev ned hva et team ble enige om."),
    Event.TEAM_FOLLOWED_UP: _("{who} skrev hvordan det gikk med det et team ble enige om."),
    Event.TEAM_AGREEMENT_REMOVED: _("{who} slettet noe et team var enige om."),
    Event.AREAS_LOOKED_AT: _("{who} skrev hvordan skolen ser seg selv på de seks områdene."),
    Event.CONFORMITY_SAID: _("{who} skrev hvordan planen passer med eierens føringer."),
    Event.YEAR_ARRANGED: _("{who} satte opp årshjulet på nytt."),
    Event.ROW_FACT_ENTERED: _("{who} skrev inn datoer i årshjulet."),
    Event.FIRST_LESSON_ENTERED: _("{who} skrev inn når en klasse har sin første time."),
    Event.ROLE_HOLDER_NAMED: _("{who} satte noen i en rolle i planen."),
    Event.ROLE_HOLDER_ENDED: _("{who} avsluttet en rolle i planen."),
    Event.WHEEL_TASK_DONE: _("{who} gjorde noe i årshjulet."),
    Event.WHEEL_TASK_SKIPPED: _("{who} hoppet over noe i årshjulet."),
    Event.WHEEL_TASK_REOPENED: _("{who} åpnet noe i årshjulet igjen."),
    Event.WHEEL_FILE_ADDED: _("{who} la ved en fil som viser hva som er gjort."),
    Event.WHEEL_FILES_SEEN: _("{who} så hva filene ved et gjøremål heter."),
    Event.WHEEL_FILE_READ: _("{who} åpnet en fil som viser hva som er gjort."),
    Event.WHEEL_FILE_REMOVED: _("{who} slettet en fil som viste hva som er gjort."),
    Event.DAILY_NOTE_WRITTEN: _("{who} skrev ned noe fra hverdagen på skolen."),
    Event.DAILY_NOTE_REMOVED: _("{who} slettet noe fra hverdagen på skolen."),
    Event.WHEEL_REMINDED: _("{who} minnet om gjøremål i årshjulet."),
    Event.FEED_MADE: _("{who} laget en kalenderadresse."),
    Event.FEED_ENDED: _("{who} avsluttet en kalenderadresse."),
    Event.HELP_CONTACT_SET: _("{who} skrev inn hvem utenfor skolen som kan hjelpe."),
    Event.WRITTEN_FORM_SET: _("{who} valgte hvilken målform skolen skriver."),
    Event.GUARDIAN_REQUEST_SENT: _("{who} spurte om å få følge en sak."),
    Event.GUARDIAN_REQUEST_READ: _("{who} leste et spørsmål om å få følge en sak."),
    Event.GUARDIAN_REQUEST_DECIDED: _("{who} bestemte om en foresatt får følge saken."),
    Event.GUARDIAN_CONSENT_GIVEN: _("{who} sa ja til at en foresatt følger saken."),
    Event.GUARDIAN_CONSENT_WITHDRAWN: _("{who} tok tilbake at en foresatt følger saken."),
    Event.DEMO_LOADED: _("{who} la inn øvingsdata."),
    Event.REPORT_RECEIVED: _("{who} sendte en melding."),
    Event.TEST_REPORT_SENT: _("{who} sendte en prøvemelding."),
    Event.TEST_REPORT_REMOVED: _("{who} tok bort en prøvemelding."),
    Event.REPORT_READ: _("{who} leste meldingen."),
    Event.REPORT_LISTED: _("{who} så meldingen i en liste."),
    Event.REPORT_ACKNOWLEDGED: _("{who} tok imot meldingen."),
    Event.REPORT_ASSESSED: _("{who} vurderte hvor alvorlig det er."),
    Event.REPORT_PASSED_ON: _("{who} lot flere få meldingen."),
    Event.REPORT_ESCALATED: _("{who} varslet skoleeieren."),
    Event.REPORT_JUDGED_GROUNDLESS: _("{who} vurderte meldingen som åpenbart grunnløs og skrev hvorfor."),
    Event.REPORT_CLEARED_ELSEWHERE: _("{who} skrev inn at meldingen er slettet der den kom, på SMS eller Teams."),
    Event.REPORT_ANSWERED: _("{who} svarte den som meldte."),
    Event.REPORT_ADDED_TO: _("{who} skrev mer til meldingen."),
    Event.REPORT_SHARING_ENDED: _("{who} avsluttet noens tilgang til meldingen."),
    Event.REPORT_BAR_LIFTED: _("{who} lot en person som var stengt ute, møte meldingen igjen."),
    Event.INCIDENT_ANSWERED: _("{who} svarte på om en elev kan ha det utrygt etter en hendelse."),
    Event.REPORT_QUESTION_ASKED: _("{who} skrev et eget spørsmål i meldeskjemaet."),
    Event.REPORT_QUESTION_ENDED: _("{who} tok bort et eget spørsmål i meldeskjemaet."),
    Event.ROUTINE_WRITTEN: _("{who} skrev skolens rutine for å melde fra."),
    Event.ROUTINE_REVIEWED: _("{who} gikk gjennom rutinen for å melde fra, uten å endre den."),
    Event.ROUTINE_CONFIRMED: _("{who} leste skolens rutine for å melde fra."),
    Event.ROUTINE_REMINDED: _("{who} minnet kolleger om å lese rutinen for å melde fra."),
    Event.REPORT_JOINED: _("{who} la meldingen til i saken."),
    Event.REPORT_NAMED: _("{who} valgte å si hvem som sendte meldingen."),
    Event.REPORT_CONSENT_WITHDRAWN: _("{who} skrev inn at samtykket er trukket tilbake."),
    Event.OWNER_NOTICE_OPENED: _("{who} åpnet varselet hos skoleeieren."),
    Event.OWNER_NOTICE_ANSWERED: _("{who} svarte på varselet for skoleeieren."),
    Event.PICTURE_ATTACHED: _("{who} la ved et bilde."),
    Event.PICTURE_SEEN: _("{who} så et bilde."),
    Event.CASE_OPENED: _("{who} åpnet saken."),
    Event.CASE_READ: _("{who} leste i saken."),
    Event.CASE_LISTED: _("{who} så saken i en liste."),
    Event.CASE_READERS_SEEN: _("{who} så hvem som har lest saken."),
    Event.CASE_HANDLER_APPOINTED: _("{who} satte noen til å arbeide med saken."),
    Event.CASE_HANDLER_ENDED: _("{who} avsluttet noens arbeid med saken."),
    Event.CASE_HANDLER_MISSED: _("Aktsom sa fra om at ingen arbeider med saken lenger."),
    Event.CASE_TRUSTED_ADULT_CHOSEN: _("{who} skrev inn hvilken voksen eleven vil snakke med."),
    Event.CASE_PERSON_EXCLUDED: _("{who} stengte en person ute fra saken."),
    Event.CASE_NAME_CLEARED: _("{who} skrev at meldingen ikke gjelder en person som var stengt ute fra saken."),
    Event.CASE_PARTY_ADDED: _("{who} la til en som er med i saken."),
    Event.CASE_NOTE_ADDED: _("{who} skrev inn noe i undersøkelsen."),
    Event.CASE_NOTE_CORRECTED: _("{who} rettet noe i undersøkelsen. Den første teksten er tatt vare på."),
    Event.CASE_PUPIL_HEARD: _("{who} skrev inn hva eleven sier selv."),
    Event.CASE_BEST_INTERESTS_WEIGHED: _("{who} vurderte hva som er best for eleven."),
    Event.CASE_ANALYSED: _("{who} skrev hva undersøkelsen viser."),
    Event.CASE_POSTPONED: _("{who} utsatte undersøkelsen og skrev hvorfor."),
    Event.CASE_RIGHTS_TOLD: _("{who} fortalte eleven om rettighetene og Statsforvalteren."),
    Event.CASE_GUARDIANS_TOLD: _("{who} tok stilling til å fortelle de foresatte."),
    Event.CASE_CHECK_INS_SET: _("{who} bestemte når eleven blir spurt om det er bedre."),
    Event.CASE_FAMILY_ASKED: _("Aktsom spurte familien hvordan det er."),
    Event.CASE_FAMILY_ANSWERED: _("{who} svarte på hvordan det er nå."),
    Event.CASE_CORRECTION_ASKED: _("{who} ba om at noe blir rettet."),
    Event.CASE_CORRECTION_ANSWERED: _("{who} svarte på et ønske om å rette noe."),
    Event.CASE_LETTER_MADE: _("{who} laget et brev på papir."),
    Event.CASE_LETTER_READ: _("{who} hentet et brev på papir."),
    Event.CASE_LETTER_REPLY_KEPT: _("{who} la et skannet svar i saken."),
    Event.CASE_LETTER_REPLY_READ: _("{who} leste et skannet svar."),
    Event.EXCHANGE_READ: _("{who} leste meldinger med en voksen."),
    Event.EXCHANGE_WRITTEN: _("{who} skrev en melding til en voksen, eller svarte."),
    Event.CASE_CLOSED: _("{who} avsluttet saken."),
    Event.CASE_REOPENED: _("{who} åpnet saken igjen."),
    Event.EMERGENCY_TRIED: _("{who} prøvde å åpne en sak i en nødssituasjon. Det var ingen å åpne."),
    Event.EMERGENCY_OPENED: _("{who} åpnet saken i en nødssituasjon og skrev hvorfor."),
    Event.EMERGENCY_REVIEWED: _("{who} så gjennom hvorfor saken ble åpnet i en nødssituasjon."),
    Event.HELP_ASKED: _("{who} ba andre om hjelp og skrev hva som ble delt."),
    Event.HELP_READ: _("{who} leste et spørsmål om hjelp."),
    Event.HELP_ANSWERED: _("{who} skrev inn svaret fra dem som ble spurt om hjelp."),
    Event.HELP_ENDED: _("{who} avsluttet et spørsmål om hjelp."),
    Event.CONCERN_CONSIDERED: _("{who} vurderte om barnevernet skulle ha melding."),
    Event.HEALTH_NOTE_WRITTEN: _("{who} skrev et eget notat."),
    Event.HEALTH_NOTE_READ: _("{who} leste egne notater."),
    Event.HEALTH_NOTE_REMOVED: _("{who} slettet et eget notat."),
    Event.CASE_STEP_MARKED: _("{who} skrev inn et steg i skolens egen framgangsmåte."),
    Event.CASE_GOVERNOR_NOTED: _("{who} skrev inn at Statsforvalteren har tatt opp saken."),
    Event.GOVERNOR_DEADLINE_SET: _("{who} skrev inn en frist fra Statsforvalteren."),
    Event.GOVERNOR_DEADLINE_ANSWERED: _("{who} skrev inn at Statsforvalteren har fått svar."),
    Event.LEARNING_COOPERATION_NOTED: _("{who} skrev inn at PPT eller OT også arbeider med elevens opplæring."),
    Event.LEARNING_COOPERATION_ENDED: _("{who} skrev inn at samarbeidet om elevens opplæring er slutt."),
    Event.CASE_PAPER_MADE: _("{who} laget et dokument av saken."),
    Event.CASE_PAPER_RELEASED: _("{who} kontrollerte et dokument for navn og ga det ut."),
    Event.CASE_PAPER_READ: _("{who} hentet et dokument av saken."),
    Event.CONVERSATION_PLANNED: _("{who} avtalte en samtale."),
    Event.CONVERSATION_WRITTEN: _("{who} skrev inn en samtale."),
    Event.CONVERSATION_CALLED_OFF: _("{who} skrev inn at en samtale ikke ble noe av."),
    Event.MINUTES_RELEASED: _("{who} leste gjennom et referat og ga det ut til familien."),
    Event.AGREEMENT_MADE: _("{who} skrev inn en avtale."),
    Event.AGREEMENT_SETTLED: _("{who} skrev inn hvordan det gikk med en avtale."),
    Event.PROMPTS_WRITTEN: _("{who} endret skolens hjelp til samtaler."),
    Event.HANDOVER_PROPOSED: _("{who} spurte noen om å ta over en oppgave."),
    Event.HANDOVER_ACCEPTED: _("{who} sa ja til en oppgave."),
    Event.HANDOVER_DECLINED: _("{who} sa nei til en oppgave."),
    Event.HANDOVER_WITHDRAWN: _("{who} trakk tilbake spørsmålet om å ta over en oppgave."),
    Event.DUTY_TAKEN_OVER: _("{who} tok over en oppgave i planen."),
    Event.DUTY_HOLDER_MISSED: _("Aktsom sa fra om oppgaver ingen har."),
    Event.ABSENCE_REGISTERED: _("{who} skrev inn at noen er borte."),
    Event.ABSENCE_ENDED: _("{who} skrev inn at noen er tilbake."),
    Event.ASK_AGAIN_SET: _("{who} bestemte en dag å spørre igjen."),
    Event.ASK_AGAIN_ANSWERED: _("{who} spurte igjen og skrev inn svaret."),
    Event.DAYS_REMINDED: _("Aktsom minnet om en samtale, en avtale eller et spørsmål."),
    Event.SCHOOL_CHANGE_DECIDED: _("{who} bestemte hva den nye skolen får vite."),
    Event.SCHOOL_CHANGE_READ: _("{who} leste det som er gitt videre til den nye skolen."),
    Event.SCHOOL_CHANGE_RECEIVED: _("{who} tok imot det den forrige skolen ga videre."),
    Event.CATALOGUE_EXTENDED: _("{who} la et tiltak i skolens tiltakskatalog."),
    Event.CATALOGUE_ENTRY_ENDED: _("{who} tok et tiltak ut av skolens tiltakskatalog."),
    Event.ACTION_PLAN_STARTED: _("{who} begynte på planen."),
    Event.ACTION_PLAN_READ: _("{who} leste planen."),
    Event.ACTION_PLAN_CHANGED: _("{who} endret planen."),
    Event.ACTION_PLAN_PUT_IN_FORCE: _("{who} satte planen i kraft."),
    Event.ACTION_PLAN_INVITED: _("{who} skrev inn hvem som er invitert til å være med på å lage planen."),
    Event.ACTION_PLAN_TOLD: _("{who} skrev inn at planen er gjort kjent."),
    Event.ACTION_PLAN_EVALUATED: _("{who} evaluerte planen."),
    Event.ACTION_PLAN_ENDED: _("{who} avsluttet planen."),
    Event.ACTION_PLAN_TAKEN_UP_AGAIN: _("{who} tok planen opp igjen."),
    Event.ACTION_PLAN_NOT_NEEDED: _("{who} bestemte at det ikke trengs en plan, og skrev hvorfor."),
    Event.ACTION_PLAN_REMINDED: _("Aktsom minnet om at planen skal evalueres."),
    Event.MEASURE_ADDED: _("{who} la til et tiltak."),
    Event.MEASURE_CHANGED: _("{who} endret et tiltak."),
    Event.MEASURE_DONE: _("{who} skrev inn at et tiltak er gjort."),
    Event.MEASURE_SEEN: _("{who} så på et tiltak."),
    Event.MEASURE_LISTED: _("{who} så et tiltak i en liste."),
    Event.MEASURE_VIEW_SAID: _("{who} skrev inn synet på et tiltak."),
    Event.MEASURE_SHARED: _("{who} la et tiltak inn i flere planer."),
    Event.MEASURE_REMINDED: _("Aktsom minnet om et tiltak."),
    Event.RESOURCE_ASKED: _("{who} ba om noe et tiltak trenger."),
    Event.RESOURCE_ANSWERED: _("{who} svarte på hva tiltaket trenger."),
    Event.FINDING_ADDED: _("{who} skrev inn et funn som tiltakene skal svare på."),
    Event.NOTICE_WRITTEN: _("Et varsel ble laget."),
    Event.NOTICE_SENT: _("Et varsel ble sendt."),
    Event.NOTICE_SEEN: _("{who} så et varsel."),
    Event.NOTICE_CHOSEN: _("{who} valgte hvordan varsler skal komme."),
    Event.NOTICE_ROUTE_SET: _("{who} endret skolens Teams-kanal for varsler."),
    Event.MASTER_KEY_ROTATED: _("Hovednøkkelen ble byttet."),
    Event.CONTENT_KEY_DESTROYED: _("{who} slettet nøkkelen, og med den innholdet."),
    Event.ACCESS_REFUSED: _("{who} prøvde å åpne noe uten å ha tilgang."),
}
