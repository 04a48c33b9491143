"""The set-up scripts: one clear sentence when they cannot go on, a table that tells the truth."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from tests.support.source import ROOT

RESULTS = """<testsuites><testsuite>
<testcase classname="tests.a" name="one"/>
<testcase classname="tests.a" name="two"><failure message="no"/></testcase>
<testcase classname="tests.a" name="three"><error message="no"/></testcase>
<testcase classname="tests.b" name="four"><skipped message="no Java"/></testcase>
<testcase classname="tests.b" name="five"><skipped message="no Java"/></testcase>
</testsuite></testsuites>"""


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"ci_{name}", ROOT / ".ci" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def _copy(folder: Path) -> None:
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    for name in ("Makefile", "constraints.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)


def _setup(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [folder / ".ci" / "setup"],
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder)} | environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_a_missing_python_is_said_in_one_sentence(tmp_path: Path) -> None:
    _copy(tmp_path)
    ran = _setup(tmp_path, PYTHON="/bin/false")
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert "Python 3.11, 3.12 or 3.13 with its venv module is needed" in ran.stderr
    assert "apt-get install python3 python3-venv" in ran.stderr


def test_a_python_without_venv_names_the_package(tmp_path: Path) -> None:
    _copy(tmp_path)
    fake = tmp_path / "python3.11"
    fake.write_text(f'#!/bin/sh\ncase "$2" in *venv*) exit 1;; esac\nexec {sys.executable} "$@"\n')
    fake.chmod(0o755)
    ran = _setup(tmp_path, PYTHON=str(fake))
    assert ran.returncode == 1
    assert "has no venv module. On Debian: apt-get install python3-venv" in ran.stderr


def test_qt_finds_all_its_libraries_here() -> None:
    script = ROOT / ".ci" / "qt_libraries.py"
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")


def test_missing_libraries_are_named_as_packages() -> None:
    qt = _script("qt_libraries")
    assert all(name.startswith("lib") and name.islower() for name in qt.PACKAGES.values())
    assert not qt.loads(Path("/nonexistent/libqxcb.so"))


def test_the_table_counts_and_gives_reasons(tmp_path: Path) -> None:
    checks = _script("checks")
    file = tmp_path / "results.xml"
    file.write_text(RESULTS, encoding="utf-8")
    counts, reasons = checks.read_results(file)
    assert dict(counts) == {"passed": 1, "failed": 2, "skipped": 2}
    assert reasons == ["2 x tests.b: no Java"]
    lines = list(checks.table([checks.Ran("lint", 0, 1.25), checks.Ran("tests", 1, 2)]))
    assert [line.split() for line in lines[1:]] == [
        ["lint", "passed", "1.2"],
        ["tests", "FAILED", "2.0"],
        ["total", "3.2"],
    ]


def test_integration_runs_exactly_make_test() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert next(line for line in lines if not line.startswith("#")).endswith("exec make test </dev/null")
