"""Keys in boxes: a root key or the key of one case, wrapped to one device and bound to what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station_app.store import sealing
from sync.contract.op import BadOp, Change
from sync.contract.wire import unb64

_ROOT_PURPOSE: Final = b"GM1 root\0"
_CASE_PURPOSE: Final = b"GM1 key\0"


@dataclass(frozen=True, slots=True)
class Box:
    """What a box held: a root key (`compartment` ""), or the key of a case and compartment under that root."""

    root_id: str
    compartment: str
    key: bytes


def root_purpose(root_id: str) -> bytes:
    """What a box with a root key is bound to."""
    return _ROOT_PURPOSE + root_id.encode()


def case_purpose(case: str, compartment: str, root_id: str) -> bytes:
    """What a box with the key of one case and compartment is bound to."""
    return _CASE_PURPOSE + b"\0".join((case.encode(), compartment.encode(), root_id.encode()))


def opened(private: bytes, case: str, change: Change) -> Box | None:
    """Open the box of a record of kind root_key or key; None where it does not open or holds another key than named."""
    root_id, compartment = str(change.set.get("key") or ""), str(change.set.get("compartment") or "")
    whole = change.kind == "root_key"
    purpose = root_purpose(root_id) if whole else case_purpose(case, compartment, root_id)
    try:
        key = sealing.unwrap(unb64(change.set.get("wrapped")), private, purpose)
    except BadOp:
        return None
    if len(key) != sealing.ROOT_KEY_BYTES or (whole and sealing.key_id(key) != root_id):
        return None
    return Box(root_id, "" if whole else compartment, key)
