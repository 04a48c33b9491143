"""The font of the desk: the system's own Chinese font, the bundled Noto Sans SC where there is none."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from station_app.paths import resources_dir

SYSTEM: Final = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
)
BUNDLED: Final = "NotoSansSC-Regular.ttf"


def choose_family() -> str:
    """The first Chinese family this system has, else the bundled one, registered now."""
    for family in SYSTEM:
        if QFontDatabase.hasFamily(family):
            return family
    return bundled_family()


def bundled_family() -> str:
    """Register the bundled font; its family, "" where the file is gone (Qt then falls back by itself)."""
    number = QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / BUNDLED))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else ""


def tabular(font: QFont) -> QFont:
    """The font with digits of one width, for columns of money and numbers."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy
