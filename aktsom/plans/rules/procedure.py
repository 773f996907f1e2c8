"""The procedure of a school's plan as data, and the floor of the Act that no plan can go under.

The Act stands here in code; everything a plan decides for itself comes from its file (PLN-01). A plan can be stricter and
quicker than the Act, never the other way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aktsom.core.timing.deadlines import SPEED, LocalStandard, TimeWord

HEAD = "head_teacher"


class Duty(models.TextChoices):
    """The duties of §§ 12-4 and 12-5. A plan counts and names them its own way; these are what they are mapped to."""

    PAY_ATTENTION = "pay_attention", _("Følge med")
    INTERVENE = "intervene", _("Gripe inn")
    REPORT = "report", _("Melde fra")
    HEIGHTENED = "heightened", _("Skjerpet plikt når en som arbeider ved skolen krenker")
    INVESTIGATE = "investigate", _("Undersøke")
    TAKE_MEASURES = "take_measures", _("Sette inn tiltak")
    DOCUMENT = "document", _("Dokumentere")


STATUTORY = (Duty.PAY_ATTENTION, Duty.INTERVENE, Duty.REPORT, Duty.INVESTIGATE, Duty.TAKE_MEASURES)


class ReceivingRole(models.TextChoices):
    """Who can receive, investigate, make plans or archive. The same codes as core.access.roles."""

    HEAD_TEACHER = "head_teacher", _("rektor")
    DEPUTY = "deputy", _("rektors stedfortreder")
    DEPARTMENT_HEAD = "department_head", _("nærmeste leder")
    COUNSELLOR = "counsellor", _("rådgiver")
    ENVIRONMENT_WORKER = "environment_worker", _("miljøarbeider")
    SCHOOL_NURSE = "school_nurse", _("helsesykepleier")
    ADMINISTRATIVE = "administrative", _("kontoret")
    STAFF = "staff", _("ansatt")
    CONTACT_TEACHER = "contact_teacher", _("kontaktlærer")
    TRUSTED_ADULT = "trusted_adult", _("en voksen eleven er trygg på")


class CaseStep(models.TextChoices):
    """The steps of a case. A plan puts them in its own order and leaves out those the Act does not ask for (Part 1.6)."""

    NOTICE = "notice", _("Følge med")
    INTERVENE = "intervene", _("Gripe inn")
    TELL_PUPIL = "tell_pupil", _("Si det til eleven først")
    REPORT = "report", _("Melde fra")
    RECEIVE = "receive", _("Ta imot")
    URGENT = "urgent", _("Verne eleven med en gang")
    INVESTIGATE = "investigate", _("Undersøke")
    TEAM = "team", _("Ta saken i tverrfaglig team")
    TELL_RIGHTS = "tell_rights", _("Fortelle eleven om Statsforvalteren")
    PLAN = "plan", _("Lage plan")
    TELL_OWNER = "tell_owner", _("Varsle eieren når det er alvorlig")
    CARRY_OUT = "carry_out", _("Gjennomføre tiltakene")
    EVALUATE = "evaluate", _("Evaluere")
    CLOSE = "close", _("Avslutte")
    ARCHIVE = "archive", _("Arkivere")


STEPS_OF_THE_ACT = (
    CaseStep.NOTICE,
    CaseStep.INTERVENE,
    CaseStep.REPORT,
    CaseStep.INVESTIGATE,
    CaseStep.PLAN,
    CaseStep.TELL_OWNER,
    CaseStep.CARRY_OUT,
    CaseStep.EVALUATE,
)


class PlanChannel(models.TextChoices):
    """The ways a plan names. A report that comes another way is still valid (REP-07)."""

    FORM = "form", _("skjema")
    IN_PERSON = "in_person", _("personlig")
    PHONE = "phone", _("telefon")
    SMS = "sms", _("SMS")
    TEAMS = "teams", _("Teams")
    EMAIL = "email", _("e-post")


class StaffCaseRule(models.TextChoices):
    """Whether the head teacher can hold a staff case back (§ 12-5 first paragraph; AMB-13)."""

    ALWAYS = "always", _("Alltid til eieren")
    UNLESS_GROUNDLESS = "unless_groundless", _("Til eieren, hvis det ikke er åpenbart grunnløst")


@dataclass(frozen=True)
class LocalRule:
    """A sentence the school has decided itself, shown as the school's own. ``source`` is the row in the plan."""

    text: str
    source: str = ""


