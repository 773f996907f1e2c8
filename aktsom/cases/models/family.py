"""The family's room: the days the pupil is asked, answers, messages with an adult, corrections, letters and replies."""

from django.db import models
from django.db.models import Q

from aktsom.cases.models.case import Case, CaseRecord
from aktsom.cases.rules.family import CorrectionOutcome, CorrectionTarget
from aktsom.core.vault.fields import SealedTextField
from aktsom.measures.rules import PartyKind, PupilAnswer


class CheckIn(CaseRecord):
    """A day the pupil is asked «er det bedre?» (EVL-03). Set together with the plan; a day can be taken away again."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="check_ins")
    ask_on = models.DateField()
    set_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["ask_on", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "ask_on"], condition=Q(withdrawn_at=None), name="check_in_once_a_day")]

    class Privacy:
        personal = "case ask_on set_by set_at withdrawn_at"
        technical = "id public_id content_key"
        retention = "case"


class FamilyAnswer(CaseRecord):
    """What the pupil or one guardian says about how it is now, in own words. Nobody else in the family meets it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="family_answers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    party = models.CharField(max_length=10, choices=PartyKind.choices)
    answer = models.CharField(max_length=12, choices=PupilAnswer.choices)
    words = SealedTextField(blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "id"]

    class Privacy:
        personal = "case person party said_at"
        sensitive = "answer"
        case_content = "words"
        technical = "id public_id content_key"
        retention = "case"


class Exchange(CaseRecord):
    """One person of the family writes with one adult at the school (HRG-10). The two always see all of it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="exchanges")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    adult = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "person", "adult"], name="exchange_once")]
        indexes = [models.Index(fields=["adult"], name="exchange_of_adult")]

    class Privacy:
        sensitive = "case person adult opened_at"
        technical = "id public_id content_key"
        retention = "case"


class ExchangeLine(CaseRecord):
    """One message. The one who writes from the family chooses whether those who work with the case may read it too."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="exchange_lines")
    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="lines")
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    text = SealedTextField()
    for_handlers = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]

    class Privacy:
        personal = "case exchange written_by for_handlers written_at"
        case_content = "text"
        technical = "id public_id content_key"
        retention = "case"


class CorrectionRequest(CaseRecord):
    """Somebody in the family says that something written is wrong, and the school answers (GDPR article 16)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="corrections")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    target = models.CharField(max_length=10, choices=CorrectionTarget.choices)
    target_ref = models.CharField(max_length=12, blank=True)
    wrong = SealedTextField()
    right = SealedTextField(blank=True)
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=CorrectionOutcome.choices, blank=True)
    correction = SealedTextField(blank=True)
    reason = SealedTextField(blank=True)
    answered_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_at=None, answered_by=None)
                | ~Q(outcome="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="correction_answered_by_somebody",
            )
        ]

    class Privacy:
        personal = "case person target asked_at outcome answered_by answered_at"
        case_content = "wrong right correction reason"
        technical = "id public_id content_key target_ref"
        retention = "case"


class FamilyLetter(CaseRecord):
    """A letter on paper to one person, with an answer sheet whose random code leads the scan back to this case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    text = SealedTextField()
    stored_name = models.CharField(max_length=80)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]

    class Privacy:
        personal = "case person made_by made_at"
        case_content = "text"
        technical = "id public_id content_key code stored_name"
        retention = "case"


class LetterReply(CaseRecord):
    """A handwritten answer, scanned and led to the right case by the code on its sheet."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letter_replies")
    letter = models.ForeignKey(FamilyLetter, on_delete=models.PROTECT, related_name="replies")
    stored_name = models.CharField(max_length=80)
    media_type = models.CharField(max_length=40)
    received_on = models.DateField()
    registered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ["registered_at", "id"]

    class Privacy:
        personal = "case letter received_on registered_by registered_at"
        technical = "id public_id content_key stored_name media_type"
        retention = "case"
