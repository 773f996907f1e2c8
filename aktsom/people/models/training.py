"""What people who work at a school or owner have learned about privacy, and from when the owner asks for it."""

from django.db import models
from django.db.models import Q

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id


class TrainingDemand(AuditedModel):
    """From which day the owner asks for training before anybody reads about a pupil (opplæringsforskrifta § 20-2).

    The regulation says no number of months. How long a training counts is the owner's own choice; empty means that it
    counts until the owner says otherwise.
    """

    owner = models.ForeignKey("schools.SchoolOwner", on_delete=models.PROTECT, related_name="training_demands")
    renewal_months = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [models.UniqueConstraint(fields=["owner"], condition=Q(valid_until=None), name="training_demand_open_once")]

    class Privacy:
        open = "owner renewal_months valid_from valid_until"
        technical = "id"
        retention = "people"

    def scope(self) -> Scope:
        return Scope(owner_id=self.owner_id)


class PrivacyTraining(AuditedModel):
    """Somebody has learned what is needed about privacy and security, on a day, and somebody else wrote it in."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="trainings")
    name = models.CharField(max_length=120)
    held_on = models.DateField()
    recorded_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["person", "-held_on"], name="training_of_person")]

    class Privacy:
        personal = "person name held_on recorded_by recorded_at"
        technical = "id"
        retention = "people"

    def scope(self) -> Scope:
        return self.person.scope()


class Partner(AuditedModel):
    """Somebody outside the school it works with: whom to reach, what for, and when they meet (HLP-03)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    purpose = models.CharField(max_length=300)
    meets = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]

    class Privacy:
        open = "school name purpose meets changed_at ended_on"
        personal = "contact phone email"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return self.school.scope()
