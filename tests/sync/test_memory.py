"""What a round keeps in memory: pages it only passes are not held, and a reader of lists has its own again after it."""

from __future__ import annotations

import pytest

from station_app.services.travel import syncing
from station_app.store import database
from station_app.store.core import Store
from sync.client import engine
from tests.support.district import District
from tests.sync.pcs import Join, go


def _cache(store: Store) -> int:
    return int(database.one(store.reader, "PRAGMA cache_size")[0])


def test_pages_passed_in_a_round_are_not_kept(district: District, join: Join, monkeypatch: pytest.MonkeyPatch) -> None:
    station = join("S1")
    go(district, station)
    usual, seen = _cache(station.store), list[int]()
    run = engine.run

    def watched(*args: object, **named: object) -> engine.Outcome:
        seen.append(_cache(station.store))
        return run(*args, **named)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(engine, "run", watched)
    go(district, station)
    assert seen
    assert set(seen) == {-4000}
    assert _cache(station.store) == usual == -32000
    monkeypatch.setattr(engine, "run", _broken)
    with pytest.raises(RuntimeError):
        syncing.run(station, transport=district.line)
    assert _cache(station.store) == usual


def _broken(*_: object, **__: object) -> engine.Outcome:
    raise RuntimeError
