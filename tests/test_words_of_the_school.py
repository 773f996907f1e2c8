"""A school meets its own plan's words, on every page, in every notice and on paper (XCT-01)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

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


def others(code: str) -> set[str]:
    return {word for word in WORDS if word not in library_procedure(code).words.plan}


def read(page: str) -> str:
    main = re.sub(r"(?s)<(script|style|head).*?</\1>", "", page)
    return re.sub(r"<[^>]+>|\s+", " ", main).casefold()


def pages(client: Client, sample: Sample) -> Iterator[tuple[str, str]]:
    """Yield (address, text) of every page of the product that is met."""
    for endpoint, _shown, address in questions(sample):
        if "GET" in endpoint.methods and endpoint.space not in OWN_CONTENT and not endpoint.name.endswith(NO_PAGES):
            answer = client.get(address)
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                yield address, read(answer.content.decode())


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.no_cover  # traced, this walk takes twice the time
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the words do not depend on the database; asked once")
@pytest.mark.parametrize("name", ["head_teacher", "guardian"])
def test_xct_01_no_page_of_a_school_shows_another_plans_word(cast: Cast, name: str) -> None:
    """A page that holds another's word at the first school is caught there; one that holds its own is met at the others too."""
    sample, client = build_sample(cast), sign_in(cast, name)
    first, *rest = LIBRARY_CODES
    own = next(iter(WORDS - others(first)))

    there = dict(pages(client, sample))
    foreign = [(first, address, word) for address, text in there.items() for word in others(first) if word in text]
    say_it = [address for address, text in there.items() if own in text]
    for code in rest:
        with building():
            ChosenProcedure.objects.filter(school=cast.school).update(code=code)
        texts = {address: read(client.get(address).content.decode()) for address in say_it}
        foreign += [(code, address, word) for address, text in texts.items() for word in others(code) if word in text]
        assert all(library_procedure(code).words.plan.split()[0] in text for text in texts.values())

    assert foreign == []
    assert say_it


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
