"""The procedure of a school's plan as data, and the floor of the Act that no plan can go under.

The Act stands here in code; everything a plan decides for itself comes from its file (PLN-01). A plan can be stricter and
quicker than the Act, never the other way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models
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
    local_rules: Mapping[str, LocalRule] = field(default_factory=dict)  # by area, e.g. «mottak», «plan»

    def title_of(self, role: str) -> str:
        """Return what the school calls a role."""
        return self.titles.get(role) or str(ReceivingRole(role).label)


@dataclass(frozen=True)
class FloorFault:
    """Where a plan goes under the Act: the key in the file, the reason, and the section."""

    path: tuple[str, ...]
    reason: str
    section: str


def _slower(word: TimeWord, floor: TimeWord) -> bool:
    return word != TimeWord.NONE_STATED and SPEED.index(word) < SPEED.index(floor)


def floor_faults(
    *,
    duties: Sequence[str],
    receivers: Sequence[str],
    passed_on_to_head: bool,
    staff_word: TimeWord,
    investigation_word: TimeWord,
    leadership_receiver: str,
    staff_cases: str,
    tells_owner_of_serious: bool,
    acceptance_needed: bool,
    pupil_asked: bool,
    oral_accepted: bool,
    asks_for_proof: bool,
) -> list[FloorFault]:
    """Return every point where a plan would go under opplæringslova chapter 12; an empty list means none."""
    checks = (
        (
            not set(STATUTORY) <= set(duties),
            FloorFault(("plikter",), str(_("En av lovens fem plikter mangler i lista.")), "§ 12-4"),
        ),
        (
            not receivers or (HEAD not in receivers and not passed_on_to_head),
            FloorFault(("mottak", "mottakere"), str(_("Meldingen må nå rektor.")), "§ 12-4 andre ledd"),
        ),
        (
            _slower(staff_word, TimeWord.IMMEDIATELY),
            FloorFault(("melding", "frist", "ansatt"), str(_("Når det gjelder en som arbeider ved skolen, skal det meldes straks.")), "§ 12-5 første ledd"),
        ),
        (
            _slower(investigation_word, TimeWord.AS_SOON_AS_POSSIBLE),
            FloorFault(("undersøkelse", "frist"), str(_("Skolen skal undersøke snarest.")), "§ 12-4 andre ledd"),
        ),
        (
            leadership_receiver not in {"", "owner"},
            FloorFault(("eier", "ledelse", "til"), str(_("Gjelder det noen i ledelsen, går meldingen rett til eieren.")), "§ 12-5 andre ledd"),
        ),
        (
            staff_cases not in set(StaffCaseRule.values),
            FloorFault(("eier", "ansattsaker"), str(_("Rektor kan bare la være å melde til eieren når det er åpenbart grunnløst.")), "§ 12-5 første ledd"),
        ),
        (
            not tells_owner_of_serious,
            FloorFault(("eier", "alvorlige"), str(_("Alvorlige tilfeller skal meldes til eieren.")), "§ 12-4 andre ledd"),
        ),
        (
            acceptance_needed,
            FloorFault(("plan", "tiltak_venter_på_aksept"), str(_("Et tiltak som verner eleven, kan ikke vente på aksept.")), "§ 12-4 andre ledd"),
        ),
        (
            not pupil_asked,
            FloorFault(("evaluering", "eleven_spørres"), str(_("Eleven skal alltid få si sin mening.")), "§ 10-2"),
        ),
        (
            not oral_accepted,
            FloorFault(("mottak", "muntlig_godtas"), str(_("Loven stiller ingen krav til form på en melding.")), "§ 12-4 andre ledd"),
        ),
        (
            asks_for_proof,
            FloorFault(("undersøkelse", "krever_bevis"), str(_("Eleven skal ikke bevise noe. Mistanke er nok.")), "§ 12-4 andre ledd"),
        ),
    )
    return [fault for broken, fault in checks if broken]


def owner_route(title: str, channel: str, word: TimeWord, *, stated: bool) -> OwnerRoute:
    """Return a route to the owner; one the plan forgot is added by the Act and says so (STF-07, AMB-12)."""
    return OwnerRoute(title=title, channel=channel, word=word if stated else TimeWord.IMMEDIATELY, added_by_law=not stated)
