"""The two focus areas all the work stands under: an inclusive community; to prevent, discover and handle (QUA-11)."""

from __future__ import annotations

from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from aktsom.plans.rules.content import PlanContent, PupilTopic, Row, Section, SectionArea


class Focus(models.TextChoices):
    """What a row serves. The codes stand in addresses and plan files."""

    COMMUNITY = "fellesskap", _("Et inkluderende fellesskap")
    HANDLING = "handtere", _("Forebygge, avdekke og håndtere")
    BOTH = "begge", _("Gjelder begge områdene")


ONE_OF_TWO = (Focus.COMMUNITY, Focus.HANDLING)
# A part of the plan that is about one of the two. The others hold rows of both kinds.
FOCUS_OF_AREA = {
    SectionArea.PROMOTE: Focus.COMMUNITY,
    SectionArea.PREVENT: Focus.HANDLING,
    SectionArea.RESPOND: Focus.HANDLING,
}
# What a row means to a pupil tells it apart where a part of the plan holds both kinds.
FOCUS_OF_TOPIC = {
    PupilTopic.START: Focus.COMMUNITY,
    PupilTopic.GROUP: Focus.COMMUNITY,
    PupilTopic.TOGETHER: Focus.COMMUNITY,
    PupilTopic.TAKE_PART: Focus.COMMUNITY,
    PupilTopic.KNOW: Focus.HANDLING,
    PupilTopic.ADULTS: Focus.HANDLING,
    PupilTopic.WRONG: Focus.HANDLING,
}
TOLD_BY_TOPIC = {SectionArea.PREVENT, SectionArea.WHEEL}


def focus_of(section: Section, row: Row) -> Focus:
    """Return what a row serves: what the school said, else what it means to pupils, else what its part of the plan is about."""
    if row.focus in Focus.values:
        return Focus(row.focus)
    if section.area in TOLD_BY_TOPIC and row.pupil_topic:
        return FOCUS_OF_TOPIC[row.pupil_topic]
    return FOCUS_OF_AREA.get(section.area, Focus.BOTH)


def under(content: PlanContent, focus: Focus) -> PlanContent:
    """Return the plan with the rows that serve the area, and those that serve both; parts left empty are out."""
    kept = (
        replace(section, rows=tuple(row for row in section.rows if focus_of(section, row) in {focus, Focus.BOTH}))
        for section in content.sections
    )
    return replace(content, sections=tuple(section for section in kept if section.rows))


def focus_by_row(content: PlanContent | None) -> dict[str, Focus]:
    """Return what each row serves, by its key."""
    return {row.key: focus_of(section, row) for section, row in content.rows()} if content else {}
