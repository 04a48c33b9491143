"""The side menu: the pages of the user's roles, each with its key and a figure; folds to icons where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from station_app.ui import keys
from station_app.ui.frame.pages import BELONGS, menu_title
from station_app.ui.style import theme
from station_app.ui.style.icons import icon
from station_app.ui.style.tokens import ICON, MENU_FOLDED, MENU_WIDTH, S1, S2, S3


class Entry(QPushButton):
    """One entry: icon, word, figure."""

    def __init__(self, key: str, number: int) -> None:
        super().__init__()
        self.key = key
        self.number = number
        self.count = 0
        self.setProperty("kind", "menu")
        self.setCheckable(True)
        self.setIconSize(QSize(ICON, ICON))
        self._figure = QLabel(self)
        self._figure.setProperty("role", "count")
        self._figure.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, S2, 0)
        row.addStretch(1)
        row.addWidget(self._figure, 0, Qt.AlignmentFlag.AlignVCenter)
        self._folded = False
        self.show_count(0)
        self.draw()

    def show_count(self, count: int) -> None:
        """Show a figure; 0 shows none."""
        self.count = count
        self._figure.setText(str(count) if count < 1000 else "999+")
        self._figure.setVisible(count > 0 and not self._folded)
        self._name()

    def fold(self, yes: bool) -> None:
        """Icon only, or icon and word."""
        self._folded = yes
        self.setText("" if yes else f" {menu_title(self.key)}")
        self.show_count(self.count)

    def draw(self) -> None:
        """Draw the icon in today's colours."""
        self.setIcon(icon(self.key, "text"))
        self.fold(self._folded)

    def _name(self) -> None:
        title = menu_title(self.key)
        self.setAccessibleName(f"{title} {self.count}" if self.count else title)
        self.setToolTip(f"{self.accessibleName()}  {keys.shown(f'page{self.number}')}")


class SideMenu(QWidget):
    """*Signals:* `chosen` (page key)."""

    chosen = Signal(str)

    def __init__(self, pages: list[str]) -> None:
        super().__init__()
        self.setObjectName("menu")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("功能菜单"))
        self.entries: dict[str, Entry] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(S2, S3, S2, S3)
        column.setSpacing(S1)
        for number, key in enumerate(pages, 1):
            entry = Entry(key, number)
            entry.clicked.connect(lambda _checked, name=key: self.chosen.emit(name))
            self._group.addButton(entry)
            self.entries[key] = entry
            column.addWidget(entry)
        column.addStretch(1)
        theme.theme().changed.connect(self._draw)
        self.fold(False)

    def page(self, number: int) -> str:
        """The page of Ctrl+number; "" for none."""
        return next((e.key for e in self.entries.values() if e.number == number), "")

    def show_page(self, key: str) -> None:
        """Mark the entry the open page belongs to; one that the user's roles do not have leaves no mark."""
        entry = self.entries.get(BELONGS.get(key, key))
        if entry is not None:
            entry.setChecked(True)
            return
        self._group.setExclusive(False)
        for other in self.entries.values():
            other.setChecked(False)
        self._group.setExclusive(True)

    def show_count(self, key: str, count: int) -> None:
        """Set the figure of an entry."""
        if key in self.entries:
            self.entries[key].show_count(count)

    def fold(self, yes: bool) -> None:
        """Fold to icons or unfold."""
        scale = 1.25 if theme.theme().large else 1.0
        self.setFixedWidth(round((MENU_FOLDED if yes else MENU_WIDTH) * scale))
        for entry in self.entries.values():
            entry.fold(yes)

    def _draw(self) -> None:
        for entry in self.entries.values():
            entry.draw()
