"""The district's orders beside this PC's backups, so that one from before an erasure brings nothing back.

`erased.json`: {v, erased: [the orders' values, each with the authority's signature]}; ids and grounds, no party.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from station_app.store.erasure import applying
from sync.contract.canonical import dumps
from sync.contract.erasing import Order, as_values, order_of
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.store.core import Store

FILE: Final = "erased.json"
PLACES: Final = "backup.places"
"""Setting: folders that hold backups of this PC (JSON)."""


def remember(store: Store, folder: Path) -> None:
    """Backups lie in this folder from now on too; the list is laid there."""
    known: list[str] = json.loads(store.setting(PLACES) or "[]")
    place = str(folder.resolve())
    if place not in known:
        store.set_settings({PLACES: json.dumps(sorted([*known, place]))})
    lay(store)


def lay(store: Store) -> None:
    """Renew the list in every folder that can be reached; what stands there and is not known here stays."""
    orders = applying.standing(store.con)
    for place in json.loads(store.setting(PLACES) or "[]") if orders else ():
        path = Path(place) / FILE
        try:
            there = {o.case: o for o in applying.genuine(store, read(path))}
            later = {c: o for c, o in orders.items() if c not in there or there[c].rank < o.rank}
            if later:
                _write(path, (there | later).values())
        except (OSError, KnownError):
            continue


def read(path: Path) -> list[Order]:
    """The orders of a list, none where there is no file; E-415 where it is none. Who signed them is looked at later."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        said = [one.get("said", one) for one in raw["erased"]]  # the district's list has more beside
        found = [order_of(values) for values in said]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise KnownError("E-415", file=path.name) from exc
    if any(order is None for order in found):
        raise KnownError("E-415", file=path.name)
    return [order for order in found if order is not None]


def apply(store: Store, orders: Iterable[Order], *, file: str, now_ms: int) -> int:
    """Carry the orders of a list out; how many were new here. E-415 where one is not signed by this district."""
    given = list(orders)
    if len(applying.genuine(store, given)) < len(given):
        raise KnownError("E-415", file=file)
    with store.raw_write() as con:
        if given:
            applying.keep_listed(con, given)
        return sum(applying.carry_out(store, con, order, now_ms) for order in given)


def _write(path: Path, orders: Iterable[Order]) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as out:
        out.write(dumps({"v": 1, "erased": [as_values(order) for order in orders]}))
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
