"""The pinned PySide6 must not eat references to None: 6.12.0 on Python 3.11 aborts the program after minutes."""

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_calls_without_a_result_keep_none_alive(qapp: "QApplication") -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLabel

    label, timer, calls = QLabel(), QTimer(), 2000
    before = sys.getrefcount(None)
    for number in range(calls):
        label.setText(str(number))
        label.resize(10, 10)
        timer.stop()
    lost = before - sys.getrefcount(None)
    assert lost < calls / 20, f"{lost} references to None lost in {3 * calls} calls"


def test_qt_is_the_version_that_old_desktops_can_run() -> None:
    """Wheels from 6.10 on need glibc 2.34; domestic desktops have 2.28 to 2.31."""
    import PySide6

    assert PySide6.__version_info__[:2] == (6, 9)
