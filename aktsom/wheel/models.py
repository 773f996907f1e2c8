"""The tasks of a school year, what was entered for its rows, and who holds the roles that have no position behind them."""

from django.db import models
from django.db.models import F, Q

from aktsom.core.audit.models import AuditedModel
from aktsom.core.audit.scope import Scope
from aktsom.core.identifiers import new_public_id
from aktsom.core.sealed import SealedModel
from aktsom.core.timing.yearly.occurrences import OccurrenceKind
from aktsom.core.vault.fields import SealedTextField
from aktsom.wheel.rules import TaskState


class WheelTask(AuditedModel):
    """Something to be done in a stretch of days (both included), by those who hold the roles in ``who``.

    ``who`` holds codes of roles with a space before and after each, so that one role can be asked for in both databases.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey("schools.SchoolYear", on_delete=models.CASCADE, related_name="+")
    row_key = models.CharField(max_length=80)
    part = models.PositiveSmallIntegerField(default=0)
    occurrence = models.CharField(max_length=40)
    group = models.ForeignKey("people.Group", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.CharField(max_length=24, blank=True)  # rules.Place.key
    title = models.CharField(max_length=300)
    who = models.CharField(max_length=400)
    kind = models.CharField(max_length=10, choices=OccurrenceKind.choices)
    starts_on = models.DateField()
    due_on = models.DateField()
    why = models.CharField(max_length=400)
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    evidence = models.JSONField(default=list, blank=True)  # addresses and names of documents, as written
    took_part = models.JSONField(default=list, blank=True)  # codes of rules.TookPart (PLN-22)
    reason = models.TextField(blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()  # when its days or words last changed, for calendars
    times_moved = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["due_on", "title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "row_key", "part", "occurrence", "place"], name="task_once"),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="task_runs_forward"),
            models.CheckConstraint(condition=~Q(state=TaskState.DONE) | Q(done_on__isnull=False), name="task_done_has_date"),
            models.CheckConstraint(condition=~Q(state=TaskState.SKIPPED) | ~Q(reason=""), name="task_skipped_has_reason"),
        ]
        indexes = [
            models.Index(fields=["school", "year", "due_on"], name="task_of_school"),
            models.Index(fields=["school", "state", "due_on"], name="task_open_of_school"),
            models.Index(fields=["group", "due_on"], name="task_of_group"),
        ]

    class Privacy:
        open = (
            "school year row_key part occurrence group grade place title who kind starts_on due_on why state done_on reason"
            " took_part marked_at changed_at times_moved"
        )
        personal = "done_by note evidence"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.title

    def scope(self) -> Scope:
        scope: Scope = self.school.scope()
        return scope


class TaskFile(SealedModel):
    """A picture or document that shows what was done. Sealed with a key of its own, so that taking it away is final."""

    task = models.ForeignKey(WheelTask, on_delete=models.PROTECT, related_name="files")
    name = SealedTextField(blank=True)
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    stored_name = models.CharField(max_length=80, blank=True)  # empty when it was taken away
    added_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["stored_name"], condition=~Q(stored_name=""), name="task_file_stored_once"),
            models.CheckConstraint(
                condition=Q(removed_at=None) & ~Q(stored_name="") | Q(removed_at__isnull=False, stored_name=""),
                name="task_file_there_or_gone",
            ),
        ]

    class Privacy:
        personal = "task added_by added_at removed_at"
        case_content = "name"
        technical = "id public_id content_key media_type size stored_name"
        retention = "evidence"

    def scope(self) -> Scope:
        return self.task.scope()


class DailyNote(AuditedModel):
    """One sentence about something ordinary that served the plan, for who wants to write it (PLN-29). Never asked for."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    text = models.CharField(max_length=300)
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["school", "-on"], name="daily_note_of_school")]

    class Privacy:
        personal = "school on text written_by written_at"
        technical = "id public_id"
        retention = "school"

    def __str__(self) -> str:
        return self.text

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)


class RowFact(AuditedModel):
    """What a school entered for one row in one year: dates, a meeting, a span set by others, an agreement's end."""

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey("schools.SchoolYear", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=90)  # row key, «row#part», or «external:<source>»
    set_dates = models.JSONField(default=list, blank=True)  # ISO dates
    meeting_on = models.DateField(null=True, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    agreement_ends_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "key"], name="row_fact_once_per_year")]

    class Privacy:
        open = "school year key set_dates meeting_on from_on until_on agreement_ends_on changed_at"
        technical = "id"
        retention = "school"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)


class FirstLesson(AuditedModel):
    """When a class has its first lesson in its classroom (T17)."""

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey("schools.SchoolYear", on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey("people.Group", on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "group"], name="first_lesson_once")]

    class Privacy:
        open = "school year group on"
        technical = "id"
        retention = "school"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)


class RoleHolder(AuditedModel):
    """Somebody holds a role of the plan that no position tells of, in a stretch of days (both included)."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=40)  # code of plans.rules.duty_roles
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["role", "valid_from"]
        indexes = [models.Index(fields=["person", "valid_until"], name="role_holder_person")]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="role_holder_runs_forward")
        ]

    class Privacy:
        personal = "school role person valid_from valid_until"
        technical = "id public_id"
        retention = "people"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)


class CalendarFeed(AuditedModel):
    """An address from which a calendar fetches tasks: a person's own, or the school's. The address itself is not kept."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    lookup = models.CharField(max_length=64, unique=True)  # keyed hash of the secret in the address
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    class Privacy:
        personal = "school person made_at ended_at"
        technical = "id public_id lookup"
        retention = "people"

    def scope(self) -> Scope:
        return Scope(school_id=self.school_id)
