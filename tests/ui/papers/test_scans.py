"""扫描归档 on screen: choosing, dropping, pasting, what is said, the tray, a statement, a correction, the folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog

from station_app.clock import FixedClock
from station_app.domain.case import text
from station_app.services import papers, scans
from station_app.services.local import settings
from station_app.services.papers import Issued
from station_app.services.scanning.folder import DONE, STILL_MS
from station_app.services.station import Station
from station_app.ui.case.dialog import FormDialog
from station_app.ui.frame.shell import Shell
from station_app.ui.frame.window import MainWindow
from station_app.ui.papers import scans_given as given
from station_app.ui.papers.page import CasePapersPage
from station_app.ui.papers.scan_folder import ScanFolder
from station_app.ui.papers.scans import ScansDialog
from station_app.ui.papers.scans_sheet import FiledDialog, SheetDialog, TrayDialog
from station_app.ui.tasks import Tasks
from tests.support import photos
from tests.support.wages import showcase_agreement, wage_case
from tests.ui.conftest import settle as once
from tests.ui.look import cut, nameless

Enter = Callable[[], Shell]


def settle(qtbot: QtBot, tasks: Tasks) -> None:
    """Reading, filing, and the lists read anew."""
    for _ in range(4):
        once(qtbot, tasks)


@pytest.fixture
def case(station: Station) -> str:
    made = wage_case(station)
    showcase_agreement(station, made)
    return made


@pytest.fixture
def issued(station: Station, case: str) -> Issued:
    return papers.issue(station, case=case, template="agreement")


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, enter: Enter, case: str, issued: Issued) -> CasePapersPage:
    shell = enter()
    shell.desk.go("case_papers", (case, ""))
    settle(qtbot, window.tasks)
    made = shell.pages["case_papers"]
    assert isinstance(made, CasePapersPage)
    return made


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, page: CasePapersPage) -> ScansDialog:
    page.scans.button.click()
    settle(qtbot, window.tasks)
    assert page.scans.dialog is not None
    return page.scans.dialog


def photo(issued: Issued, page: int) -> bytes:
    return photos.jpeg(photos.turned(photos.page(issued.pdf, page), 5), 60)


def bare(path: Path) -> Path:
    picture = photos.white()
    picture.paste(Image.new("L", (300, 80), 60), (300, 600))
    path.write_bytes(photos.png(picture))
    return path


def shot(tmp_path: Path, issued: Issued, page: int) -> Path:
    path = tmp_path / f"IMG_{page}.jpg"
    path.write_bytes(photo(issued, page))
    return path


def said(dialog: ScansDialog) -> str:
    labels = [dialog.results.itemAt(n).widget() for n in range(dialog.results.count())]
    return "\n".join(label.text() for label in labels)  # type: ignore[attr-defined]  # they are labels


def mime(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    return data


def test_chosen_files_are_filed_and_what_is_missing_is_said(
    qtbot: QtBot,
    window: MainWindow,
    dialog: ScansDialog,
    issued: Issued,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [str(shot(tmp_path, issued, 1)), str(bare(tmp_path / "无码.png")), str(tmp_path / "没有.jpg")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: (names, ""))
    dialog.choose.click()
    assert dialog.close_.text() == "停止读取"
    settle(qtbot, window.tasks)
    words = said(dialog)
    assert "● 已归档 1 页。" in words
    assert "页尚缺。" in words
    assert "◆ 1 页放入待归档页（无码.png）" in words
    assert "▲" in words
    assert "没有.jpg" in words
    assert dialog.paper is None or dialog.paper.have == (1,)
    assert (dialog.tray.isVisibleTo(dialog), dialog.filed.isVisibleTo(dialog)) == (True, True)
    assert dialog.close_.text() == "关闭"


def test_files_dropped_on_the_page_open_the_window(
    qtbot: QtBot, window: MainWindow, page: CasePapersPage, issued: Issued, tmp_path: Path
) -> None:
    data = mime(shot(tmp_path, issued, 1))
    enter = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    drop = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(page, drop)
    settle(qtbot, window.tasks)
    assert page.scans.dialog is not None
    assert "已归档 1 页。" in said(page.scans.dialog)


def test_a_text_dragged_over_the_page_is_nothing(page: CasePapersPage) -> None:
    data = QMimeData()
    data.setText("abc")
    enter = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()
    QApplication.sendEvent(page, enter)
    assert not enter.isAccepted()


def test_a_picture_is_pasted(
    qtbot: QtBot, window: MainWindow, page: CasePapersPage, issued: Issued, station: Station, case: str
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    page.scans.paste()
    assert "剪贴板中没有图片" in page.notices.message
    picture = QImage()
    picture.loadFromData(photo(issued, 2))
    clipboard.setImage(picture)
    page.scans.paste()
    settle(qtbot, window.tasks)
    (scan,) = scans.list_scans(station, case=case)
    assert (scan.page, scan.source[:2]) == (2, "粘贴")
    assert page.scans.dialog is not None
    page.scans.dialog.paste()
    settle(qtbot, window.tasks)
    assert "没有重复保存" in said(page.scans.dialog)


def test_large_and_small_pictures_are_packed_for_what_they_are() -> None:
    assert given.packed("a", QImage(100, 100, QImage.Format.Format_RGB32)).name == "a.png"
    large = given.packed("b", QImage(2000, 1500, QImage.Format.Format_RGB32))
    assert (large.name, large.data[:2]) == ("b.jpg", b"\xff\xd8")


def child(dialog: ScansDialog, kind: type[SheetDialog]) -> SheetDialog:
    return next(c for c in dialog.findChildren(kind) if c.isVisible())


def test_a_page_that_waits_is_filed_by_hand(
    qtbot: QtBot, window: MainWindow, dialog: ScansDialog, station: Station, case: str, tmp_path: Path
) -> None:
    dialog.take([bare(tmp_path / "无码.png")])
    settle(qtbot, window.tasks)
    dialog.tray.opened.emit(dialog.tray.lines.lines[0])
    settle(qtbot, window.tasks)
    sheet = child(dialog, TrayDialog)
    assert isinstance(sheet, TrayDialog)
    assert not sheet.sheet.pixmap().isNull()
    place = next(i for i in range(sheet.paper.count()) if "人民调解协议书" in sheet.paper.itemText(i))
    sheet.paper.setCurrentIndex(place)
    sheet.number.setValue(2)
    sheet.file.click()
    settle(qtbot, window.tasks)
    assert [s.page for s in scans.list_scans(station, case=case)] == [2]
    assert scans.waiting(station) == []
    assert not dialog.tray.isVisibleTo(dialog)


def test_a_filed_page_is_turned_and_its_correction_recorded(
    qtbot: QtBot, window: MainWindow, dialog: ScansDialog, station: Station, case: str, issued: Issued, tmp_path: Path
) -> None:
    dialog.take([shot(tmp_path, issued, 1)])
    settle(qtbot, window.tasks)
    dialog.filed.opened.emit(dialog.filed.lines.lines[0])
    settle(qtbot, window.tasks)
    sheet = child(dialog, FiledDialog)
    assert isinstance(sheet, FiledDialog)
    upright = sheet.sheet.pixmap().size()
    sheet.turn.click()
    settle(qtbot, window.tasks)
    assert (sheet.sheet.pixmap().width() > sheet.sheet.pixmap().height()) != (upright.width() > upright.height())
    sheet.correct.click()
    form = next(f for f in sheet.findChildren(FormDialog) if f.isVisible())
    form.form.set_values({"correction.place": "首页电话", "correction.new": "13800000000", "correction.who": "田志强"})
    form.ok.click()
    settle(qtbot, window.tasks)
    (correction,) = station.case(case).kind("correction")
    (scan,) = scans.list_scans(station, case=case)
    assert (correction.get("scan"), scan.kind) == (scan.rec, "correction")


def test_a_part_needs_its_statement(
    qtbot: QtBot,
    window: MainWindow,
    dialog: ScansDialog,
    station: Station,
    case: str,
    issued: Issued,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not dialog.state_part.isEnabled()
    record = station.case(case).state.records[issued.paper]
    signed = int(text(record, "sign_pages").split("、")[0])
    dialog.take([shot(tmp_path, issued, signed)])
    settle(qtbot, window.tasks)
    place = next(n for n, p in enumerate(dialog._papers) if p.paper == issued.paper)
    dialog.papers.setCurrentIndex(dialog.papers.lines.index(place, 0))
    monkeypatch.setattr(QInputDialog, "getMultiLineText", lambda *a: (a[3], True))
    dialog.state_part.click()
    settle(qtbot, window.tasks)
    assert "还缺首页" in dialog.state.text()
    dialog.take([shot(tmp_path, issued, 1)])
    settle(qtbot, window.tasks)
    dialog.state_part.click()
    settle(qtbot, window.tasks)
    (paper,) = [p for p in scans.list_papers(station, case=case) if p.paper == issued.paper]
    assert (paper.complete, bool(paper.missing)) == (True, True)
    assert "已写明说明" in str(dialog.papers.lines.lines[place].text)


def test_reading_can_be_stopped(
    qtbot: QtBot, window: MainWindow, dialog: ScansDialog, issued: Issued, tmp_path: Path
) -> None:
    dialog.take([shot(tmp_path, issued, 1)] * 6)
    dialog.reject()
    assert dialog.isVisible(), "what was read is filed first"
    settle(qtbot, window.tasks)
    assert "已按要求停止" in said(dialog)
    dialog.reject()
    assert not dialog.isVisible()


def test_the_watched_folder_files_and_says_so(
    qtbot: QtBot, window: MainWindow, page: CasePapersPage, station: Station, case: str, issued: Issued, tmp_path: Path
) -> None:
    folder = tmp_path / "收图"
    folder.mkdir()
    watcher = ScanFolder(page.desk)
    watcher._timer.stop()
    assert watcher.watch is None
    settings.put(station, {"scan.folder": str(folder)})
    page.desk.settings_changed.emit()
    watcher._timer.stop()
    (folder / "a.jpg").write_bytes(photo(issued, 1))
    watcher.look()
    settle(qtbot, window.tasks)
    assert isinstance(station.clock, FixedClock)
    station.clock.advance(seconds=STILL_MS / 1000)
    watcher.look()
    settle(qtbot, window.tasks)
    assert "收图文件夹 a.jpg：已归档 1 页。" in page.notices.message
    assert [s.page for s in scans.list_scans(station, case=case)] == [1]
    assert [p.name for p in (folder / DONE).rglob("*.jpg")] == ["a.jpg"]
    settings.put(station, {"scan.folder": str(tmp_path / "没有")})
    page.desk.settings_changed.emit()
    watcher.look()
    settle(qtbot, window.tasks)
    assert "收图文件夹" in page.notices.message
    assert watcher.watch is None


@pytest.mark.parametrize("size", [(1366, 768), (911, 512)])
def test_nothing_is_cut_or_nameless(
    qtbot: QtBot,
    window: MainWindow,
    page: CasePapersPage,
    issued: Issued,
    tmp_path: Path,
    size: tuple[int, int],
) -> None:
    window.resize(*size)
    settle(qtbot, window.tasks)
    page.scans.open([shot(tmp_path, issued, 1), bare(tmp_path / "无码.png")])
    settle(qtbot, window.tasks)
    dialog = page.scans.dialog
    assert dialog is not None
    assert cut(dialog) == []
    assert nameless(dialog) == []
    for view, kind in ((dialog.tray, TrayDialog), (dialog.filed, FiledDialog)):
        view.opened.emit(view.lines.lines[0])
        settle(qtbot, window.tasks)
        sheet = child(dialog, kind)
        assert cut(sheet) == []
        assert nameless(sheet) == []
        sheet.reject()
    assert cut(page) == []
    assert nameless(page) == []
