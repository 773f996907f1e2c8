"""The plan as a pupil reads it: in her words, grouped by what it means for her, and the adults she can go to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aktsom.core.timing.clock import today
from aktsom.plans.rules.content import PlanContent, PupilTopic, Row, RowKind, Section, SectionArea
from aktsom.plans.rules.duty_roles import BY_CODE, VISIBLE_TO_PUPILS
from aktsom.plans.rules.wording import AS_WRITTEN, Worded, Wording
from aktsom.plans.selectors.entered import names_by_role

LONGEST_LIST = 10


class Season(models.TextChoices):
    """When in the school year."""

    AUTUMN = "autumn", _("Om høsten")
    WINTER = "winter", _("Om vinteren")
    SPRING = "spring", _("Om våren")
    YEAR = "year", _("Ellers i året")


SEASON_OF = {
    **dict.fromkeys(("august", "september", "oktober", "november", "høsten", "hausten"), Season.AUTUMN),
    **dict.fromkeys(("desember", "jul", "januar", "februar", "vinteren"), Season.WINTER),
    **dict.fromkeys(("mars", "april", "mai", "juni", "våren"), Season.SPRING),
}
# What pupils are told above the rows of each topic.
TOPIC_WORDS: dict[PupilTopic, Promise | str] = {
    PupilTopic.START: _("De første ukene skal alle bli kjent."),
    PupilTopic.GROUP: _("Dette gjør vi i klassen for at alle skal ha det bra."),
    PupilTopic.TOGETHER: _("Dette skjer på skolen i løpet av året."),
    PupilTopic.TAKE_PART: _("Du kan si hva du mener, og du kan være med."),
    PupilTopic.KNOW: _("Skolen skal fortelle deg hva du har rett til."),
    PupilTopic.ADULTS: _("Du kan gå til dem når du vil."),
    PupilTopic.WRONG: _("Da skal de voksne gjøre noe. Dette har de lovet."),
}
# The zero tolerance of § 12-3 as pupils read it: also what seems small, and nobody is shut out for having done wrong (QUA-13).
CARING_WORDS = (
    _("Vi tar det på alvor, også når det virker lite. Det kan være blikk, hvisking, latter, kallenavn eller å bli holdt utenfor."),
    _("Det gjelder på skolen, på veien, på tur og på nett."),
    _("Du trenger ikke vite om det heter mobbing. Det er nok at det ikke er bra."),
    _("Det er ikke din feil, og du skal ikke ordne det alene."),
    _("Ser du at noen andre har det vondt? Da kan du si fra for dem."),
    _("Har du gjort noe mot en annen? Du hører til her, du også. En voksen hjelper deg å gjøre det bra igjen."),
)
# Where a row belongs when nobody has said it.
TOPIC_OF_AREA = {
    SectionArea.INFORM: PupilTopic.KNOW,
    SectionArea.PROMOTE: PupilTopic.TOGETHER,
    SectionArea.PREVENT: PupilTopic.TOGETHER,
    SectionArea.WHEEL: PupilTopic.TOGETHER,
    SectionArea.RESPOND: PupilTopic.WRONG,
    SectionArea.EVALUATE: PupilTopic.TAKE_PART,
    SectionArea.PURPOSE: PupilTopic.KNOW,
    SectionArea.RESOURCES: PupilTopic.ADULTS,
    SectionArea.APPENDIX: PupilTopic.KNOW,
}
NOT_FOR_PUPILS = {SectionArea.EVALUATE, SectionArea.PURPOSE, SectionArea.RESOURCES, SectionArea.APPENDIX}


@dataclass(frozen=True)
class PupilSection:
    """One part of the plan in a pupil's words, with what the plan says about it."""

    title: str
    intro: str
    lines: tuple[Worded, ...]
    parts: tuple[tuple[str, tuple[Worded, ...]], ...] = ()  # (season, lines) when there are many; else one without a name


def for_pupils(content: PlanContent, wording: Wording = AS_WRITTEN) -> list[PupilSection]:
    """Return the plan as a pupil reads it, grouped by what it means for her (PLN-06).

    Only rows written for pupils are there. A plan with none of them shows what it says to everyone.
    """
    written = content.speaks_to_pupils
    lines: dict[PupilTopic, dict[Worded, Season]] = {topic: {} for topic in PupilTopic}
    for section, row in content.rows():
        said = row.pupils if written else _said_to_all(section, row)
        if said:
            lines[row.pupil_topic or TOPIC_OF_AREA[section.area]].setdefault(wording.of(said), season_in(row.when_said, said))
    return [PupilSection(str(topic.label), str(TOPIC_WORDS[topic]), tuple(said), by_season(said)) for topic, said in lines.items() if said]


def season_in(*texts: str) -> Season:
    """Return when in the school year something happens, from the first month it names; the whole year when it names none."""
    words = re.findall(r"\w+", " ".join(texts).casefold())
    return next((SEASON_OF[word] for word in words if word in SEASON_OF), Season.YEAR)


def by_season(lines: Mapping[Worded, Season]) -> tuple[tuple[str, tuple[Worded, ...]], ...]:
    """Return many lines put together by season, so that no list is long; few lines stay as they are."""
    if len(lines) <= LONGEST_LIST or len(set(lines.values())) == 1:
        return (("", tuple(lines)),)
    found = {season: tuple(line for line, when in lines.items() if when == season) for season in Season}
    return tuple((str(season.label), said) for season, said in found.items() if said)


def _said_to_all(section: Section, row: Row) -> str:
    return row.what if section.area not in NOT_FOR_PUPILS and row.kind in {RowKind.TASK, RowKind.DUTY} else ""


@dataclass(frozen=True)
class VisibleAdult:
    """A role a pupil can go to, with the names of those who hold it when the school shows them."""

    role: str
    names: tuple[str, ...] = ()


IN_EVERY_CLASS = {"contact_teacher", "subject_teacher"}  # a pupil knows her own; a list of all would help nobody


def visible_adults(content: PlanContent, *, school_id: int, chosen: Collection[str] | None, shows_names: bool) -> list[VisibleAdult]:
    """Return the adults a pupil can go to: the roles the school chose, or those its plan names while it has not chosen (ORG-15).

    Names only of roles the school chose, of those who hold them today, and only when the school has said that they may be shown.
    """
    codes = roles_to_show(content) if chosen is None else [code for code in BY_CODE if code in set(chosen) & VISIBLE_TO_PUPILS]
    held = names_by_role(school_id, today()) if shows_names and chosen else {}
    return [VisibleAdult(str(BY_CODE[code].name), () if code in IN_EVERY_CLASS else tuple(held.get(code, ()))) for code in codes]


def roles_to_show(content: PlanContent) -> list[str]:
    """Return the adults the plan gives something to do, most often named first."""
    named = Counter(code for _place, row in content.rows() for code in row.everyone)
    return [code for code, _times in named.most_common() if code in VISIBLE_TO_PUPILS]
