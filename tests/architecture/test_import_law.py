"""import-linter holds the import law, and sees a breach that is planted in a copy."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.checks import ROOT

LINTER = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run([str(LINTER), "--no-cache"], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_import_law_is_kept() -> None:
    result = lint(ROOT)

    assert result.returncode == 0, result.stdout


PLANTED = {
    "aktsom/people/selectors/__init__.py": "from aktsom.cases import facts as planted\n",
    "aktsom/cases/rules/__init__.py": "from aktsom.cases import models as planted\n",
    "aktsom/reports/apps.py": "import aktsom.measures.rules\n",
}


def test_planted_imports_are_seen(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("tests", "migrations", "static", "templates", "vendor", "__pycache__", "*.yaml")
    shutil.copytree(ROOT / "aktsom", tmp_path / "aktsom", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path, breach in PLANTED.items():
        with (tmp_path / path).open("a", encoding="utf-8") as source:
            source.write(breach)

    result = lint(tmp_path)

    assert result.returncode == 1
    seen = re.findall(
        r"aktsom\.people\.selectors -> aktsom\.cases\.facts|aktsom\.cases\.rules -> aktsom\.cases\.models|aktsom\.reports\.apps -> aktsom\.measures\.rules",
        result.stdout,
    )
    assert len(set(seen)) == len(PLANTED), result.stdout
