"""Each dependency has a reason beside it, and no lock file names an address (a mirror's host, someone's machine)."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def without_reason(pyproject: str) -> list[str]:
    """Return the dependency lines that do not say why they are there."""
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", pyproject, re.DOTALL | re.MULTILINE)
    lines = [line.strip() for line in "".join(lists).splitlines()]
    asked_for = [line for line in lines if re.match(r'"[A-Za-z][\w.-]*(\[[\w,-]+\])?\s*(?:[<>=!~].*)?"', line)]
    return [f"pyproject.toml: {line} (ingen grunn står ved siden av)" for line in asked_for if "#" not in line]


def addresses(path: Path, mark: str) -> list[str]:
    """Return a complaint for each line of ``path`` that holds ``mark``."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [f"{path.relative_to(ROOT)}:{number}: {mark}" for number, line in enumerate(lines, 1) if mark in line]


def complaints() -> list[str]:
    """Return everything that is wrong."""
    found = without_reason((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        found += addresses(path, "://") + addresses(path, "--index-url") + addresses(path, "--find-links")
    locks = [ROOT / "package-lock.json", ROOT / "tests" / "calendars" / "package-lock.json"]
    return found + [line for lock in locks for line in addresses(lock, '"resolved"')]


if __name__ == "__main__":
    wrong = complaints()
    print("\n".join(wrong))
    sys.exit(bool(wrong))
