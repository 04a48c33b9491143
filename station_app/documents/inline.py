"""Running text as the engine sees it: pieces with a weight, blanks to be written on, boxes to be ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: A box of a form. It is drawn with the font's own square and, when ticked, two strokes over it;
#: a copied or searched text reads 「☑」 for the ticked one.
BOX = "□"
TICKED = "☑"
SPACE = "\u3000"


@dataclass(frozen=True, slots=True)
class Inline:
    """A piece of text in one style.

    `place`: what the piece is called on the paper (姓名、住址); it names a character nobody can print.
    `ticked`: None for text, else the state of a box (the text is then BOX or TICKED).
    """

    text: str
    bold: bool = False
    underline: bool = False
    ticked: bool | None = None
    place: str = ""


def blank(ems: int) -> Inline:
    """Room for handwriting, `ems` characters wide, with a line under it."""
    return Inline(SPACE * ems, underline=True)


def box(ticked: bool) -> Inline:
    return Inline(TICKED if ticked else BOX, ticked=ticked)


def plain(items: Iterable[Inline]) -> str:
    """The text of a run as a reader would copy it; blanks read as low lines."""
    return "".join("＿" * len(i.text) if i.underline and not i.text.strip(SPACE) else i.text for i in items)


def paragraphs(items: Sequence[Inline]) -> list[list[Inline]]:
    """Cut a run at its line feeds; empty paragraphs fall away, one at least remains."""
    result: list[list[Inline]] = [[]]
    for item in items:
        parts = item.text.split("\n")
        for number, part in enumerate(parts):
            if number:
                result.append([])
            if part:
                result[-1].append(
                    item if len(parts) == 1 else Inline(part, item.bold, item.underline, item.ticked, item.place)
                )
    kept = [p for p in result if p]
    return kept or [[]]
