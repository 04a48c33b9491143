"""Writes the vectors of what residents write: code on a wall, ticket, box, sealed letter. By hand, once:
python -m tests.contract.make_entry

The box is random: the file is written only where it is missing, and must be read for ever.
"""

from __future__ import annotations

import json
from pathlib import Path

from station_app.store import sealing
from sync.contract import chain
from sync.contract.canonical import Json, dumps
from sync.contract.place import Place
from sync.contract.ticket import shown, ticket_of
from sync.server.selfentry.sealing import Envelope
from tests.contract.make_vectors import DEVICE_SEED, FOLDER, SEAL_SEED, Vectors, public, sign

CODE = "K7QM2XHD9WPC"


def entry() -> Vectors:
    device = chain.device_id(public(DEVICE_SEED))
    places: list[Json] = []
    for spot, hours in (("", 0), ("东区食堂", 4), ("十五个汉字的位置名称正好放得下", 720)):
        place = Place(device, spot, hours)
        signed = place.signed(bytes.fromhex(sign(DEVICE_SEED, place.signed_bytes())))
        places.append(
            {
                "fields": {"device": device, "spot": spot, "hours": hours},
                "message_hex": place.signed_bytes().hex(),
                "signature_hex": signed.signature.hex(),
                "payload": signed.payload(),
            }
        )
    envelope, ticket = Envelope(bytes(range(32))), ticket_of(CODE)
    letter = dumps({"v": 1, "code": shown(CODE), "what": "路灯坏了", "salt": "AA"})
    sealed = envelope.seal(letter)
    return {
        "places": places,
        "ticket": {"code": shown(CODE), "typed": "k7qm 2xhd 9wpc", "hash": ticket},
        "box": {
            "receiver_seed": SEAL_SEED.hex(),
            "key_hex": envelope.key.hex(),
            "keys": envelope.box(device, sealing.seal_public(SEAL_SEED), ticket),
        },
        "letter": {
            "plain": letter.decode(),
            "files": f"{sealed.name}:{sealed.sha}:{len(letter)}",
            "sealed_hex": sealed.data.hex(),
        },
    }


def main(path: Path = FOLDER / "entry.json") -> None:
    """Write the file where it is missing."""
    if not path.exists():
        path.write_text(json.dumps(entry(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(path.name)


if __name__ == "__main__":
    main()
