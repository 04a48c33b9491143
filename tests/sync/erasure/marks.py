"""Cases whose every compartment, file, draft and log bears a marker, and the search for it in what is left."""

from __future__ import annotations

import zipfile
from pathlib import Path

from station_app.services import cases, papers, sessions
from station_app.services.cases import Intake, PartyInput
from station_app.services.local import drafts
from station_app.services.station import Station
from station_app.store import local
from sync.server.erasure import deciding
from sync.server.storage import schema
from tests.support.district import District
from tests.support.pages import plain_pages

MARK = "马可某某"
PHONE = "13900007788"


def marked(station: Station, *, issue: bool = True) -> str:
    """A case with the marker in register, content, private, a paper, a draft and the access log."""
    intake = Intake(
        {"type": "wage_arrears", "labour": True, "amount": 840000, "place": f"{MARK}家"},
        {"summary": f"{MARK}被拖欠工资", "story": f"{MARK}自十月起未领工资。"},
        [
            PartyInput(
                {"role": "applicant", "kind": "person", "name": MARK},
                {"id_kind": "resident", "id_number": "45012619890412011X", "phone": PHONE},
            ),
            PartyInput({"role": "respondent", "kind": "organisation", "name": "演示宏川劳务有限公司"}, {}),
        ],
    )
    case = cases.register(station, intake=intake).case
    cases.step(station, case=case, verb="accept")
    if issue:
        papers.issue(station, case=case, template="acceptance_register")
    sessions.record(station, case=case, values={"from": "2026-11-20T09:00", "record": f"{MARK}陈述"},
                    notes={"applicant": f"{MARK}私下说"})  # fmt: skip
    drafts.save(station, kind="session", title=MARK, data={"summary": MARK}, record=case)
    local.log_access(station.store, at=1, user=station.user.person, act="recall", case=case, detail=MARK)
    station.store.flush_index(1000)
    return case


def grant(district: District, case: str) -> None:
    """Two people of the district erase a case."""
    waiting = [a.no for a in deciding.asks(district.server) if a.case == case]
    no = waiting[0] if waiting else deciding.ask(district.server, case=case, ground="law", reason="判决", by="甲")
    deciding.grant(district.server, no=no, authority="区司法局〔2026〕1号", by="乙")


def needles() -> list[bytes]:
    """The marker (its first pair of characters, as the index cuts it), and numbers of the same person."""
    return [MARK[:2].encode(), PHONE.encode(), b"45012619890412011X"]


def at_station(station: Station) -> list[str]:
    """Where a marker is still found at a station: in any page of its database or log, used or free, or beside."""
    found = [n.decode() for n in needles() if n in plain_pages(station.store.path, station.store.key)]
    for path in station.store.directory.rglob("*"):
        if path.is_file() and any(n in path.read_bytes() for n in needles()):
            found.append(path.name)
    return found


def at_district(district: District) -> list[str]:
    """Where a marker is still found at the district: any table, any file of its directory."""
    found = []
    with district.server.storage.snapshot() as read:
        for table, columns in schema.TABLES.items():
            for row in read(table, columns.split()):
                cells = [v.encode() if isinstance(v, str) else bytes(v) for v in row if isinstance(v, str | bytes)]
                if any(n in cell for n in needles() for cell in cells):
                    found.append(table)
    for path in district.server.district.directory.rglob("*"):
        if path.is_file() and any(n in path.read_bytes() for n in needles()):
            found.append(path.name)
    return found


def in_backup(file: Path, key: bytes, to: Path) -> bool:
    """Whether a backup of a PC holds the marker; it does before an erasure, or the search would prove nothing."""
    with zipfile.ZipFile(file) as pack:
        pack.extract("station.db", to)
    data = plain_pages(to / "station.db", key)
    return MARK.encode() in data
