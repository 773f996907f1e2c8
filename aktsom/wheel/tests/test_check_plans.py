"""The command that says how whole the library is."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from aktsom.wheel import checking


def test_every_row_and_every_time_of_the_five_plans_is_there() -> None:
    out = StringIO()

    call_command("check_plans", stdout=out)

    assert "337 av 337" in out.getvalue()
    assert "Tidsuttrykk forstått: 97 av 97." in out.getvalue()


def test_missing_row_makes_the_command_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [*checking._lines("rader.tsv"), "storhamar\tSTO-X9"]
    monkeypatch.setattr(checking, "_lines", lambda name: lines if name == "rader.tsv" else [])

    with pytest.raises(CommandError, match="STO-X9"):
        call_command("check_plans", stdout=StringIO())
