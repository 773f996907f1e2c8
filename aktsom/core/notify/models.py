"""Notices: that something waits, never what. No name, no text, only where to look after sign-in (PRV-08)."""

from django.db import models

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id


class MailState(models.TextChoices):
    """Where the e-mail of a notice stands."""

    NONE = "none", "Ingen e-post"
    WAITING = "waiting", "Venter"
    SENDING = "sending", "Sendes"
    SENT = "sent", "Sendt"
    FAILED = "failed", "Ikke sendt"


class Notice(AuditedModel):
    """One person should look at one thing. ``occasion`` makes it the same notice however often it is asked for."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    person_ref = models.BigIntegerField()  # people.Person, no foreign key: core knows no domain
    school_ref = models.BigIntegerField(null=True)
    owner_ref = models.BigIntegerField(null=True)
    is_withheld = models.BooleanField(default=False)
    code = models.CharField(max_length=40)
    occasion = models.CharField(max_length=80)
    path = models.CharField(max_length=200)
    is_urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    mail_state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.WAITING)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mail_changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_ref", "code", "occasion"], name="notice_once_per_occasion")]
        indexes = [
            models.Index(fields=["person_ref", "seen_at", "-created_at"], name="notice_of_person"),
            models.Index(fields=["mail_state", "mail_changed_at"], name="notice_mail_waiting"),
        ]

    class Privacy:
        personal = "person_ref school_ref owner_ref is_withheld code path is_urgent created_at seen_at"
        technical = "id public_id occasion mail_state mail_tries mail_changed_at"
        retention = "notice"

    def __str__(self) -> str:
        return self.public_id

    def scope(self) -> Scope:
        return Scope(school_id=self.school_ref, owner_id=self.owner_ref, withheld=self.is_withheld)


class JobRun(AuditedModel):
    """A periodic job ran once for one stretch of time. The constraint is what keeps two workers from running it twice."""

    name = models.CharField(max_length=120)
    slot = models.PositiveBigIntegerField()
    started_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="job_once_per_slot")]

    class Privacy:
        technical = "id name slot started_at"
        retention = "notice"
