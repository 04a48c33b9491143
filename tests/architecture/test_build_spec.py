"""The recipe of the packaged program names things that exist, and leaves the server out."""

import ast
import importlib.util
from pathlib import Path
from typing import Final

import pytest

from tests.support.source import ROOT, modules

SPEC: Final = next(module for module in modules() if module.path == "build.spec")


def _strings(name: str) -> list[str]:
    for node in SPEC.tree.body:
        if isinstance(node, ast.Assign) and [getattr(t, "id", "") for t in node.targets] == [name]:
            found = [n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant)]
            return [value for value in found if isinstance(value, str)]
    raise AssertionError(f"build.spec assigns no {name}")


@pytest.mark.parametrize("name", _strings("HIDDEN"))
def test_hidden_imports_can_be_imported(name: str) -> None:
    assert importlib.util.find_spec(name) is not None


def test_the_server_stays_out() -> None:
    assert {"sync.server", "fastapi", "psycopg", "alembic", "uvicorn"} <= set(_strings("EXCLUDED"))


def test_data_files_that_are_named_exist() -> None:
    assert (ROOT / "LICENSE").is_file()
    stdnum = importlib.util.find_spec("stdnum.cn")
    assert stdnum
    assert stdnum.submodule_search_locations
    assert (Path(stdnum.submodule_search_locations[0]) / "loc.dat").is_file()
