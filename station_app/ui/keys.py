"""The one key table of the whole desk: what a key does is the same on every page. Nothing else names a key.

Digits, Space and Enter belong to text fields and the input method. Never used: Ctrl+Space, Ctrl+., Ctrl+,,
Shift alone, Ctrl+Alt+A (input methods and chat programs take them).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from station_app.ui.marks import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `name` in the code, the sequence, and what it does in words (Chinese source of the translation)."""

    name: str
    keys: str
    title: str


KEYS: Final = (
    Key("new", "Ctrl+N", QT_TRANSLATE_NOOP("Keys", "新登记")),
    Key("search", "Ctrl+K", QT_TRANSLATE_NOOP("Keys", "搜索")),
    *(Key(f"page{n}", f"Ctrl+{n}", QT_TRANSLATE_NOOP("Keys", "打开菜单页")) for n in range(1, 8)),
    Key("save", "Ctrl+S", QT_TRANSLATE_NOOP("Keys", "保存草稿")),
    Key("print", "Ctrl+P", QT_TRANSLATE_NOOP("Keys", "预览并打印")),
    Key("print_all", "Ctrl+Shift+P", QT_TRANSLATE_NOOP("Keys", "打印全部必备文书、缺少的文书")),
    Key("refresh", "F5", QT_TRANSLATE_NOOP("Keys", "刷新")),
    Key("copy_side", "F2", QT_TRANSLATE_NOOP("Keys", "复制另一方内容")),
    Key("agent", "F3", QT_TRANSLATE_NOOP("Keys", "代理人")),
    Key("phrases", "F4", QT_TRANSLATE_NOOP("Keys", "常用语")),
    Key("duplicate", "F6", QT_TRANSLATE_NOOP("Keys", "处理疑似重复")),
    Key("findings", "F7", QT_TRANSLATE_NOOP("Keys", "审查意见")),
    Key("preview", "F8", QT_TRANSLATE_NOOP("Keys", "预览")),
    Key("register", "F9", QT_TRANSLATE_NOOP("Keys", "登记")),
    Key("accept", "Ctrl+Return", QT_TRANSLATE_NOOP("Keys", "登记并受理；出具并打印；窗口中保存")),
    Key("sign", "F10", QT_TRANSLATE_NOOP("Keys", "登记已签，转到下一人")),
    Key("present", "F11", QT_TRANSLATE_NOOP("Keys", "全屏给当事人看")),
    Key("add_party", "Ctrl+Shift+N", QT_TRANSLATE_NOOP("Keys", "添加当事人")),
    Key("paste_roster", "Ctrl+Shift+V", QT_TRANSLATE_NOOP("Keys", "粘贴名册")),
    Key("copy_next", "Ctrl+Shift+C", QT_TRANSLATE_NOOP("Keys", "复制下一项")),
    Key("paste_scan", "Ctrl+V", QT_TRANSLATE_NOOP("Keys", "粘贴扫描图片")),
    *(Key(f"service{n}", f"Alt+{n}", QT_TRANSLATE_NOOP("Keys", "选择服务类别")) for n in range(1, 7)),
    Key("lock", "Ctrl+L", QT_TRANSLATE_NOOP("Keys", "锁定")),
    Key("undo_verb", "Ctrl+Shift+Z", QT_TRANSLATE_NOOP("Keys", "撤销刚才的办理")),
    Key("back", "Esc", QT_TRANSLATE_NOOP("Keys", "返回")),
)
_BY_NAME: Final = {key.name: key for key in KEYS}


def sequence(name: str) -> QKeySequence:
    """The key of a name."""
    return QKeySequence(_BY_NAME[name].keys)


def shown(name: str) -> str:
    """The key as a hint shows it: Ctrl+K; Ctrl+Enter for the long key."""
    return _BY_NAME[name].keys.replace("Return", "Enter")


def title(name: str) -> str:
    """What a key does, in the language now spoken."""
    return QCoreApplication.translate("Keys", _BY_NAME[name].title)


def bind(widget: QWidget, name: str, act: Callable[[], object], *, everywhere: bool = False) -> QShortcut:
    """Let a key act while the widget or one of its children has the focus.

    `everywhere`: in the whole window, as long as the widget can be seen. Two widgets that can be seen at the same time
    must not take the same key everywhere.
    """
    shortcut = QShortcut(sequence(name), widget)
    own = Qt.ShortcutContext.WidgetWithChildrenShortcut
    shortcut.setContext(Qt.ShortcutContext.WindowShortcut if everywhere else own)
    shortcut.activated.connect(lambda: act() and None)
    return shortcut
