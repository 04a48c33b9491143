"""数据上传 by stick: 导出到 U 盘 and 从 U 盘导入, for a station without a network or between two networks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QPushButton

from station_app.services.changes import Changes
from station_app.services.travel import bundles, looking
from station_app.services.travel.bundles import Taken, Written
from station_app.services.travel.looking import Preview
from station_app.ui.frame import sharing
from station_app.ui.pages.bundle_preview import BundleDialog
from station_app.ui.widgets.layout import button

if TYPE_CHECKING:
    from station_app.ui.pages.travel import TravelPage


def buttons(page: TravelPage) -> tuple[QPushButton, ...]:
    """The two buttons of the stick, and the one of the folder that the station's PCs share."""
    return (
        button(
            QCoreApplication.translate("TravelPage", "导出到 U 盘"), lambda: export(page), kind="quiet", picture="usb"
        ),
        button(
            QCoreApplication.translate("TravelPage", "从 U 盘导入"),
            lambda: take(page),
            kind="quiet",
            picture="download",
        ),
        button(
            QCoreApplication.translate("TravelPage", "共享文件夹"),
            lambda: sharing.choose(page, page.desk),
            kind="quiet",
            picture="swap",
        ),
    )


def export(page: TravelPage, folder: str = "") -> None:
    """Write what waits into a folder the person chooses."""
    said = QCoreApplication.translate("TravelPage", "选择 U 盘上的文件夹")
    chosen = folder or QFileDialog.getExistingDirectory(page, said)
    if not chosen:
        return
    station = page.station
    page.tasks.net(
        lambda _call: bundles.export(station, to=Path(chosen)),
        done=lambda made: _written(page, made),
        failed=page.notices.error,
        owner=page,
    )


def _written(page: TravelPage, made: Written) -> None:
    said = QCoreApplication.translate(
        "TravelPage", "已写入 {name}（{n} 条记录、{m} 个附件）。收到平台的回执并导入以前，仍显示为待上传。"
    )
    page.notices.say(said.format(name=made.path.name, n=made.ops, m=made.blobs), tone="green")


def take(page: TravelPage, file: str = "", *, then: Callable[[], object] | None = None) -> None:
    """Look at a bundle, then ask whether to import it; `then` when the question is over."""
    said = QCoreApplication.translate("TravelPage", "选择平台带回的数据包")
    kinds = QCoreApplication.translate("TravelPage", "数据包 (*.gmb)")
    chosen = file or QFileDialog.getOpenFileName(page, said, "", kinds)[0]
    if not chosen:
        return
    station, path = page.station, Path(chosen)
    page.tasks.read(
        lambda: looking.look(station, path=path), done=lambda seen: _ask(page, path, seen, then), owner=page
    )


def _ask(page: TravelPage, path: Path, seen: Preview, then: Callable[[], object] | None) -> None:
    dialog = BundleDialog(page, seen, take=lambda: _take(page, path))
    if then is not None:
        dialog.finished.connect(lambda _result: then())
    dialog.open()


def _take(page: TravelPage, path: Path) -> None:
    station = page.station
    page.tasks.net(
        lambda _call: bundles.take(station, path=path),
        done=lambda got: _taken(page, got),
        failed=page.notices.error,
        owner=page,
    )


def _taken(page: TravelPage, got: Taken) -> None:
    said = QCoreApplication.translate("TravelPage", "平台已收到 {n} 条，新收到 {m} 条。")
    page.notices.say(said.format(n=got.ops, m=got.pulled), tone="green")
    page.tasks.changed.emit(Changes(frozenset({"case"}), (), ("pulled",)))
    page.refresh()
