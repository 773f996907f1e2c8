"""A school meets its own plan's words, on every page, in every notice and on paper (XCT-01)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection

from aktsom.cases.contents import plan_contents
from aktsom.cases.tests.factories import building, make_case, put_plan_in_force
from aktsom.core.notify.wording import WORDINGS
from aktsom.plans.loading import LIBRARY_CODES, library_procedure
from aktsom.plans.models import ChosenProcedure
from tests.access.matrix import questions
from tests.access.sample import Sample, build_sample
from tests.cast import Cast, build_cast
from tests.signed_in import sign_in

# What the five plans call a pupil's plan. A school meets one of them. What a plan itself writes is its own affair.
WORDS = {"aktivitetsplan", "tiltaksplan", "handlingsplan"}
OWN_CONTENT = {"plans", "wheel", "ui", "demo"}  # show what is written in the sample's plan, not the product's words
NO_PAGES = ("-paper", "-fetch", "-picture", "-spreadsheet", "first-run-plan")  # files; and the page where a school compares the plans
READERS = ("head_teacher", "guardian")


def others(code: str) -> set[str]:
    return {word for word in WORDS if word not in library_procedure(code).words.plan}


def read(page: str) -> str:
    main = re.sub(r"(?s)<(script|style|head).*?</\1>", "", page)
    return re.sub(r"<[^>]+>|\s+", " ", main).casefold()


def pages(cast: Cast, name: str, sample: Sample) -> Iterator[tuple[str, str]]:
    """Yield (address, text) of every page somebody of the cast meets."""
    client = sign_in(cast, name)
    for endpoint, shown, address in questions(sample):
        if "GET" in endpoint.methods and endpoint.space not in OWN_CONTENT and not endpoint.name.endswith(NO_PAGES):
            answer = client.get(address)
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                yield shown, read(answer.content.decode())


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the words do not depend on the database; asked once")
def test_xct_01_no_page_of_a_school_shows_another_plans_word(cast: Cast) -> None:
    sample, met, foreign = build_sample(cast), set(), []

    for code in LIBRARY_CODES:
        with building():
            ChosenProcedure.objects.filter(school=cast.school).update(code=code)
        for name in READERS:
            for shown, text in pages(cast, name, sample):
                met.add(shown)
                foreign += [(code, name, shown, word) for word in others(code) if word in text]

    assert foreign == []
    assert {"/saker/<public_id>/", "/min-sak/<public_id>/", "/planer/<public_id>/", "/min-plan/<public_id>/"} <= met


@pytest.mark.django_db
@pytest.mark.parametrize("code", LIBRARY_CODES)
def test_xct_01_paper_of_a_pupils_plan_calls_it_what_the_school_does(code: str) -> None:
    cast = build_cast(procedure=code)
    case = make_case(cast)

    paper = str(plan_contents(case, put_plan_in_force(cast, case), for_family=True)).casefold()

    assert (library_procedure(code).words.plan in paper, [word for word in others(code) if word in paper]) == (True, [])


def test_xct_01_notices_name_no_plan_by_another_schools_word() -> None:
    said = {code: f"{wording.what} {wording.why}".casefold() for code, wording in WORDINGS.items()}

    assert [code for code, text in said.items() if any(word in text for word in WORDS)] == []
