"""The one style sheet. Widgets say what they are by properties (`kind`, `role`, `tone`), never how they look.

Buttons: kind = primary | quiet | link | danger | menu | card | tile. Labels: role = page | title | muted | small |
error | figure | chip.
Frames: role = card | bar | panel. Tone of a chip or a message: red | amber | green | none.
"""

from __future__ import annotations

from dataclasses import dataclass

from station_app.ui.style import tokens as t
from station_app.ui.style.tokens import Palette, Scheme


@dataclass(frozen=True, slots=True)
class Measure:
    """Sizes as the sheet writes them."""

    scale: float

    def px(self, size: float) -> str:
        """A length."""
        return f"{round(size * self.scale)}px"

    def pt(self, size: float) -> str:
        """A font size."""
        return f"{size * self.scale:.2f}pt"


def sheet(c: Palette, *, scale: float, scheme: Scheme) -> str:
    """The style sheet for one palette; sizes in pt and px grow with `scale`."""

    m = Measure(scale)
    return "\n".join(
        (_labels(c, m), _buttons(c, m, scheme), _fields(c, m, scheme), _boxes(c, m), _tables(c, m), _frame(c, m))
    )


def _labels(c: Palette, m: Measure) -> str:
    return f"""
* {{ outline: none; }}
QToolTip {{ color: {c.text}; background: {c.raised}; border: 1px solid {c.line}; padding: 4px 6px; }}
QLabel {{ background: transparent; }}
QLabel[role="page"] {{ font-size: {m.pt(t.PAGE_PT)}; color: {c.text}; }}
QLabel[role="title"] {{ font-size: {m.pt(t.TITLE_PT)}; color: {c.text}; }}
QLabel[role="muted"] {{ color: {c.muted}; }}
QLabel[role="small"] {{ color: {c.muted}; font-size: {m.pt(t.SMALL_PT)}; }}
QLabel[role="figure"] {{ font-size: {m.pt(t.PAGE_PT + 6)}; color: {c.text}; }}
QLabel[role="error"] {{ color: {c.red}; font-size: {m.pt(t.SMALL_PT)}; }}
QLabel[role="chip"] {{ border-radius: {t.RADIUS}px; padding: 1px 7px; font-size: {m.pt(t.SMALL_PT)};
  background: {c.sunken}; color: {c.muted}; }}
QLabel[role="chip"][tone="red"] {{ background: {c.red_tint}; color: {c.red}; }}
QLabel[role="chip"][tone="amber"] {{ background: {c.amber_tint}; color: {c.amber}; }}
QLabel[role="chip"][tone="green"] {{ background: {c.green_tint}; color: {c.green}; }}
QLabel[tone="red"] {{ color: {c.red}; }}
QLabel[tone="amber"] {{ color: {c.amber}; }}
QLabel[tone="green"] {{ color: {c.green}; }}
QPushButton[kind="quiet"][tone="red"] {{ color: {c.red}; }}
QPushButton[kind="quiet"][tone="amber"] {{ color: {c.amber}; }}
QPushButton[kind="quiet"][tone="green"] {{ color: {c.green}; }}
"""


