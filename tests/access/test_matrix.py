"""Every address, each method, each of the seventeen: the answers are the committed ones.

After a wanted change: pytest tests/access --update-matrix, read the difference as a privacy officer would, and commit it.
"""

import re
from pathlib import Path

import pytest
from django.db import connection

from tests.access.matrix import endpoints, keys, methods_of, read_table, refused_methods, rows, table
from tests.access.reading import GROUPS, PEOPLE
from tests.access.sample import Sample, build_sample
from tests.cast import CAST, Cast
from tests.signed_in import sign_in

TABLE = Path(__file__).parent / "matrix.txt"
PARTS = 6  # so that no worker is left alone with all of it
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.no_cover,  # the domains' own tests are measured; traced, this walk takes twice the time
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the answers do not depend on the database; asked once"),
]
# Pages that answer none of the cast, and why. Everything else must be met by somebody, or the row proves nothing.
MET_BY_NOBODY = {
    "/kom-i-gang/ny/<token>/": "the installation here is not empty",
    "/skolen/mine-foresatte/<public_id>/": "only a pupil of age says who may follow; the pupil here is 14",
    "/skolen/folge/<public_id>/svar/": "the request here is not answered yet",
    "/varsler/teams/koble-fra/": "no channel is connected here",
    "/demo/inn/": "the test's cast are not among the demo's people",
    "/konto/^(?:signup|email|confirm-email|password/set|login/code/confirm)/": "closed for all: accounts come from the school",
    "/saker/<public_id>/familien/brev/<letter_id>/": "a letter is only made for somebody who was told on paper",
    "/saker/<public_id>/familien/svar/<reply_id>/": "as the letter",
    "/planen/evaluering/<public_id>/inviter/": "asks which body; an empty answer is refused",
    "/planen/utgave/<public_id>/skriv/eier/": "the school here has no guide from its owner",
    "/saker/<public_id>/hvem/<worker_id>/forleng/": "the handler here has no last day",
}


@pytest.fixture
def sample(cast: Cast) -> Sample:
    return build_sample(cast)


@pytest.mark.slow
def test_every_address_has_its_row(cast: Cast, sample: Sample, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-matrix"):
        TABLE.write_text(table(rows(cast, sample)), encoding="utf-8")
    asked, committed = keys(sample), list(read_table(TABLE.read_text(encoding="utf-8")))

    missing = [f"{key}: no row in tests/access/matrix.txt" for key in asked if key not in committed]
    gone = [f"{key}: a row, but no address" for key in committed if key not in asked]

    assert missing + gone == []
    assert set(MET_BY_NOBODY) - {key[5:] for key in asked} == set()


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_address_answers_each_of_the_cast_as_committed(cast: Cast, sample: Sample, part: int, request: pytest.FixtureRequest) -> None:
    answers = rows(cast, sample, slice(part, None, PARTS))
    committed = answers if request.config.getoption("--update-matrix") else read_table(TABLE.read_text(encoding="utf-8"))

    changed = [
        f"{key}: {name} was «{was}» and is «{is_now}»"
        for key in answers
        for name, was, is_now in zip(CAST, committed.get(key, answers[key]), answers[key], strict=True)
        if was != is_now
    ]

    assert changed == []
    assert {cell for cells in answers.values() for cell in cells} <= {"ja", "ja>", "nei", ".", "inn"}
    refused = refused_methods(cast, sample, slice(part, None, PARTS))
    assert {key for key, status in refused.items() if status not in {403, 405}} == set()
    shut = {key[5:] for key, cells in answers.items() if not any(cell.startswith("ja") for cell in cells)}
    asked = {key[5:] for key in answers}
    assert shut == set(MET_BY_NOBODY) & asked, "a row that lets nobody in proves nothing: mend tests/access/sample.py"


def test_every_part_and_every_person_is_explained() -> None:
    assert {endpoint.group for endpoint in endpoints()} - set(GROUPS) == set()
    assert list(PEOPLE) == list(CAST)


def test_table_can_be_read_back_as_it_was_written() -> None:
    answers = {"Ser  /saker/": ["ja"] * len(CAST), "Gjør /saker/<public_id>/ (om ledelsen)": ["."] * len(CAST)}

    assert read_table(table(answers)) == answers


def test_methods_are_those_the_view_itself_takes() -> None:
    taken = {endpoint.name: endpoint.methods for endpoint in endpoints()}

    assert (taken["case-list"], taken["report"], taken["report-acknowledge"]) == (("GET",), ("GET", "POST"), ("POST",))
    assert methods_of(lambda request: None) == ("GET", "POST")


def test_what_is_out_of_reach_looks_like_what_does_not_exist(cast: Cast) -> None:
    withheld = build_sample(cast).identifiers["withheld"]["public_id"]
    client = sign_in(cast, "accused_head_teacher")

    there, nothing = client.get(f"/meldinger/{withheld}/"), client.get("/meldinger/xxxxxxxxxxxx/")
    same_form = [re.sub(rb"\w{64}", b"", answer.content) for answer in (there, nothing)]

    assert there.status_code == nothing.status_code == 404
    assert same_form[0] == same_form[1]


def test_neg_50_page_of_a_position_is_shut_before_anything_is_asked_for(cast: Cast) -> None:
    asked = [sign_in(cast, name).get("/eier/").status_code for name in ("owner_handler", "head_teacher", "technical_admin", "pupil")]

    assert asked == [200, 403, 403, 403]
