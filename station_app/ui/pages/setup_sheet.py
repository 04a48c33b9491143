"""密钥恢复单: shown once after the set-up, to print or to copy by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from station_app.ui import words
from station_app.ui.style.tokens import S3, S4
from station_app.ui.widgets.layout import Canvas, button, card, row, text
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.services.people import Created


class SheetPage(QWidget):
    """The key recovery sheet: its code is shown once, to print or to copy by hand. *Signals:* `done`."""

    done = Signal()

    def __init__(self, created: Created) -> None:
        super().__init__()
        store = created.station.store
        canvas = Canvas(most=760, centred=True)
        code = text(created.sheet, "title")
        code.setAccessibleName(created.sheet)
        code.setTextInteractionFlags(code.textInteractionFlags().TextSelectableByMouse)
        code.setWordWrap(True)
        canvas.column.addWidget(text(self.tr("密钥恢复单"), "page"))
        canvas.column.addWidget(
            text(
                self.tr(
                    "忘记密码时，凭下面的恢复码可以重新设置密码。恢复码只显示这一次，本程序和平台都不保存。请立即打印或者抄写，由负责人锁存，不要拍照或者存入电脑。"
                ),
                wrap=True,
            )
        )
        canvas.column.addWidget(card(text(store.setting("station.name"), "muted"), code))
        self.kept = QCheckBox(self.tr("已打印或者抄写，并已妥善保管"))
        self.kept.setAccessibleName(self.kept.text())
        self.start = button(self.tr("开始使用"), self.done.emit, kind="primary")
        self.start.setEnabled(False)
        self.kept.toggled.connect(self.start.setEnabled)
        self._text = sheet_text(store.setting("station.name"), created.sheet)
        self.print = button(self.tr("打印"), self._print, picture="printer")
        self.save = button(self.tr("另存为 PDF"), self._save, picture="save")
        only = text(self.tr("PDF 只用于到其他电脑打印，打印后请立即删除。"), "small", wrap=True)
        canvas.column.addLayout(row(self.print, self.save, None, spacing=S4))
        canvas.column.addWidget(only)
        self.joined = text("", "", wrap=True)
        self.joined.hide()
        canvas.column.addWidget(self.joined)
        canvas.column.addWidget(self.kept)
        canvas.column.addLayout(row(None, self.start, spacing=S3))
        canvas.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(canvas)

    def say(self, sentence: str) -> None:
        """How joining the district goes."""
        self.joined.setText(sentence)
        self.joined.show()

    def _save(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getSaveFileName(self, self.tr("另存为 PDF"), self.tr("密钥恢复单.pdf"), "PDF (*.pdf)")
        if name:
            self.save_pdf(Path(name))

    def save_pdf(self, path: Path) -> None:
        """The sheet as a file; E-516 is said where it cannot be written."""
        from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
        from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        margins = QMarginsF(25, 25, 25, 25)
        writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins))
        document = QTextDocument()
        document.setHtml(self._text)
        document.print_(writer)
        try:
            path.write_bytes(bytes(buffer.data().data()))
        except OSError:
            self.say(f"▲ {words.sentence(KnownError('E-516', file=path.name))}")
            return
        self.say(self.tr("已保存：{file}").format(file=path.name))

    def _print(self) -> None:
        from PySide6.QtGui import QTextDocument
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)

        def go() -> None:
            document = QTextDocument()
            document.setHtml(self._text)
            document.print_(printer)

        dialog.accepted.connect(go)
        dialog.show()


def sheet_text(station: str, code: str) -> str:
    """The sheet as it is printed."""
    from PySide6.QtCore import QCoreApplication

    title = QCoreApplication.translate("SheetPage", "密钥恢复单")
    keep = QCoreApplication.translate(
        "SheetPage", "本单由站点负责人锁存。凭恢复码可以重新设置密码，任何人不得拍照、转发。"
    )
    return f"<h2>{title}</h2><p>{station}</p><p style='font-size:18pt'>{code}</p><p>{keep}</p>"
