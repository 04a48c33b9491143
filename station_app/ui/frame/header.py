"""The header: which station, the search, who sits here, lock."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from station_app.ui import keys
from station_app.ui.desk import Desk
from station_app.ui.frame.search import SearchBox
from station_app.ui.style import theme
from station_app.ui.style.icons import icon
from station_app.ui.style.tokens import S2, S3, S4
from station_app.ui.widgets.elided import ElidedLabel


class Header(QWidget):
    """*Signals:* `lock_wanted`, `leave_wanted` (log out)."""

    lock_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, desk: Desk, pages: list[str], overlay: QWidget) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        store = desk.station.store
        self._station = ElidedLabel(store.setting("station.name"), "title")
        self.search = SearchBox(desk, pages, overlay)
        self._user = QPushButton(desk.station.user.name)
        self._user.setProperty("kind", "quiet")
        self._user.setAccessibleName(self.tr("用户 {name}").format(name=desk.station.user.name))
        menu = QMenu(self._user)
        menu.addAction(self.tr("人员与密码"), lambda: desk.go("settings", "people"))
        menu.addAction(self.tr("关于本程序"), lambda: desk.go("settings", "about"))
        menu.addSeparator()
        menu.addAction(self.tr("退出登录"), self.leave_wanted.emit)
        self._user.setMenu(menu)
        self._lock = QPushButton(self.tr("锁定"))
        self._lock.setProperty("kind", "quiet")
        self._lock.setAccessibleName(self.tr("锁定"))
        self._lock.setToolTip(keys.shown("lock"))
        self._lock.clicked.connect(self.lock_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(S4, S2, S3, S2)
        row.setSpacing(S3)
        row.addWidget(self._station, 3)
        row.addWidget(self.search, 4)
        row.addStretch(1)
        row.addWidget(self._user)
        row.addWidget(self._lock)
        theme.theme().changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._user.setIcon(icon("user", "muted"))
        self._lock.setIcon(icon("lock", "muted"))