@dataclass(frozen=True)
class PlanWords:
    """What the school calls things (ACT-20, XCT-01)."""

    plan: str
    plan_definite: str
    report_verb: str

    @property
    def plan_title(self) -> str:
        return self.plan[:1].upper() + self.plan[1:]


@dataclass(frozen=True)
class DutyStep:
    """One duty as the plan names it."""

    duty: Duty
    word: str


@dataclass(frozen=True)
class Topic:
    """A kind of report with its own receivers (Rosenvilde: radicalisation goes to the head teacher only, REP-14)."""

    code: str
    label: str
    receivers: tuple[str, ...]


@dataclass(frozen=True)
class OwnerRoute:
    """Whom at the owner a notice goes to. ``added_by_law`` when the plan forgot it and the Act gives it anyway."""

    title: str
    channel: str
    word: TimeWord
    added_by_law: bool = False


@dataclass(frozen=True)
class CatalogueMeasure:
    """A measure the plan itself offers."""

    code: str
    level: str
    text: str
    source: str = ""

    @property
    def level_label(self) -> str:
        return str({"pupil": _("Eleven"), "group": _("Klassen"), "school": _("Skolen")}[self.level])


@dataclass(frozen=True)
class TalkPrompts:
    """What the plan asks its people to think of in one kind of talk. Shown, never required (TAL-11)."""

    kind: str
    before: tuple[str, ...] = ()
    during: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Procedure:
    """Everything in which the plans' procedures differ."""

    code: str
    name: str
    words: PlanWords
    duties: tuple[DutyStep, ...]
    receivers: tuple[str, ...]
    passed_on_to_head: bool
    topics: tuple[Topic, ...]
    channels: tuple[str, ...]
    tell_pupil_first: bool
    report_words: Mapping[str, TimeWord]  # ordinary, serious, staff
    investigators: tuple[str, ...]
    investigation_word: TimeWord
    interdisciplinary_team: bool
    plan_makers: tuple[str, ...]
    plan_word: TimeWord
    plan_standard: LocalStandard | None
    assesses_whether_plan: bool
    rights_step: bool
    owner_routes: Mapping[str, OwnerRoute]  # serious, staff, leadership, county_governor
    owner_in_every_case: bool
    staff_cases: StaffCaseRule
    serious_examples: tuple[str, ...]
    evaluators: tuple[str, ...]
    evaluates_continuously: bool
    evaluation_weeks: int | None
    evaluates_with_parties: bool
    final_evaluation_in_plan: bool
    closing_words: str
    archive_place: str
    archivists: tuple[str, ...]
    catalogue: tuple[CatalogueMeasure, ...]
    titles: Mapping[str, str]
    steps: tuple[CaseStep, ...] = ()
    pupil_route: tuple[str, ...] = ()  # whom the plan asks a pupil to tell; everyone else is still right (REP-07)
    guardian_route: tuple[str, ...] = ()
    talks: tuple[TalkPrompts, ...] = ()
    investigation_standard: LocalStandard | None = None  # the school's own number for the investigation, if it has set one
    staff_investigators: tuple[str, ...] = ()  # when someone who works at the school is involved; empty: as otherwise
    invites_guardians: bool = False
    local_rules: Mapping[str, LocalRule] = field(default_factory=dict)  # by area, e.g. «mottak», «plan»
    sources: Mapping[str, str] = field(default_factory=dict)  # by area: the rows of the plan it was read from

    def title_of(self, role: str) -> str:
        """Return what the school calls a role."""
        return self.titles.get(role) or str(ReceivingRole(role).label)

    def report_word(self, situation: str) -> TimeWord:
        """Return the word that holds for ``ordinary``, ``serious`` or ``staff``: the plan's, or the Act's where it is silent."""
        word = self.report_words.get(situation, TimeWord.NONE_STATED)
        return TimeWord.IMMEDIATELY if situation == "staff" and word == TimeWord.NONE_STATED else word


