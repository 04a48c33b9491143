"""Which ops a change overwrites, unit by unit; also where the unit came with a later catalogue than this program's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sync.contract.catalogue import knows, unit_of
from sync.contract.op import Change

NOTHING: Final[frozenset[str]] = frozenset()
_STRANGE: Final = ""
"""In place of a unit: everything named under units that this catalogue does not know."""


def bases_of(change: Change, made: str) -> dict[str, frozenset[str]]:
    """The ops a change of the op `made` names, by unit; an op that names itself names nothing."""
    bases: dict[str, frozenset[str]] = {}
    for name, named in change.base.items():
        unit = unit_of(change.kind, name)
        bases[unit] = bases.get(unit, NOTHING) | frozenset(named) - {made}
        if unit == name and not knows(change.kind, name):
            bases[_STRANGE] = bases.get(_STRANGE, NOTHING) | bases[unit]
    return bases


def base_of(bases: Mapping[str, frozenset[str]], kind: str, unit: str) -> frozenset[str]:
    """The ops named under one unit. In which group a field of a newer program stands is not known here, so what is
    named under any strange unit counts for it: no conflict is shown where there is none.
    """
    found = bases.get(unit)
    if found is None and _STRANGE in bases and not knows(kind, unit):
        found = bases[_STRANGE]
    return found or NOTHING
