"""Small numbers are not told, and not to be had by subtraction either (PRV-05): whoever knows every total learns none of them."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aktsom.core.privacy.numbers import SMALLEST, hidden, protected, told

LARGEST = 8
COUNTS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 40), max_size=7)


@pytest.mark.parametrize(("amount", "words"), [(0, "0"), (1, "under 5"), (4, "under 5"), (5, "5"), (400, "400")])
def test_one_number_alone(amount: int, words: str) -> None:
    assert told(amount) == words


@given(COUNTS)
def test_no_small_number_is_ever_told_and_nothing_is_hidden_without_need(counts: dict[str, int]) -> None:
    shown = protected({"only": counts})["only"]

    assert [amount for amount in shown.values() if amount is not None and 0 < amount < SMALLEST] == []
    if not any(0 < amount < SMALLEST for amount in counts.values()):
        assert shown == counts


@pytest.mark.parametrize("zeros", [False, True], ids=["only what there is", "rows of none too"])
@pytest.mark.parametrize("rows", [2, 3])
def test_prv_05_who_knows_the_total_and_the_rule_can_work_out_no_hidden_number(rows: int, zeros: bool) -> None:
    """Every table there can be, sorted by what is seen of it: behind each hidden cell at least two numbers are possible."""
    behind: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(LARGEST + 1), repeat=rows):
        table = {str(place): amount for place, amount in enumerate(counts) if amount or zeros}
        seen = protected({"this": table, "sum": {"all": sum(counts)} if any(counts) else {}})
        view = (tuple(sorted(seen["this"].items(), key=str)), tuple(seen["sum"].items()))
        behind[view].append(counts)

    for (cells, total), tables in behind.items():
        places = [int(row) for row, amount in cells if amount is None]
        biggest = dict(total).get("all")
        if biggest is not None and biggest > LARGEST:  # near the edge of what was tried the other tables lie outside
            continue
        for place in places:
            assert len({counts[place] for counts in tables}) > 1, (cells, total)


@given(st.dictionaries(st.sampled_from("abcdefg"), st.just(1), min_size=5, max_size=7))
def test_ones_alone_take_every_other_table_with_them(ones: dict[str, int]) -> None:
    seen = protected({"class": ones, "kind": {"all": sum(ones.values())}})

    assert {amount for table in seen.values() for amount in table.values()} == {None}


@given(COUNTS)
@example({"a": 0, "b": 3, "c": 5})
def test_hidden_rows_are_none_or_more_than_one_when_there_are_others(counts: dict[str, int]) -> None:
    rows = hidden(counts)

    assert len(rows) != 1 or len([row for row, amount in counts.items() if amount]) == 1
