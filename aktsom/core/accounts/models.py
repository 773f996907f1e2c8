"""Sign-in accounts and unsent texts. Who the person is at a school lies in people."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id
from aktsom.core.vault.fields import SealedJSONField


class User(AbstractBaseUser):
    """An account. No superuser exists, and no right hangs on it: roles come from people.Position."""

    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="nb")
    date_joined = models.DateTimeField(auto_now_add=True)
    factors_reset_at = models.DateTimeField(null=True, blank=True)  # a second factor used before this no longer counts

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Privacy:
        personal = "username email is_active language date_joined last_login factors_reset_at"
        technical = "id password"
        retention = "account"

    def __str__(self) -> str:
        return self.username


class Draft(models.Model):
    """What somebody has typed and not sent. Her own, sealed, and not a record of anybody (no event tells of it)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    content_key = models.ForeignKey("vault.ContentKey", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    form_key = models.CharField(max_length=120)
    content = SealedJSONField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "form_key"], name="draft_once_per_form")]

    class Privacy:
        personal = "user updated_at"
        case_content = "content"
        technical = "id public_id content_key form_key"
        retention = "draft"

    def __str__(self) -> str:
        return self.public_id


class ResetReason(models.TextChoices):
    """Why somebody's second factor was taken away."""

    LOST = "lost", _("Telefonen eller nøkkelen er borte")
    REPLACED = "replaced", _("Ny telefon eller maskin")
    FAILED = "failed", _("Den virker ikke")
    SUSPECTED = "suspected", _("Noen andre kan ha brukt den")


class FactorReset(AuditedModel):
    """A colleague's second factor was taken away, by whom, at which school and why."""

    person_ref = models.BigIntegerField()  # people.Person, no foreign key: core knows no domain
    by_ref = models.BigIntegerField(null=True)
    school_ref = models.BigIntegerField()
    reason = models.CharField(max_length=10, choices=ResetReason.choices)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["school_ref", "-at"], name="factor_reset_of_school")]

    class Privacy:
        personal = "person_ref by_ref school_ref reason at"
        technical = "id"
        retention = "account"

    def __str__(self) -> str:
        return str(self.pk)

    def scope(self) -> Scope:
        return Scope(school_id=self.school_ref)
