"""Change one thing at a time in rules and access, and see that a test notices: mutate.py [FILE …].

Coverage cannot see a test that asserts the wrong thing; a mutant that survives shows it. Each mutant is tried
with the tests of its own folder and of the law. The file is always put back.
"""

import ast
import copy
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAIRS = [(ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.In, ast.NotIn), (ast.Is, ast.IsNot), (ast.And, ast.Or)]
PAIRS += [(ast.Add, ast.Sub), (ast.BitOr, ast.BitAnd)]
TURNED = {one: other for a, b in PAIRS for one, other in ((a, b), (b, a))}


@dataclass(frozen=True)
class Spot:
    """One thing that can be turned round: which node, which of its fields, where in that field."""

    node: int
    field: str
    position: int | None
    line: int
    what: str


def turned(part: object) -> ast.AST | None:
    """Return the opposite of ``part``, or None where there is none."""
    if type(part) in TURNED:
        return TURNED[type(part)]()
    if isinstance(part, ast.Constant) and isinstance(part.value, bool):
        return ast.Constant(not part.value)
    if isinstance(part, ast.Constant) and isinstance(part.value, int):
        return ast.Constant(part.value + 1)
    if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not):
        return part.operand
    return None


def spots(tree: ast.Module) -> Iterator[Spot]:
    """Yield every spot in the tree, except inside types."""
    kinds = [kind for node in ast.walk(tree) for name in ("annotation", "returns") if (kind := getattr(node, name, None))]
    types = {id(inner) for kind in kinds for inner in ast.walk(kind) if isinstance(inner, ast.expr)}  # operators are shared
    for index, node in enumerate(ast.walk(tree)):
        if id(node) in types:
            continue
        for name, value in ast.iter_fields(node):
            for position, part in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if id(part) not in types and turned(part) is not None:
                    yield Spot(index, name, position, getattr(node, "lineno", 0), type(part).__name__)


def mutant(tree: ast.Module, spot: Spot) -> str:
    """Return the source with the one thing at ``spot`` turned round."""
    changed = copy.deepcopy(tree)
    node = list(ast.walk(changed))[spot.node]
    value = getattr(node, spot.field)
    if spot.position is None:
        setattr(node, spot.field, turned(value))
    else:
        value[spot.position] = turned(value[spot.position])
    return ast.unparse(ast.fix_missing_locations(changed))


def survivors(path: Path) -> list[str]:
    """Return the mutants of ``path`` that no test noticed."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    nearby = [str(folder) for folder in (path.parent / "tests", path.parent.parent / "tests", ROOT / "tests" / "law") if folder.is_dir()]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-header", *nearby]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    alive = []
    try:
        for spot in spots(tree):
            path.write_text(mutant(tree, spot), encoding="utf-8")
            if subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode == 0:
                alive.append(f"{path.relative_to(ROOT)}:{spot.line}: {spot.what} snudd uten at noen test merket det")
    finally:
        path.write_text(source, encoding="utf-8")
    return alive


if __name__ == "__main__":
    named = [Path(name).resolve() for name in sys.argv[1:]]
    targets = named or sorted([*ROOT.glob("aktsom/*/rules.py"), *ROOT.glob("aktsom/*/access.py")])
    found = [line for target in targets for line in survivors(target)]
    print("\n".join(found) or "Ingen mutant overlevde.")
    sys.exit(bool(found))