def _buttons(c: Palette, m: Measure, scheme: Scheme) -> str:
    return f"""
QPushButton, QToolButton {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.field_line};
  border-radius: {t.RADIUS}px; padding: 4px {m.px(14)}; min-height: {m.px(22)}; }}
QPushButton:hover, QToolButton:hover {{ background: {c.hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {c.selected}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {c.focus}; padding: 3px {m.px(13)}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c.muted}; background: {c.sunken}; border-color: {c.line}; }}
QPushButton[kind="primary"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
QPushButton[kind="primary"]:hover {{ background: {c.accent_hover}; border-color: {c.accent_hover}; }}
QPushButton[kind="primary"]:pressed {{ background: {c.accent_down}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {c.sunken}; color: {c.muted}; border-color: {c.line}; }}
QPushButton[kind="danger"] {{ color: {c.red}; border-color: {c.red}; }}
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {{ background: transparent; border-color: transparent;
  padding: 4px {m.px(8)}; }}
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover {{ background: {c.hover}; }}
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus {{ border: 2px solid {c.focus};
  padding: 3px {m.px(7)}; }}
QPushButton[kind="quiet"]:checked {{ background: {c.selected}; }}
QPushButton[kind="link"] {{ background: transparent; border: 2px solid transparent; color: {c.accent};
  padding: 0 2px; min-height: {m.px(24)}; text-align: left; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; background: transparent; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {c.focus}; }}
QPushButton[kind="card"] {{ background: {c.surface}; border: 1px solid {c.line}; text-align: left;
  padding: {m.px(10)} {m.px(14)}; min-height: {m.px(28)}; }}
QPushButton[kind="card"]:hover {{ background: {c.hover}; }}
QPushButton[kind="card"]:checked {{ background: {c.selected}; border: 1px solid {c.accent}; }}
QPushButton[kind="card"]:focus {{ border: 2px solid {c.focus}; padding: {m.px(9)} {m.px(13)}; }}
QPushButton[kind="tile"] {{ background: {c.surface}; border: 1px solid {c.line}; text-align: left; padding: 0; }}
QPushButton[kind="tile"]:hover {{ background: {c.hover}; }}
QPushButton[kind="tile"]:focus {{ border: 2px solid {c.focus}; padding: 0; }}
QToolButton::menu-indicator {{ image: none; }}
QLineEdit QToolButton, QLineEdit QToolButton:hover, QLineEdit QToolButton:focus {{ border: none; padding: 0;
  min-height: 0; background: transparent; }}
QPushButton::menu-indicator {{ image: url(style:{scheme}/chevron-down.svg); subcontrol-position: right center;
  right: 6px; }}
"""


