"""What a plan file may hold: every key, its kind, and whether it must be there. Faults carry line and column.

The words of the file stand here as they are written, and never change with the language of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext as _
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from aktsom.core.timing.deadlines import TimeUnit, TimeWord
from aktsom.plans.rules import CaseStep, Duty, PlanChannel, ReceivingRole, StaffCaseRule


@dataclass(frozen=True)
class Fault:
    """One thing that does not fit. Line and column count from 1."""

    line: int
    column: int
    path: tuple[str, ...]
    reason: str


class Kind(Protocol):
    """What may stand somewhere: its faults, and its value when there are none."""

    def faults(self, node: Node, path: tuple[str, ...]) -> Iterator[Fault]: ...

    def value(self, node: Node) -> Any: ...


def at(node: Node, path: tuple[str, ...], reason: str) -> Fault:
    """Return a fault where ``node`` stands."""
    return Fault(node.start_mark.line + 1, node.start_mark.column + 1, path, reason)


@dataclass(frozen=True)
class Text:
    """Free text of the school's own. «ja» and a number are text here too."""

    def faults(self, node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
        if not isinstance(node, ScalarNode) or node.tag.endswith(":null") or not node.value.strip():
            yield at(node, path, _("Her skal det stå en tekst."))

    def value(self, node: Node) -> str:
        return str(node.value).strip()


@dataclass(frozen=True)
class Flag:
    """Ja or nei, in any case of letters."""

    words: Mapping[str, bool] = field(default_factory=lambda: {"ja": True, "nei": False, "true": True, "false": False})

    def faults(self, node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
        if not isinstance(node, ScalarNode) or node.value.lower() not in self.words:
            yield at(node, path, _("Her skal det stå ja eller nei."))

    def value(self, node: Node) -> bool:
        return self.words[str(node.value).lower()]


@dataclass(frozen=True)
class Number:
    """A whole number from 1 to 400."""

    def faults(self, node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
        if not (
            isinstance(node, ScalarNode)
            and node.value.isascii()
            and node.value.isdecimal()
            and len(node.value) <= 3
            and 1 <= int(node.value) <= 400
        ):
            yield at(node, path, _("Her skal det stå et helt tall fra 1 til 400."))

    def value(self, node: Node) -> int:
        return int(node.value)


@dataclass(frozen=True)
class OneOf:
    """One of some words, each standing for a value."""

    words: Mapping[str, Any]

    def faults(self, node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
        if not isinstance(node, ScalarNode):
            yield at(node, path, _("Her skal det stå ett av disse ordene: %(words)s.") % {"words": ", ".join(self.words)})
        elif node.value not in self.words:
            known = {"word": node.value[:80], "words": ", ".join(self.words)}
            yield at(node, path, _("«%(word)s» kjenner vi ikke. Velg mellom: %(words)s.") % known)

    def value(self, node: Node) -> Any:
        return self.words[str(node.value)]


@dataclass(frozen=True)
class ListOf:
    """A list without repeats; rows of keys are told apart by ``unique``."""

    item: Kind
    unique: str = ""

    def faults(self, node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
        if not isinstance(node, SequenceNode):
            yield at(node, path, _("Her skal det stå en liste."))
            return
        seen: set[str] = set()
        for child in node.value:
            yield from self.item.faults(child, path)
            name = self._name(child)
            if name is not None and name in seen:
                yield at(child, path, _("«%(word)s» står to ganger.") % {"word": name[:80]})
            seen |= {name} if name is not None else set()

    def value(self, node: Node) -> list[Any]:
        return [self.item.value(child) for child in node.value]

    def _name(self, child: Node) -> str | None:
        if isinstance(child, MappingNode):
            return next(
                (str(value.value) for key, value in child.value if key.value == self.unique and isinstance(value, ScalarNode)), None
            )
        return str(child.value) if isinstance(child, ScalarNode) else None


@dataclass(frozen=True)
class Keys:
    """Keys and what each may hold. ``required`` must be there; ``any_key`` allows names of the school's own."""

    known: Mapping[str, Kind]
    required: tuple[str, ...] = ()
    any_key: Kind | None = None

    def faults(self, node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
        if not isinstance(node, MappingNode):
            yield at(node, path, _("Her skal det stå nøkler med innhold."))
            return
        seen: set[str] = set()
        for key, value in node.value:
            yield from self._faults_of(key, value, path, seen)
            seen.add(str(key.value))
        for name in self.required:
            if name not in seen:
                yield at(node, (*path, name), _("Nøkkelen mangler."))

    def _faults_of(self, key: Node, value: Node, path: tuple[str, ...], seen: set[str]) -> Iterator[Fault]:
        if not isinstance(key, ScalarNode):
            yield at(key, path, _("En nøkkel skal være ett ord."))
            return
        here = (*path, str(key.value)[:80])
        if key.value in seen:
            yield at(key, here, _("Nøkkelen står to ganger."))
        kind = self.known.get(key.value, self.any_key)
        if kind is None:
            yield at(key, here, _("Nøkkelen kjenner vi ikke. Her kan du bruke: %(keys)s.") % {"keys": ", ".join(self.known)})
        else:
            yield from kind.faults(value, here)

    def value(self, node: Node) -> dict[str, Any]:
        """Return what can be read; a part with a fault is left out, so that the rest can still be held up against the Act."""
        found: dict[str, Any] = {}
        for key, value in node.value if isinstance(node, MappingNode) else ():
            kind = self.known.get(key.value, self.any_key) if isinstance(key, ScalarNode) else None
            if isinstance(kind, Keys) or (kind is not None and not any(kind.faults(value, ()))):
                found[str(key.value)] = kind.value(value)
        return found


ROLE_WORDS = {
    "rektor": ReceivingRole.HEAD_TEACHER,
    "rektors stedfortreder": ReceivingRole.DEPUTY,
    "nærmeste leder": ReceivingRole.DEPARTMENT_HEAD,
    "rådgiver": ReceivingRole.COUNSELLOR,
    "miljøarbeider": ReceivingRole.ENVIRONMENT_WORKER,
    "helsesykepleier": ReceivingRole.SCHOOL_NURSE,
    "kontoret": ReceivingRole.ADMINISTRATIVE,
    "ansatt": ReceivingRole.STAFF,
    "kontaktlærer": ReceivingRole.CONTACT_TEACHER,
    "en voksen eleven er trygg på": ReceivingRole.TRUSTED_ADULT,
}
DUTY_WORDS = {
    "Følge med": Duty.PAY_ATTENTION,
    "Gripe inn": Duty.INTERVENE,
    "Melde fra": Duty.REPORT,
    "Skjerpet plikt når en som arbeider ved skolen krenker": Duty.HEIGHTENED,
    "Undersøke": Duty.INVESTIGATE,
    "Sette inn tiltak": Duty.TAKE_MEASURES,
    "Dokumentere": Duty.DOCUMENT,
}
STEP_WORDS = {
    "følge med": CaseStep.NOTICE,
    "gripe inn": CaseStep.INTERVENE,
    "si det til eleven": CaseStep.TELL_PUPIL,
    "melde fra": CaseStep.REPORT,
    "ta imot": CaseStep.RECEIVE,
    "verne eleven": CaseStep.URGENT,
    "undersøke": CaseStep.INVESTIGATE,
    "tverrfaglig team": CaseStep.TEAM,
    "fortelle om Statsforvalteren": CaseStep.TELL_RIGHTS,
    "lage plan": CaseStep.PLAN,
    "varsle eieren": CaseStep.TELL_OWNER,
    "gjennomføre": CaseStep.CARRY_OUT,
    "evaluere": CaseStep.EVALUATE,
    "avslutte": CaseStep.CLOSE,
    "arkivere": CaseStep.ARCHIVE,
}
TIME_WORDS = {
    "snarest": TimeWord.AS_SOON_AS_POSSIBLE,
    "straks": TimeWord.IMMEDIATELY,
    "fortløpende": TimeWord.CONTINUOUS,
    "så raskt som saken krever": TimeWord.AS_CASE_REQUIRES,
    "ikke sagt": TimeWord.NONE_STATED,
}
CHANNEL_WORDS = {
    "skjema": PlanChannel.FORM,
    "personlig": PlanChannel.IN_PERSON,
    "telefon": PlanChannel.PHONE,
    "SMS": PlanChannel.SMS,
    "Teams": PlanChannel.TEAMS,
    "e-post": PlanChannel.EMAIL,
}
STAFF_CASE_WORDS = {"alltid": StaffCaseRule.ALWAYS, "unntatt åpenbart grunnløs": StaffCaseRule.UNLESS_GROUNDLESS, "aldri": "never"}

ROLES = ListOf(OneOf(ROLE_WORDS))
WORD = OneOf(TIME_WORDS)
SOURCE: dict[str, Kind] = {"kilde": Text()}
ROUTE = Keys({"tittel": Text(), "måte": Text(), "frist": WORD, "til": Text(), **SOURCE}, required=("tittel",))
RULE = Keys({"regel": Text(), **SOURCE}, required=("regel",))
DUTY = Keys({"plikt": OneOf(DUTY_WORDS), "ord": Text(), **SOURCE}, required=("plikt", "ord"))
LEVEL = OneOf({"eleven": "pupil", "klassen": "group", "skolen": "school"})
MEASURE = Keys({"kode": Text(), "nivå": LEVEL, "tiltak": Text(), **SOURCE}, required=("kode", "nivå", "tiltak"))
TALKS_WITH = OneOf(
    {
        "eleven": "exposed",
        "elevens foresatte": "exposed_guardians",
        "en annen elev": "involved",
        "en annen elevs foresatte": "involved_guardians",
        "en elev som må slutte med noe": "harming",
        "foresatte til en elev som må slutte med noe": "harming_guardians",
        "begge når eleven vil": "restoring",
    }
)
LINES = ListOf(Text())
TALK = Keys({"med": TALKS_WITH, "før": LINES, "i_samtalen": LINES, "etterpå": LINES, **SOURCE}, required=("med", "i_samtalen"))
TOPIC = Keys({"kode": Text(), "navn": Text(), "mottakere": ROLES, **SOURCE}, required=("kode", "navn", "mottakere"))
UNIT = OneOf({"virkedager": TimeUnit.WORKING_DAYS, "uker": TimeUnit.WEEKS})
LOCAL = Keys({"antall": Number(), "enhet": UNIT, "regel": Text(), **SOURCE}, required=("antall", "enhet", "regel"))

RECEPTION = Keys(
    {
        "mottakere": ROLES,
        "videre_til_rektor": Flag(),
        "måter": ListOf(OneOf(CHANNEL_WORDS)),
        "muntlig_godtas": Flag(),
        "egne_temaer": ListOf(TOPIC, unique="kode"),
        "elever_går_til": ROLES,
        "foresatte_går_til": ROLES,
        **SOURCE,
    },
    required=("mottakere",),
)
REPORTING = Keys(
    {"eleven_får_vite_først": Flag(), "frist": Keys({"vanlig": WORD, "alvorlig": WORD, "ansatt": WORD}), **SOURCE},
    required=("frist",),
)
INVESTIGATION = Keys(
    {
        "hvem": ROLES,
        "hvem_når_det_gjelder_ansatt": ROLES,
        "frist": WORD,
        "lokal_frist": LOCAL,
        "tverrfaglig_team": Flag(),
        "eleven_får_vite_om_statsforvalteren": Flag(),
        "krever_bevis": Flag(),
        **SOURCE,
    },
    required=("hvem",),
)
INDIVIDUAL_PLAN = Keys(
    {
        "hvem": ROLES,
        "frist": WORD,
        "lokal_frist": LOCAL,
        "vurderes_om_plan": Flag(),
        "tiltak_venter_på_aksept": Flag(),
        **SOURCE,
    },
    required=("hvem",),
)
OWNER = Keys(
    {
        "alvorlige": ROUTE,
        "alvorlige_meldes": Flag(),
        "ansatt": ROUTE,
        "ledelse": ROUTE,
        "statsforvalter": ROUTE,
        "alle_saker": Flag(),
        "ansattsaker": OneOf(STAFF_CASE_WORDS),
        "eksempler_på_alvorlig": ListOf(Text()),
        **SOURCE,
    },
    required=("ansattsaker",),
)
EVALUATION = Keys(
    {
        "hvem": ROLES,
        "fortløpende": Flag(),
        "uker_mellom": Number(),
        "eleven_spørres": Flag(),
        "foresatte_inviteres": Flag(),
        "sammen_med_partene": Flag(),
        **SOURCE,
    },
    required=("hvem",),
)

AREAS: dict[str, Kind] = {
    "mottak": RECEPTION,
    "melding": REPORTING,
    "undersøkelse": INVESTIGATION,
    "plan": INDIVIDUAL_PLAN,
    "eier": OWNER,
    "evaluering": EVALUATION,
    "avslutning": Keys({"når": Text(), "sluttevaluering_i_planen": Flag(), **SOURCE}),
    "arkiv": Keys({"sted": Text(), "hvem": ROLES, **SOURCE}),
}
PLAN_FILE = Keys(
    {
        "navn": Text(),
        "ord": Keys({"plan": Text(), "planen": Text(), "melde": Text()}, required=("plan", "planen", "melde")),
        "titler": Keys({word: Text() for word in ROLE_WORDS}),
        "plikter": ListOf(DUTY, unique="plikt"),
        "saksgang": ListOf(OneOf(STEP_WORDS)),
        **AREAS,
        "tiltakskatalog": ListOf(MEASURE, unique="kode"),
        "samtaler": ListOf(TALK, unique="med"),
        "skolens_egne_regler": Keys({}, any_key=RULE),
    },
    required=("navn", "ord", "plikter", "saksgang", *AREAS),
)


def check(node: Node) -> list[Fault]:
    """Return every fault in the tree, in the order of the file."""
    return sorted(PLAN_FILE.faults(node, ()), key=lambda fault: (fault.line, fault.column))


def content_of(node: Node) -> dict[str, Any]:
    """Return what the file says, as values; parts with faults are left out."""
    return PLAN_FILE.value(node)


def line_of(node: Node, path: tuple[str, ...]) -> tuple[int, int]:
    """Return line and column of the key at ``path``, or of the nearest key above it that exists."""
    line, column = 1, 1
    for name in path:
        found = next(
            ((key, value) for key, value in getattr(node, "value", []) if isinstance(node, MappingNode) and key.value == name), None
        )
        if found is None:
            break
        line, column, node = found[0].start_mark.line + 1, found[0].start_mark.column + 1, found[1]
    return line, column
