"""The source follows the design, and each check sees the breach that is planted for it."""

import pytest

from tests.architecture.checks import BREACHES, CHECKS, Check, sources

BY_NAME = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)


@BY_NAME
def test_source_keeps_to_the_design(check: Check) -> None:
    breaches = [breach for path, text in sources() for breach in check(path, text)]

    assert breaches == []


@BY_NAME
def test_planted_breach_is_seen(check: Check) -> None:
    path, text = BREACHES[check.__name__]

    assert len(check(path, text)) >= 1
