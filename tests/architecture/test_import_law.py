"""import-linter holds the import law, and sees a breach that is planted in a copy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.checks import ROOT

LINTER = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run([str(LINTER), "--no-cache"], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_import_law_is_kept() -> None:
    result = lint(ROOT)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("path", "breach"),
    [
        ("aktsom/people/selectors.py", "from aktsom.cases import rules as planted\n"),
        ("aktsom/cases/rules.py", "from aktsom.cases import models as planted\n"),
        ("aktsom/reports/apps.py", "import aktsom.measures.rules\n"),
    ],
)
def test_planted_import_is_seen(tmp_path: Path, path: str, breach: str) -> None:
    ignored = shutil.ignore_patterns("tests", "migrations", "static", "templates", "vendor", "__pycache__", "*.yaml")
    shutil.copytree(ROOT / "aktsom", tmp_path / "aktsom", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / path).open("a", encoding="utf-8") as source:
        source.write(breach)

    assert lint(tmp_path).returncode == 1
