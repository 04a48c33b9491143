"""The tree: what may stand at the top, what must not be in any file, and fonts that are what they claim."""

import hashlib
import re
from typing import Final

import pytest

from tests.support.source import ROOT, project_files

TOP: Final = {
    *("station_app", "resources", "sync", "tests", ".ci"),
    *("build.spec", "pyproject.toml", "constraints.txt", "Makefile", ".gitignore"),
    *("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE"),
}

BINARY: Final = (
    ".ttf",
    ".otf",
    ".icc",
    ".png",
    ".ico",
    ".icns",
    ".jpg",
    ".pdf",
    ".qm",
    ".xlsx",
    ".sqlite",
    ".zst",
    ".bin",
)
MAY_QUOTE: Final = {"tests/architecture/test_tree.py"}

FORBIDDEN: Final = {
    "a path of one machine": r"(?<![\w.~-])/(?:work|root|home|Users)/[\w.-]+|[A-Z]:\\\\?Users\\",
    "a registry's host": r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org|security\.debian\.org|"
    r"snapshot\.debian|proxy\.golang|crates\.io|index\.crates|artifactregistry",
    "a conflict marker": r"^(?:<<<<<<<|>>>>>>>) ",
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----",
}


def test_nothing_else_stands_at_the_top() -> None:
    assert {name.split("/")[0] for name in project_files()} - TOP == set()


def test_no_file_format_that_hides_its_changes() -> None:
    hidden = [
        n for n in project_files() if n.endswith((".ui", ".qrc", ".pyc", ".so", ".whl", ".zip", ".exe", ".ipynb"))
    ]
    assert hidden == []


def test_resources_are_data_only() -> None:
    assert [n for n in project_files() if n.startswith("resources/") and n.endswith(".py")] == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.MULTILINE)
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for name in project_files()
        if not name.endswith(BINARY) and name not in MAY_QUOTE
        for text in [(ROOT / name).read_text(encoding="utf-8", errors="replace")]
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_text_files_are_utf8_with_unix_line_ends() -> None:
    odd = []
    for name in project_files():
        if name.endswith((".py", ".toml", ".md", ".txt", ".yml", ".css", ".ts", ".svg")) and not name.startswith(
            "tests/data/"
        ):
            raw = (ROOT / name).read_bytes()
            if b"\r" in raw or raw.startswith(b"\xef\xbb\xbf") or (raw and not raw.endswith(b"\n")):
                odd.append(name)
            raw.decode("utf-8")
    assert odd == []


def test_fonts_are_the_ones_whose_sums_are_written() -> None:
    folder = ROOT / "resources" / "fonts"
    lines = (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    written = {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}
    files = [*folder.glob("*.ttf"), *folder.glob("*.otf"), *folder.glob("*.ttc")]
    assert {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files} == written


def test_every_font_has_its_licence_and_glyf_outlines() -> None:
    """The paper engine embeds TrueType outlines only; the licence text must travel with each family."""
    from fontTools.ttLib import TTFont

    for file in (ROOT / "resources" / "fonts").glob("*.ttf"):
        licence = file.with_name(f"OFL-{file.stem.split('-')[0]}.txt")
        assert "SIL OPEN FONT LICENSE" in licence.read_text(encoding="utf-8").upper(), file.name
        with TTFont(file, lazy=True) as font:
            assert "glyf" in font, file.name
            assert font["OS/2"].fsType == 0, f"{file.name} forbids embedding"
