"""Privatskolelova § 2-4: chapter 12 holds for private schools, read with other bodies in place of the owner (fact 24)."""

import pytest

from aktsom.core.timing.law import head_title, owner_body


def test_head_teacher_is_called_daily_leader_only_there() -> None:
    assert [head_title(kind) for kind in ("municipality", "county", "private")] == ["rektor", "rektor", "daglig leder"]


@pytest.mark.parametrize(
    ("sections", "body"),
    [
        (("12-4-2", "12-5-1", "12-5-2"), "skolens styre"),
        (("12-6-3", "12-6-4", "12-8", "12-9", "12-10"), "skolen"),
        (("13-2",), "hjemkommunen eller hjemfylket"),
    ],
)
def test_who_stands_in_the_owners_place(sections: tuple[str, ...], body: str) -> None:
    assert {owner_body("private", section) for section in sections} == {body}
    assert {owner_body("municipality", section) for section in sections} == {"kommunen"}
