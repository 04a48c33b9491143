"""Fixtures of the travelling tests."""

from tests.support.district import district

__all__ = ["district"]
