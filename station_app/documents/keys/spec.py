"""The shapes of values: a leaf, a record, a list; used by every list of keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "money", "date", "number", "days", "flag", "idno"]


@dataclass(frozen=True, slots=True)
class Leaf:
    kind: Kind
    label: str


@dataclass(frozen=True, slots=True)
class Record:
    label: str
    fields: Mapping[str, Spec]


@dataclass(frozen=True, slots=True)
class Many:
    """A list. `item`: the name a single one has inside `each`."""

    label: str
    item: str
    of: Leaf | Record


Spec = Leaf | Record | Many


def text(label: str) -> Leaf:
    return Leaf("text", label)


def money(label: str) -> Leaf:
    return Leaf("money", label)


def date(label: str) -> Leaf:
    return Leaf("date", label)


def number(label: str) -> Leaf:
    return Leaf("number", label)


def flag(label: str) -> Leaf:
    return Leaf("flag", label)
