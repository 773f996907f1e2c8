"""Set a paper with Typst: tagged PDF, PDF/A-2a and PDF/UA-1 in one file.

The content goes in as JSON, never as Typst source, so nothing a person wrote can become markup (tech.md section 10).
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from aktsom.config.env import ROOT

TEMPLATES = Path(__file__).parent / "templates"
FONTS = ROOT / "aktsom" / "core" / "ui" / "vendor" / "fonts"
STANDARDS = ["a-2a", "ua-1"]
MOST_SCRIPTS_LEFT_OUT = 20
NOT_IN_FONTS = re.compile(r"the text `\"(?P<letters>.+?)\"` could not be displayed", re.DOTALL)


class PaperFault(RuntimeError):
    """The paper could not be set, or not without a warning. The message holds no content."""


def set_paper(template: str, content: dict[str, Any]) -> bytes:
    """Return the PDF of ``template`` (a file name without ending) filled with ``content``.

    Letters that no font has are never dropped in silence: words in brackets stand where they were. Raises PaperFault
    when Typst stops for another reason, or warns.
    """
    import typst  # slow import

    text = json.dumps(content, ensure_ascii=False)
    for _round in range(MOST_SCRIPTS_LEFT_OUT):
        try:
            return _compiled(template, text)
        except typst.TypstError as fault:
            missing = NOT_IN_FONTS.search(str(fault))
            if missing is None:
                # What Typst says can quote the text it stopped at, so it is not passed on.
                raise PaperFault(f"{template}: Typst stopped") from None
            text = without_script_of(missing["letters"], text)
    raise PaperFault(f"{template}: letters of more than {MOST_SCRIPTS_LEFT_OUT} scripts are missing")


def _compiled(template: str, text: str) -> bytes:
    import typst  # slow import

    pdf, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]
        str(TEMPLATES / f"{template}.typ"),
        format="pdf",
        root=str(TEMPLATES),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"content": text},
        pdf_standards=STANDARDS,
    )
    if warnings:
        raise PaperFault(f"{template}: {len(warnings)} warnings")
    return bytes(pdf)


def without_script_of(letters: str, text: str) -> str:
    """Return the text with words in brackets for every run of letters in the same scripts as ``letters``."""
    scripts = {_script(letter) for letter in letters}
    missing = sorted({letter for letter in text if ord(letter) > 127 and _script(letter) in scripts})
    runs = re.compile(f"[{re.escape(''.join(missing))}]+")
    return runs.sub(f"[{_('tegn som ikke kan skrives ut her')}]", text)


def _script(letter: str) -> str:
    return unicodedata.name(letter, f"U+{ord(letter):04X}").split()[0]
