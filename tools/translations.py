"""Collect what families read, compare it with the translations, and compile them.

    python -m tools.translations          compile every .po to .mo, and list what lacks a translation

Pure Python, since GNU gettext is not on every machine; the .mo files are committed, so that a checkout speaks at once
(docs/beslutninger tells why). The places read are listed in aktsom/locale/family_texts.txt.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent / "aktsom"
LOCALE = ROOT / "locale"
LANGUAGES = ("nn", "en")
CALLS = {"_", "_lazy", "_now", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
Catalogue = dict[str, tuple[str, ...]]


def texts_in(tree: ast.AST) -> Iterator[str]:
    """Return what is marked for translation in Python code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in CALLS and node.args:
            said = node.args[0]
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                yield said.value


def texts_of_template(path: Path) -> Iterator[str]:
    """Return what is marked for translation in a template, by way of Django's own reading of it."""
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for start in re.finditer(r"\b(?:n?gettext|_)\(", code):
        for end in re.finditer(r"\)", code[start.end() :]):
            try:
                yield from texts_in(ast.parse(code[start.start() : start.end() + end.end()].strip()))
            except SyntaxError:
                continue
            break


def part_of(path: Path, name: str, keys: list[str]) -> ast.AST:
    """Return one named thing of a module; of a table, only the rows with the given keys."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = [*getattr(node, "targets", []), getattr(node, "target", None)]
        if name == getattr(node, "name", "") or name in {getattr(target, "id", "") for target in targets}:
            table = getattr(node, "value", None)
            if keys and isinstance(table, ast.Dict):
                rows = {getattr(k, "value", ""): v for k, v in zip(table.keys, table.values, strict=True)}
                return ast.List([rows[key] for key in keys], ast.Load())
            return node
    raise LookupError(f"{path} has no {name}")


@cache
def family_texts() -> frozenset[str]:
    """Return every text that families read. A place that is no longer there is an error."""
    found: set[str] = set()
    for line in (LOCALE / "family_texts.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _sep, part = line.partition("::")
            path = ROOT / name
            part, _sep, keys = part.rstrip("]").partition("[")
            if path.suffix != ".py":
                found |= set(texts_of_template(path))
            elif part:
                found |= set(texts_in(part_of(path, part, keys.split())))
            else:
                found |= set(texts_in(ast.parse(path.read_text(encoding="utf-8"))))
    return frozenset(found - {""})


def read_po(path: Path) -> Catalogue:
    """Return the texts of a .po file, each with its forms; the header is under the empty text."""
    catalogue: Catalogue = {}
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        said: dict[str, str] = {}
        key = ""
        for line in (line for line in block.splitlines() if line.startswith(("msg", '"'))):
            if not line.startswith('"'):
                key, line = line.split(" ", 1)
            said[key] = said.get(key, "") + ast.literal_eval(line)
        if "msgid" in said:
            first = said["msgid"] + ("\0" + said["msgid_plural"] if "msgid_plural" in said else "")
            catalogue[first] = tuple(said[k] for k in sorted(said) if k.startswith("msgstr"))
    return catalogue


def compiled(catalogue: Catalogue) -> bytes:
    """Return the catalogue in the form that gettext reads (GNU gettext manual, «The Format of GNU MO Files»)."""
    rows = sorted((text.encode(), "\0".join(forms).encode()) for text, forms in catalogue.items() if all(forms))
    head, words = 28, b""
    tables: tuple[list[bytes], list[bytes]] = ([], [])
    at = head + 16 * len(rows)
    for column in (0, 1):
        for row in rows:
            tables[column].append(struct.pack("<2I", len(row[column]), at + len(words)))
            words += row[column] + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(rows), head, head + 8 * len(rows), 0, 0) + b"".join([*tables[0], *tables[1]]) + words


def po_of(language: str) -> Path:
    """Return where the translations to a language stand."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def missing(language: str) -> list[str]:
    """Return the texts that families read and that lack a translation."""
    done = {text.split("\0")[0] for text, forms in read_po(po_of(language)).items() if all(forms)}
    return sorted(family_texts() - done)


if __name__ == "__main__":
    for code in LANGUAGES:
        po_of(code).with_suffix(".mo").write_bytes(compiled(read_po(po_of(code))))
        sys.stdout.writelines(f"{code}: {text!r}\n" for text in missing(code))
