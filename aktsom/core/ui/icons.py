"""Aksel's icons, read from where ./run laid them and put into the page as SVG."""

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

VENDOR = Path(__file__).resolve().parent / "vendor"
ICONS = VENDOR / "icons"
FONTS = VENDOR / "fonts"  # Inter for PDF; Typst takes this folder as font_paths

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


def icon_file(name: str) -> Path:
    """Return the file of the icon called ``name``: «checkmark-circle», or Aksel's own «CheckmarkCircle»."""
    return ICONS / ("".join(word[:1].upper() + word[1:] for word in name.split("-")) + ".svg")


@cache
def icon_svg(name: str) -> SafeString:
    """Return the icon as SVG hidden from screen readers, since text always stands beside it; nothing when unfetched."""
    if not _NAME.fullmatch(name) or not icon_file(name).is_file():
        return mark_safe("")
    svg = icon_file(name).read_text(encoding="utf-8").strip()
    svg = svg.replace("<svg ", '<svg class="aktsom-icon" aria-hidden="true" focusable="false" ', 1)
    return mark_safe(svg.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1))  # noqa: S308 - a fetched, checksummed file
