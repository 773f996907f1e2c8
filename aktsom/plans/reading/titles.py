"""What the plan calls itself: its own first heading, when that is the name of the whole and not of a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from aktsom.plans.reading.blocks import Block, Heading, Paragraph, Table
from aktsom.plans.reading.columns import is_when, is_who
from aktsom.plans.reading.labelled import is_item
from aktsom.plans.reading.lines import heading_of
from aktsom.plans.reading.tasks import begins_anew

LONGEST = 120  # letters
LOOKED_AT = 6  # blocks; a name stands first
_NAMES_A_PLAN = re.compile(r"plan|årshjul|skolemiljø|skulemiljø|trivsel|rutine|prosedyre", re.IGNORECASE)
_NO_TITLE = (".", ":", ",", ";", "?", "!", "-")
_ABOUT_IT = re.compile(r"(?:\d+\.?\s*)?(?:hjemmel|formål|føremål|innhold|innhald|innledning|innleiing|om|bakgrunn|mål)\b", re.IGNORECASE)


def title_of(blocks: Sequence[Block]) -> str:
    """Return the title the document has, or nothing when it has none. The first line that says it is a plan, else its one top heading."""
    top = list(takewhile(lambda block: not isinstance(block, Table), blocks[:LOOKED_AT]))
    lines = [line for line in _whole_lines([block for block in top if not isinstance(block, Table)]) if _can_be(*line)]
    named = next((text for text, _is_heading in lines if _NAMES_A_PLAN.search(text) and not _ABOUT_IT.match(text)), "")
    headings = [block for block in blocks if isinstance(block, Heading)]
    is_above_all = len(headings) > 1 and all(other.level > headings[0].level for other in headings[1:])
    return _tidied(named or (headings[0].text if is_above_all and (headings[0].text, True) in lines else ""))


def _whole_lines(blocks: Sequence[Heading | Paragraph]) -> list[tuple[str, bool]]:
    """Return each line and whether it is a heading; a line of pasted text that goes on in the next is put together with it."""
    found: list[tuple[str, bool]] = []
    for block in blocks:
        is_heading = isinstance(block, Heading)
        if found and not is_heading and not found[-1][1] and not begins_anew(found[-1][0], block.text):
            found[-1] = (f"{found[-1][0]} {block.text}", False)
        else:
            found.append((block.text, is_heading))
    return found


def _can_be(text: str, is_heading: bool) -> bool:
    said = text.removesuffix(".") if is_heading else text  # a heading may end in a full stop; what else does so, is a sentence
    if not 3 < len(said) <= LONGEST or said.endswith(_NO_TITLE) or said[:1].islower() or is_item(said):
        return False
    return not is_when(said) and not is_who(said) and heading_of(said) is None


def _tidied(text: str) -> str:
    """A title in capitals is written as a sentence; the words are the same."""
    said = " ".join(text.split()).strip("*_ ").removesuffix(".")
    return said.capitalize() if said.isupper() else said
