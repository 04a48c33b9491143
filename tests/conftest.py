"""Every test: a home of its own, a foreign time zone, offscreen Qt with bundled fonts, quiet logs."""

# ruff: noqa: E402  - the surroundings are set before anything reads them
from tests.support.surroundings import isolate

isolate()

import os
import tempfile
from pathlib import Path

import hypothesis
import hypothesis.configuration
import pytest

pytest_plugins = (
    "tests.support.clock",
    "tests.support.logwatch",
    "tests.support.postgres",
    "tests.support.qt",
)

# "ci": the same examples on every run, so that a red run means a change. "search": many fresh ones, by hand.
hypothesis.configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "station-hypothesis")
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
hypothesis.settings.register_profile("search", max_examples=2000, deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def repo() -> Path:
    """The top of the checkout."""
    return Path(__file__).parents[1]
