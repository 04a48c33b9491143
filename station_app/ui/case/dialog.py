"""A form in a small window: fill in, save, or leave things as they are; what is wrong is said under its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from station_app.services.changes import Changes
from station_app.ui import keys
from station_app.ui.desk import Desk
from station_app.ui.forms import units
from station_app.ui.forms.form import Form
from station_app.ui.forms.spec import FormSpec
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import Canvas, button, row, text
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

_LEAST = 240
"""No window is so low that a sentence under a field hides it."""
Save = Callable[[dict[str, dict[str, Json]]], Changes]


class FormDialog(QDialog):
    """`save` is a verb on the values by kind and field; it runs in the write lane, then the window closes.

    `remarks` are said under the form as it is filled in; they hold nothing back.
    """

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        *,
        title: str,
        spec: FormSpec,
        values: Mapping[str, Json],
        save: Save,
        intro: str = "",
        remarks: Callable[[dict[str, dict[str, Json]]], list[str]] | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._save, self._title = desk, save, title
        self.setWindowTitle(title)
        self.form = Form(spec, desk.station.clock.today)
        self.form.set_values(values)
        self.units = units.attach(self.form, desk)
        self.said = text("", "error", wrap=True)
        self.said.hide()
        self.ok = button(self.tr("保存"), self.store, kind="primary", picture="save", hint=keys.shown("accept"))
        self.ok.setDefault(True)
        cancel = button(self.tr("取消"), self.reject)
        canvas = Canvas(margin=S4)
        if intro:
            canvas.column.addWidget(text(intro, "title", wrap=True))
        canvas.column.addWidget(self.form)
        self._remarks = remarks
        self.remarks = text("", "muted", wrap=True)
        canvas.column.addWidget(self.remarks)
        canvas.column.addStretch(1)
        self.form.edited.connect(self._remark)
        self._remark()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, S4)
        column.setSpacing(S3)
        column.addWidget(canvas, 1)
        column.addWidget(self.said)
        buttons = row(None, cancel, self.ok)
        buttons.setContentsMargins(S4, 0, S4, 0)
        column.addLayout(buttons)
        self._canvas, self._room = canvas, parent.window().size()
        self.resize(min(760, self._room.width() - 48), min(560, self._room.height() - 48))
        self.finished.connect(self.deleteLater)
        keys.bind(self, "accept", lambda: self.store() if self.ok.isVisible() and self.ok.isEnabled() else None)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as what is asked, within the window it belongs to: the buttons stand under the last field."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._canvas.column.activate()
        beside = self.height() - self._canvas.viewport().height()
        ground = self._canvas.widget()
        needed = max(ground.sizeHint().height(), ground.heightForWidth(self._canvas.viewport().width()))
        self.resize(self.width(), min(max(_LEAST, needed + beside), self._room.height() - 48))

    def _remark(self) -> None:
        """What a person should know of what is typed so far."""
        said = self._remarks(self.form.read()[0]) if self._remarks else []
        self.remarks.setText("\n".join(f"◆ {words}" for words in said))
        self.remarks.setVisible(bool(said))

    def store(self) -> None:
        """Check, and do the verb."""
        values, errors = self.form.check()
        if errors:
            self._fit()
            return
        self.ok.setEnabled(False)
        self._desk.tasks.write(lambda: self._save(values), done=self._done, failed=self._failed, owner=self)

    def _done(self, changes: Changes) -> None:
        if changes.ops:
            self._desk.did(self.tr("已保存：{what}。").format(what=changes.label or self._title), changes)
        self.accept()

    def _failed(self, error: KnownError) -> None:
        from station_app.ui import words

        self.ok.setEnabled(True)
        self.said.setText(f"▲ {words.sentence(error)}")
        self.said.show()
