"""Charts drawn by hand: bars lying under each other, and a line over months. Each value opens by click or Enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from station_app.ui.style.theme import colours, theme
from station_app.ui.style.tokens import S1, S2, S3

_RADIUS: Final = 3


@dataclass(frozen=True, slots=True)
class Value:
    """One value: what it is, how many, the words beside it, and how much of it is drawn in the strong colour."""

    label: str
    count: int
    words: str
    part: int = 0


class Chart(QWidget):
    """What both charts share: values, the one in focus, keys. *Signals:* `opened` with the number of a value."""

    opened = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.values: list[Value] = []
        self.current = 0
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme().changed.connect(self.update)
        self._tell()

    def show_values(self, values: list[Value]) -> None:
        """Draw these."""
        self.values = values
        self.current = min(self.current, max(0, len(values) - 1))
        self.updateGeometry()
        self._tell()
        self.update()

    def at(self, point: QPointF) -> int:
        """The value under a point, -1 for none."""
        return next((n for n in range(len(self.values)) if self.place(n).contains(point)), -1)

    def place(self, number: int) -> QRectF:
        """Where a value can be clicked."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps and self.values:
            self.current = max(0, min(len(self.values) - 1, self.current + steps[key]))
            self._tell()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.values:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number >= 0:
            self.current = number
            self._tell()
            self.update()
            self.opened.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self.at(event.position())
        value = self.values[number] if number >= 0 else None
        self.setToolTip(f"{value.label}  {value.words}" if value else "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _tell(self) -> None:
        """A screen reader hears the chart and the value in focus."""
        value = self.values[self.current] if self.values else None
        self.setAccessibleName(f"{self._name}  {value.label} {value.words}" if value else self._name)

    def _mark(self, painter: QPainter) -> None:
        if self.hasFocus() and self.values:
            painter.setPen(QPen(QColor(colours().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.place(self.current).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    def _most(self) -> int:
        return max((value.count for value in self.values), default=0) or 1


class Bars(Chart):
    """Labels at the left, bars, words at the right. The strong part of a bar is what was resolved."""

    def sizeHint(self) -> QSize:
        return QSize(480, max(1, len(self.values)) * self._step())

    def minimumSizeHint(self) -> QSize:
        return QSize(360, self.sizeHint().height())

    def place(self, number: int) -> QRectF:
        return QRectF(0, number * self._step(), self.width(), self._step())

    def _step(self) -> int:
        return self.fontMetrics().height() + S2 + S1

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(v.label) for v in self.values), default=0)
        label = min(widest, self.width() * 2 // 5)
        words = max((metrics.horizontalAdvance(v.words) for v in self.values), default=0)
        room = QRectF(label + S3 + S1, 0, max(1, self.width() - label - words - 3 * S3), 0)
        for number in range(len(self.values)):
            self._bar(painter, metrics, number, label, room)
        self._mark(painter)

    def _bar(self, painter: QPainter, metrics: QFontMetrics, number: int, label: int, room: QRectF) -> None:
        value, place, c = self.values[number], self.place(number), colours()
        painter.setPen(QColor(c.text))
        shown = metrics.elidedText(value.label, Qt.TextElideMode.ElideMiddle, label)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(S1, place.y(), label, place.height()), left, shown)
        painter.setPen(Qt.PenStyle.NoPen)
        height = metrics.height() * 0.7
        top = place.y() + (place.height() - height) / 2
        full = room.width() * value.count / self._most()
        for colour, count in ((c.amber, value.count), (c.accent, value.part)):
            width = full * count / value.count if value.count else 0
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(room.x(), top, width, height), _RADIUS, _RADIUS)
        painter.setPen(QColor(c.muted))
        painter.drawText(QRectF(room.x() + full + S2, place.y(), 999, place.height()), left, value.words)


class Curve(Chart):
    """Values from left to right joined by a line; the axis begins at zero."""

    def sizeHint(self) -> QSize:
        return QSize(480, self.fontMetrics().height() * 9)

    def minimumSizeHint(self) -> QSize:
        return QSize(360, self.sizeHint().height())

    def place(self, number: int) -> QRectF:
        width = self.width() / max(1, len(self.values))
        return QRectF(number * width, 0, width, self.height())

    def _point(self, number: int) -> QPointF:
        line = self.fontMetrics().height()
        low, high = self.height() - line - S2, line + S2
        place = self.place(number)
        return QPointF(place.center().x(), low - (low - high) * self.values[number].count / self._most())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, line = colours(), self.fontMetrics().height()
        low = self.height() - line - S2
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawLine(QPointF(0, low), QPointF(self.width(), low))
        points = [self._point(number) for number in range(len(self.values))]
        painter.setPen(QPen(QColor(c.accent), 2))
        painter.drawPolyline(points)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        for number, point in enumerate(points):
            value, place = self.values[number], self.place(number)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent))
            painter.drawEllipse(point, 3.5, 3.5)
            painter.setPen(QColor(c.text))
            painter.drawText(QRectF(place.x(), point.y() - line - S1, place.width(), line), centre, f"{value.count:,}")
            painter.setPen(QColor(c.muted))
            painter.drawText(QRectF(place.x(), low + S1, place.width(), line), centre, value.label)
        self._mark(painter)
