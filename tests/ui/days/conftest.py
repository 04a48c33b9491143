"""The printers of the papers' tests, so that no printer of this machine is touched."""

from tests.ui.days.setting import day
from tests.ui.papers.conftest import two_printers

__all__ = ["day", "two_printers"]
