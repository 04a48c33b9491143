"""The one register of pages: key -> module and class, imported when the page is first opened.

A page is a `Page` (ui/desk.py) made with the `Desk`. Adding a page is one line here; opening it is `desk.go(key, arg)`.
Which pages stand in the menu, and for which role, the contract's role table says (sync.contract.permissions.menu).
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from PySide6.QtCore import QCoreApplication

from station_app.ui.desk import Desk, Page
from station_app.ui.marks import QT_TRANSLATE_NOOP
from sync.contract.errors import BugError

PAGES: Final[dict[str, str]] = {
    "today": "station_app.ui.pages.today:TodayPage",
    "cases": "station_app.ui.pages.cases:CasesPage",
    "papers": "station_app.ui.pages.papers:PapersPage",
    "orders": "station_app.ui.pages.orders:OrdersPage",
    "figures": "station_app.ui.reports.figures:FiguresPage",
    "travel": "station_app.ui.pages.travel:TravelPage",
    "settings": "station_app.ui.pages.settings:SettingsPage",
    # opened from the first page and by search
    "calendar": "station_app.ui.rounds.calendar:CalendarPage",
    "patrols": "station_app.ui.rounds.patrols:PatrolsPage",
    "daylog": "station_app.ui.rounds.daylog:DayLogPage",
    "selfentries": "station_app.ui.rounds.selfentries:SelfEntriesPage",
    # opened from other pages: argument None or a draft id; a case's record id; an issued paper's (case, record)
    "intake": "station_app.ui.intake.page:IntakePage",
    "case": "station_app.ui.case.page:CasePage",
    "agreement": "station_app.ui.agreement.page:AgreementPage",
    "signing": "station_app.ui.signdesk.board:SigningPage",
    "sign_desk": "station_app.ui.signdesk.page:SignDeskPage",
    "board": "station_app.ui.reports.board:BoardPage",
    "subsidy": "station_app.ui.reports.subsidy:SubsidyPage",
    "meeting": "station_app.ui.reports.meeting:MeetingPage",
    "issued": "station_app.ui.reports.issued:IssuedPage",
    "ministry": "station_app.ui.reports.ministry:MinistryPage",
    "packs": "station_app.ui.packs.page:PacksPage",
    "case_papers": "station_app.ui.papers.page:CasePapersPage",
}

MENU_TITLES: Final[dict[str, str]] = {
    "today": QT_TRANSLATE_NOOP("Menu", "今日待办"),
    "cases": QT_TRANSLATE_NOOP("Menu", "诉求办理"),
    "papers": QT_TRANSLATE_NOOP("Menu", "文书管理"),
    "orders": QT_TRANSLATE_NOOP("Menu", "社区发令"),
    "figures": QT_TRANSLATE_NOOP("Menu", "统计分析"),
    "travel": QT_TRANSLATE_NOOP("Menu", "数据上传"),
    "settings": QT_TRANSLATE_NOOP("Menu", "系统设置"),
}

BELONGS: Final[dict[str, str]] = {
    **dict.fromkeys(("calendar", "patrols", "daylog", "selfentries", "signing"), "today"),
    **dict.fromkeys(("intake", "case", "agreement", "sign_desk", "case_papers"), "cases"),
    **dict.fromkeys(("board", "subsidy", "meeting", "issued", "ministry"), "figures"),
    "packs": "settings",
}
"""Page beside the menu -> the entry it belongs to: the menu says where one is, however one came there."""

OTHER_TITLES: Final[dict[str, str]] = {
    "calendar": QT_TRANSLATE_NOOP("Menu", "日程"),
    "patrols": QT_TRANSLATE_NOOP("Menu", "排查记录"),
    "daylog": QT_TRANSLATE_NOOP("Menu", "工作日志"),
    "board": QT_TRANSLATE_NOOP("Menu", "看板"),
    "meeting": QT_TRANSLATE_NOOP("Menu", "书记会商"),
    "subsidy": QT_TRANSLATE_NOOP("Menu", "以案定补"),
    "selfentries": QT_TRANSLATE_NOOP("Menu", "居民自助登记"),
    "issued": QT_TRANSLATE_NOOP("Menu", "已出具的报表"),
    "packs": QT_TRANSLATE_NOOP("Menu", "资料包"),
}
"""Pages beside the menu that search finds."""


def register(key: str, place: str) -> None:
    """Add or replace a page: `place` is "module:Class"."""
    PAGES[key] = place


def menu_title(key: str) -> str:
    """The word in the menu, or of a page beside it."""
    return QCoreApplication.translate("Menu", MENU_TITLES.get(key) or OTHER_TITLES[key])


def make(key: str, desk: Desk) -> Page:
    """Import and build a page; BugError for a key nobody registered."""
    if key not in PAGES:
        raise BugError(f"no page {key}")
    module, _, name = PAGES[key].partition(":")
    page = getattr(import_module(module), name)(desk)
    assert isinstance(page, Page)
    return page
