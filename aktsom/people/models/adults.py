"""Where pupils find an adult, and the teams of a school: who is in them and how they are reached (ORG-08 to ORG-15)."""

from django.db import models
from django.db.models import F, Q

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id
from aktsom.people.rules import TeamKind, TeamTask


class AdultCard(AuditedModel):
    """Where and when pupils and families find somebody who works at a school. Only what was written for them to read."""

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="cards")
    place = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    reach = models.CharField(max_length=160, blank=True)
    grades = models.JSONField(default=list, blank=True)  # 1 to 13; empty: all
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "person"], name="adult_card_once")]

    class Privacy:
        personal = "school person place hours reach grades changed_at"
        technical = "id"
        retention = "people"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)


class Team(AuditedModel):
    """A team at a school, from a day and perhaps until one: what it helps with, when it meets and how one reaches it."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=TeamKind.choices)
    name = models.CharField(max_length=80)
    about = models.TextField(blank=True)
    reach = models.CharField(max_length=200, blank=True)
    rhythm = models.CharField(max_length=120, blank=True)
    cooperation = models.TextField(blank=True)  # for those who work at the school
    for_families = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="team_runs_forward")
        ]

    class Privacy:
        open = "school kind name about reach rhythm cooperation for_families valid_from valid_until"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)


class TeamMember(AuditedModel):
    """Somebody is in a team: a person of the school, or one outside it by name or service («PP-tjenesten»)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)  # of somebody who is not registered here
    task = models.CharField(max_length=12, choices=TeamTask.choices, default=TeamTask.MEMBER)
    title = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | Q(person__isnull=True) & ~Q(name=""), name="member_is_somebody"
            ),
            models.UniqueConstraint(fields=["team", "person"], condition=Q(valid_until=None), name="team_member_open_once"),
        ]

    class Privacy:
        personal = "team person name task title valid_from valid_until"
        technical = "id public_id"
        retention = "people"

    def __str__(self) -> str:
        return str(self.person) if self.person else self.name

    def scope(self) -> Scope:
        return self.team.scope()
