"""What of a case a later program recorded and this one cannot show: counted, never hidden; seen after the upgrade."""

from __future__ import annotations

from sync.contract.catalogue import KINDS
from sync.contract.fold import State
from sync.contract.permissions import verbs


def count(state: State) -> int:
    """How many records, and fields of known records, the catalogue of this program does not have."""
    found = 0
    for record in state.records.values():
        kind = KINDS.get(record.kind)
        found += 1 if kind is None else len(record.values.keys() - kind.fields.keys())
    return found


def sentence(number: int) -> str:
    """The count in words, "" for none."""
    if not number:
        return ""
    said = "此项" if number == 1 else f"有 {number} 项"
    return f"{said}由较新版本登记，已原样保存，升级后可见。"


def knows_verb(verb: str) -> bool:
    """Whether this program has words for an act."""
    return verb in verbs()
