"""Set a paper with Typst: tagged PDF, PDF/A-2a and PDF/UA-1 in one file.

The content goes in as JSON, never as Typst source, so nothing a person wrote can become markup (tech.md section 10).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from aktsom.config.env import ROOT

TEMPLATES = Path(__file__).parent / "templates"
FONTS = ROOT / "aktsom" / "core" / "ui" / "vendor" / "fonts"
STANDARDS = ["a-2a", "ua-1"]


class PaperFault(RuntimeError):
    """The paper could not be set, or not without a warning. The message holds no content."""


def set_paper(template: str, content: dict[str, Any]) -> bytes:
    """Return the PDF of ``template`` (a file name without ending) filled with ``content``.

    Raises PaperFault when Typst stops or warns, for example about a missing font: a paper with replaced letters does not
    leave.
    """
    import typst  # slow import

    try:
        pdf, warnings = typst.compile_with_warnings(
            str(TEMPLATES / f"{template}.typ"),
            format="pdf",
            root=str(TEMPLATES),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
            pdf_standards=STANDARDS,
        )
    except typst.TypstError as fault:
        raise PaperFault(f"{template}: {str(fault).splitlines()[0][:200]}") from None
    if warnings:
        raise PaperFault(f"{template}: {len(warnings)} warnings: {str(warnings[0])[:200]}")
    return bytes(pdf)
