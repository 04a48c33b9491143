"""清空: an empty form; what stood there comes back with one click, as long as nothing new was begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.ui.intake import keeping

if TYPE_CHECKING:
    from station_app.ui.intake.page import IntakePage


def throw_away(page: IntakePage) -> None:
    """Begin anew and offer to take it back."""
    if keeping.untouched(page):
        return
    kept = keeping.shot(page)
    wait = QCoreApplication.translate("IntakePage", "已开始填写新的诉求，请先登记或者清空后再恢复。")

    def back() -> None:
        if keeping.untouched(page):
            keeping.put_back(page, kept.data, kept.caret)
            page.saver.flush(always=True)
        else:
            page.notices.say(wait, tone="amber", action=again, ms=0)

    again = (QCoreApplication.translate("IntakePage", "恢复"), back)
    page.saver.drop()
    page.begin()
    said = QCoreApplication.translate("IntakePage", "已清空。")
    if page.pictures.kept:
        said = QCoreApplication.translate("IntakePage", "已清空，图片材料仍在，不需要的请点按取消。")
    page.notices.say(said, action=again, ms=0)
