"""网络体检: the way to the platform hop by hop, in words, with the one that fails in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.services.travel import lines
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S2, SHAPES
from station_app.ui.widgets.layout import button, clear, row, text

if TYPE_CHECKING:
    from station_app.services.local.health import Finding
    from station_app.ui.desk import Desk
    from sync.contract.errors import KnownError


class NetCheck(QWidget):
    """A button and what came of it; each sentence in full, because people read it out over the telephone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.button = button(self.tr("网络体检"), self.start, picture="network")
        self.hint = text(
            self.tr("逐段检查从本机到区级平台的网络，指出不通的一段，不改动任何内容。"), "muted", wrap=True
        )
        self._found = QVBoxLayout()
        self._found.setSpacing(S2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S2)
        column.addLayout(row(self.button, None))
        column.addWidget(self.hint)
        column.addLayout(self._found)
        self.findings: list[Finding] = []

    def start(self, url: str = "") -> None:
        """Check now; `url` where this PC has not joined yet."""
        station = self._desk.station
        self.button.setEnabled(False)
        self._desk.tasks.net(
            lambda _call: list(lines.check(station, url=url)),
            done=self._show,
            failed=self._failed,
            owner=self,
        )

    def _failed(self, error: KnownError) -> None:
        self.button.setEnabled(True)
        self._desk.notices.error(error)

    def _show(self, found: list[Finding]) -> None:
        self.button.setEnabled(True)
        self.findings = found
        clear(self._found)
        for finding in found:
            tone = "green" if finding.ok else "red"
            code = "" if finding.ok else f"{finding.code} "
            line = text(f"{SHAPES[tone]} {finding.name}：{code}{finding.sentence}", wrap=True)
            set_tone(line, tone)
            self._found.addWidget(line)
        self.hint.setVisible(not found)
