"""Fail a test that logged a warning nobody expected, as `filterwarnings = error` does for Python warnings.

A test that provokes a warning says so: `@pytest.mark.expect_log("pattern", ...)`. Each pattern (a regular
expression searched in the message) must then have been logged, and nothing else at WARNING or above.
"""

import logging
import re
from collections.abc import Generator
from typing import Final

import pytest

_STASH: Final = pytest.StashKey[list[logging.LogRecord]]()


class _Collector(logging.Handler):
    """Keeps what was logged since `records` was last replaced."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


_COLLECTOR: Final = _Collector()


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line("markers", "expect_log(*patterns): the only warnings this test may, and must, log")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Collect anew; the handler is put back each time, since code under test may configure logging."""
    _COLLECTOR.records = item.stash[_STASH] = []
    root = logging.getLogger()
    if _COLLECTOR not in root.handlers:
        root.addHandler(_COLLECTOR)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Judge after the body: a failing body keeps its own reason."""
    outcome = yield
    complaint = _complaint(item)
    if complaint:
        pytest.fail(complaint, pytrace=False)
    return outcome


def _complaint(item: pytest.Item) -> str:
    """Why the log of this test is not what it promised; empty when it is."""
    patterns = [str(p) for mark in item.iter_markers("expect_log") for p in mark.args]
    messages = [(f"{r.name} {r.levelname}", r.getMessage()) for r in item.stash[_STASH]]
    surprises = [
        f"unexpected log: {origin}: {text}"
        for origin, text in messages
        if not any(re.search(p, text) for p in patterns)
    ]
    missing = [f"never logged: {p}" for p in patterns if not any(re.search(p, text) for _, text in messages)]
    return "\n".join(surprises + missing)
