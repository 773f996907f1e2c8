"""One action plan per pupil: the findings it answers, its measures, its versions and its evaluations."""

from django.db import models
from django.db.models import Q

from aktsom.core.audit.scope import Scope
from aktsom.core.sealed import SealedModel
from aktsom.core.vault.fields import SealedJSONField, SealedTextField
from aktsom.measures.rules import (
    Acceptance,
    InvitationAnswer,
    MeasureDecision,
    MeasureLevel,
    MeasureState,
    PartyKind,
    PlanAccessKind,
    PlanState,
    PupilAnswer,
    RequestOutcome,
    SaidWorks,
)


class ActionPlan(SealedModel):
    """The written plan of opplæringslova § 12-4 third paragraph, for one pupil. The school chooses the word shown."""

    pupil = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("schools.SchoolOwner", on_delete=models.PROTECT, related_name="+")
    file_ref = models.CharField(max_length=12, db_index=True)  # public id of the file the plan is kept in
    is_withheld = models.BooleanField(default=False)
    guardians_told = models.BooleanField(default=False)  # decided in the file the plan is kept in (PRV-09)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    problem = SealedTextField(blank=True)
    evaluate_on = models.DateField(null=True, blank=True)
    evaluator = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=0)
    changed_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)  # the problem, the day or who evaluates was last written
    started_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=PlanState.IN_FORCE) | Q(in_force_at__isnull=False, evaluate_on__isnull=False, version__gte=1),
                name="plan_in_force_has_evaluation_date",
            ),
            models.CheckConstraint(condition=~Q(state=PlanState.ENDED) | Q(ended_at__isnull=False), name="plan_ended_has_date"),
        ]
        indexes = [
            models.Index(fields=["school", "state", "evaluate_on"], name="plan_of_school"),
            models.Index(fields=["pupil", "state"], name="plan_of_pupil"),
        ]

    class Privacy:
        personal = "pupil school owner is_withheld guardians_told state evaluate_on evaluator version changed_by changed_at started_at in_force_at ended_at"
        case_content = "problem"
        technical = "id public_id content_key file_ref"
        retention = "case"

    def __str__(self) -> str:
        return self.public_id

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id, owner_id=self.owner_id, file_id=self.file_ref, withheld=self.is_withheld)


class PlanPart(SealedModel):
    """Base of what belongs to one action plan and is sealed with its key."""

    class Meta:
        abstract = True

    def scope(self) -> Scope:
        scope: Scope = self.plan.scope()  # type: ignore[attr-defined]
        return scope


class PlanAccess(PlanPart):
    """Somebody works with the plan, or is shut out of it, in a stretch of time."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="accesses")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=PlanAccessKind.choices)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "kind", "valid_until"], name="plan_access_person")]

    class Privacy:
        personal = "plan person kind valid_from valid_until"
        technical = "id public_id content_key"
        retention = "case"


class Finding(PlanPart):
    """What the investigation or report showed that the measures must answer (ACT-10, fact 14)."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="findings")
    text = SealedTextField()
    source_ref = models.CharField(max_length=12, blank=True)  # public id of the note or report it rests on
    added_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]

    class Privacy:
        personal = "plan added_by added_at"
        case_content = "text"
        technical = "id public_id content_key source_ref"
        retention = "case"


class Measure(PlanPart):
    """One measure: what, why, on whom, who answers for it, who carries it out, and when."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="measures")
    finding = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="measures")
    level = models.CharField(max_length=8, choices=MeasureLevel.choices)
    state = models.CharField(max_length=8, choices=MeasureState.choices, default=MeasureState.PLANNED)
    is_immediate = models.BooleanField(default=False)
    catalogue_code = models.CharField(max_length=60, blank=True)
    what = SealedTextField()
    adaptation = SealedTextField(blank=True)
    rhythm = SealedTextField(blank=True)
    task = SealedTextField(blank=True)  # what those who carry it out must know, without the background (ACT-16)
    responsible = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    carried_out_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    evaluate_on = models.DateField(null=True, blank=True)  # when this one alone is looked at, before the plan is (EVL-01)
    shared_ref = models.CharField(max_length=12, blank=True, db_index=True)  # the same on plans that share it (ACT-18)
    added_at = models.DateTimeField()
    changed_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "id"]
        indexes = [
            models.Index(fields=["responsible", "state"], name="measure_of_responsible"),
            models.Index(fields=["carried_out_by", "state"], name="measure_of_doer"),
        ]

    class Privacy:
        personal = (
            "plan finding level state is_immediate responsible carried_out_by starts_on ends_on evaluate_on"
            " added_at changed_by changed_at ended_at"
        )
        case_content = "what adaptation rhythm task"
        technical = "id public_id content_key catalogue_code shared_ref"
        retention = "case"


class MeasureView(PlanPart):
    """What the pupil or a guardian says about a measure, also when the school decides otherwise, with reason (HRG-08)."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="views")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="views")
    party = models.CharField(max_length=10, choices=PartyKind.choices)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    text = SealedTextField()
    disagrees = models.BooleanField(default=False)
    said_works = models.CharField(max_length=8, choices=SaidWorks.choices, blank=True)
    schools_reason = SealedTextField(blank=True)
    said_at = models.DateTimeField()
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["said_at", "id"]

    class Privacy:
        personal = "plan measure party person disagrees said_works said_at written_by"
        case_content = "text schools_reason"
        technical = "id public_id content_key"
        retention = "case"


