"""What the machine guards in the source. Each check takes a path and its text and returns the breaches it finds."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "aktsom"
DOMAINS = ("schools", "people", "plans", "wheel", "measures", "reports", "cases", "insight")
BANNED = ("utils", "helpers", "misc", "manager2", "student")
BANNED_STEMS = {"utils", "helpers", "misc", "common", "info", "process", "handle"}
Check = Callable[[str, str], list[str]]


@cache
def sources() -> tuple[tuple[str, str], ...]:
    """Return the path below the project and the text of every Python file of the product, tests and migrations left out."""
    paths = [path.relative_to(ROOT) for path in sorted(PACKAGE.rglob("*.py"))]
    own = [path for path in paths if not {"tests", "migrations", "vendor"} & set(path.parts)]
    return tuple((path.as_posix(), (ROOT / path).read_text(encoding="utf-8")) for path in own)


@cache
def nodes(text: str) -> tuple[ast.AST, ...]:
    """Return everything the text is built of: it is read once, however many checks look at it."""
    return tuple(ast.walk(ast.parse(text)))


def layer_of(path: str) -> str:
    """Return which of the seven files a path is or lies in: «views», «services» … or an empty string."""
    parts = path.removesuffix(".py").split("/")
    return next((part for part in parts[2:] if part in {"rules", "models", "access", "selectors", "services", "forms", "views"}), "")


def imported(text: str) -> Iterator[tuple[int, str]]:
    """Yield every imported module and name, also inside functions."""
    for node in nodes(text):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def models_are_private(path: str, text: str) -> list[str]:
    """Only a domain itself imports its models."""
    own = path.split("/")[1]
    return [
        f"{path}:{line} imports {name}"
        for line, name in imported(text)
        for domain in DOMAINS
        if name.startswith(f"aktsom.{domain}.models") and domain != own
    ]


def views_ask_nobody_but_the_door(path: str, text: str) -> list[str]:
    """Views import no models and use neither queries nor transactions."""
    if layer_of(path) != "views":
        return []
    wrong = [f"{path}:{line} imports {name}" for line, name in imported(text) if re.search(r"\.models(\.|$)", name)]
    wrong += [f"{path}:{line} uses {name}" for line, name in imported(text) if name.endswith(("get_object_or_404", "db.transaction"))]
    wrong += [
        f"{path}:{node.lineno} uses .{node.attr}"
        for node in nodes(text)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "save", "select_related", "bulk_create"}
    ]
    return wrong


RULE_IMPORTS = re.compile(
    r"^(__future__|collections|dataclasses|datetime|enum|functools|itertools|typing|re|math|decimal|string|unicodedata|operator|hmac|hashlib|json|zoneinfo"
    r"|django\.db\.models(\.(Text|Integer)Choices)?$|django\.utils\.translation|django\.utils\.functional|aktsom\.core\.timing|aktsom\.\w+\.rules)"
)


def rules_are_plain(path: str, text: str) -> list[str]:
    """Rules know no database, request, settings or clock. ``django.db.models`` only for TextChoices."""
    if layer_of(path) != "rules":
        return []
    wrong = [
        f"{path}:{line} imports {name}"
        for line, name in imported(text)
        if not RULE_IMPORTS.match(name) or name.startswith("aktsom.core.timing.clock")
    ]
    wrong += [
        f"{path}:{node.lineno} uses models.{node.attr}"
        for node in nodes(text)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "models"
        and node.attr not in {"TextChoices", "IntegerChoices"}
    ]
    return wrong


def one_clock(path: str, text: str) -> list[str]:
    """Only core/timing/clock.py asks what time it is."""
    if path.endswith("core/timing/clock.py"):
        return []
    return [
        f"{path}:{node.lineno} asks the clock"
        for node in nodes(text)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            (
                node.func.attr in {"now", "utcnow", "today"}
                and ast.unparse(node.func.value) in {"datetime", "date", "timezone", "datetime.datetime", "datetime.date"}
            )
            or (node.func.attr == "localdate")
        )
    ]


LIMITS = {"rules": 40, "views": 40, "services": 40, "selectors": 40, "access": 40}


def functions_are_short(path: str, text: str) -> list[str]:
    """Functions have at most 40 lines, docstring not counted."""
    limit = LIMITS.get(layer_of(path), 50)
    return [
        f"{path}:{node.lineno} {node.name} has {length} lines"
        for node in nodes(text)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        for length in [_length(node)]
        if length > limit
    ]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    has_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if has_text else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring


# path: why, and since when
LONG_FILES = {
    "aktsom/core/timing/law/": "a register: one entry per paragraph of law (2026-11-21)",
    "aktsom/core/audit/events.py": "a register (2026-11-21)",
}


def files_are_short(path: str, text: str) -> list[str]:
    """Files over 600 lines fail; over 400 they should become a folder."""
    if any(path.startswith(known) for known in LONG_FILES):
        return []
    lines = text.count("\n")
    return [f"{path} has {lines} lines"] if lines > 600 else []


def names_are_in_the_glossary(path: str, text: str) -> list[str]:
    """No banned word in a file name or in the name of anything defined."""
    wrong = [f"{path} is named {stem}" for stem in path.removesuffix(".py").split("/") if stem in BANNED_STEMS]
    for node in nodes(text):
        name = getattr(node, "name", "") if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else ""
        words = re.split(r"_|(?<=[a-z])(?=[A-Z])", name)
        lowered = [word.lower() for word in words]
        if set(lowered) & set(BANNED) or (name.startswith(("do_", "handle_", "process_")) and name not in ALLOWED_NAMES):
            wrong.append(f"{path}:{node.lineno} defines {name}")  # type: ignore[attr-defined]
    return wrong


# Names Django and the standard library call.
ALLOWED_NAMES = {
    "process_view",
    "process_exception",
    "process_request",
    "process_response",
    "handle_starttag",
    "handle_endtag",
    "handle_data",
    "process_bind_param",
}

SUPPRESSION = re.compile(r"#\s*noqa: F401\s*(?P<reason>.*)$", re.MULTILINE)


def suppressions_have_reasons(path: str, text: str) -> list[str]:
    """An unused import that is kept says why."""
    return [f"{path} suppresses F401 without a reason" for found in SUPPRESSION.finditer(text) if len(found["reason"].strip(" -")) < 8]


CHECKS: list[Check] = [
    models_are_private,
    views_ask_nobody_but_the_door,
    rules_are_plain,
    one_clock,
    functions_are_short,
    files_are_short,
    names_are_in_the_glossary,
    suppressions_have_reasons,
]

# For each check a planted breach that it must see: path and text.
BREACHES: dict[str, tuple[str, str]] = {
    "models_are_private": ("aktsom/cases/services.py", "def f():\n    from aktsom.reports.models import Report\n"),
    "views_ask_nobody_but_the_door": ("aktsom/cases/views.py", "def page(request):\n    return Case.objects.get(pk=1)\n"),
    "rules_are_plain": ("aktsom/cases/rules.py", "from aktsom.core.timing.clock import now\n"),
    "one_clock": ("aktsom/cases/services.py", "from datetime import datetime\nx = datetime.now()\n"),
    "functions_are_short": ("aktsom/cases/services.py", "def long():\n" + "    x = 1\n" * 60),
    "files_are_short": ("aktsom/cases/services.py", "x = 1\n" * 601),
    "names_are_in_the_glossary": ("aktsom/cases/services.py", "def find_student():\n    pass\n"),
    "suppressions_have_reasons": ("aktsom/cases/apps.py", "import x  # noqa: F401\n"),
}
