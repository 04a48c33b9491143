"""The same code with another catalogue: an older program lacks kinds, fields and acts of today's, a newer has more.

`running(NEWER)` makes this process such a program until the block ends. As a program of its own:
`python -m tests.sync.skew.program newer DIRECTORY` serves the district in a directory as the newer one would.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sync.contract import catalogue, check, op, permissions
from sync.contract.catalogue import Field, Kind
from sync.contract.permissions import HEAD, MEDIATOR
from sync.server import rights


@dataclass(frozen=True)
class Program:
    """A program of another time: its catalogue, and which acts its roles may do."""

    version: int
    kinds: Mapping[str, Kind]
    acts: Mapping[str, frozenset[str]]
    compartments: tuple[str, ...] = op.COMPARTMENTS


_NOW: Final = dict(catalogue.KINDS)
_ACTS: Final = dict(permissions._TABLE)
_LATER_ACTS: Final = frozenset(
    ("patrol", "decide", "duty", "evaluate", "reassign", "link", "lower_colour", "limit", "colour")
)


def _older() -> Program:
    """Catalogue 1: nothing that came since."""
    kinds = {}
    for kind in _NOW.values():
        fields = {f.name: f for f in kind.fields.values() if f.since == 1}
        if fields:
            kinds[kind.name] = Kind(kind.name, kind.compartment, fields)
    return Program(1, kinds, {role: acts - _LATER_ACTS for role, acts in _ACTS.items()})


@dataclass
class _Growing:
    kinds: dict[str, Kind] = field(default_factory=lambda: dict(_NOW))

    def kind(self, name: str, compartment: str, *fields: tuple[str, str, str]) -> None:
        """A new kind, or new fields of a known one: (name, type, group)."""
        known = self.kinds.get(name) or Kind(name, compartment, {})
        more = {n: Field(name, n, t, g, catalogue.CATALOGUE_VERSION + 1) for n, t, g in fields}
        self.kinds[name] = Kind(name, compartment, {**known.fields, **more})


def _newer() -> Program:
    """A catalogue after today's: a register and a content kind with groups, fields alone and in old and new groups,
    a compartment, an act, a role, and a role that may do more.
    """
    grown = _Growing()
    grown.kind("walk", "register", ("day", "date", "plan"), ("by_whom", "text", "plan"), ("note", "text", ""))
    grown.kind("mood", "content", ("word", "text", ""), ("score", "int", "scale"), ("of", "int", "scale"))
    grown.kind("case", "register", ("weather", "text", ""), ("state_place", "text", "state"),
               ("road", "text", "way"), ("bridge", "text", "way"))  # fmt: skip
    grown.kind("facts", "content", ("echo", "text", ""))
    grown.kind("whisper", "hush", ("text", "text", ""))
    grown.kind("almanac", "reference", ("text", "text", ""))
    acts = {**_ACTS, MEDIATOR: _ACTS[MEDIATOR] | {"walk", "erase"}, HEAD: _ACTS[HEAD] | {"walk"}, "warden": {"walk"}}
    return Program(catalogue.CATALOGUE_VERSION + 1, grown.kinds,
                   {role: frozenset(may) for role, may in acts.items()}, (*op.COMPARTMENTS, "hush"))  # fmt: skip


TODAY: Final = Program(catalogue.CATALOGUE_VERSION, _NOW, _ACTS)
OLDER: Final = _older()
NEWER: Final = _newer()
PROGRAMS: Final = {"today": TODAY, "older": OLDER, "newer": NEWER}


def become(program: Program) -> None:
    """Change this process into another program, wherever a part of the catalogue was taken over at import."""
    catalogue.CATALOGUE_VERSION = program.version  # type: ignore[misc]  # another program's
    catalogue.KINDS.clear()
    catalogue.KINDS.update(program.kinds)
    check._OF_KIND.clear()
    check._OF_KIND.update(
        {k.name: {f.name: check.CHECKS[f.type] for f in k.fields.values()} for k in program.kinds.values()}
    )
    check._TYPES_OF_KIND.clear()
    check._TYPES_OF_KIND.update(
        {
            k.name: {f.name: check._PLAIN[c] for f in k.fields.values() if (c := check.CHECKS[f.type]) in check._PLAIN}
            for k in program.kinds.values()
        }
    )
    permissions._TABLE.clear()
    permissions._TABLE.update(program.acts)
    check._VERBS = rights._VERBS = permissions.verbs()  # type: ignore[misc]  # another program's
    check.COMPARTMENTS = rights.COMPARTMENTS = program.compartments  # type: ignore[misc,assignment,attr-defined]  # another program's
    for known in (catalogue.unit_of, catalogue.knows, catalogue.fields_of_unit, permissions._verbs_of):
        known.cache_clear()


@contextmanager
def running(program: Program) -> Iterator[None]:
    """This process as another program; today's again after the block."""
    become(program)
    try:
        yield
    finally:
        become(TODAY)


if __name__ == "__main__":
    from tests.support import served

    become(PROGRAMS[sys.argv[1]])
    served.main(Path(sys.argv[2]))
