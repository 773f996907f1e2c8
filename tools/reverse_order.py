"""A pytest plug-in that runs the tests backwards: python -m pytest -p no:randomly -p tools.reverse_order."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Turn the order round, so that a test that leans on the one before it falls."""
    items.reverse()
