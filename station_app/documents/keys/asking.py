"""Named questions about values: is it set, is it given, how many; a missing value is no."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Values = Mapping[str, object]
Predicate = Callable[[Values], bool]


def lookup(values: object, path: str) -> object:
    """The value at a dotted path, None where something is missing."""
    found: object = values
    for name in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found


def flag(path: str) -> Predicate:
    """True where the flag at the path is set."""
    return lambda values: lookup(values, path) is True


def given(path: str) -> Predicate:
    """True where there is something at the path."""
    return lambda values: lookup(values, path) not in (None, "", [], ())


def count(values: Values, path: str) -> int:
    """How many items the list at the path has."""
    found = lookup(values, path)
    return len(found) if isinstance(found, (list, tuple)) else 0
