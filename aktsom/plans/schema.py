"""What a plan file may hold: every key, its kind, and whether it must be there. Faults carry line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from aktsom.core.timing.deadlines import TimeUnit, TimeWord
from aktsom.plans.rules import Duty, PlanChannel, ReceivingRole


@dataclass(frozen=True)
class Fault:
    """One thing that does not fit. Line and column count from 1."""

    line: int
    column: int
    path: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Text:
    """Free text of the school's own."""

    def faults(self, node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
        if not isinstance(node, ScalarNode) or not node.value.strip():
            yield at(node, path, "Her skal det stå en tekst.")


@dataclass(frozen=True)
class Flag:
    """Ja or nei."""

    def faults(self, node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
        if not isinstance(node, ScalarNode) or node.value.lower() not in {"ja", "nei", "true", "false"}:
            yield at(node, path, "Her skal det stå ja eller nei.")


@dataclass(frozen=True)
class Number:
    """A whole number from 1 to 400."""

    def faults(self, node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
        if not (isinstance(node, ScalarNode) and node.value.isdecimal() and 1 <= int(node.value) <= 400):
            yield at(node, path, "Her skal det stå et helt tall.")


@dataclass(frozen=True)
class OneOf:
    """One of some words."""

    words: tuple[str, ...]

    def faults(self, node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
        if not isinstance(node, ScalarNode) or node.value not in self.words:
            shown = getattr(node, "value", "") if isinstance(node, ScalarNode) else ""
            yield at(node, path, f"«{shown}» kjenner vi ikke. Velg mellom: {', '.join(self.words)}.")


@dataclass(frozen=True)
class ListOf:
    """A list without repeats."""

    item: Any

    def faults(self, node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
        if not isinstance(node, SequenceNode):
            yield at(node, path, "Her skal det stå en liste.")
            return
        seen: set[str] = set()
        for child in node.value:
            yield from self.item.faults(child, path)
            if isinstance(child, ScalarNode):
                if child.value in seen:
                    yield at(child, path, f"«{child.value}» står to ganger.")
                seen.add(child.value)


@dataclass(frozen=True)
class Keys:
    """Keys and what each may hold. ``required`` must be there; ``any_key`` allows names of the school's own."""

    known: dict[str, Any]
    required: tuple[str, ...] = ()
    any_key: Any = None

    def faults(self, node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
        if not isinstance(node, MappingNode):
            yield at(node, path, "Her skal det stå nøkler med innhold.")
            return
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                yield at(key, (*path, name), "Nøkkelen står to ganger.")
            seen.add(name)
            kind = self.known.get(name, self.any_key)
            if kind is None:
                yield at(key, (*path, name), f"Nøkkelen kjenner vi ikke. Her kan du bruke: {', '.join(self.known)}.")
            else:
                yield from kind.faults(value, (*path, name))
        for name in self.required:
            if name not in seen:
                yield at(node, (*path, name), "Nøkkelen mangler.")


def at(node: Node, path: tuple[str, ...], reason: str) -> Fault:
    """Return a fault where ``node`` stands."""
    return Fault(node.start_mark.line + 1, node.start_mark.column + 1, path, reason)


ROLES = ListOf(OneOf(tuple(str(role.label) for role in ReceivingRole)))
WORD = OneOf(tuple(str(word.label) for word in TimeWord))
ROUTE = Keys({"tittel": Text(), "måte": Text(), "frist": WORD, "til": Text(), "kilde": Text()}, required=("tittel",))
RULE = Keys({"regel": Text(), "kilde": Text()}, required=("regel",))
DUTY = Keys({"plikt": OneOf(tuple(str(duty.label) for duty in Duty)), "ord": Text(), "kilde": Text()}, required=("plikt", "ord"))
MEASURE = Keys({"kode": Text(), "nivå": OneOf(("eleven", "klassen", "skolen")), "tiltak": Text(), "kilde": Text()}, required=("nivå", "tiltak"))
TOPIC = Keys({"kode": Text(), "navn": Text(), "mottakere": ROLES, "kilde": Text()}, required=("kode", "navn", "mottakere"))
LOCAL = Keys({"antall": Number(), "enhet": OneOf(tuple(str(unit.label) for unit in TimeUnit)), "regel": Text(), "kilde": Text()}, required=("antall", "enhet", "regel"))

PLAN_FILE = Keys(
    {
        "navn": Text(),
        "ord": Keys({"plan": Text(), "planen": Text(), "melde": Text()}, required=("plan", "planen", "melde")),
        "titler": Keys({str(role.label): Text() for role in ReceivingRole}),
        "plikter": ListOf(DUTY),
        "mottak": Keys(
            {
                "mottakere": ROLES,
                "videre_til_rektor": Flag(),
                "måter": ListOf(OneOf(tuple(str(channel.label) for channel in PlanChannel))),
                "muntlig_godtas": Flag(),
                "egne_temaer": ListOf(TOPIC),
                "kilde": Text(),
            },
            required=("mottakere",),
        ),
        "melding": Keys(
            {
                "eleven_får_vite_først": Flag(),
                "frist": Keys({"vanlig": WORD, "alvorlig": WORD, "ansatt": WORD}),
                "kilde": Text(),
            },
            required=("frist",),
        ),
        "undersøkelse": Keys(
            {
                "hvem": ROLES,
                "frist": WORD,
                "tverrfaglig_team": Flag(),
                "eleven_får_vite_om_statsforvalteren": Flag(),
                "krever_bevis": Flag(),
                "kilde": Text(),
            },
            required=("hvem",),
        ),
        "plan": Keys(
            {
                "hvem": ROLES,
                "frist": WORD,
                "lokal_frist": LOCAL,
                "vurderes_om_plan": Flag(),
                "tiltak_venter_på_aksept": Flag(),
                "kilde": Text(),
            },
            required=("hvem",),
        ),
        "eier": Keys(
            {
                "alvorlige": ROUTE,
                "alvorlige_meldes": Flag(),
                "ansatt": ROUTE,
                "ledelse": ROUTE,
                "statsforvalter": ROUTE,
                "alle_saker": Flag(),
                "ansattsaker": OneOf(("alltid", "unntatt åpenbart grunnløs", "aldri")),
                "eksempler_på_alvorlig": ListOf(Text()),
                "kilde": Text(),
            },
            required=("ansattsaker",),
        ),
        "evaluering": Keys(
            {
                "hvem": ROLES,
                "fortløpende": Flag(),
                "uker_mellom": Number(),
                "eleven_spørres": Flag(),
                "sammen_med_partene": Flag(),
                "kilde": Text(),
            },
            required=("hvem",),
        ),
        "avslutning": Keys({"når": Text(), "sluttevaluering_i_planen": Flag(), "kilde": Text()}),
        "arkiv": Keys({"sted": Text(), "hvem": ROLES, "kilde": Text()}),
        "tiltakskatalog": ListOf(MEASURE),
        "skolens_egne_regler": Keys({}, any_key=RULE),
    },
    required=("navn", "ord", "plikter", "mottak", "melding", "undersøkelse", "plan", "eier", "evaluering", "avslutning", "arkiv"),
)


def check(node: Node) -> list[Fault]:
    """Return every fault in the tree, in the order of the file."""
    return sorted(PLAN_FILE.faults(node, ()), key=lambda fault: (fault.line, fault.column))


def line_of(node: Node, path: tuple[str, ...]) -> tuple[int, int]:
    """Return line and column of the key at ``path``, or of the nearest key above it that exists."""
    line, column = 1, 1
    for name in path:
        found = next(((key, value) for key, value in getattr(node, "value", []) if isinstance(node, MappingNode) and key.value == name), None)
        if found is None:
            break
        line, column, node = found[0].start_mark.line + 1, found[0].start_mark.column + 1, found[1]
    return line, column
