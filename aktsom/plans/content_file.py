"""Read a whole plan from YAML in Norwegian: sections, rows, who and when. Every fault at once, with line and reason.

``library/<code>.innhold.yaml`` holds the five real plans in our own words; each row names the rows of the plan it stands for.
A row's ``når`` is read by ``core.timing.yearly``; when the words say too little the file gives ``tid`` as data beside them.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from aktsom.core.timing.yearly import Timing, TimingInvalid, timing_from, understand
from aktsom.plans.loading import LIBRARY, PlanFileError, PlanFileInvalid, composed
from aktsom.plans.rules.content import (
    NEEDS_OWNER,
    PerWhom,
    PlanContent,
    PupilTopic,
    Row,
    RowKind,
    RowPart,
    Section,
    SectionArea,
    SectionForm,
)
from aktsom.plans.rules.duty_roles import BY_CODE, roles_in
from aktsom.plans.rules.focus import Focus
from aktsom.plans.rules.wording import NYNORSK, Shipped, reworded

MOST_CHARACTERS, MOST_TOKENS = 600_000, 120_000
AREAS = {
    "mål": SectionArea.PURPOSE,
    "informere": SectionArea.INFORM,
    "fremme": SectionArea.PROMOTE,
    "forebygge": SectionArea.PREVENT,
    "følge opp": SectionArea.RESPOND,
    "årshjul": SectionArea.WHEEL,
    "evaluere": SectionArea.EVALUATE,
    "ressurser": SectionArea.RESOURCES,
    "vedlegg": SectionArea.APPENDIX,
}
FORMS = {
    "tekst": SectionForm.TEXT,
    "tabell": SectionForm.TABLE,
    "årshjul": SectionForm.WHEEL,
    "kort": SectionForm.CARD,
    "prosedyre": SectionForm.PROCEDURE,
}
KINDS = {"gjøremål": RowKind.TASK, "plikt": RowKind.DUTY, "tekst": RowKind.TEXT, "lenke": RowKind.LINK}
PER = {"skole": PerWhom.SCHOOL, "klasse": PerWhom.GROUP, "trinn": PerWhom.GRADE, "person": PerWhom.PERSON}
PUPIL_TOPICS = {
    "starten": PupilTopic.START,
    "klassen": PupilTopic.GROUP,
    "sammen": PupilTopic.TOGETHER,
    "være med": PupilTopic.TAKE_PART,
    "få vite": PupilTopic.KNOW,
    "voksne": PupilTopic.ADULTS,
    "når noe er galt": PupilTopic.WRONG,
}
FOCI = {"fellesskap": Focus.COMMUNITY.value, "håndtere": Focus.HANDLING.value, "begge": Focus.BOTH.value}
PLAN_KEYS = {"plan", "tittel", "åpning", "åpning_av", "deler"}
SECTION_KEYS = {"kode", "tittel", "område", "form", "innledning", "rader"}
ROW_KEYS = {
    "rad",
    "kode",
    "slag",
    "hva",
    "hvordan",
    "hvem",
    "når",
    "tid",
    "per",
    "trinn",
    "ressurser",
    "forankring",
    "lenker",
    "deler",
    "sammendrag",
    "elever",
    "elever_om",
    "fokus",
    "forklaring",
}
PART_KEYS = {"hva", "hvem", "når", "tid", "per"}


class _Reader:
    """Walks the tree once and keeps every fault with its line."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.errors: list[PlanFileError] = []
        self.seen: set[str] = set()

    def fault(self, node: Any, path: str, reason: str) -> None:
        self.errors.append(PlanFileError(node.start_mark.line + 1, node.start_mark.column + 1, path, reason))

    def keys(self, node: Any, path: str, known: set[str]) -> dict[str, Any]:
        if not isinstance(node, yaml.nodes.MappingNode):
            self.fault(node, path, _("Her skal det stå nøkler med innhold."))
            return {}
        for key, _value in node.value:
            if key.value not in known:
                self.fault(key, path, _("Nøkkelen «%(key)s» kjenner vi ikke.") % {"key": str(key.value)[:60]})
        return {key.value: value for key, value in node.value}

    def text(self, found: dict[str, Any], key: str) -> str:
        node = found.get(key)
        if node is None:
            return ""
        if not isinstance(node, yaml.nodes.ScalarNode):
            self.fault(node, key, _("Her skal det stå en tekst."))
            return ""
        return " ".join(node.value.split()) if key not in {"hvordan", "innledning", "åpning"} else node.value.strip()

    def texts(self, found: dict[str, Any], key: str) -> tuple[str, ...]:
        node = found.get(key)
        if node is None:
            return ()
        if isinstance(node, yaml.nodes.ScalarNode):
            return (node.value.strip(),) if node.value.strip() else ()
        if not isinstance(node, yaml.nodes.SequenceNode) or not all(isinstance(item, yaml.nodes.ScalarNode) for item in node.value):
            self.fault(node, key, _("Her skal det stå en liste av tekster."))
            return ()
        return tuple(item.value.strip() for item in node.value)

    def choice(self, found: dict[str, Any], key: str, words: dict[str, Any], node: Any, usual: Any = None) -> Any:
        said = self.text(found, key)
        if not said and usual is not None:
            return usual
        if said not in words:
            self.fault(found.get(key, node), key, _("Velg mellom: %(words)s.") % {"words": ", ".join(words)})
            return usual if usual is not None else next(iter(words.values()))
        return words[said]

    def items(self, found: dict[str, Any], key: str) -> list[Any]:
        node = found.get(key)
        if node is None:
            return []
        if not isinstance(node, yaml.nodes.SequenceNode):
            self.fault(node, key, _("Her skal det stå en liste."))
            return []
        return list(node.value)

    # The plan

    def plan(self, node: Any) -> PlanContent:
        found = self.keys(node, "fila", PLAN_KEYS)
        title = self.text(found, "tittel")
        if not title:
            self.fault(node, "tittel", _("Planen mangler en tittel."))
        sections = tuple(self.section(item) for item in self.items(found, "deler"))
        return PlanContent(title, self.text(found, "åpning"), self.text(found, "åpning_av"), sections)

    def section(self, node: Any) -> Section:
        found = self.keys(node, "deler", SECTION_KEYS)
        key = self.text(found, "kode")
        self.once(node, key, "kode")
        rows = tuple(self.row(item, key) for item in self.items(found, "rader"))
        return Section(
            key=key,
            title=self.text(found, "tittel"),
            area=self.choice(found, "område", AREAS, node),
            form=self.choice(found, "form", FORMS, node),
            intro=self.text(found, "innledning"),
            rows=rows,
        )

    def once(self, node: Any, key: str, path: str) -> None:
        if not key or key in self.seen:
            self.fault(node, path, _("Koden mangler eller står to ganger: «%(key)s».") % {"key": key})
        self.seen.add(key)

    def row(self, node: Any, section: str) -> Row:
        found = self.keys(node, section, ROW_KEYS)
        sources = self.texts(found, "rad")
        key = self.text(found, "kode") or (sources[0].lower() if sources else "")
        self.once(node, key, "rad")
        kind = self.choice(found, "slag", KINDS, node, RowKind.TASK)
        what = self.text(found, "hva")
        if not what:
            self.fault(node, key, _("Raden sier ikke hva som skal gjøres."))
        parts = tuple(self.part(item, key) for item in self.items(found, "deler"))
        who = self.who(found, key)
        if kind in NEEDS_OWNER and not who and not all(part.who for part in parts or [RowPart("")]):
            self.fault(node, key, _("Raden mangler hvem."))
        when, timings = self.when(found, key, node, asked=kind in NEEDS_OWNER and not parts)
        return Row(
            key=key,
            kind=kind,
            what=what,
            how=self.text(found, "hvordan"),
            who=who,
            when_said=when,
            timings=timings,
            per=self.choice(found, "per", PER, node, PerWhom.SCHOOL),
            grades=self.grades(found),
            resources=self.texts(found, "ressurser"),
            anchors=self.texts(found, "forankring"),
            links=self.texts(found, "lenker"),
            parts=parts,
            is_summary=self.text(found, "sammendrag") == "ja",
            is_definition=self.text(found, "forklaring") == "ja",
            sources=sources,
            pupils=self.text(found, "elever"),
            focus=self.choice(found, "fokus", FOCI, node) if "fokus" in found else "",
            pupil_topic=self.choice(found, "elever_om", PUPIL_TOPICS, node) if "elever_om" in found else None,
        )

    def part(self, node: Any, key: str) -> RowPart:
        found = self.keys(node, key, PART_KEYS)
        what = self.text(found, "hva")
        if not what:
            self.fault(node, key, _("Delpunktet sier ikke hva som skal gjøres."))
        when, timings = self.when(found, key, node, asked=False)
        return RowPart(what, self.who(found, key), when, timings, self.choice(found, "per", PER, node, PerWhom.SCHOOL))

    def who(self, found: dict[str, Any], key: str) -> tuple[str, ...]:
        codes: list[str] = []
        for said in self.texts(found, "hvem"):
            matched = roles_in(said)
            codes += [said] if said in BY_CODE else list(matched.roles)
            if said not in BY_CODE and matched.unmatched:
                self.fault(found["hvem"], key, _("Vi kjenner ikke rollen: %(words)s.") % {"words": ", ".join(matched.unmatched)})
        return tuple(dict.fromkeys(codes))

    def grades(self, found: dict[str, Any]) -> tuple[int, ...]:
        said = self.texts(found, "trinn")
        wrong = [text for text in said if not text.isdecimal() or not 1 <= int(text) <= 13]
        if wrong:
            self.fault(found["trinn"], "trinn", _("Trinn er et tall fra 1 til 13."))
            return ()
        return tuple(int(text) for text in said)

    def when(self, found: dict[str, Any], key: str, node: Any, *, asked: bool) -> tuple[str, tuple[Timing, ...]]:
        said = self.text(found, "når")
        given = [self.timing(item, key) for item in self.items(found, "tid")]
        timings = tuple(timing for timing in given if timing is not None)
        if timings or (not said and not asked):
            return said, timings
        understood = understand(said)
        if not understood.is_understood:
            self.fault(found.get("når", node), key, _("Vi forstår ikke tiden «%(said)s». Skriv «tid» i tillegg.") % {"said": said})
        return said, understood.timings

    def timing(self, node: Any, key: str) -> Timing | None:
        try:
            return timing_from(yaml.SafeLoader("").construct_object(node, deep=True))
        except (TimingInvalid, yaml.YAMLError) as error:
            self.fault(node, key, str(error))
            return None


