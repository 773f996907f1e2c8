"""What the plan calls itself: its own first heading, when that is the name of the whole and not of a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from aktsom.plans.reading.blocks import Block, Heading, Paragraph, Table
from aktsom.plans.reading.columns import is_when, is_who
from aktsom.plans.reading.labelled import is_item
from aktsom.plans.reading.lines import heading_of

LONGEST = 120  # letters
_NAMES_A_PLAN = re.compile(r"plan|årshjul|skolemiljø|skulemiljø|trivsel|rutine|prosedyre", re.IGNORECASE)
_NO_TITLE = (".", ":", ",", ";", "?", "!")
_LOOKED_AT = 6  # blocks; a name stands first


def title_of(blocks: Sequence[Block]) -> str:
    """Return the title the document has, or nothing when it has none. The first line that says it is a plan, else its one top heading."""
    top = list(takewhile(lambda block: not isinstance(block, Table), blocks[:_LOOKED_AT]))
    can_be = [block for block in top if not isinstance(block, Table) and _can_be(block)]
    named = next((block.text for block in can_be if _NAMES_A_PLAN.search(block.text)), "")
    headings = [block for block in blocks if isinstance(block, Heading)]
    is_above_all = len(headings) > 1 and all(other.level > headings[0].level for other in headings[1:])
    return _tidied(named or (headings[0].text if is_above_all and headings[0] in can_be else ""))


def _can_be(block: Heading | Paragraph) -> bool:
    text = block.text
    return (
        not text.endswith(_NO_TITLE)
        and 3 < len(text) <= LONGEST
        and not is_item(text)
        and not is_when(text)
        and not is_who(text)
        and heading_of(text) is None
    )


def _tidied(text: str) -> str:
    """A title in capitals is written as a sentence; the words are the same."""
    said = " ".join(text.split()).strip("*_ ")
    return said.capitalize() if said.isupper() else said
