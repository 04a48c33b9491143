"""Texts of templates: placeholders, boxes, blanks and bold marks, compiled once and checked against the keys.

{case.title}      a value, written as its type is written     {agreement.total:cn}   another way of writing
{termination.sessions}   a list of values, parted by 、
{?labour}         a box, ticked when the predicate holds       □                     a box to tick by hand
＿＿＿            room to write, one character each             **字**                bold
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from station_app.documents.context_keys import KEYS
from station_app.documents.filters import FILTERS, to_fill_in, written
from station_app.documents.inline import BOX, Inline, blank, box
from station_app.documents.keys.asking import Values, lookup
from station_app.documents.keys.predicates import PREDICATES
from station_app.documents.keys.spec import Leaf, Many, Record, Spec

_TOKEN = re.compile(r"\{([^{}]*)\}|(＿+)|(\*\*)|(□)|([{}])")
_PLACE = re.compile(r"([a-z_]+(?:\.[a-z_]+)*)(?::([a-z]+))?")


class WordingError(Exception):
    """A text that cannot be compiled; `found` is the offending piece, `reason` is for the person who mends it."""

    def __init__(self, reason: str, found: str) -> None:
        super().__init__(reason, found)
        self.reason = reason
        self.found = found


@dataclass(frozen=True, slots=True)
class Condition:
    """All of `when` hold and none of `unless`."""

    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def holds(self, values: Values) -> bool:
        return all(PREDICATES[n](values) for n in self.when) and not any(PREDICATES[n](values) for n in self.unless)


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    bold: bool


@dataclass(frozen=True, slots=True)
class _Room:
    ems: int


@dataclass(frozen=True, slots=True)
class _Box:
    predicate: str | None


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    filter: str
    leaf: Leaf
    bold: bool


_Segment = _Words | _Room | _Box | _Place


@dataclass(frozen=True, slots=True)
class Scope:
    """Values of the paper and of the loops around a text."""

    values: Values
    local: Mapping[str, object]

    def get(self, path: str) -> object:
        head, _, rest = path.partition(".")
        if head in self.local:
            found = self.local[head]
            return lookup(found, rest) if rest else found
        return lookup(self.values, path)

    @property
    def view(self) -> Values:
        """All values as conditions see them: inside a loop its item stands under the item's name."""
        return {**self.values, **self.local} if self.local else self.values

    def inside(self, name: str, item: object) -> Scope:
        return Scope(self.values, {**self.local, name: item})


@dataclass(frozen=True, slots=True)
class Wording:
    """A compiled text: parts, each under a condition."""

    parts: tuple[tuple[Condition, tuple[_Segment, ...]], ...]

    def inlines(self, scope: Scope) -> list[Inline]:
        out: list[Inline] = []
        for condition, segments in self.parts:
            if condition.holds(scope.view):
                for segment in segments:
                    out += _inlines(segment, scope)
        return out

    def paths(self) -> Iterable[str]:
        return (s.path for _, segments in self.parts for s in segments if isinstance(s, _Place))


def _inlines(segment: _Segment, scope: Scope) -> list[Inline]:
    match segment:
        case _Words(text, bold):
            return [Inline(text, bold)]
        case _Room(ems):
            return [blank(ems)]
        case _Box(None):
            return [Inline(BOX, ticked=False)]
        case _Box(str(name)):
            return [box(PREDICATES[name](scope.view))]
        case _Place(path, name, leaf, bold):
            value = scope.get(path)
            if value is None or value == "":
                return to_fill_in(leaf.kind)
            items = value if isinstance(value, (list, tuple)) else [value]
            words = "、".join(written(item, leaf.kind, name) for item in items)
            return [Inline(words, bold, place=leaf.label)] if words else to_fill_in(leaf.kind)
    raise AssertionError(segment)


Names = Mapping[str, Spec]


def find_spec(path: str, names: Names) -> Spec:
    """The declared type at a path. Raises WordingError."""
    head, *rest = path.split(".")
    spec = names.get(head)
    for name in rest:
        spec = spec.fields.get(name) if isinstance(spec, Record) else None
    if spec is None:
        raise WordingError(f"没有名为“{path}”的内容", path)
    return spec


def find_many(path: str, names: Names) -> Many:
    spec = find_spec(path, names)
    if not isinstance(spec, Many):
        raise WordingError(f"“{path}”不是可以逐项列出的内容", path)
    return spec


def check_predicates(names: Sequence[str]) -> tuple[str, ...]:
    for name in names:
        if name not in PREDICATES:
            raise WordingError(f"没有名为“{name}”的条件", name)
    return tuple(names)


def compile_text(text: str, names: Names = KEYS, condition: Condition = Condition()) -> Wording:
    return Wording(((condition, _segments(text, names)),))


def join(wordings: Iterable[Wording]) -> Wording:
    return Wording(tuple(part for w in wordings for part in w.parts))


def _segments(text: str, names: Names) -> tuple[_Segment, ...]:
    out: list[_Segment] = []
    bold = False
    at = 0
    for match in _TOKEN.finditer(text):
        if match.start() > at:
            out.append(_Words(text[at : match.start()], bold))
        at = match.end()
        inner, room, stars, square, stray = match.groups()
        if stray:
            raise WordingError("花括号不成对", stray)
        if stars:
            bold = not bold
        elif room:
            out.append(_Room(len(room)))
        elif square:
            out.append(_Box(None))
        else:
            out.append(_place(inner, names, bold))
    if at < len(text):
        out.append(_Words(text[at:], bold))
    if bold:
        raise WordingError("加粗标记 ** 不成对", "**")
    return tuple(out)


def _place(inner: str, names: Names, bold: bool) -> _Segment:
    if inner.startswith("?"):
        return _Box(check_predicates([inner[1:]])[0])
    match = _PLACE.fullmatch(inner)
    if match is None:
        raise WordingError(f"占位符“{{{inner}}}”写法不对", inner)
    path, name = match[1], match[2] or ""
    leaf = find_spec(path, names)
    if isinstance(leaf, Many) and isinstance(leaf.of, Leaf):
        leaf = leaf.of
    if not isinstance(leaf, Leaf) or leaf.kind == "flag":
        raise WordingError(f"“{path}”不能直接写入文字", path)
    if (leaf.kind, name) not in FILTERS:
        raise WordingError(f"“{path}”没有名为“{name}”的写法", inner)
    return _Place(path, name, leaf, bold)
