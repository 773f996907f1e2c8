"""The coverage gate: 95 % of branches in rules, access, services and core, 90 % elsewhere (design.md, Tests)."""

import sys
from pathlib import Path

from coverage import Coverage

STRICT = ("/rules", "/access", "/services", "aktsom/core/")
FLOORS = {"rules, access, services og core": 95.0, "resten": 90.0}


def share(numbers: list[tuple[int, int]]) -> float:
    """Return covered lines and branches in percent of all."""
    covered, total = (sum(column) for column in zip(*numbers, strict=True)) if numbers else (1, 1)
    return 100.0 * covered / max(total, 1)


def measure(coverage: Coverage) -> dict[str, list[tuple[int, int]]]:
    """Return (covered, all) for each file, placed under the floor it belongs to."""
    found: dict[str, list[tuple[int, int]]] = {name: [] for name in FLOORS}
    strict, rest = found
    for path in coverage.get_data().measured_files():
        numbers = coverage._analyze(path).numbers  # the only way to branch counts without a report
        covered = numbers.n_executed + numbers.n_executed_branches
        belongs = strict if any(part in Path(path).as_posix() for part in STRICT) else rest
        found[belongs].append((covered, numbers.n_statements + numbers.n_branches))
    return found


if __name__ == "__main__":
    coverage = Coverage(data_file=sys.argv[1])
    coverage.load()
    failed = False
    for name, numbers in measure(coverage).items():
        reached = share(numbers)
        failed |= reached < FLOORS[name]
        print(f"   {name}: {reached:.1f} % (minst {FLOORS[name]:.0f} %)")
    sys.exit(failed)
