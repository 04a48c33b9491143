"""A process that ends just before its n-th statement or file operation: nothing after it runs, nothing open is kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

_FILE_ACTS: Final = ("write_bytes", "replace", "unlink", "open", "rename")


class DiedError(BaseException):
    """The process is gone. Not an Exception, so that nothing on the way takes it for a fault to go on from."""


class Fate:
    """Counts statements and file operations; `at` 0 only counts. Once dead, every further one is refused as well."""

    def __init__(self, at: int = 0) -> None:
        self.at, self.count, self.dead = at, 0, False
        self.inside = 0
        self.last = ""

    def tick(self, what: str, *, half: Callable[[], object] | None = None) -> None:
        """One operation; `half`: what is left of it when the process ends in its middle."""
        self.count += 1
        if self.dead or self.count == self.at:
            if not self.dead:
                self.last = what
                if half is not None:
                    half()
            self.dead = True
            raise DiedError(what)


class Dying:
    """A connection whose statements count."""

    def __init__(self, con: Any, fate: Fate) -> None:
        self._con, self._fate = con, fate

    def execute(self, sql: str, *args: Any) -> Any:
        self._fate.tick(sql)
        return self._con.execute(sql, *args)

    def executemany(self, sql: str, rows: Any) -> Any:
        """Each row is a statement of its own, as SQLite sees it."""

        def counted() -> Iterator[Any]:
            for row in rows:
                self._fate.tick(sql)
                yield row

        return self._con.executemany(sql, counted())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._con, name)


@contextmanager
def files_count(fate: Fate, below: Path) -> Iterator[None]:
    """File operations below a directory count too, and each fsync; a write that is cut leaves half of its bytes."""
    with ExitStack() as stack:
        for name in _FILE_ACTS:
            stack.enter_context(patch.object(Path, name, _counted(getattr(Path, name), fate, name, below)))
        stack.enter_context(patch.object(os, "fsync", _counted(os.fsync, fate, "fsync", below)))
        yield


def _counted(real: Callable[..., Any], fate: Fate, name: str, below: Path) -> Callable[..., Any]:
    def counted(*args: Any, **more: Any) -> Any:
        if fate.inside or (isinstance(args[0], Path) and not args[0].is_relative_to(below)):
            # what a file operation does inside is one operation; what the program reads of itself is none
            return real(*args, **more)

        def half() -> None:
            if name == "write_bytes":
                fate.inside += 1
                real(args[0], args[1][: len(args[1]) // 2])
                fate.inside -= 1

        fate.tick(name, half=half)
        fate.inside += 1
        try:
            return real(*args, **more)
        finally:
            fate.inside -= 1

    return counted