def _fields(c: Palette, m: Measure, scheme: Scheme) -> str:
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {{ background: {c.surface}; color: {c.text};
  border: 1px solid {c.field_line}; border-radius: {t.RADIUS}px; padding: 4px 7px;
  selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit, QComboBox, QSpinBox {{ min-height: {m.px(22)}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {{
  border: 2px solid {c.focus}; padding: 3px 6px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{ border: 1px solid {c.red};
  background: {c.red_tint}; }}
QLineEdit[wrong="true"]:focus, QPlainTextEdit[wrong="true"]:focus {{ border: 2px solid {c.red}; }}
QLineEdit:disabled, QLineEdit:read-only, QPlainTextEdit:disabled, QComboBox:disabled {{ background: {c.sunken};
  color: {c.muted}; border-color: {c.line}; }}
QComboBox {{ padding-right: 0; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border: none; padding: 0; background: transparent;
  min-height: {m.px(20)}; }}
QComboBox::drop-down {{ border: none; width: {m.px(24)}; }}
QComboBox::down-arrow {{ image: url(style:{scheme}/chevron-down.svg); width: {m.px(14)}; height: {m.px(14)}; }}
QComboBox QAbstractItemView, QAbstractItemView[role="popup"] {{ background: {c.raised}; color: {c.text};
  border: 1px solid {c.line}; padding: 2px; selection-background-color: {c.selected}; selection-color: {c.text}; }}
QComboBox QAbstractItemView::item, QAbstractItemView[role="popup"]::item {{ min-height: {m.px(28)}; padding: 0 6px; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: {m.px(18)}; }}
QSpinBox::up-arrow {{ image: url(style:{scheme}/chevron-up.svg); width: {m.px(10)}; height: {m.px(10)}; }}
QSpinBox::down-arrow {{ image: url(style:{scheme}/chevron-down.svg); width: {m.px(10)}; height: {m.px(10)}; }}
QCheckBox, QRadioButton {{ spacing: 7px; padding: 3px; border: 2px solid transparent;
  border-radius: {t.RADIUS}px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {c.focus}; }}
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {{
  width: {m.px(15)}; height: {m.px(15)}; background: {c.surface};
  border: 1px solid {c.field_line}; }}
QCheckBox::indicator, QAbstractItemView::indicator {{ border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: {m.px(8)}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
  image: url(style:{scheme}/check.svg); }}
QRadioButton::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
  image: url(style:{scheme}/radio.svg); }}
"""


def _boxes(c: Palette, m: Measure) -> str:
    return f"""
QFrame[role="card"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {t.RADIUS}px; }}
QFrame[role="panel"] {{ background: {c.sunken}; border: none; border-radius: {t.RADIUS}px; }}
QFrame[role="rule"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[role="notice"] {{ background: {c.raised}; border: none; border-bottom: 1px solid {c.line}; }}
QFrame[role="notice"][tone="red"] {{ background: {c.red_tint}; }}
QFrame[role="notice"][tone="amber"] {{ background: {c.amber_tint}; }}
QFrame[role="notice"][tone="green"] {{ background: {c.green_tint}; }}
QScrollArea, QScrollArea > QWidget > QWidget[role="canvas"] {{ background: transparent; border: none; }}
QDialog, QMessageBox {{ background: {c.ground}; }}
QMessageBox QLabel#qt_msgbox_label, QMessageBox QLabel#qt_msgbox_informativelabel {{ min-width: {m.px(400)}; }}
QMenu {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
QMenu::item {{ padding: {m.px(6)} {m.px(24)} {m.px(6)} {m.px(12)}; border-radius: 3px; }}
QMenu::item:selected {{ background: {c.selected}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 6px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.field_line}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 36px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; }}
QScrollBar::handle:hover {{ background: {c.faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
QTabBar::tab {{ background: transparent; color: {c.muted}; padding: {m.px(7)} {m.px(12)}; border: none;
  border-bottom: 2px solid transparent; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:selected {{ color: {c.accent}; border-bottom: 2px solid {c.accent}; }}
QTabBar::tab:focus {{ color: {c.accent}; background: {c.hover}; }}
QProgressBar {{ background: {c.sunken}; border: 1px solid {c.line}; border-radius: 4px; height: {m.px(10)};
  text-align: center; color: transparent; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QSplitter::handle {{ background: {c.line}; }}
QCalendarWidget QToolButton {{ border: none; padding: 2px 6px; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {c.sunken}; }}
"""


def _tables(c: Palette, m: Measure) -> str:
    return f"""
QTableView, QListView, QTreeView {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line};
  border-radius: {t.RADIUS}px; gridline-color: {c.line}; selection-background-color: {c.selected};
  selection-color: {c.text}; alternate-background-color: {c.surface}; }}
QTableView:focus, QListView:focus, QTreeView:focus {{ border: 2px solid {c.focus}; }}
QTableView::item, QTreeView::item {{ padding: 0 {m.px(6)}; border: none; }}
QListView::item {{ padding: {m.px(5)} {m.px(8)}; border: none; }}
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {{ background: {c.selected};
  color: {c.text}; }}
QListView[role="lines"]::item {{ min-height: {m.px(26)}; }}
QHeaderView {{ background: {c.sunken}; border: none; }}
QHeaderView::section {{ background: {c.sunken}; color: {c.muted}; border: none; border-bottom: 1px solid {c.line};
  padding: {m.px(6)} {m.px(9)}; }}
QTableCornerButton::section {{ background: {c.sunken}; border: none; }}
"""


def _frame(c: Palette, m: Measure) -> str:
    return f"""
QWidget#header {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.line}; }}
QWidget#menu {{ background: {c.surface}; border: none; border-right: 1px solid {c.line}; }}
QWidget#status {{ background: {c.surface}; border: none; border-top: 1px solid {c.line}; }}
QWidget#status QPushButton[kind="link"] {{ color: {c.text}; }}
QWidget#status QPushButton[kind="link"][tone="red"] {{ color: {c.red}; }}
QWidget#status QPushButton[kind="link"][tone="amber"] {{ color: {c.amber}; }}
QWidget#status QPushButton[kind="link"][tone="green"] {{ color: {c.green}; }}
QPushButton[kind="menu"] {{ background: transparent; border: 2px solid transparent; border-radius: {t.RADIUS}px;
  text-align: left; padding: {m.px(5)} {m.px(8)}; min-height: {m.px(24)}; }}
QPushButton[kind="menu"]:hover {{ background: {c.hover}; }}
QPushButton[kind="menu"]:checked {{ background: {c.selected}; color: {c.text}; font-weight: 600; }}
QPushButton[kind="menu"]:focus {{ border: 2px solid {c.focus}; }}
QLabel[role="count"] {{ background: {c.sunken}; color: {c.muted}; border-radius: {m.px(8)}; padding: 0 6px;
  font-size: {m.pt(t.SMALL_PT)}; }}
"""
