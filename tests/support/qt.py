"""One QApplication for the whole test process, drawn with the fonts that the program ships.

Qt is imported inside the fixtures, so that tests without a window never load it.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

FONTS: Final = Path(__file__).parents[2] / "resources" / "fonts"
FAMILY: Final = "Noto Sans SC"


@pytest.fixture(scope="session")
def qapp(qapp: "QApplication") -> "QApplication":
    """pytest-qt's application with Fusion and the bundled font: the same pixels on every machine."""
    from PySide6.QtGui import QFont, QFontDatabase

    assert FAMILY in bundled_families(), f"{FAMILY} is not among the families of {FONTS}"
    qapp.setStyle("Fusion")
    qapp.setFont(QFont(FAMILY, 10))
    assert QFontDatabase.hasFamily(FAMILY)
    return qapp


def bundled_families() -> set[str]:
    """Register every font file under resources/fonts; the families they hold. Needs a QApplication."""
    from PySide6.QtGui import QFontDatabase

    families: set[str] = set()
    for file in sorted(FONTS.glob("*.ttf")):
        families.update(QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(os.fspath(file))))
    return families
