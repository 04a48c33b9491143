"""Where a code hangs: its signature is that of a PC of a station here, whichever of its PCs and whenever enrolled."""

from __future__ import annotations

from dataclasses import dataclass

from sync.contract.place import Place, decode
from sync.contract.proof import BadProof
from sync.server.keys import verify
from sync.server.storage.port import Tx


@dataclass(frozen=True, slots=True)
class Spot:
    """A station as its page shows it, the spot where the code hangs, and the PCs that can read what is sent there."""

    station: str
    stream: str
    name: str
    community: str
    address: str
    phone: str
    committee: str
    place: Place
    readers: tuple[tuple[str, bytes], ...]

    @property
    def where(self) -> str:
        """What is filled in as the place."""
        return " ".join(part for part in (self.name, self.place.spot) if part)


def spot_of(tx: Tx, payload: str) -> Spot | None:
    """The spot of a code; None where it is none of this district's."""
    try:
        place = decode(payload)
    except BadProof:
        return None
    row = tx.row(
        "SELECT d.sign_key, s.code, s.stream, s.name, t.name, s.address, s.phone, coalesce(c.name, '') FROM device d"
        " JOIN station s ON s.no = d.station_no JOIN stream t ON t.code = s.stream"
        " LEFT JOIN committee c ON c.short = s.committee WHERE d.id = ?",
        (place.device,),
    )
    if row is None or not verify(bytes(row[0]), place.signature, place.signed_bytes()):
        return None
    code, stream, name, community, address, phone, committee = (str(value) for value in row[1:])
    readers = tx.rows(
        "SELECT d.id, d.seal_key FROM device d JOIN station s ON s.no = d.station_no"
        " WHERE s.code = ? AND d.revoked = 0 ORDER BY d.id",
        (code,),
    )
    return Spot(
        code, stream, name, community, address, phone, committee, place,
        tuple((str(device), bytes(key)) for device, key in readers),
    )  # fmt: skip
