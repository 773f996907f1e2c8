"""Put docs/krav.md together from docs/krav.d/*.tsv; --check fails when it is stale or a named test does not exist.

A line is: requirement, where it works, and the test that proves it as path::name, with tabs between.
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
    path, _, function = name.partition("::")
    file = ROOT / path
    return file.is_file() and (
        not function or re.search(rf"\b{re.escape(function.split('[')[0].split('::')[-1])}\b", file.read_text(encoding="utf-8")) is not None
    )


def text() -> str:
    """Return the whole page; rows whose test does not exist are left out."""
    return HEAD + "".join(f"| {name} | {where} | `{test}` |\n" for name, where, test in rows() if exists(test))


if __name__ == "__main__":
    missing = [row for row in rows() if not exists(row[2])]
    for row in missing:
        print(f"Testen finnes ikke: {row[0]} {row[2]}")
    if "--check" in sys.argv:
        stale = not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text()
        sys.exit(bool(missing) or stale)
    TARGET.write_text(text(), encoding="utf-8")
