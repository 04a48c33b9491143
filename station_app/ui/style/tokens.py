"""The only place that names a colour, a size or a duration; everything on screen is drawn from here."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final, Literal

Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one scheme. Text colours reach 4.5:1 on every ground they stand on; `faint` is never text."""

    ground: str
    surface: str
    raised: str
    sunken: str
    hover: str
    selected: str
    text: str
    muted: str
    faint: str
    on_accent: str
    line: str
    field_line: str
    focus: str
    accent: str
    accent_hover: str
    accent_down: str
    red: str
    amber: str
    green: str
    red_tint: str
    amber_tint: str
    green_tint: str
    shade: str


LIGHT: Final = Palette(
    ground="#F4F6F8",
    surface="#FFFFFF",
    raised="#FFFFFF",
    sunken="#EDF0F3",
    hover="#EAEEF2",
    selected="#DCE9F5",
    text="#1C2126",
    muted="#56606B",
    faint="#8A949E",
    on_accent="#FFFFFF",
    line="#DCE1E6",
    field_line="#B4BDC6",
    focus="#1F6FB2",
    accent="#1B64A5",
    accent_hover="#17578F",
    accent_down="#124A7B",
    red="#B3261E",
    amber="#8A5A00",
    green="#1E6B3C",
    red_tint="#F9EEED",
    amber_tint="#F6F2EB",
    green_tint="#EDF3EF",
    shade="#0000001F",
)

DARK: Final = Palette(
    ground="#15181C",
    surface="#1D2126",
    raised="#242930",
    sunken="#191D21",
    hover="#2A3038",
    selected="#24394D",
    text="#E8EBEE",
    muted="#A5AEB8",
    faint="#77818C",
    on_accent="#0E2233",
    line="#343B44",
    field_line="#4A535E",
    focus="#5BA8E6",
    accent="#5BA8E6",
    accent_hover="#78B8EC",
    accent_down="#4794D4",
    red="#F2837B",
    amber="#E5B454",
    green="#74C794",
    red_tint="#2E292D",
    amber_tint="#2D2D2A",
    green_tint="#242E2F",
    shade="#00000066",
)

PALETTES: Final[dict[Scheme, Palette]] = {"light": LIGHT, "dark": DARK}

# -- distances, in logical px ------------------------------------------------------------------------------------
S1: Final = 4
S2: Final = 8
S3: Final = 12
S4: Final = 16
S5: Final = 24
S6: Final = 32
RADIUS: Final = 5
RING: Final = 2
ICON: Final = 20
MENU_WIDTH: Final = 176
MENU_FOLDED: Final = 64
NARROW: Final = 1040
"""Windows narrower than this fold the menu to icons and put side summaries into a drawer."""
FORM_WIDTH: Final = 980
"""A form grows no wider: long lines are hard to read."""
CARD_WIDTH: Final = 420

# -- type, in pt ---------------------------------------------------------------------------------------------------
BODY_PT: Final = 10.5
SMALL_PT: Final = 9.5
TITLE_PT: Final = 13.0
PAGE_PT: Final = 18.0
LARGE: Final = 1.25
ROW_FACTOR: Final = 1.7
"""Height of a table row in heights of its font: at least 32 px at 100 %."""

# -- durations, in ms ------------------------------------------------------------------------------------------------
TYPING_MS: Final = 120
"""Pause after a key before a list filters: short enough to feel at once, long enough not to query each letter."""
AUTOSAVE_MS: Final = 2_000
UNDO_MS: Final = 5_000
NOTICE_MS: Final = 6_000
TICK_MS: Final = 15_000
INDEX_MS: Final = 1_500
"""Idle pause after which saved texts are taken over into the search index."""

SHAPES: Final = {"red": "▲", "amber": "◆", "green": "●", "none": "○"}
"""The colour signs: always shape, word and colour together."""


def palette(scheme: Scheme) -> Palette:
    """The colours of a scheme."""
    return PALETTES[scheme]


def names() -> tuple[str, ...]:
    """The names of all colours."""
    return tuple(f.name for f in fields(Palette))
