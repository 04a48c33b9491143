"""After a power cut or a crash: what was brought back, said once at log-in, and one key goes on with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from station_app.clock import shanghai_date, shanghai_time
from station_app.services.local import closing
from station_app.services.local.drafts import Draft
from station_app.ui.desk import Desk
from station_app.ui.pages.today import draft_place


def tell(desk: Desk) -> None:
    """Mark the desk as open; say it where the last time did not end in order."""
    station = desk.station
    if closing.begin(station):
        desk.tasks.read(lambda: closing.brought_back(station), done=lambda draft: _say(desk, draft), owner=desk)


def _say(desk: Desk, draft: Draft | None) -> None:
    if draft is None:
        said = QCoreApplication.translate("Interrupted", "上次没有正常关闭。已登记的内容都已保存，没有未完成的草稿。")
        desk.notices.say(said, tone="amber")
        return
    same = shanghai_date(draft.saved) == desk.station.clock.today()
    at = shanghai_time(draft.saved).strftime("%H:%M" if same else "%m-%d %H:%M")
    said = QCoreApplication.translate("Interrupted", "上次没有正常关闭。您写到 {at} 的“{title}”已经找回，没有丢失。")
    place = draft_place(draft)
    go_on = (QCoreApplication.translate("Interrupted", "继续填写"), lambda: desk.go(*place))
    title = draft.title or QCoreApplication.translate("Interrupted", "草稿")
    desk.notices.say(said.format(at=at, title=title), tone="amber", action=go_on, ms=0)
