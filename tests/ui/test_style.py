"""Tokens reach their contrast; no other file of the desk names a colour; the sheet is whole in every variant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from station_app.ui.style import icons, tokens
from station_app.ui.style.sheet import sheet

READABLE = ("text", "muted", "accent", "red", "amber", "green")
GROUNDS = ("ground", "surface", "raised", "sunken")


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_on_every_ground(scheme: tokens.Scheme) -> None:
    colours = tokens.palette(scheme)
    pairs = [(ink, ground) for ink in READABLE for ground in GROUNDS]
    pairs += [("text", "hover"), ("text", "selected"), ("muted", "selected"), ("muted", "hover")]
    pairs += [(tone, f"{tone}_tint") for tone in ("red", "amber", "green")] + [("text", f"{t}_tint") for t in
              ("red", "amber", "green")]  # fmt: skip
    pairs += [("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_accent", "accent_down")]
    low = {
        f"{ink} on {ground}": round(ratio, 2)
        for ink, ground in pairs
        if (ratio := contrast(getattr(colours, ink), getattr(colours, ground))) < 4.5
    }
    assert low == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_ring_is_seen(scheme: tokens.Scheme) -> None:
    colours = tokens.palette(scheme)
    assert all(contrast(colours.focus, getattr(colours, ground)) >= 3 for ground in GROUNDS)


def test_only_the_tokens_name_a_colour(repo: Path) -> None:
    named = [
        f"{path.relative_to(repo)}:{number}"
        for path in sorted((repo / "station_app" / "ui").rglob("*.py"))
        if path.name != "tokens.py"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"#[0-9A-Fa-f]{6}\b|rgba?\(|Qt\.GlobalColor\.(?!transparent|white)", line)
    ]
    assert named == []


def test_red_amber_green_differ_in_shape() -> None:
    assert len(set(tokens.SHAPES.values())) == len(tokens.SHAPES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, tokens.LARGE])
def test_the_sheet_is_whole(scheme: tokens.Scheme, scale: float) -> None:
    text = sheet(tokens.palette(scheme), scale=scale, scheme=scheme)
    assert text.count("{") == text.count("}") > 50
    assert "{c." not in text


def test_icons_are_of_one_kind(repo: Path) -> None:
    for file in sorted((repo / "resources" / "icons").glob("*.svg")):
        source = file.read_text("utf-8")
        assert 'viewBox="0 0 20 20"' in source, file.name
        assert 'stroke-width="1.5"' in source, file.name
        assert not re.search(r"#[0-9a-fA-F]{3,6}", source), file.name
        assert not icons.icon(file.stem).isNull(), file.name
