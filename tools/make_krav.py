"""Put docs/krav.md together from docs/krav.d/*.tsv; --check fails when it is stale or a named test does not exist.

A line is: requirement, where it works, and the test that proves it as path::name, with tabs between. A line of
docs/krav.d/not_yet.txt is: requirement, and why it is not covered.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "krav.md"
HEAD = """# Krav som er dekket

Hvert krav med hvor det virker og testen som viser det. Et krav som ikke står her, er ikke sett virke. Laget av
`tools/make_krav.py` fra `docs/krav.d/`.

| Krav | Hvor | Test |
|---|---|---|
"""


REST = """
## Krav som ikke er dekket, og hvorfor

| Krav | Hvorfor ikke |
|---|---|
"""


def rest(covered: set[str]) -> str:
    """Return the requirements that are not covered, each with why; what is covered meanwhile is left out."""
    path = ROOT / "docs" / "krav.d" / "not_yet.txt"
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]
    return REST + "".join(f"| {name} | {why} |\n" for name, why in sorted(lines) if name not in covered)


def rows() -> list[tuple[str, str, str]]:
    """Return every line of every file, sorted by requirement."""
    found = set()
    for path in sorted((ROOT / "docs" / "krav.d").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            parts = [part.strip() for part in line.split("\t")]
            if len(parts) == 3 and re.fullmatch(r"[A-Z]{2,4}-\d{2,3}", parts[0]):
                found.add((parts[0], parts[1], parts[2]))
    return sorted(found)


def exists(test: str) -> bool:
    """Return whether every test named (with commas or semicolons between) is there."""
    return all(_exists(name.strip()) for name in re.split(r"[,;]\s*", test) if name.strip())


def _exists(name: str) -> bool:
    """Return whether the file defines a test of that name (a class of tests counts, and so does a state machine's case)."""
    path, _, function = name.partition("::")
    file = ROOT / path
    if not file.is_file() or not function:
        return False
    wanted = re.escape(function.split("[")[0].split("::")[-1])
    return (
        re.search(rf"^\s*(?:async )?(?:def {wanted}\(|class {wanted}\b|{wanted} = )", file.read_text(encoding="utf-8"), re.MULTILINE)
        is not None
    )


def text() -> str:
    """Return the whole page; rows whose test does not exist are left out."""
    shown = [row for row in rows() if exists(row[2])]
    return HEAD + "".join(f"| {name} | {where} | `{test}` |\n" for name, where, test in shown) + rest({row[0] for row in shown})


if __name__ == "__main__":
    missing = [row for row in rows() if not exists(row[2])]
    for row in missing:
        print(f"Testen finnes ikke: {row[0]} {row[2]}")
    if "--check" in sys.argv:
        stale = not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text()
        sys.exit(bool(missing) or stale)
    TARGET.write_text(text(), encoding="utf-8")