class MeasureDeed(PlanPart):
    """The measure was carried out once (ACT-15)."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="deeds")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="deeds")
    done_on = models.DateField()
    done_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    note = SealedTextField(blank=True)
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ["done_on", "id"]

    class Privacy:
        personal = "plan measure done_on done_by marked_at"
        case_content = "note"
        technical = "id public_id content_key"
        retention = "case"


class PlanVersion(PlanPart):
    """The plan as it was put in force, whole, with the reason for the change. Never overwritten (fact 45)."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = SealedJSONField()
    reason = SealedTextField(blank=True)
    evaluate_on = models.DateField()
    put_in_force_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    put_in_force_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    class Privacy:
        personal = "plan number evaluate_on put_in_force_by put_in_force_at"
        case_content = "content reason"
        technical = "id public_id content_key"
        retention = "case"


class PlanInvitation(PlanPart):
    """The pupil or a guardian was invited to take part in making the plan, what she answered, and when she took part (HRG-04)."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="invitations")
    party = models.CharField(max_length=10, choices=PartyKind.choices)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    invited_on = models.DateField()
    answer = models.CharField(max_length=10, choices=InvitationAnswer.choices, default=InvitationAnswer.WAITING)
    took_part_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["invited_on", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "person"], name="plan_invitation_once")]

    class Privacy:
        personal = "plan party person invited_on answer took_part_on written_by written_at"
        technical = "id public_id content_key"
        retention = "case"


class PlanTelling(PlanPart):
    """A party was told of a version of the plan and what she answered (ACT-05; Lillestrøm's five working days)."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="tellings")
    version = models.PositiveSmallIntegerField()
    party = models.CharField(max_length=10, choices=PartyKind.choices)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField()
    acceptance = models.CharField(max_length=10, choices=Acceptance.choices)
    objection = SealedTextField(blank=True)
    told_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["told_on", "id"]

    class Privacy:
        personal = "plan version party person told_on acceptance told_by"
        case_content = "objection"
        technical = "id public_id content_key"
        retention = "case"


class Evaluation(PlanPart):
    """One evaluation of the whole plan: how it is now in the pupil's own words, and when to look again."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="evaluations")
    held_on = models.DateField()
    evaluated_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    pupil_answer = models.CharField(max_length=12, choices=PupilAnswer.choices)
    pupil_words = SealedTextField(blank=True)
    guardians_words = SealedTextField(blank=True)
    staff_words = SealedTextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    is_final = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["held_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(is_final=True) | Q(next_on__isnull=False), name="evaluation_sets_next_or_is_final")
        ]

    class Privacy:
        personal = "plan held_on evaluated_by next_on is_final written_at"
        sensitive = "pupil_answer"
        case_content = "pupil_words guardians_words staff_words"
        technical = "id public_id content_key"
        retention = "case"


class MeasureEvaluation(PlanPart):
    """How one measure went, and what happens to it, with reason."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="measure_evaluations")
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="measures")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="evaluations")
    was_done = models.BooleanField()
    effect = SealedTextField(blank=True)
    decision = models.CharField(max_length=8, choices=MeasureDecision.choices)
    reason = SealedTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evaluation", "measure"], name="measure_evaluated_once")]

    class Privacy:
        personal = "plan evaluation measure was_done decision"
        case_content = "effect reason"
        technical = "id public_id content_key"
        retention = "case"


class PlanNotNeeded(PlanPart):
    """It was decided that no written plan is needed, because the pupil says it is safe and nothing has to be done (ACT-06)."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="not_needed")
    reason = SealedTextField()
    pupil_answer = models.CharField(max_length=12, choices=PupilAnswer.choices)
    pupil_words = SealedTextField()
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # a measure was needed after all

    class Meta:
        ordering = ["decided_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(pupil_answer=PupilAnswer.SAFE), name="plan_not_needed_only_when_safe"),
            models.UniqueConstraint(fields=["plan"], condition=Q(ended_at=None), name="plan_not_needed_once"),
        ]

    class Privacy:
        personal = "plan decided_by decided_at ended_at"
        sensitive = "pupil_answer"
        case_content = "reason pupil_words"
        technical = "id public_id content_key"
        retention = "case"


class ResourceRequest(PlanPart):
    """A measure needs people, a room or money that the one who works with the plan cannot give; the leadership answers (ACT-23)."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="requests")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="requests")
    wish = SealedTextField()
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=6, choices=RequestOutcome.choices, blank=True)
    answer = SealedTextField(blank=True)
    answered_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_at=None) | ~Q(outcome="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="request_answered_by_somebody",
            )
        ]

    class Privacy:
        personal = "plan measure asked_by asked_at outcome answered_by answered_at"
        case_content = "wish answer"
        technical = "id public_id content_key"
        retention = "case"
