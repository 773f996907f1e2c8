"""Fixtures every test can ask for."""

import pytest

from tests.cast import Cast, build_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The seventeen people of Solvik skole and Fjordvik skole."""
    return build_cast()
