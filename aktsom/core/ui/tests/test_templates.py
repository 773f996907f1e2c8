"""What holds for every template in the project: it can be read, it has a title, its icons exist, nothing is inline."""

import re
from pathlib import Path

import pytest
from django.template import engines

from aktsom.core.ui.icons import ICONS, icon_file

AKTSOM = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(path for path in AKTSOM.glob("**/templates/**/*.html"))
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


def name_of(path: Path) -> str:
    return path.relative_to(AKTSOM).as_posix()


def icon_names(text: str) -> set[str]:
    """Return the icons a template names outright."""
    named = re.findall(r'{% icon "([\w-]+)" %}', text) + re.findall(r'icon="([\w-]+)"', text)
    return set(named) | set(re.findall(r'{% tag [^%]*?"[a-z]+" "([\w-]+)" %}', text))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_can_be_read_and_holds_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    engines["django"].from_string(text)

    assert INLINE.findall(text) == []


@pytest.mark.parametrize("path", [path for path in TEMPLATES if '{% extends "ui/' in path.read_text(encoding="utf-8")], ids=name_of)
def test_page_has_a_title_and_a_heading(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name in {"base.html", "public_base.html", "plan_base.html", "error.html"} or path.name.startswith("_"):
        return

    assert re.search(r"{% block title %}", text)
    assert re.search(r"{% block heading %}", text)


@pytest.mark.skipif(not ICONS.is_dir(), reason="Ikonene er ikke hentet; ./run henter dem.")
def test_every_icon_a_template_names_exists() -> None:
    missing = {
        f"{name_of(path)}: {name}"
        for path in TEMPLATES
        for name in icon_names(path.read_text(encoding="utf-8"))
        if not icon_file(name).is_file()
    }

    assert missing == set()


def test_planted_inline_code_is_seen() -> None:
    planted = ["<script>x()</script>", '<p style="color:red">', '<a onclick="x()">', "<style>p{}</style>", '<a href="javascript:x()">']

    assert [bool(INLINE.search(text)) for text in planted] == [True] * 5
    assert INLINE.search('<script type="module" src="/static/x.js"></script> <input type="date" name="on">') is None


def test_planted_unknown_icon_is_seen() -> None:
    assert icon_names('{% icon "bell" %}{% link_button text url icon="no-such" %}{% tag "Ny" "info" "clock" %}') == {
        "bell",
        "no-such",
        "clock",
    }
    assert not icon_file("no-such").is_file()
