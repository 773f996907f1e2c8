"""Read a plan file (YAML, in Norwegian) into a Procedure. Every fault is found at once, with line and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from aktsom.core.timing.deadlines import LocalStandard, TimeUnit, TimeWord
from aktsom.plans.rules import (
    CatalogueMeasure,
    Duty,
    DutyStep,
    FloorFault,
    LocalRule,
    PlanChannel,
    PlanWords,
    Procedure,
    ReceivingRole,
    StaffCaseRule,
    Topic,
    floor_faults,
    owner_route,
)
from aktsom.plans.schema import Fault, check, line_of

LIBRARY = Path(__file__).parent / "library"
LIBRARY_CODES = ("storhamar", "rosenvilde", "lillestrom", "sentrum", "steinkjer")
LARGEST = 200_000  # characters
MOST_NODES = 20_000


@dataclass(frozen=True)
class PlanFileError:
    """One fault: line and column (from 1), the key, why, and the section of the Act when the plan goes under it."""

    line: int
    column: int
    path: str
    reason: str
    section: str = ""

    def __str__(self) -> str:
        law = f" ({self.section})" if self.section else ""
        return f"linje {self.line}: {self.path}: {self.reason}{law}"


class PlanFileInvalid(ValueError):
    """The file cannot be used. ``errors`` holds every fault that was found."""

    def __init__(self, name: str, errors: list[PlanFileError]) -> None:
        super().__init__("\n".join(f"{name}, {error}" for error in errors))
        self.errors = errors


def load_procedure(text: str, *, name: str) -> Procedure:
    """Return the procedure in ``text``; raise PlanFileInvalid with every fault when it is not whole or under the Act."""
    node = _composed(text, name)
    faults = check(node)
    if faults:
        raise PlanFileInvalid(name, [_from_fault(fault) for fault in faults])
    content = _plain(node)
    under = floor_faults(**_floor_of(content))
    if under:
        raise PlanFileInvalid(name, [_from_floor(node, fault) for fault in under])
    return _procedure(content, code=Path(name).stem)


@lru_cache(maxsize=16)
def library_procedure(code: str) -> Procedure:
    """Return one of the plans that ship with the product; raise PlanFileInvalid for an unknown code."""
    if code not in LIBRARY_CODES:
        raise PlanFileInvalid(code, [PlanFileError(1, 1, "navn", "Det finnes ingen plan med dette navnet.")])
    return load_procedure((LIBRARY / f"{code}.yaml").read_text(encoding="utf-8"), name=f"{code}.yaml")


def _composed(text: str, name: str) -> yaml.nodes.MappingNode:
    """Return the tree of the file, without building any object and without following aliases."""
    if len(text) > LARGEST:
        raise PlanFileInvalid(name, [PlanFileError(1, 1, "fila", "Fila er for stor til å være en plan.")])
    try:
        tokens = list(yaml.scan(text, Loader=yaml.SafeLoader))
        if any(isinstance(token, (yaml.AliasToken, yaml.AnchorToken, yaml.TagToken)) for token in tokens):
            raise PlanFileInvalid(name, [PlanFileError(1, 1, "fila", "Fila bruker &, * eller !. Skriv teksten rett ut.")])
        node = yaml.compose(text, Loader=yaml.SafeLoader) if len(tokens) <= MOST_NODES else None
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        line = mark.line + 1 if mark else 1
        raise PlanFileInvalid(name, [PlanFileError(line, 1, "fila", f"Vi forstår ikke oppsettet her: {fault.problem}.")]) from None
    except (yaml.YAMLError, RecursionError):
        raise PlanFileInvalid(name, [PlanFileError(1, 1, "fila", "Fila er ikke lesbar tekst.")]) from None
    if not isinstance(node, yaml.nodes.MappingNode):
        raise PlanFileInvalid(name, [PlanFileError(1, 1, "fila", "Fila skal begynne med nøkler, som «navn:».")])
    return node


def _from_fault(fault: Fault) -> PlanFileError:
    return PlanFileError(fault.line, fault.column, ".".join(fault.path) or "fila", fault.reason)


def _from_floor(node: yaml.nodes.MappingNode, fault: FloorFault) -> PlanFileError:
    line, column = line_of(node, fault.path)
    return PlanFileError(line, column, ".".join(fault.path), fault.reason, fault.section)


def _plain(node: Any) -> Any:
    if isinstance(node, yaml.nodes.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.nodes.SequenceNode):
        return [_plain(item) for item in node.value]
    if node.tag.endswith(":bool"):
        return node.value.lower() in {"true", "yes", "on", "ja"}
    if node.tag.endswith(":int"):
        return int(node.value)
    return {"ja": True, "nei": False}.get(node.value, node.value)


def _word(text: str | None) -> TimeWord:
    return next(word for word in TimeWord if str(word.label) == (text or "ikke sagt"))


def _code(choices: Any, label: str) -> str:
    return next(str(choice.value) for choice in choices if label in {str(choice.label), choice.value})


def _roles(content: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(_code(ReceivingRole, label) for label in content.get(key, []))


def _floor_of(content: dict[str, Any]) -> dict[str, Any]:
    owner, reporting = content["eier"], content["melding"]
    return {
        "duties": [_code(Duty, row["plikt"]) for row in content["plikter"]],
        "receivers": _roles(content["mottak"], "mottakere"),
        "passed_on_to_head": content["mottak"].get("videre_til_rektor", True),
        "staff_word": _word(reporting["frist"].get("ansatt")),
        "investigation_word": _word(content["undersøkelse"].get("frist")),
        "leadership_receiver": {"eier": "owner"}.get(owner.get("ledelse", {}).get("til", "eier"), "other"),
        "staff_cases": {"alltid": "always", "unntatt åpenbart grunnløs": "unless_groundless"}.get(owner["ansattsaker"], owner["ansattsaker"]),
        "tells_owner_of_serious": owner.get("alvorlige_meldes", True),
        "acceptance_needed": content["plan"].get("tiltak_venter_på_aksept", False),
        "pupil_asked": content["evaluering"].get("eleven_spørres", True),
        "oral_accepted": content["mottak"].get("muntlig_godtas", True),
        "asks_for_proof": content["undersøkelse"].get("krever_bevis", False),
    }


def _procedure(content: dict[str, Any], *, code: str) -> Procedure:
    reception, reporting, investigation = content["mottak"], content["melding"], content["undersøkelse"]
    plan, owner, evaluation, closing, archive = (content[key] for key in ("plan", "eier", "evaluering", "avslutning", "arkiv"))
    return Procedure(
        code=code,
        name=content["navn"],
        words=PlanWords(plan=content["ord"]["plan"], plan_definite=content["ord"]["planen"], report_verb=content["ord"]["melde"]),
        duties=tuple(DutyStep(Duty(_code(Duty, row["plikt"])), row["ord"]) for row in content["plikter"]),
        receivers=_roles(reception, "mottakere"),
        passed_on_to_head=reception.get("videre_til_rektor", True),
        topics=tuple(Topic(row["kode"], row["navn"], _roles(row, "mottakere")) for row in reception.get("egne_temaer", [])),
        channels=tuple(_code(PlanChannel, label) for label in reception.get("måter", [])),
        tell_pupil_first=reporting.get("eleven_får_vite_først", False),
        report_words={key: _word(reporting["frist"].get(label)) for key, label in (("ordinary", "vanlig"), ("serious", "alvorlig"), ("staff", "ansatt"))},
        investigators=_roles(investigation, "hvem"),
        investigation_word=_word(investigation.get("frist")),
        interdisciplinary_team=investigation.get("tverrfaglig_team", False),
        plan_makers=_roles(plan, "hvem"),
        plan_word=_word(plan.get("frist")),
        plan_standard=_standard(plan),
        assesses_whether_plan=plan.get("vurderes_om_plan", False),
        rights_step=investigation.get("eleven_får_vite_om_statsforvalteren", False),
        owner_routes=dict(_routes(owner)),
        owner_in_every_case=owner.get("alle_saker", False),
        staff_cases=StaffCaseRule.ALWAYS if owner["ansattsaker"] == "alltid" else StaffCaseRule.UNLESS_GROUNDLESS,
        serious_examples=tuple(owner.get("eksempler_på_alvorlig", [])),
        evaluators=_roles(evaluation, "hvem"),
        evaluates_continuously=evaluation.get("fortløpende", False),
        evaluation_weeks=evaluation.get("uker_mellom"),
        evaluates_with_parties=evaluation.get("sammen_med_partene", False),
        final_evaluation_in_plan=closing.get("sluttevaluering_i_planen", False),
        closing_words=closing.get("når", ""),
        archive_place=archive.get("sted", ""),
        archivists=_roles(archive, "hvem"),
        catalogue=tuple(_measures(content)),
        titles={_code(ReceivingRole, label): title for label, title in content.get("titler", {}).items()},
        local_rules={key: _rule(row) for key, row in content.get("skolens_egne_regler", {}).items()},
    )


def _standard(plan: Mapping[str, Any]) -> LocalStandard | None:
    local = plan.get("lokal_frist")
    return LocalStandard(local["antall"], TimeUnit(_code(TimeUnit, local["enhet"])), local["regel"]) if local else None


OWNER_KEYS = (("serious", "alvorlige"), ("staff", "ansatt"), ("leadership", "ledelse"), ("county_governor", "statsforvalter"))


def _routes(owner: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for purpose, key in OWNER_KEYS:
        row = owner.get(key, {})
        yield purpose, owner_route(row.get("tittel", "skoleeier"), row.get("måte", ""), _word(row.get("frist")), stated=key in owner)


LEVELS = {"eleven": "pupil", "klassen": "group", "skolen": "school"}


def _measures(content: Mapping[str, Any]) -> Iterator[CatalogueMeasure]:
    for number, row in enumerate(content.get("tiltakskatalog", []), start=1):
        yield CatalogueMeasure(code=row.get("kode", f"t{number}"), level=LEVELS[row["nivå"]], text=row["tiltak"], source=row.get("kilde", ""))


def _rule(row: Mapping[str, Any]) -> LocalRule:
    return LocalRule(row["regel"], row.get("kilde", ""))
