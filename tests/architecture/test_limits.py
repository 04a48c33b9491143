"""Sizes that keep a file readable in one sitting, and a purpose on the first line of each."""

import ast
from typing import Final

from tests.support.source import Module, modules

FILE_LINES: Final = 400
FUNCTION_LINES: Final = 60
STORY_LINES: Final = 120  # in tests: a story told in order, or the facts of a sample
CLASS_LINES: Final = 250
PACKAGE_FILES: Final = 25
POSITIONAL: Final = 4  # the aim is two; three and four are for points, sizes and bytes in a known order

MAY_BE_LONG: Final[dict[str, str]] = {}
"""Path -> why it is data rather than code, and so may be long."""


COMMANDS: Final = ("station_app/cli/", "sync/server/cli")
"""Here a function's parameters are the options of a command line."""

MAY_BE_CROWDED: Final = {
    "identity_message": "the bytes that are signed, in the order that they are signed in",
    "request_message": "the bytes that are signed, in the order that they are signed in",
    "put_case": "the inner step of saving, called where the same names stand",
}
"""Function -> why it may take more bare values than the wall. Nothing is added here for convenience."""


def test_no_file_is_over_the_wall() -> None:
    long = [f"{m.path}: {n} lines" for m in modules() if (n := m.text.count("\n")) > FILE_LINES]
    assert [line for line in long if line.split(":")[0] not in MAY_BE_LONG] == []


def test_no_function_or_class_is_over_the_wall() -> None:
    over = [
        f"{module.at(node)} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > _wall(module, node)
    ]
    assert over == []


def _wall(module: Module, node: ast.stmt) -> int:
    if isinstance(node, ast.ClassDef):
        return CLASS_LINES
    return STORY_LINES if module.path.startswith("tests/") else FUNCTION_LINES


def test_no_folder_of_code_is_over_the_wall() -> None:
    counts: dict[str, int] = {}
    for module in modules("station_app", "sync"):
        folder = module.path.rpartition("/")[0]
        counts[folder] = counts.get(folder, 0) + 1
    assert {folder: n for folder, n in counts.items() if n > PACKAGE_FILES} == {}


def test_the_first_line_says_what_the_file_is_for() -> None:
    silent = [m.path for m in modules() if m.tree.body and not (m.text.startswith('"""') and ast.get_docstring(m.tree))]
    assert silent == []


def test_public_functions_take_names_beyond_a_few_parameters() -> None:
    """A call with many bare values in a row cannot be read."""
    crowded = [
        f"{module.at(node)} {node.name}: {positional} positional parameters"
        for module in modules("station_app", "sync")
        if not module.path.startswith(COMMANDS)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and node.name not in MAY_BE_CROWDED
        and not _overrides(node)
        and (positional := len(_own_parameters(node))) > POSITIONAL
    ]
    assert crowded == []


def _own_parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    return [name for name in names if name not in {"self", "cls"}]


def _overrides(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether somebody else decides the signature: Qt's camelCase methods, declared overrides."""
    name = node.name
    return name != name.lower() or any(
        getattr(d, "id", getattr(d, "attr", "")) == "override" for d in node.decorator_list
    )
