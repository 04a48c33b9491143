"""Files of no case, for this station's own PCs, named by the reference: pages of reports, what residents sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from station_app.store.erasure.reports import cases_of, erased
from station_app.store.peers import letters

if TYPE_CHECKING:
    from station_app.store.core import Store

_COMPARTMENT: Final = "content"


@dataclass(frozen=True, slots=True)
class Loose:
    """One file: SHA-256 (hex) and size of its bytes, and the key it travels under."""

    sha: str
    size: int
    key: bytes


def files(store: Store) -> dict[str, Loose]:
    """By hash: files of reports and of residents' entries of this station whose key is held here."""
    own, gone = store.setting("station.code"), erased(store.reader)
    found = {sha: Loose(sha, size, key) for sha, size, key in letters.named(store)}
    for record in store.reference().of_kind("report"):
        sha, size, root = record.get("pdf"), record.get("bytes"), record.get("key")
        if gone & cases_of(record):
            continue  # neither sent nor asked for
        if record.get("station") != own or not (isinstance(sha, str) and isinstance(size, int)):
            continue
        key = store.vault.key_for(str(root or ""), _COMPARTMENT, "")
        if sha and key is not None:
            found[sha] = Loose(sha, size, key)
    return found


def key_of(found: Mapping[str, Loose], sha: str) -> bytes | None:
    """The key of one of them."""
    return found[sha].key if sha in found else None


def sent(store: Store) -> list[Loose]:
    """Those here that the server had."""
    found = files(store)
    rows = store.reader.execute("SELECT sha FROM blob WHERE case_id = 0 AND sent = 1") if found else ()
    return [found[str(r[0])] for r in rows if str(r[0]) in found]


def lacking(store: Store, missed_after: int, now_ms: int) -> list[Loose]:
    """Those that are not here, but for those the server missed since `missed_after`; asked for by a person first."""
    found = files(store)
    if not found:
        return []
    here = {str(r[0]) for r in store.reader.execute("SELECT sha FROM blob WHERE case_id = 0")}
    late = "SELECT sha FROM missed WHERE at > ? AND at <= ?"
    gone = {str(r[0]) for r in store.reader.execute(late, (missed_after, now_ms))}
    wanted = {str(r[0]) for r in store.reader.execute("SELECT sha FROM wanted")}
    return sorted((f for sha, f in found.items() if sha not in here | gone), key=lambda f: f.sha not in wanted)