@dataclass(frozen=True)
class FloorFault:
    """Where a plan goes under the Act: the key in the file, the reason, and the section."""

    path: tuple[str, ...]
    reason: str
    section: str


@dataclass(frozen=True)
class FloorFacts:
    """What the floor is measured against. What a plan does not say is as the Act has it, so silence is never a fault."""

    duties: tuple[str, ...] = tuple(STATUTORY)
    steps: tuple[str, ...] = tuple(STEPS_OF_THE_ACT)
    receivers: tuple[str, ...] = (HEAD,)
    topic_receivers: tuple[tuple[str, ...], ...] = ()
    passed_on_to_head: bool = True
    oral_accepted: bool = True
    staff_word: TimeWord = TimeWord.NONE_STATED
    investigation_word: TimeWord = TimeWord.NONE_STATED
    asks_for_proof: bool = False
    acceptance_needed: bool = False
    leadership_receiver: str = "eier"
    owner_words: Mapping[str, TimeWord] = field(default_factory=dict)  # by the key in the file
    staff_cases: str = StaffCaseRule.UNLESS_GROUNDLESS
    tells_owner_of_serious: bool = True
    pupil_asked: bool = True

    @property
    def someone_keeps_it_from_head(self) -> bool:
        return not self.passed_on_to_head and any(set(roles) != {HEAD} for roles in (self.receivers, *self.topic_receivers))

    def owner_waits(self, purpose: str) -> bool:
        return is_slower(self.owner_words.get(purpose, TimeWord.NONE_STATED), TimeWord.IMMEDIATELY)


@dataclass(frozen=True)
class FloorRule:
    """One point no plan can go under."""

    path: tuple[str, ...]
    is_broken: Callable[[FloorFacts], bool]
    reason: Promise | str
    section: str


def is_slower(word: TimeWord, floor: TimeWord) -> bool:
    """Return whether a plan's word is slower than the Act's; a plan that says nothing has the Act's own word."""
    return word != TimeWord.NONE_STATED and SPEED.index(word) < SPEED.index(floor)


