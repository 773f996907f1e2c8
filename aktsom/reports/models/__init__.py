"""Reports, who has them, what was answered, and what the owner was told."""

from django.db import models
from django.db.models import Q

from aktsom.core.audit.scope import Scope
from aktsom.core.sealed import SealedModel
from aktsom.core.vault.fields import SealedJSONField, SealedTextField
from aktsom.reports.models.questions import ReportQuestion
from aktsom.reports.models.routine import ReportingRoutine, RoutineReading, RoutineReview
from aktsom.reports.rules import (
    BarReason,
    Channel,
    HealthSource,
    IncidentKind,
    Involved,
    NoticePurpose,
    PupilTold,
    RecipientReason,
    ReporterKind,
    ReportState,
    Route,
    Seriousness,
    Urgency,
)


class Report(SealedModel):
    """Somebody has said that a pupil may not have it safe and good (opplæringslova § 12-4 second paragraph)."""

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("schools.SchoolOwner", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=ReportState.choices, default=ReportState.SENT)
    route = models.CharField(max_length=12, choices=Route.choices)
    involved = models.CharField(max_length=12, choices=Involved.choices, default=Involved.NO)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    topic = models.CharField(max_length=40, blank=True)  # a code of the school's plan, e.g. radicalisation (REP-14)
    urgency = models.CharField(max_length=10, choices=Urgency.choices, default=Urgency.ORDINARY)
    reporter_kind = models.CharField(max_length=12, choices=ReporterKind.choices)
    reporter = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    logged_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reporter_name = SealedTextField(blank=True)
    what_happened = SealedTextField()
    where_happened = SealedTextField(blank=True)
    done_at_once = SealedTextField(blank=True)
    pupils_wish = SealedTextField(blank=True)
    bases = models.CharField(max_length=200, blank=True)  # codes with spaces between (REP-03)
    pupil_told = models.CharField(max_length=12, choices=PupilTold.choices, blank=True)
    health_source = models.CharField(max_length=20, choices=HealthSource.choices, default=HealthSource.NOT_HEALTH_STAFF)
    consent_from = SealedTextField(blank=True)
    consent_given_on = models.DateField(null=True, blank=True)
    consent_withdrawn_at = models.DateTimeField(null=True, blank=True)
    consent_withdrawn_by = SealedTextField(blank=True)  # who took it back, in the nurse's words (REP-22)
    first_known_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_known_by_text = SealedTextField(blank=True)
    first_known_at = models.DateTimeField(null=True, blank=True)
    noticed_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    known_to_head_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    receipt_lookup = models.CharField(max_length=64, unique=True, null=True, blank=True)
    send_lookup = models.CharField(max_length=64, unique=True, null=True, blank=True)  # keyed hash of one sending of one form
    named_at = models.DateTimeField(null=True, blank=True)  # when somebody who came without a name gave it herself
    cleared_elsewhere_at = models.DateTimeField(null=True, blank=True)  # what came by SMS or Teams is deleted there (PRV-10)
    cleared_elsewhere_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    extra_answers = SealedJSONField(blank=True, null=True)  # what the owner's and the school's own questions got, each with its words
    concerns_pupil = models.BooleanField(default=True)  # False: an incident nobody has said may make a pupil unsafe (REP-29)
    incident_kind = models.CharField(max_length=20, choices=IncidentKind.choices, blank=True)
    is_test = models.BooleanField(default=False)  # sent to see that reports arrive; about no child, and can be removed

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None) | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="report_acknowledged_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(reporter_kind=ReporterKind.ANONYMOUS) | Q(reporter=None, logged_by=None),
                name="report_anonymous_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(consent_withdrawn_at=None) | Q(health_source=HealthSource.CONSENT),
                name="report_only_given_consent_is_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(cleared_elsewhere_at=None, cleared_elsewhere_by=None)
                | Q(cleared_elsewhere_at__isnull=False, cleared_elsewhere_by__isnull=False),
                name="report_cleared_elsewhere_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(concerns_pupil=True) & ~Q(state=ReportState.FINISHED)
                | Q(concerns_pupil=False) & ~Q(incident_kind="") & ~Q(state=ReportState.IN_CASE),
                name="report_finished_only_as_incident",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "state", "-received_at"], name="report_of_school"),
            models.Index(fields=["owner", "route", "-received_at"], name="report_of_owner"),
            models.Index(fields=["reporter", "-received_at"], name="report_of_reporter"),
        ]

    class Privacy:
        personal = (
            "school owner state route involved channel topic urgency reporter_kind reporter logged_by bases pupil_told"
            " first_known_by first_known_at noticed_at received_at known_to_head_at acknowledged_at acknowledged_by named_at"
            " cleared_elsewhere_at cleared_elsewhere_by"
            " concerns_pupil incident_kind"
        )
        sensitive = "health_source consent_given_on consent_withdrawn_at"
        case_content = (
            "reporter_name what_happened where_happened done_at_once pupils_wish consent_from consent_withdrawn_by first_known_by_text"
            " extra_answers"
        )
        technical = "id public_id content_key receipt_lookup send_lookup is_test"
        retention = "case"

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_withheld(self) -> bool:
        return self.route == Route.LEADERSHIP

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id, owner_id=self.owner_id, file_id=self.public_id, withheld=self.is_withheld)


