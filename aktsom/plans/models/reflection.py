"""What a team agreed on after talking together about how they work. About their own work, never about a person."""

from django.db import models
from django.db.models import Q

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id


class TeamAgreement(AuditedModel):
    """What those who talked about a reflection card agreed to do, and what came of it (QUA-02, QUA-04 to QUA-08, QUA-12)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    card = models.CharField(max_length=30)  # code of rules.reflection.ReflectionCard
    talked_on = models.DateField()
    who = models.CharField(max_length=120)  # «Personalmøtet», «5. trinn»: a meeting or a team, never a pupil
    text = models.TextField()
    follow_up_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    followed_up_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-talked_on", "-id"]
        indexes = [
            models.Index(fields=["school", "card", "-talked_on"], name="team_agreement_of_card"),
            models.Index(fields=["written_by", "follow_up_on"], name="team_agreement_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="team_agreement_says_something"),
            models.CheckConstraint(
                condition=Q(followed_up_on=None, outcome="") | Q(followed_up_on__isnull=False) & ~Q(outcome=""),
                name="team_agreement_followed_has_words",
            ),
        ]

    class Privacy:
        personal = "school card talked_on who text follow_up_on outcome followed_up_on written_by written_at"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.public_id

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)
