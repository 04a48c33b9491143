"""The doctor: is this PC fit to work? Each finding is one plain sentence; nothing is changed."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from station_app.clock import shanghai_time
from station_app.domain.sentences import sentence
from station_app.services import packs
from station_app.services.local import backing, disk, policy, settings
from station_app.services.station import Station
from station_app.store import consistency, database
from station_app.store.upkeep import sweep
from sync.contract.errors import KnownError

BUILT_MS: int = 1_767_196_800_000
"""2026-01-01: no clock can truthfully stand before the program was built."""


PRINTER_TROUBLES: Final = {
    "paper": "缺纸，请装纸",
    "jam": "卡纸，请打开盖板取出卡住的纸张",
    "cover": "盖板没有关好，请关好",
    "toner": "墨粉或者墨水已尽，请更换",
    "offline": "没有开机或者没有连接，请开机并检查电源、数据线和网络",
    "stopped": "打印队列已暂停，请在系统的打印机设置中恢复",
}
"""What is the matter with a printer, and what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One examined thing."""

    name: str
    ok: bool
    code: str
    sentence: str


def _finding(name: str, examine: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, "", examine())
    except KnownError as error:
        return Finding(name, False, error.code, sentence(error))


def examine(station: Station) -> list[Finding]:
    """Examine everything that can be examined with no network."""
    return [
        _finding("数据库", lambda: _database(station)),
        _finding("账目一致", lambda: _consistent(station)),
        _finding("附件", lambda: _files(station)),
        _finding("磁盘空间", lambda: _disk(station)),
        _finding("备份", lambda: _backup(station)),
        _finding("数据目录", lambda: _directory(station)),
        _finding("本机时间", lambda: _clock(station)),
        _finding("文书模板", lambda: _templates(station)),
        _finding("字库", lambda: _fonts(station)),
        _finding("打印机", lambda: _printer(station)),
        _finding("输入法", _input_method),
        _finding("程序版本", lambda: _version(station)),
        _finding("编号字头", lambda: _series(station)),
        _finding("区级平台", lambda: _line(station)),
        _finding("单位统一设定", _policy),
    ]


def _database(station: Station) -> str:
    if database.integrity(station.store.con):
        raise KnownError("E-508", path=database.FILE_NAME)
    return "加密数据库完好。"


def _consistent(station: Station) -> str:
    faults = consistency.check(station.store)
    if faults:
        raise KnownError("E-508", path="；".join(faults))
    ops, cases = database.one(station.store.con, "SELECT ops, cases FROM head")
    return f"{cases} 件案件、{ops} 条记录，与列表、检索和计数相符。"


def _disk(station: Station) -> str:
    disk.require_room(station)
    return f"剩余 {disk.free(station) // 2**30} GB。"


def _files(station: Station) -> str:
    """Every stored file is read and compared with its hash; a damaged one that the platform has is fetched again."""
    count = sweep.look_at_all(station.store, station.clock.now_ms())
    if count:
        names = "、".join(sha[:12] for sha in sweep.damaged(station.store)[:3])
        raise KnownError("E-522", n=count, names=names)
    (total,) = database.one(station.store.con, "SELECT count(*) FROM blob")
    return f"{total} 份文书、扫描件和附件与其校验值一致。"


def _backup(station: Station) -> str:
    state = backing.status(station)
    if state.old:
        raise KnownError("E-556", days=state.age)
    return f"最近一次备份 {shanghai_time(state.at):%Y-%m-%d %H:%M}。" if state.at else "还没有需要备份的内容。"


def _directory(station: Station) -> str:
    """Whether the disk is one that keeps what is written on it, and belongs to this PC alone."""
    from station_app.services.travel import syncing

    warning = syncing.disk_warning(station)
    if warning is not None:
        raise warning
    return "数据目录没有被还原的迹象。"


def _clock(station: Station) -> str:
    if station.clock.now_ms() < BUILT_MS:
        raise KnownError("E-519", today=station.clock.today().isoformat())
    return f"本机日期 {station.clock.today().isoformat()}。"


def _templates(station: Station) -> str:
    """All that can be read; a template pack that is passed over is named."""
    found = packs.installed(station)
    for item in found:
        if item.fault is not None:
            raise item.fault
    brought = f"，其中模板包 {len(found)} 个" if found else ""
    return f"{len(packs.catalog(station).current())} 种文书模板可用{brought}。"


def _fonts(station: Station) -> str:
    """Faces that are set must open; without the rare-character pack some names cannot be printed."""
    from station_app.documents import rare
    from station_app.documents.fonts import open_face

    for key in ("font.body", "font.rare"):
        if station.store.setting(key):
            open_face(Path(station.store.setting(key)))
    if len(rare.installed()) == len(rare.FACES):
        return "宋体和生僻字字库完好。"
    return "宋体完好；没有安装生僻字字库，少数姓名用字不能打印，需要时请安装。"


def _version(station: Station) -> str:
    """Which version runs; one that did not start, or that the district took back, is named."""
    from station_app.services.updating.standing import standing

    state = standing(station.store.directory)
    if state.recalled:
        raise KnownError("E-565", version=state.running)
    if state.fell and not state.next:
        raise KnownError("E-571", version=state.fell)
    if state.next:
        return f"{state.running}，下次打开程序时使用 {state.next}。"
    return f"{state.running}，有新版本 {state.offered}。" if state.offered else f"{state.running}。"


def _series(station: Station) -> str:
    from station_app.store.numbers import series_of

    return f"本机字头 {series_of(station.store)}。"


def _line(station: Station) -> str:
    server = station.store.setting("net.server")
    if not server:
        raise KnownError("E-107")
    return f"已接入 {server}。"


def _printer(station: Station) -> str:
    """The printer that was chosen must be there and ready; Windows' printers are seen by the desk only."""
    from station_app.services.printjobs import queue

    chosen, found = settings.get(station, "printer.name"), queue.printers()
    if chosen and not found and sys.platform != "win32":
        raise KnownError("E-323")
    if chosen and found and chosen not in found:
        raise KnownError("E-320", printer=chosen, printers="、".join(found))
    trouble = queue.Queue(chosen).trouble() if chosen in found else ()
    if trouble:
        todo = "；".join(PRINTER_TROUBLES[word] for word in trouble)
        raise KnownError("E-574", printer=chosen, todo=todo)
    if chosen:
        return f"已选用“{chosen}”。"
    return f"没有选定打印机，使用系统默认（本机现有 {len(found)} 台）。" if found else "没有选定打印机。"