class ReportPart(SealedModel):
    """Base of what belongs to one report and is sealed with its key."""

    class Meta:
        abstract = True

    def scope(self) -> Scope:
        return self.report.scope()  # type: ignore[attr-defined,no-any-return]


class ReportPupil(ReportPart):
    """A pupil the report is about: somebody registered, or a name as it was written."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="pupils")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_name = SealedTextField(blank=True)

    class Privacy:
        personal = "report person"
        case_content = "written_name"
        technical = "id public_id content_key"
        retention = "case"


class ReportAccused(ReportPart):
    """Somebody working at the school whom the report is about. She never meets the report (STF-06, STF-13)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="accused")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_name = SealedTextField(blank=True)

    class Privacy:
        sensitive = "report person"
        case_content = "written_name"
        technical = "id public_id content_key"
        retention = "case"


class ReportBar(ReportPart):
    """Somebody who never meets the report although it is not said to be about her: it can be, or she is shut out of its case."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="bars")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=BarReason.choices)
    barred_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "person"], name="report_barred_once")]

    class Privacy:
        sensitive = "report person reason barred_at"
        technical = "id public_id content_key"
        retention = "case"


class ReportRecipient(ReportPart):
    """A person who has the report, and why."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="recipients")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=15, choices=RecipientReason.choices)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "person", "reason"], name="report_recipient_once")]
        indexes = [models.Index(fields=["person", "ended_at"], name="report_recipient_person")]

    class Privacy:
        personal = "report person reason given_at ended_at"
        technical = "id public_id content_key"
        retention = "case"


class ReportMessage(ReportPart):
    """One message between the reporter and the school, both ways, also without a name."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    from_reporter = models.BooleanField()
    author = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = SealedTextField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["sent_at", "id"]

    class Privacy:
        personal = "report from_reporter author sent_at"
        case_content = "text"
        technical = "id public_id content_key"
        retention = "case"


class ReportPicture(ReportPart):
    """A picture sent with the report, or with one of the messages."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="pictures")
    message = models.ForeignKey(ReportMessage, null=True, blank=True, on_delete=models.CASCADE, related_name="pictures")
    attachment = models.ForeignKey("files.Attachment", on_delete=models.PROTECT, related_name="+")
    from_reporter = models.BooleanField(default=True)

    class Privacy:
        personal = "report message attachment from_reporter"
        technical = "id public_id content_key"
        retention = "case"


class ReportAssessment(ReportPart):
    """How serious the receiver judged it, with reason, and what protects the pupil today. Appended, never changed."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="assessments")
    seriousness = models.CharField(max_length=10, choices=Seriousness.choices)
    reason = SealedTextField()
    urgent_measures = SealedTextField(blank=True)
    assessed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()

    class Meta:
        ordering = ["assessed_at", "id"]

    class Privacy:
        personal = "report seriousness assessed_by assessed_at"
        case_content = "reason urgent_measures"
        technical = "id public_id content_key"
        retention = "case"


class GroundlessJudgement(ReportPart):
    """The only ground in § 12-5 for not telling the owner: clearly groundless, with a written reason the owner can read."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="groundless")
    reason = SealedTextField()
    judged_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField()

    class Privacy:
        personal = "report judged_by judged_at"
        case_content = "reason"
        technical = "id public_id content_key"
        retention = "case"


class IncidentAnswer(ReportPart):
    """The receiver's answer to «can a pupil be unsafe?» about an incident, and how it ended. Appended, never changed (REP-29)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="incident_answers")
    pupil_may_be_unsafe = models.BooleanField()
    result = SealedTextField(blank=True)
    answered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["answered_at", "id"]

    class Privacy:
        personal = "report pupil_may_be_unsafe answered_by answered_at"
        case_content = "result"
        technical = "id public_id content_key"
        retention = "case"


class OwnerNotice(ReportPart):
    """The owner was told, why, and when it was opened and answered (ESC-07, ESC-09)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="owner_notices")
    purpose = models.CharField(max_length=12, choices=NoticePurpose.choices)
    reason = SealedTextField(blank=True)
    sent_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    answer = SealedTextField(blank=True)
    answered_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "purpose"], name="owner_notice_once_per_purpose")]

    class Privacy:
        personal = "report purpose sent_by sent_at opened_by opened_at answered_by answered_at"
        case_content = "reason answer"
        technical = "id public_id content_key"
        retention = "case"


__all__ = [
    "GroundlessJudgement",
    "IncidentAnswer",
    "OwnerNotice",
    "Report",
    "ReportAccused",
    "ReportAssessment",
    "ReportBar",
    "ReportMessage",
    "ReportPicture",
    "ReportPupil",
    "ReportQuestion",
    "ReportRecipient",
    "ReportingRoutine",
    "RoutineReading",
    "RoutineReview",
]