def load_content(text: str, *, name: str) -> PlanContent:
    """Return the plan in ``text``. Raise PlanFileInvalid with every fault: unknown keys, roles, times, rows without owner."""
    node = composed(text, name, largest=MOST_CHARACTERS, most_tokens=MOST_TOKENS)
    reader = _Reader(name)
    content = reader.plan(node)
    if reader.errors:
        raise PlanFileInvalid(name, sorted(reader.errors, key=lambda error: (error.line, error.column)))
    return content


@lru_cache(maxsize=16)
def library_content(code: str) -> PlanContent:
    """Return one of the plans that ship with the product, whole. Raise PlanFileInvalid when there is none of that code."""
    path = LIBRARY / f"{code}.innhold.yaml"
    if not code.isalpha() or not path.exists():
        raise PlanFileInvalid(code, [PlanFileError(1, 1, "plan", _("Det finnes ingen plan med dette navnet."))])
    return load_content(path.read_text(encoding="utf-8"), name=path.name)


MEMORY = LIBRARY / "nynorsk"


def texts_in_nynorsk(path: Path) -> dict[str, str]:
    """Return what a file of the translation memory says: on each line a text in bokmål, a tab, and the same in nynorsk.

    Raises PlanFileInvalid for a line that is not whole or says again what stands above.
    """
    found: dict[str, str] = {}
    errors: list[PlanFileError] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text, _tab, said = (part.strip() for part in line.partition("\t"))
        if line and not line.startswith("#"):
            if not said or "\t" in said or text in found:
                errors.append(PlanFileError(number, 1, path.stem, _("Linja skal ha bokmål, tabulator og nynorsk, og stå én gang.")))
            found[text] = said
    if errors:
        raise PlanFileInvalid(path.name, errors)
    return found


@lru_cache(maxsize=1)
def shipped_nynorsk() -> Shipped:
    """Return every text of the plans that ship with the product in nynorsk, and the way back."""
    return Shipped.both_ways({text: said for path in sorted(MEMORY.glob("*.tsv")) for text, said in texts_in_nynorsk(path).items()})


def in_form(content: PlanContent, language: str) -> PlanContent:
    """Return a plan with our texts in the form of Norwegian a school writes. What somebody has written stays."""
    if language != NYNORSK:
        return content
    return reworded(content, lambda text: shipped_nynorsk().of(text, language) or text)
