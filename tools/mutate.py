"""Change one thing at a time in rules and access, and see that a test notices: mutate.py [FILE …].

Coverage cannot see a test that asserts the wrong thing; a mutant that survives shows it. Each mutant is tried
with the tests of its own folder and the law. The file is always put back.
"""

import ast
import copy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


def places(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield each place in the tree where something can be turned round, with what it is."""
    for index, node in enumerate(ast.walk(tree)):
        if type(node) in TURNED:
            yield index, type(node).__name__
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int):
            yield index, repr(node.value)
        elif isinstance(node, ast.Not):
            yield index, "not"


def mutant(tree: ast.Module, place: int) -> str:
    """Return the source with the one thing at ``place`` turned round."""
    changed = copy.deepcopy(tree)
    for node in ast.walk(changed):
        for name, value in ast.iter_fields(node):
            parts = value if isinstance(value, list) else [value]
            for position, part in enumerate(parts):
                if isinstance(part, ast.AST) and part is list(ast.walk(changed))[place]:
                    turned = _turned(part, node)
                    parts[position] = turned
                    setattr(node, name, parts if isinstance(value, list) else turned)
                    return ast.unparse(ast.fix_missing_locations(changed))
    raise LookupError(place)


def _turned(part: ast.AST, parent: ast.AST) -> ast.AST:
    if isinstance(part, ast.Constant):
        return ast.Constant(not part.value if isinstance(part.value, bool) else part.value + 1)
    if isinstance(part, ast.Not):
        return ast.UAdd() if isinstance(parent, ast.UnaryOp) else part
    return TURNED[type(part)]()


def survivors(path: Path) -> list[str]:
    """Return the mutants of ``path`` that no test noticed."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    nearby = [str(folder) for folder in (path.parent / "tests", path.parent.parent / "tests", ROOT / "tests" / "law") if folder.is_dir()]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-header", *nearby]
    alive = []
    try:
        for place, what in places(tree):
            path.write_text(mutant(tree, place), encoding="utf-8")
            if subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0:
                line = getattr(list(ast.walk(tree))[place], "lineno", "?")
                alive.append(f"{path.relative_to(ROOT)}:{line}: {what} snudd uten at noen test merket det")
    finally:
        path.write_text(source, encoding="utf-8")
    return alive


if __name__ == "__main__":
    named = [Path(name).resolve() for name in sys.argv[1:]]
    targets = named or sorted([*ROOT.glob("aktsom/*/rules.py"), *ROOT.glob("aktsom/*/access.py")])
    found = [line for target in targets for line in survivors(target)]
    print("\n".join(found) or "Ingen mutant overlevde.")
    sys.exit(bool(found))
