"""The button 常用筛选 on the list of cases: choose a saved filter, save the one shown, delete one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton

from station_app.services.reading import saved
from station_app.services.reading.lists import Filter
from station_app.services.reading.saved import Saved
from station_app.ui.desk import Desk
from station_app.ui.notices import ask
from sync.contract.errors import KnownError


class SavedSearches(QPushButton):
    """`shown` gives the filter the list shows now. *Signals:* `chosen` with the filter of a saved one."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, shown: Callable[[], Filter]) -> None:
        super().__init__()
        self._desk, self._shown = desk, shown
        self.setText(self.tr("常用筛选"))
        self.setAccessibleName(self.tr("常用筛选"))
        self.choices = QMenu(self)
        self.setMenu(self.choices)
        self.choices.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """The saved ones, then what can be done with them."""
        self.choices.clear()
        known = saved.all_of(self._desk.station)
        for one in known:
            self._add(self.choices, one.name, partial(self.chosen.emit, one.flt))
        if known:
            self.choices.addSeparator()
        self._add(self.choices, self.tr("保存当前筛选…"), self._name_it)
        if known:
            drop = self.choices.addMenu(self.tr("删除"))
            for one in known:
                self._add(drop, one.name, partial(self._forget, one))

    def _add(self, menu: QMenu, words: str, act: Callable[[], object]) -> None:
        action = QAction(words, menu)
        action.triggered.connect(lambda _on=False: act() and None)
        menu.addAction(action)

    def _name_it(self) -> None:
        name, given = QInputDialog.getText(self, self.tr("保存当前筛选"), self.tr("名称"))
        if given:
            self.keep(name)

    def keep(self, name: str) -> None:
        """Save what the list shows under a name; one of the same name is replaced."""
        station, flt, desk = self._desk.station, self._shown(), self._desk
        said = self.tr("已保存常用筛选“{name}”。").format(name=name.strip())
        desk.tasks.write(
            lambda: saved.save(station, name=name, flt=flt),
            done=lambda _known: desk.notices.say(said, tone="green"),
            failed=desk.notices.error,
            owner=self,
        )

    def _forget(self, one: Saved) -> None:
        ask(
            self,
            self.tr("删除常用筛选“{name}”？").format(name=one.name),
            yes=(self.tr("删除"), lambda: self.drop(one.name)),
            detail=self.tr("案件不受影响。"),
            danger=True,
        )

    def drop(self, name: str) -> None:
        """Delete a saved filter."""
        station, desk = self._desk.station, self._desk

        def failed(error: KnownError) -> None:
            desk.notices.error(error)

        desk.tasks.write(lambda: saved.forget(station, name=name), failed=failed, owner=self)
