"""Freeze a snapshot of this version: a PC, a district's backup and bodies of the line, into tests/data/snapshots/NAME.

`python -m tests.sync.make_snapshot NAME`. Made for a version until it is released, and never again: the tests hold the
newest code against every one of them.
"""

from __future__ import annotations

import base64
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from station_app.services import cases, papers
from station_app.services.intake import links
from station_app.services.rounds import patrols
from station_app.services.travel import enrolment, syncing
from station_app.store import database, keyring
from sync.client import codec
from sync.client.transport import Answer
from sync.server.admin import backup
from tests.support.clock import FakeClock
from tests.support.district import AsgiLine, District
from tests.support.stations import make_station, wage_intake

PLACE: Final = Path(__file__).parents[1] / "data" / "snapshots"
PASSWORD: Final = "snapshot password"
_PULLED: Final = "/v1/pull"
_PUSHED: Final = "/v1/push"


class Listening:
    """A line that keeps what was said last on each address, as plain bodies."""

    def __init__(self, line: AsgiLine) -> None:
        self.line = line
        self.heard: dict[str, tuple[bytes, bytes]] = {}

    def post(self, path: str, headers: Mapping[str, str], body: bytes, *, limit: int) -> Answer:
        """As the port says."""
        answer = self.line.post(path, headers, body, limit=limit)
        sent = codec.unpack(body, {k.lower(): v for k, v in headers.items()})
        self.heard[path] = (sent, codec.unpack(answer.body, answer.headers))
        return answer


def make(target: Path) -> None:
    """Two PCs have travelled; a third case waits on the first one."""
    work = Path(tempfile.mkdtemp())
    district = District(work / "district", FakeClock())
    one, two = (make_station(work / name).station for name in ("one", "two"))
    line = Listening(district.line)
    for station in (one, two):
        enrolment.enrol(station, url="http://x", code=district.code("S1"), transport=district.line)
    for station in (one, two, one, two):
        syncing.run(station, transport=district.line)
    case = cases.register(one, intake=wage_intake()).case
    cases.step(one, case=case, verb="accept")
    papers.issue(one, case=case, template="acceptance_register")
    cases.register(two, intake=wage_intake())
    patrols.record(two, values={"place": "科学城工地东区", "subject": "wages"}, findings=[{"text": "公示栏未更新"}])
    syncing.run(one, transport=line)
    syncing.run(two, transport=line)
    link = {"device": two.store.setting("link.device"), "key": two.store.setting("link.key"),
            "ca": two.store.setting("link.ca_key"), "stream": two.store.setting("link.stream")}  # fmt: skip
    links.link(one, case=cases.register(one, intake=wage_intake()).case, other=case, reason="同一工地")
    backup.backup(district.server, file=target / "district.backup", password=PASSWORD)
    for station in (one, two):
        station.store.close()
    for name in (database.FILE_NAME, keyring.FILE_NAME):
        shutil.copy(work / "one" / name, target / name)
    bodies = {path: [base64.b64encode(b).decode() for b in line.heard[path]] for path in (_PUSHED, _PULLED)}
    (target / "line.json").write_text(json.dumps({"link": link, "bodies": bodies}, indent=1), "utf-8")
    district.close()
    shutil.rmtree(work)


if __name__ == "__main__":
    place = PLACE / sys.argv[1]
    place.mkdir(parents=True, exist_ok=True)
    make(place)
