"""What fuzzing once found stays mended, and the good inputs it begins from are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.targets import FOUND, TARGETS, close, found, seeds


@pytest.fixture(autouse=True, scope="module")
def closed() -> Iterator[None]:
    """What the targets opened is closed with the tests."""
    yield
    close()


KEPT = [(target, path) for target in TARGETS for path in found(target)]


@pytest.mark.parametrize("target", TARGETS)
def test_the_inputs_it_begins_from(target: str) -> None:
    for data in seeds(target):
        TARGETS[target](data)
        for cut in (0, 1, len(data) // 2, len(data) - 1):
            TARGETS[target](data[:cut])


@pytest.mark.parametrize(("target", "path"), KEPT, ids=lambda v: v.name if isinstance(v, Path) else v)
def test_what_was_found(target: str, path: Path) -> None:
    TARGETS[target](path.read_bytes())


def test_everything_kept_has_its_target() -> None:
    assert {path.name for path in FOUND.iterdir() if path.is_dir()} <= set(TARGETS)
