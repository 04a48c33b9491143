"""The project's own files and their syntax trees, for tests that judge the source."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_NOT_OURS: Final = {".git", ".venv", "build", "dist", ".demo", ".bench", ".pg"}


@dataclass(frozen=True)
class Module:
    """One Python file: its path from the top, its text, its tree."""

    path: str
    text: str
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        """Where a node stands, as an editor opens it."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def project_files() -> tuple[str, ...]:
    """Every file that is, or is about to be, in version control; paths from the top with `/`."""
    # the checkout may belong to another account (a mounted folder): git would refuse without safe.directory
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
        names = [name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive, or no git
        files = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        names = [path.as_posix() for path in files if not _generated(path)]
    return tuple(sorted(name for name in set(names) if (ROOT / name).is_file()))


def _generated(path: Path) -> bool:
    return any(part in _NOT_OURS or part.endswith((".egg-info", "_cache", "__pycache__")) for part in path.parts)


@cache
def modules(*tops: str) -> tuple[Module, ...]:
    """The Python files under these folders (`station_app/domain`), or all of them."""
    wanted = [
        name
        for name in project_files()
        if name.endswith((".py", ".spec")) and (not tops or name.startswith(tuple(f"{top}/" for top in tops)))
    ]
    return tuple(_read(name) for name in wanted)


@cache
def _read(name: str) -> Module:
    text = (ROOT / name).read_text(encoding="utf-8")
    return Module(path=name, text=text, tree=ast.parse(text, filename=name))


def dotted(node: ast.expr) -> str:
    """`a.b.c` of an expression made of names and attributes only; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return ""


def imported(tree: ast.Module) -> list[tuple[ast.stmt, str]]:
    """Each import with the full name of what it brings: `from a import b` is `a.b`."""
    found: list[tuple[ast.stmt, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [(node, f"{node.module}.{alias.name}") for alias in node.names]
    return found
