"""Every address, each method, each of the seventeen: the answers are the committed ones.

After a wanted change: pytest tests/access --update-matrix, read the difference, and commit it.
"""

from pathlib import Path

import pytest
from django.db import connection

from tests.access.matrix import build_sample, table
from tests.cast import Cast

TABLE = Path(__file__).parent / "matrix.txt"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the answers do not depend on the database; asked once"),
]


def test_every_address_answers_each_of_the_cast_as_committed(cast: Cast, request: pytest.FixtureRequest) -> None:
    answers = table(cast, build_sample(cast))

    if request.config.getoption("--update-matrix"):
        TABLE.write_text(answers, encoding="utf-8")
    assert answers.splitlines() == TABLE.read_text(encoding="utf-8").splitlines()
    assert " 500" not in answers


def test_what_is_out_of_reach_looks_like_what_does_not_exist(cast: Cast) -> None:
    from tests.signed_in import sign_in

    sample = build_sample(cast)
    client = sign_in(cast, "accused_head_teacher")
    withheld = client.get(sample.address("meldinger/<str:public_id>/", "withheld"))
    nothing = client.get("/meldinger/xxxxxxxxxxxx/")

    assert (withheld.status_code, withheld.content) == (nothing.status_code, nothing.content) == (404, nothing.content)
