"""station demo --year: a year of invented appeals the size of the published one, and what its figures then are."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Final

from station_app import bootstrap
from station_app.cli.common import columns
from station_app.cli.showcase import PASSWORD
from station_app.clock import SHANGHAI, FixedClock
from station_app.domain.figures import period as periods
from station_app.services.figures import counting
from station_app.services.figures.counting import Line
from station_app.services.figures.year import plan, writing
from station_app.services.people import NewPerson, Organisation
from sync.contract.errors import KnownError

SCALES: Final = {"full": 1.0, "small": 0.05}
MEDIATOR: Final = "李明"
_ORG: Final = Organisation(
    station="光明区群众诉求服务大厅（演示）",
    station_code="YS-0-00",
    community="guangming",
    street="光明街道",
    committee="深圳市光明区人民调解委员会（演示）",
    short="光演示",
    court="深圳市光明区人民法院",
)


def make(directory: Path, *, year: int, half: int, seed: int, scale: str) -> None:
    """Plan, write and count; `directory` is empty and ours. E-362 for a period or a scale there is none of."""
    if scale not in SCALES:
        raise KnownError("E-362", what=scale, choices="、".join(SCALES))
    began = time.perf_counter()
    appeals = plan.plan(year=year, half=half, seed=seed, scale=SCALES[scale])
    period = periods.half(year, half) if half else periods.year_of(year)
    print(f"演示数据：{period.title}，案情、人员、单位均为虚构；除公布的件数和比例外均为自拟，非公布数据。")
    clock = FixedClock(datetime(year, 7 if half == 2 else 1, 1, 8, 0, tzinfo=SHANGHAI))
    staff = [NewPerson(MEDIATOR, ("mediator", "head"))]
    data = directory / "station"
    station = bootstrap.create_station(
        data, org=_ORG, staff=staff, password=PASSWORD, clock=clock, series="A", demo=True
    ).station
    try:
        places = plan.places()
        writing.write_stations(station, places)
        writing.write_year(station, clock, appeals, progress=_told)
        print(f"\n{len(places)} 个站点，登记 {len(appeals)} 件，用时 {time.perf_counter() - began:.1f} 秒。\n")
        whole = counting.overview(station, period)
        parts = counting.breakdown(station, by="service", period=period)
    finally:
        station.store.close()
    print(columns([_row(line) for line in (*parts, whole)], ("服务类别", "受理", "化解", "化解率", "司法确认")))
    print(f"\n数据目录：{data}　登录人：{MEDIATOR}　密码：{PASSWORD}")


def _told(done: int, total: int) -> bool:
    if sys.stdout.isatty():
        print(f"\r已登记 {done}/{total} 件", end="", flush=True)
    return True


def _row(line: Line) -> tuple[object, ...]:
    return line.label, line.accepted, line.resolved, line.rate, line.confirmed
