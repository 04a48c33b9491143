"""Fixtures of the travelling tests."""

from tests.support.district import district
from tests.sync.pcs import join

__all__ = ["district", "join"]
