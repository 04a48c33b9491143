"""Stations for tests: a fresh encrypted data directory with a mediator, a recorder and a fixed clock."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from station_app import bootstrap
from station_app.clock import SHANGHAI, FixedClock
from station_app.services.cases import Intake, PartyInput
from station_app.services.people import Created, NewPerson, Organisation
from station_app.store import keyring

PASSWORD: Final = "correct horse"

ORG: Final = Organisation(
    station="东坑社区科学城工地群众诉求服务站",
    station_code="GM-FH-DK-01",
    community="dongkeng",
    street="凤凰街道",
    committee="深圳市光明区凤凰街道东坑社区人民调解委员会",
    short="光凤东坑",
    court="深圳市光明区人民法院",
)
STAFF: Final = (
    NewPerson("李明", ("mediator", "head"), "光凤东坑调聘〔2024〕3号", "2024-06-01", "2027-05-31"),
    NewPerson("陈晓", ("recorder",)),
)


def cheap_passwords() -> None:
    """Make argon2id quick for tests that log in often; the format stays the same."""
    keyring._COST.update({"t": 1, "m": 1024, "p": 1})


def make_station(directory: Path, *, series: str = "A", org: Organisation = ORG, demo: bool = False) -> Created:
    """A new station whose clock stands at 2026-11-20 08:52 in Shanghai."""
    cheap_passwords()
    clock = FixedClock(datetime(2026, 11, 20, 8, 52, tzinfo=SHANGHAI))
    return bootstrap.create_station(
        directory, org=org, staff=list(STAFF), password=PASSWORD, clock=clock, series=series, demo=demo
    )


def wage_intake(phone: str = "15026018159") -> Intake:
    """One worker against one company, as a mediator types it."""
    return Intake(
        {"type": "wage_arrears", "labour": True, "amount": 840000, "place": "科学城工地东区"},
        {"summary": "某劳务公司拖欠工资，要求付清", "story": "自十月八日起未发工资。"},
        [
            PartyInput(
                {"role": "applicant", "kind": "person", "name": "田志强"},
                {"id_kind": "resident", "id_number": "45012619890412011X", "phone": phone},
            ),
            PartyInput(
                {"role": "respondent", "kind": "organisation", "name": "演示宏川劳务有限公司"},
                {"id_kind": "uscc", "id_number": "91440311MADEM0002W", "legal_rep": "刘成"},
            ),
        ],
    )
