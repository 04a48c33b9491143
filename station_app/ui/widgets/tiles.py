"""A large figure with its words below; the whole of it is a button that opens what it counts."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout

from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S1, S2, S3
from station_app.ui.widgets.layout import text


class Tile(QPushButton):
    """One figure. *Signals:* `clicked`."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setProperty("kind", "tile")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.number, self.words = text("", "figure"), text(words, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(S3, S2, S3, S2)
        column.setSpacing(S1)
        for label in (self.number, self.words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)

    def show_figure(self, number: str, words: str = "", tone: str = "none") -> None:
        """Another number; `words` where they change with it (▲ 红色)."""
        self.number.setText(number)
        if words:
            self.words.setText(words)
        for label in (self.number, self.words):
            set_tone(label, tone)
        self.setAccessibleName(f"{self.words.text()} {number}")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As large as what it holds: a button by itself asks for the room of its own text only."""
        held = self.layout()
        return held.sizeHint() if held is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
