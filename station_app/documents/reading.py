"""Reading one TOML table: right types, right choices, and no key left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from station_app.documents.context_keys import KEYS
from station_app.documents.template import Loop
from station_app.documents.wording import (
    Condition,
    Names,
    Wording,
    WordingError,
    check_predicates,
    compile_text,
    find_many,
    join,
)

_MISSING: Any = object()


class Reader:
    """Takes keys out of a table; `done` complains about the rest. Raises WordingError."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        if not isinstance(table, Mapping):
            raise WordingError("这里应当是一个表", str(table))
        self._left = dict(table)

    def _take(self, key: str, default: Any, kind: type | tuple[type, ...], what: str) -> Any:
        if key not in self._left:
            if default is _MISSING:
                raise WordingError(f"缺少“{key}”", "")
            return default
        value = self._left.pop(key)
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise WordingError(f"“{key}”应当是{what}", key)
        return value

    def has(self, key: str) -> bool:
        return key in self._left

    def text(self, key: str, default: str = _MISSING) -> str:
        return str(self._take(key, default, str, "文字"))

    def texts(self, key: str, default: list[str] = _MISSING) -> list[str]:
        values = self._take(key, default, list, "文字列表")
        if not all(isinstance(v, str) for v in values):
            raise WordingError(f"“{key}”应当是文字列表", key)
        return list(values)

    def flag(self, key: str, default: bool = _MISSING) -> bool:
        return bool(self._take(key, default, bool, " true 或者 false"))

    def integer(self, key: str, default: int = _MISSING) -> int:
        return int(self._take(key, default, int, "整数"))

    def number(self, key: str, default: float = _MISSING) -> float:
        return float(self._take(key, default, (int, float), "数"))

    def tables(self, key: str) -> list[Any]:
        return list(self._take(key, _MISSING, list, "列表"))

    def choice(self, key: str, allowed: Sequence[str], default: str = _MISSING) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise WordingError(f"“{key}”只能是：{'、'.join(allowed)}", value)
        return value

    def choices(self, key: str, allowed: Sequence[str], default: list[str] = _MISSING) -> list[str]:
        values = self.texts(key, default)
        for value in values:
            if value not in allowed:
                raise WordingError(f"“{key}”只能是：{'、'.join(allowed)}", value)
        return values

    def condition(self) -> Condition:
        return Condition(self._predicates("when"), self._predicates("unless"))

    def _predicates(self, key: str) -> tuple[str, ...]:
        value = self._take(key, [], (str, list), "条件名")
        return check_predicates([value] if isinstance(value, str) else value)

    def loop(self, names: Names) -> tuple[Loop | None, Names]:
        """`each`, and the names a text inside it may use."""
        path = self.text("each", "")
        if not path:
            return None, names
        many = find_many(path, names)
        return Loop(path, many.item), {**names, many.item: many.of}

    def wording(self, key: str, names: Names = KEYS, default: str = _MISSING) -> Wording:
        return wording(self._take(key, default, (str, list), "文字"), names)

    def optional_wording(self, key: str, names: Names = KEYS) -> Wording | None:
        return self.wording(key, names) if self.has(key) else None

    def wordings(self, key: str, names: Names = KEYS) -> tuple[Wording, ...]:
        return tuple(wording(value, names) for value in self.tables(key))

    def done(self) -> None:
        for key in self._left:
            raise WordingError(f"不认识的项目“{key}”", key)


def wording(value: Any, names: Names) -> Wording:
    """A text, a conditional text {when, unless, text}, or a list of both."""
    if isinstance(value, str):
        return compile_text(value, names)
    if isinstance(value, list):
        return join(wording(part, names) for part in value)
    r = Reader(value)
    condition, text = r.condition(), r.text("text")
    r.done()
    return compile_text(text, names, condition)
