"""The rare-character pack: the faces behind Noto Serif SC, and the ideographs they are there for.

The pack is optional and large (82 MB on disk), so it is a part of its own: a wheel of data, a folder beside the
program's fonts, or the fonts of the system's own packages. Its two faces are used as their makers published them:
BabelStone Han first (shapes of the mainland, Arphic Public Licence), then HanaMinB (all of Extensions B to F,
Hanazono licence or OFL).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

FACES: Final = ("BabelStoneHan.ttf", "HanaMinB.ttf")
"""File names in the order they are asked."""

WHEEL: Final = "station_rare_fonts"
"""Module of the wheel of data (resources/packaging/rare); its files lie beside its `__init__.py`."""

LEVEL_3: Final = (
    (0x4E00, 0x9FEF),
    (0x3400, 0x4DB5),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
    (0xFA0E, 0xFA0F),
    (0xFA11, 0xFA11),
    (0xFA13, 0xFA14),
    (0xFA1F, 0xFA1F),
    (0xFA21, 0xFA21),
    (0xFA23, 0xFA24),
    (0xFA27, 0xFA29),
)
"""Ideographs of GB 18030-2022, implementation level 3: first and last code point of each run."""


def ideographs() -> Iterator[str]:
    """Every ideograph of level 3, 87,887 of them."""
    for first, last in LEVEL_3:
        yield from map(chr, range(first, last + 1))


@lru_cache(maxsize=1)
def installed() -> tuple[Path, ...]:
    """The faces of the pack that are on this PC, in order; () where it was not installed."""
    places = list(_folders())
    found = ([p / name for p in places if (p / name).is_file()] for name in FACES)
    return tuple(paths[0] for paths in found if paths)


def _folders() -> Iterator[Path]:
    """The wheel, the folder of an installer's part, then where Debian and its descendants put these fonts."""
    spec = find_spec(WHEEL)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(place)
    from station_app.paths import resources_dir

    yield resources_dir() / "fonts" / "rare"
    for package in ("babelstone", "hanazono"):
        yield Path("/usr/share/fonts/truetype") / package
