"""The wheel and the matrix on paper: A3 lying down, the heading on every sheet, and to be read without colours."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from aktsom.core.timing.clock import today
from aktsom.plans.services import begin_plan, put_edition_in_force
from aktsom.schools.selectors import current_year
from aktsom.wheel.services import arrange_year
from tests.cast import Cast, build_cast
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
A3_LYING = (1191, 842)  # points


def laid_out() -> Cast:
    cast = build_cast()
    head = cast.actor("head_teacher")
    plan = begin_plan(by=head, place=cast.school, template="lillestrom")
    put_edition_in_force(by=head, edition=plan.editions.get(), valid_from=today())
    arrange_year(by=head, school=cast.school, year=current_year(cast.school.pk, today()))
    return cast


def printed(walker: Walker, name: str) -> pypdf.PdfReader:
    paper = walker.page.pdf(prefer_css_page_size=True, print_background=False)
    if folder := os.environ.get("AKTSOM_KEEP_PRINTS"):
        (Path(folder) / f"{name}.pdf").write_bytes(paper)
    return pypdf.PdfReader(io.BytesIO(paper))


def size(page: pypdf.PageObject) -> tuple[int, int]:
    return round(float(page.mediabox.width)), round(float(page.mediabox.height))


def test_wheel_fills_one_a3_sheet_and_can_be_read_without_colours(arrive: Callable[..., Walker]) -> None:
    cast = laid_out()
    head = arrive(cast, "head_teacher", viewport={"width": 1280, "height": 900})

    head.open(f"/arshjul/{cast.school.public_id}/").sees("A3-ark")
    paper = printed(head, "wheel")
    patterns = head.page.evaluate("[...document.querySelectorAll('.wheel-key .wheel-pattern')].map(mark => mark.getAttribute('fill'))")

    assert {size(page) for page in paper.pages} == {A3_LYING}
    first = paper.pages[0].extract_text().casefold()
    assert all(month in first for month in ("august", "desember", "juni"))
    assert "årshjulet for" in first
    assert "måned for måned" not in first  # the words are on the next sheet
    assert len(paper.pages) == 2
    assert len(patterns) == len(set(patterns)) >= 2


def test_matrix_is_printed_on_a3_with_its_heading_on_every_sheet(arrive: Callable[..., Walker]) -> None:
    cast = laid_out()
    head = arrive(cast, "head_teacher", viewport={"width": 1280, "height": 900})

    head.open(f"/arshjul/{cast.school.public_id}/trinn/")
    paper = printed(head, "matrix")

    assert {size(page) for page in paper.pages} == {A3_LYING}
    texts = [page.extract_text() for page in paper.pages]
    tables = [text for text in texts if "Hele skolen" in text]
    assert len(tables) == len(texts) <= 3
    assert all(month in " ".join(texts).casefold() for month in ("august", "november", "mai"))
