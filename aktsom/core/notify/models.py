"""Notices: that something waits, never what. No name, no text, only where to look after sign-in (PRV-08)."""

from django.db import models

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id
from aktsom.core.notify.rules import Channel, PersonalChannel, SendState

MailState = SendState  # how a notice came out of Aktsom, over all channels


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
    digest_on = models.DateField(null=True, blank=True)  # the morning it was gathered for
    mail_state = models.CharField(max_length=8, choices=SendState.choices, default=SendState.WAITING)
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
        technical = "id public_id occasion mail_state mail_tries mail_changed_at digest_on"
        retention = "notice"

    def __str__(self) -> str:
        return self.public_id

    def scope(self) -> Scope:
        return Scope(school_id=self.school_ref, owner_id=self.owner_ref, withheld=self.is_withheld)


class Sending(AuditedModel):
    """One message on one channel: a notice to one person, one to a school's Teams channel, or the digest of a morning."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    person_ref = models.BigIntegerField(null=True)  # nobody for a Teams channel
    school_ref = models.BigIntegerField(null=True)
    owner_ref = models.BigIntegerField(null=True)
    is_withheld = models.BooleanField(default=False)
    notice = models.ForeignKey(Notice, null=True, on_delete=models.CASCADE, related_name="sendings")
    digest_on = models.DateField(null=True)
    amount = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=SendState.choices, default=SendState.WAITING)
    trouble = models.CharField(max_length=12, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    next_try_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="sending_once_per_channel"),
            models.UniqueConstraint(fields=["person_ref", "channel", "digest_on"], name="sending_one_digest_a_day"),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="sending_waiting"),
            models.Index(fields=["school_ref", "-created_at"], name="sending_of_school"),
        ]

    class Privacy:
        personal = "person_ref school_ref owner_ref is_withheld notice digest_on amount created_at"
        technical = "id public_id channel state trouble tries changed_at next_try_at"
        retention = "notice"

    def __str__(self) -> str:
        return self.public_id

    def scope(self) -> Scope:
        return Scope(school_id=self.school_ref, owner_id=self.owner_ref, withheld=self.is_withheld)


class NoticeChoice(AuditedModel):
    """How one person wants her notices. Without a row she gets e-mail."""

    person_ref = models.BigIntegerField(unique=True)
    at_once_by = models.CharField(max_length=5, choices=PersonalChannel.choices, default=PersonalChannel.MAIL)
    digest_by = models.CharField(max_length=5, choices=PersonalChannel.choices, default=PersonalChannel.MAIL)
    muted = models.CharField(max_length=40, blank=True)  # groups she does not want in the digest, with spaces between

    class Privacy:
        personal = "person_ref at_once_by digest_by muted"
        technical = "id"
        retention = "account"


class TeamsRoute(AuditedModel):
    """A school's own Teams channel. The address is a secret and lies sealed with a key made from the master key."""

    school_ref = models.BigIntegerField(unique=True)
    sealed_url = models.TextField()
    host = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Privacy:
        open = "school_ref host set_at"
        technical = "id sealed_url"
        retention = "school"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_ref)


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
