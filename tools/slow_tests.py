"""Writes tests/slow.txt, the tests «./test --fast» leaves out. Why: a list made by measuring is true; marks set by hand grow old.

    AKTSOM_MODE=test python -m tools.slow_tests [seconds] [words for pytest]

runs the tests on SQLite, adds up what each function costs the processor, and puts the dearest in the list until what is left
costs at most so many seconds. Processor seconds and not a clock's, so that a busy machine gives nearly the same list.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LIST = Path(__file__).resolve().parents[1] / "tests" / "slow.txt"
SECONDS = 66.0  # for what is left, the cores together
OWN_STEPS = ("tests/journeys", "tests/architecture")


def spent() -> float:
    """Return the seconds this process and those it started have used of the processor."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def name_of(node_id: str) -> str:
    """Return the name of a test in the list: the file and the function, whatever it is given."""
    return node_id.partition("[")[0]


class Cost:
    """Adds up what every test costs: set-up, the test and what is put away. Works in each worker too.

    The first set-up of a worker lays the ground for all of them, the database too, and is counted on none.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._before = spent()
        self._ground_is_laid = False

    def pytest_runtest_logstart(self) -> None:
        self._before = spent()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Iterator[None]:
        report: Any = yield
        now = spent()
        report.cost, self._before = (now - self._before) * self._ground_is_laid, now
        self._ground_is_laid = True
        return report

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.seconds[name_of(report.nodeid)] += report.cost


def pytest_configure(config: pytest.Config) -> None:
    """Measure in a worker; the one that gathers has its own."""
    if hasattr(config, "workerinput"):
        config.pluginmanager.register(Cost())


def dearest(seconds: dict[str, float], most: float) -> list[str]:
    """Return the dearest tests, by name, until the rest costs at most so much."""
    rest, found = sum(seconds.values()), []
    for name in sorted(seconds, key=lambda each: (-seconds[each], each)):
        if rest > most:
            found.append(name)
            rest -= seconds[name]
    return sorted(found)


def main(most: float, words: list[str]) -> int:
    cost = Cost()
    ignored = [f"--ignore={folder}" for folder in OWN_STEPS]
    failed = pytest.main(["-n", "2", "-q", "--no-header", "-p", "tools.slow_tests", *ignored, *words], plugins=[cost])
    for name in sorted(cost.seconds, key=lambda each: -cost.seconds[each]):
        print(f"{cost.seconds[name]:8.2f} {name}")
    if not failed:
        LIST.write_text("".join(f"{name}\n" for name in dearest(cost.seconds, most)), encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aktsom.config.settings")
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS, sys.argv[2:]))
