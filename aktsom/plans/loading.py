"""Read a plan file (YAML, in Norwegian) into a Procedure. Every fault is found at once, with line and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from aktsom.core.timing.deadlines import LocalStandard, TimeWord
from aktsom.plans.rules import (
    CatalogueMeasure,
    DutyStep,
    FloorFacts,
    FloorFault,
    LocalRule,
    OwnerRoute,
    PlanWords,
    Procedure,
    TalkPrompts,
    Topic,
    floor_faults,
    owner_route,
)
from aktsom.plans.schema import AREAS, ROLE_WORDS, Fault, check, content_of, line_of

LIBRARY = Path(__file__).parent / "library"
LIBRARY_CODES = ("storhamar", "rosenvilde", "lillestrom", "sentrum", "steinkjer")
LARGEST = 200_000  # characters
MOST_TOKENS = 20_000
MOST_LEVELS = 20


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
    """Return the procedure in ``text``; raise PlanFileInvalid with every fault when it is not whole or goes under the Act."""
    node = composed(text, name)
    content = content_of(node)
    errors = [_from_fault(fault) for fault in check(node)]
    errors += [_from_floor(node, fault) for fault in floor_faults(_facts(content))]
    if errors:
        raise PlanFileInvalid(name, sorted(errors, key=lambda error: (error.line, error.column)))
    return _procedure(content, code=Path(name).stem)


@lru_cache(maxsize=16)
def library_procedure(code: str) -> Procedure:
    """Return one of the plans that ship with the product; raise PlanFileInvalid for an unknown code."""
    if code not in LIBRARY_CODES:
        raise _invalid(code, _("Det finnes ingen plan med dette navnet."), path="navn")
    return load_procedure((LIBRARY / f"{code}.yaml").read_text(encoding="utf-8"), name=f"{code}.yaml")


def _invalid(name: str, reason: str, *, mark: yaml.Mark | None = None, path: str = "fila") -> PlanFileInvalid:
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return PlanFileInvalid(name, [PlanFileError(line, column, path, reason)])


def composed(text: str, name: str, *, largest: int = LARGEST, most_tokens: int = MOST_TOKENS) -> yaml.nodes.MappingNode:
    """Return the tree of the file, without building any object and without following aliases."""
    if len(text) > largest:
        raise _invalid(name, _("Fila er for stor til å være en plan."))
    try:
        _refuse_hostile(text, name, most_tokens)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as fault:
        reason = _("Oppsettet er brutt her eller rett før. Se etter kolon, klamme, anførselstegn eller innrykk som mangler.")
        raise _invalid(name, reason, mark=fault.problem_mark) from None
    except (yaml.YAMLError, RecursionError):
        raise _invalid(name, _("Fila er ikke lesbar tekst.")) from None
    if not isinstance(node, yaml.nodes.MappingNode):
        raise _invalid(name, _("Fila skal begynne med nøkler, som «navn:»."))
    return node


OPENING = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken, yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken)
CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)


def _refuse_hostile(text: str, name: str, most_tokens: int) -> None:
    """Refuse what no plan needs and what can fill the memory, before any tree is built."""
    level = 0
    for number, token in enumerate(yaml.scan(text, Loader=yaml.SafeLoader)):
        level += isinstance(token, OPENING) - isinstance(token, CLOSING)
        if isinstance(token, (yaml.AliasToken, yaml.AnchorToken, yaml.TagToken)):
            raise _invalid(
                name, _("Her står &, * eller ! først. Skriv teksten rett ut, eller sett den i anførselstegn."), mark=token.start_mark
            )
        if level > MOST_LEVELS:
            raise _invalid(name, _("Her er det for mange nivåer inni hverandre."), mark=token.start_mark)
        if number > most_tokens:
            raise _invalid(name, _("Fila er for stor til å være en plan."), mark=token.start_mark)


def _from_fault(fault: Fault) -> PlanFileError:
    return PlanFileError(fault.line, fault.column, ".".join(fault.path) or "fila", fault.reason)


def _from_floor(node: yaml.nodes.MappingNode, fault: FloorFault) -> PlanFileError:
    line, column = line_of(node, fault.path)
    return PlanFileError(line, column, ".".join(fault.path), fault.reason, fault.section)


# Key in the file → the fact the floor is measured against. What a plan leaves out keeps the Act's own value.
FACTS = (
    ("mottak", "mottakere", "receivers"),
    ("mottak", "videre_til_rektor", "passed_on_to_head"),
    ("mottak", "muntlig_godtas", "oral_accepted"),
    ("undersøkelse", "frist", "investigation_word"),
    ("undersøkelse", "krever_bevis", "asks_for_proof"),
    ("plan", "tiltak_venter_på_aksept", "acceptance_needed"),
    ("eier", "ansattsaker", "staff_cases"),
    ("eier", "alvorlige_meldes", "tells_owner_of_serious"),
    ("evaluering", "eleven_spørres", "pupil_asked"),
)


def _facts(content: Mapping[str, Any]) -> FloorFacts:
    stated: dict[str, Any] = {fact: content[area][key] for area, key, fact in FACTS if key in content.get(area, {})}
    owner = content.get("eier", {})
    if "plikter" in content:
        stated["duties"] = tuple(row["plikt"] for row in content["plikter"])
    if "saksgang" in content:
        stated["steps"] = tuple(content["saksgang"])
    return FloorFacts(
        **stated,
        topic_receivers=tuple(tuple(topic["mottakere"]) for topic in content.get("mottak", {}).get("egne_temaer", [])),
        staff_word=content.get("melding", {}).get("frist", {}).get("ansatt", TimeWord.NONE_STATED),
        leadership_receiver=owner.get("ledelse", {}).get("til", "eier"),
        owner_words={key: owner[key]["frist"] for key in ("ansatt", "ledelse") if "frist" in owner.get(key, {})},
    )


def _procedure(content: dict[str, Any], *, code: str) -> Procedure:
    words = content["ord"]
    return Procedure(
        code=code,
        name=content["navn"],
        words=PlanWords(plan=words["plan"], plan_definite=words["planen"], report_verb=words["melde"]),
        duties=tuple(DutyStep(row["plikt"], row["ord"]) for row in content["plikter"]),
        steps=tuple(content["saksgang"]),
        titles={ROLE_WORDS[word].value: title for word, title in content.get("titler", {}).items()},
        catalogue=tuple(
            CatalogueMeasure(row["kode"], row["nivå"], row["tiltak"], row.get("kilde", "")) for row in content.get("tiltakskatalog", [])
        ),
        talks=tuple(
            TalkPrompts(row["med"], *(tuple(row.get(key, ())) for key in ("før", "i_samtalen", "etterpå")), row.get("kilde", ""))
            for row in content.get("samtaler", [])
        ),
        local_rules={key: LocalRule(row["regel"], row.get("kilde", "")) for key, row in content.get("skolens_egne_regler", {}).items()},
        sources={area: content[area]["kilde"] for area in AREAS if "kilde" in content[area]},
        **_reporting(content["mottak"], content["melding"]),
        **_working(content["undersøkelse"], content["plan"]),
        **_telling_owner(content["eier"]),
        **_ending(content["evaluering"], content["avslutning"], content["arkiv"]),
    )


def _roles(part: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(role.value for role in part.get(key, []))


def _reporting(reception: Mapping[str, Any], reporting: Mapping[str, Any]) -> dict[str, Any]:
    limits = reporting["frist"]
    return {
        "receivers": _roles(reception, "mottakere"),
        "passed_on_to_head": reception.get("videre_til_rektor", True),
        "topics": tuple(Topic(row["kode"], row["navn"], _roles(row, "mottakere")) for row in reception.get("egne_temaer", [])),
        "channels": tuple(channel.value for channel in reception.get("måter", [])),
        "pupil_route": _roles(reception, "elever_går_til"),
        "guardian_route": _roles(reception, "foresatte_går_til"),
        "tell_pupil_first": reporting.get("eleven_får_vite_først", False),
        "report_words": {
            key: limits.get(label, TimeWord.NONE_STATED)
            for key, label in (("ordinary", "vanlig"), ("serious", "alvorlig"), ("staff", "ansatt"))
        },
    }


def _working(investigation: Mapping[str, Any], plan: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "investigators": _roles(investigation, "hvem"),
        "staff_investigators": _roles(investigation, "hvem_når_det_gjelder_ansatt"),
        "investigation_standard": _standard(investigation),
        "investigation_word": investigation.get("frist", TimeWord.NONE_STATED),
        "interdisciplinary_team": investigation.get("tverrfaglig_team", False),
        "rights_step": investigation.get("eleven_får_vite_om_statsforvalteren", False),
        "plan_makers": _roles(plan, "hvem"),
        "plan_word": plan.get("frist", TimeWord.NONE_STATED),
        "plan_standard": _standard(plan),
        "assesses_whether_plan": plan.get("vurderes_om_plan", False),
    }


def _standard(area: Mapping[str, Any]) -> LocalStandard | None:
    """Return the number the school has set itself for this area, with the sentence that says so."""
    local = area.get("lokal_frist")
    return LocalStandard(local["antall"], local["enhet"], local["regel"]) if local else None


OWNER_KEYS = (("serious", "alvorlige"), ("staff", "ansatt"), ("leadership", "ledelse"), ("county_governor", "statsforvalter"))


def _telling_owner(owner: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "owner_routes": dict(_routes(owner)),
        "owner_in_every_case": owner.get("alle_saker", False),
        "staff_cases": owner["ansattsaker"],
        "serious_examples": tuple(owner.get("eksempler_på_alvorlig", [])),
    }


def _routes(owner: Mapping[str, Any]) -> Iterator[tuple[str, OwnerRoute]]:
    for purpose, key in OWNER_KEYS:
        row = owner.get(key, {})
        word = row.get("frist", TimeWord.NONE_STATED)
        route = owner_route(purpose, title=row.get("tittel", "skoleeier"), channel=row.get("måte", ""), word=word, stated=key in owner)
        if route is not None:
            yield purpose, route


def _ending(evaluation: Mapping[str, Any], closing: Mapping[str, Any], archive: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "evaluators": _roles(evaluation, "hvem"),
        "evaluates_continuously": evaluation.get("fortløpende", False),
        "evaluation_weeks": evaluation.get("uker_mellom"),
        "evaluates_with_parties": evaluation.get("sammen_med_partene", False),
        "invites_guardians": evaluation.get("foresatte_inviteres", False),
        "final_evaluation_in_plan": closing.get("sluttevaluering_i_planen", False),
        "closing_words": closing.get("når", ""),
        "archive_place": archive.get("sted", ""),
        "archivists": _roles(archive, "hvem"),
    }
