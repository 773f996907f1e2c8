"""The small checks of ./test each see the fault they are there for."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tools import check_dependencies, make_docs, mutate, slow_tests

ROOT = Path(__file__).resolve().parents[2]


def test_dependency_without_reason_is_found() -> None:
    pyproject = 'dependencies = [\n  "django>=5.2",  # the web framework\n  "lxml>=6,<7",\n]\n\nlayers = [\n  "aktsom.core",\n]\n'

    assert check_dependencies.without_reason(pyproject) == ['pyproject.toml: "lxml>=6,<7", (ingen grunn står ved siden av)']


def test_address_in_a_lock_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_dependencies, "ROOT", tmp_path)
    lock = tmp_path / "base.txt"
    lock.write_text("django==5.2\nlxml @ https://mirror.example/lxml.whl\n", encoding="utf-8")

    assert check_dependencies.addresses(lock, "://") == ["base.txt:2: ://"]


def test_our_own_lock_files_and_reasons_are_in_order() -> None:
    assert check_dependencies.complaints() == []


def test_mutant_turns_one_thing_at_a_time() -> None:
    tree = ast.parse("def late(a: int | None, b: int) -> bool:\n    return a > b and b > 0\n")

    mutants = [mutate.mutant(tree, spot).splitlines()[1].strip() for spot in mutate.spots(tree)]

    assert sorted(mutants) == sorted(
        ["return a > b or b > 0", "return a >= b and b > 0", "return a > b and b >= 0", "return a > b and b > 1"]
    )


def test_page_made_from_code_keeps_its_table_whole() -> None:
    page = make_docs.page("Tittel", "Om siden.", ["Navn", "Hva"], [["a|b", "c"]])

    assert page.splitlines()[-1] == "| a/b | c |"


def test_every_test_that_is_left_out_of_the_fast_run_is_there() -> None:
    listed = slow_tests.LIST.read_text(encoding="utf-8").split()
    gone = [name for name in listed if not is_there(*name.split("::")[:2])]

    assert gone == [], "run python -m tools.slow_tests, or mend the name in tests/slow.txt"
    assert listed == sorted(set(listed))


def is_there(file: str, function: str) -> bool:
    path = ROOT / file
    return (
        path.is_file()
        and re.search(rf"^((async )?def {function}\(|{function} = )", path.read_text(encoding="utf-8"), re.MULTILINE) is not None
    )


def test_dearest_are_left_out_until_the_rest_is_cheap_enough() -> None:
    seconds = {"a.py::long": 9.0, "a.py::short": 1.0, "b.py::only": 8.0, "c.py::longer": 3.0, "c.py::long": 2.0}

    assert slow_tests.dearest(seconds, 12) == ["a.py::long", "b.py::only"]
    assert slow_tests.dearest(seconds, 14) == ["a.py::long"]
    assert slow_tests.dearest(seconds, 99) == []
    assert slow_tests.name_of("a.py::long[pupil]") == "a.py::long"


@pytest.mark.parametrize("script", ["run", "test", ".ci/run", "tools/environment.sh"])
def test_script_is_plain_sh_and_short(script: str) -> None:
    path = ROOT / script

    assert len(path.read_text(encoding="utf-8").splitlines()) < 100
    assert subprocess.run(["sh", "-n", str(path)], check=False).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--bogus"], "Vi kjenner ikke «--bogus»."),
        (["--port"], "--port trenger et tall"),
    ],
)
def test_run_says_what_is_wrong_with_its_arguments(arguments: list[str], said: str) -> None:
    answer = subprocess.run([str(ROOT / "run"), *arguments], capture_output=True, text=True, check=False)

    assert answer.returncode != 0
    assert said in answer.stderr
