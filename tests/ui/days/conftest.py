"""The printers of the papers' tests, so that no printer of this machine is touched."""

from tests.ui.papers.conftest import two_printers

__all__ = ["two_printers"]