def _input_method() -> str:
    """Whether the way of typing Chinese that the desktop names has a plug-in in this program's Qt; Linux only."""
    if not sys.platform.startswith("linux"):
        return "使用系统输入法。"
    wanted = os.environ.get("QT_IM_MODULE", "").lower()
    have = _input_plugins()
    if "fcitx" in wanted and not any("fcitx" in name for name in have):
        return "桌面使用 fcitx，本程序经 ibus 协议与其连接（需要 fcitx 5）。"
    if wanted and wanted not in ("compose", "xim", "simple") and not any(wanted in name for name in have):
        raise KnownError("E-267", name=wanted)
    return f"桌面使用 {wanted}。" if wanted else "桌面没有指定输入法，使用系统默认。"


def _input_plugins() -> list[str]:
    """Names of the input method plug-ins that came with Qt; no part of Qt is loaded."""
    found = importlib.util.find_spec("PySide6")
    places = found.submodule_search_locations if found is not None else None
    folder = Path(places[0]) / "Qt" / "plugins" / "platforminputcontexts" if places else Path("-")
    return sorted(path.stem.lower() for path in folder.glob("*plugin*")) if folder.is_dir() else []


def _policy() -> str:
    """A file that cannot be used is named; settings.apply_policy has passed it over."""
    told = policy.read()
    settings.allowed(told)
    if told.path is None:
        return "没有单位统一设定。"
    return f"{told.unit or '单位'}统一设定 {len(told.fixed)} 项，建议 {len(told.first)} 项。"
