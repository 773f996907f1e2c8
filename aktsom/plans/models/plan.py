"""A school's or owner's plan: its editions, every change to a draft, what bodies said, and the yearly evaluation."""

from django.db import models
from django.db.models import Q

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id
from aktsom.plans.rules.editions import Body, EditionState, Outcome, name_of_body


class EnvironmentPlan(AuditedModel):
    """The plan for a safe and good school environment of one school, or the guide an owner gives its schools (PLN-26)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("schools.SchoolOwner", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    wanted_treatments = models.JSONField(default=list, blank=True)  # codes of Body
    wanted_reviewers = models.JSONField(default=list, blank=True)  # codes of Body
    shows_names = models.BooleanField(default=False)  # the names of the visible adults on the public page
    shown_roles = models.JSONField(null=True, blank=True)  # codes of DutyRole; None: the school has not chosen yet
    translations = models.JSONField(default=dict, blank=True)  # by language and text of the plan (rules.wording)
    started_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=True, owner__isnull=False) | Q(school__isnull=False, owner__isnull=True),
                name="plan_of_school_or_owner",
            ),
            models.UniqueConstraint(fields=["school"], name="environment_plan_once_per_school"),
            models.UniqueConstraint(fields=["owner"], name="environment_plan_once_per_owner"),
        ]

    class Privacy:
        open = "school owner wanted_treatments wanted_reviewers shows_names shown_roles translations started_at"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.public_id

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id, owner_id=self.owner_id)


class PlanEdition(AuditedModel):
    """One edition, whole. What was in force is kept as it was (PLN-13, PLN-14)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    plan = models.ForeignKey(EnvironmentPlan, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.DRAFT)
    content = models.JSONField()  # rules.content.as_plain
    cards = models.JSONField(default=list, blank=True)  # rules.content.cards_of, kept when put in force: «I dag» never reads a whole plan
    template = models.CharField(max_length=60, blank=True)  # code of the library plan it began as
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    in_force_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    in_force_at = models.DateTimeField(null=True, blank=True)
    # The head of an owner's procedure (PLN-12). The approver is written as the owner writes it: an office, with or without a name.
    approver = models.CharField(max_length=120, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    revised_on = models.DateField(null=True, blank=True)
    procedure_number = models.CharField(max_length=40, blank=True)
    revision_number = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="edition_once_per_number"),
            models.UniqueConstraint(fields=["plan"], condition=Q(state=EditionState.IN_FORCE), name="edition_one_in_force"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state__in=[EditionState.DRAFT, EditionState.TREATED]), name="edition_one_being_written"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[EditionState.IN_FORCE, EditionState.REPLACED])
                | Q(valid_from__isnull=False, in_force_at__isnull=False),
                name="edition_in_force_has_dates",
            ),
        ]

    class Privacy:
        open = (
            "plan number state content cards template reason made_at changed_at valid_from valid_until in_force_at"
            " approved_on revised_on procedure_number revision_number"
        )
        personal = "made_by in_force_by approver"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.public_id

    def scope(self) -> Scope:
        return self.plan.scope()


class PlanEdit(AuditedModel):
    """One change to a draft, with what was there before, so that it can be undone and seen who made it."""

    edition = models.ForeignKey(PlanEdition, on_delete=models.CASCADE, related_name="edits")
    deed = models.CharField(max_length=30)
    key = models.CharField(max_length=80, blank=True)  # of the row or section
    before = models.JSONField(null=True)  # the whole content before; dropped when the edition is put in force
    made_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    is_undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["edition", "-id"], name="plan_edit_of_edition")]

    class Privacy:
        open = "edition deed key before made_at is_undone"
        personal = "made_by"
        technical = "id"
        retention = "school"

    def scope(self) -> Scope:
        return self.edition.scope()


class PlanTreatment(AuditedModel):
    """A body was asked about an edition, and what it said (PLN-10, PLN-11, PLN-12)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(PlanEdition, on_delete=models.CASCADE, related_name="treatments")
    body = models.CharField(max_length=30, choices=Body.choices)
    asked_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    answered_on = models.DateField(null=True, blank=True)
    statement = models.TextField(blank=True)
    written_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "body"], name="treatment_once_per_body"),
            models.CheckConstraint(condition=Q(outcome=Outcome.WAITING) | Q(answered_on__isnull=False), name="treatment_answered_has_date"),
        ]

    class Privacy:
        open = "edition body asked_on outcome answered_on statement"
        personal = "written_by"
        technical = "id public_id"
        retention = "school"

    def scope(self) -> Scope:
        return self.edition.scope()


class PlanReview(AuditedModel):
    """The yearly evaluation of the plan: closed only when each body was invited and answered or declined (PLN-15, PLN-16)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    plan = models.ForeignKey(EnvironmentPlan, on_delete=models.CASCADE, related_name="reviews")
    year = models.CharField(max_length=9)  # «2025/2026»
    started_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    learned = models.TextField(blank=True)
    is_to_be_revised = models.BooleanField(null=True)  # what was decided; asked for an owner's guide (PLN-17)
    closed_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-started_on"]
        constraints = [models.UniqueConstraint(fields=["plan", "year"], name="review_once_per_year")]

    class Privacy:
        open = "plan year started_on closed_on learned is_to_be_revised"
        personal = "closed_by"
        technical = "id public_id"
        retention = "school"

    def scope(self) -> Scope:
        return self.plan.scope()


class ReviewAnswer(AuditedModel):
    """What one body said about the plan this year; of an owner's guide the meetings of each school for themselves (PLN-17)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    review = models.ForeignKey(PlanReview, on_delete=models.CASCADE, related_name="answers")
    school = models.ForeignKey("schools.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # see AT_EACH_SCHOOL
    body = models.CharField(max_length=30, choices=Body.choices)
    invited_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    answered_on = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    written_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["invited_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "body"], condition=Q(school=None), name="review_answer_once_per_body"),
            models.UniqueConstraint(fields=["review", "body", "school"], name="review_answer_once_per_school"),
        ]

    class Privacy:
        open = "review school body invited_on outcome answered_on text"
        personal = "written_by"
        technical = "id public_id"
        retention = "school"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id, owner_id=self.review.plan.owner_id) if self.school_id else self.review.scope()

    @property
    def name(self) -> str:
        """What the body is called, with its school when each has its own."""
        return name_of_body(self.body, self.school.name if self.school else "")


class ReviewProposal(AuditedModel):
    """Something learned that may change the plan: taken into the next draft, or not, with a reason (PLN-19)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    review = models.ForeignKey(PlanReview, on_delete=models.CASCADE, related_name="proposals")
    row_key = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    is_taken = models.BooleanField(null=True)
    reason = models.TextField(blank=True)
    written_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    class Privacy:
        open = "review row_key text is_taken reason"
        personal = "written_by"
        technical = "id public_id"
        retention = "school"

    def scope(self) -> Scope:
        return self.review.scope()