FLOOR: tuple[FloorRule, ...] = (
    FloorRule(
        ("plikter",), lambda facts: not set(STATUTORY) <= set(facts.duties), _("En av lovens fem plikter mangler i lista."), "§ 12-4"
    ),
    FloorRule(
        ("saksgang",),
        lambda facts: not set(STEPS_OF_THE_ACT) <= set(facts.steps),
        _("Et steg som loven krever, mangler i lista."),
        "§ 12-4",
    ),
    FloorRule(("mottak", "mottakere"), lambda facts: not facts.receivers, _("Noen må ta imot meldingene."), "§ 12-4 andre ledd"),
    FloorRule(
        ("mottak", "videre_til_rektor"),
        lambda facts: facts.someone_keeps_it_from_head,
        _("Når andre enn rektor tar imot, skal meldingen videre til rektor."),
        "§ 12-4 andre ledd",
    ),
    FloorRule(
        ("mottak", "muntlig_godtas"),
        lambda facts: not facts.oral_accepted,
        _("Loven stiller ingen krav til form på en melding."),
        "§ 12-4 andre ledd",
    ),
    FloorRule(
        ("melding", "frist", "ansatt"),
        lambda facts: is_slower(facts.staff_word, TimeWord.IMMEDIATELY),
        _("Når det gjelder en som arbeider ved skolen, skal det meldes straks."),
        "§ 12-5 første ledd",
    ),
    FloorRule(
        ("undersøkelse", "frist"),
        lambda facts: is_slower(facts.investigation_word, TimeWord.AS_SOON_AS_POSSIBLE),
        _("Skolen skal undersøke snarest."),
        "§ 12-4 andre ledd",
    ),
    FloorRule(
        ("undersøkelse", "krever_bevis"),
        lambda facts: facts.asks_for_proof,
        _("Eleven skal ikke bevise noe. Mistanke er nok."),
        "§ 12-4 andre ledd",
    ),
    FloorRule(
        ("plan", "tiltak_venter_på_aksept"),
        lambda facts: facts.acceptance_needed,
        _("Et tiltak som verner eleven, kan ikke vente på aksept."),
        "§ 12-4 andre ledd",
    ),
    FloorRule(
        ("eier", "ledelse", "til"),
        lambda facts: facts.leadership_receiver != "eier",
        _("Gjelder det noen i ledelsen, går meldingen rett til eieren."),
        "§ 12-5 andre ledd",
    ),
    FloorRule(
        ("eier", "ledelse", "frist"),
        lambda facts: facts.owner_waits("ledelse"),
        _("Gjelder det noen i ledelsen, kan meldingen til eieren ikke vente."),
        "§ 12-5 andre ledd",
    ),
    FloorRule(
        ("eier", "ansatt", "frist"),
        lambda facts: facts.owner_waits("ansatt"),
        _("Gjelder det en som arbeider ved skolen, kan rektor ikke vente med å melde videre."),
        "§ 12-5 første ledd",
    ),
    FloorRule(
        ("eier", "ansattsaker"),
        lambda facts: facts.staff_cases not in set(StaffCaseRule.values),
        _("Rektor kan bare la være å melde til eieren når det er åpenbart grunnløst."),
        "§ 12-5 første ledd",
    ),
    FloorRule(
        ("eier", "alvorlige_meldes"),
        lambda facts: not facts.tells_owner_of_serious,
        _("Alvorlige tilfeller skal meldes til eieren."),
        "§ 12-4 andre ledd",
    ),
    FloorRule(
        ("evaluering", "eleven_spørres"),
        lambda facts: not facts.pupil_asked,
        _("Eleven skal alltid få si sin mening."),
        "§ 10-2",
    ),
)


def floor_faults(facts: FloorFacts) -> list[FloorFault]:
    """Return every point where a plan would go under opplæringslova chapter 12; an empty list means none.

    What no key can say, no plan can weaken: the five points of § 12-4 third paragraph, the written reason for putting off an
    investigation, and that a case is closed only when the pupil has it safe and good or has left the school.
    """
    return [FloorFault(rule.path, str(rule.reason), rule.section) for rule in FLOOR if rule.is_broken(facts)]


# The Act gives these two routes whatever the plan says. That they do not wait follows from the section; the word «straks»
# itself stands in the first paragraph of § 12-5 (domain.md 1.3 C3 and C4).
ADDED_BY_LAW = {"staff": TimeWord.IMMEDIATELY, "leadership": TimeWord.IMMEDIATELY, "serious": TimeWord.NONE_STATED}


def owner_route(
    purpose: str, *, title: str = "skoleeier", channel: str = "", word: TimeWord = TimeWord.NONE_STATED, stated: bool
) -> OwnerRoute | None:
    """Return a route to the owner; one the plan forgot is added by the Act and says so (STF-07, AMB-12).

    None when neither the plan nor the Act has such a route.
    """
    if stated:
        return OwnerRoute(title=title, channel=channel, word=word)
    return OwnerRoute(title=title, channel="", word=ADDED_BY_LAW[purpose], added_by_law=True) if purpose in ADDED_BY_LAW else None
