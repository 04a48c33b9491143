"""Type sizes and line pitches. In points: 二号 22, 三号 15.75, 四号 14, 小四 12, 五号 10.5, 小五 9, 六号 7.5."""

from __future__ import annotations

from dataclasses import dataclass

from station_app.documents.layout.flow import TEXT_HEIGHT, TEXT_WIDTH

SIZES: dict[str, float] = {
    "二号": 22.0,
    "小二": 18.0,
    "三号": 15.75,
    "四号": 14.0,
    "小四": 12.0,
    "五号": 10.5,
    "小五": 9.0,
    "六号": 7.5,
}

#: Lines on a full page of a body size; 22 lines of 28 characters in 三号 is GB/T 9704-2012, 5.2.2.
_LINES: dict[float, int] = {15.75: 22, 14.0: 25, 12.0: 30, 10.5: 36}

TITLE = SIZES["二号"]
TABLE = SIZES["五号"]
TABLE_SMALL = 9.5
SIGN = SIZES["小四"]
FOOT = 8.0


@dataclass(frozen=True, slots=True)
class Body:
    """The body of one paper: type size, the distance of its baselines and the width of its lines, in points."""

    size: float
    width: float = TEXT_WIDTH

    @property
    def pitch(self) -> float:
        return TEXT_HEIGHT / _LINES[self.size]

    @property
    def measure(self) -> float:
        """Width of a line in thousandths of an em."""
        return measure(self.width, self.size)


def measure(width: float, size: float) -> float:
    """A width in points as thousandths of an em of a size."""
    return width / size * 1000


def leading(size: float) -> float:
    """Distance of lines inside tables and signature places."""
    return round(size * 1.4, 2)


def baseline(height: float, size: float) -> float:
    """Where the baseline stands in a line box; ideographs reach 0.88 em above it and 0.12 em below."""
    return (height - size) / 2 + 0.88 * size
