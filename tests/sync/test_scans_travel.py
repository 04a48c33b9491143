"""Scans filed on one PC are read on the other one of the station, byte for byte, after sealed travel."""

from __future__ import annotations

from station_app.services import scans
from tests.support import photos
from tests.support.district import District
from tests.sync.pcs import Join, go, register


def test_a_filed_scan_travels_sealed_to_the_other_pc(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one):
        go(district, station)
    case = register(one)
    card = photos.white(dpi=60)
    card.paste(40, (100, 100, 260, 220))
    shot = photos.jpeg(card)
    scans.file_sources(one, sources=[scans.source("证.jpg", shot)])
    (waits,) = scans.waiting(one)
    scans.by_hand(one, page=waits.id, case=case)
    assert go(district, one).blobs_sent == 1
    with district.server.storage.read() as tx:
        (_, data) = tx.rows("SELECT id, data FROM blob")[0]
    assert shot not in bytes(data)
    go(district, two)
    while two.store.flush_index():  # idle time: what arrived is opened, and names the file
        pass
    assert go(district, two).blobs_received == 1
    (scan,) = scans.list_scans(two, case=case)
    assert scans.data(two, case=case, scan=scan.rec) == shot
    assert scans.waiting(two) == [], "the tray stays on its PC"
    assert go(district, two).blobs_received == 0
