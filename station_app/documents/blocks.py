"""Blocks: a paper with all its words in place, before it is laid out. Golden tests compare their text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from station_app.documents.inline import Inline, plain

Align = Literal["left", "center", "right", "justify"]
Items = Sequence[Inline]


@dataclass(frozen=True, slots=True)
class Title:
    items: Items

    def text(self) -> str:
        return f"# {plain(self.items)}"


@dataclass(frozen=True, slots=True)
class Number:
    """The number of the paper, flush right under the title."""

    items: Items

    def text(self) -> str:
        return f"[{plain(self.items)}]"


@dataclass(frozen=True, slots=True)
class Heading:
    """A bold line that never stays behind when its text goes to the next page."""

    items: Items

    def text(self) -> str:
        return f"## {plain(self.items)}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `indent` in characters; `size` in points or None for the body size of the paper."""

    items: Items
    indent: int = 2
    align: Align = "justify"
    size: float | None = None

    def text(self) -> str:
        return plain(self.items)


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what is written after it; `weight` shares the width of the row."""

    label: str
    items: Items
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class FieldLines:
    """Rows of labels with underlined values, as the forms of 2010 have them."""

    rows: Sequence[Sequence[Field]]
    heading: Items = ()

    def text(self) -> str:
        lines = ["　".join(f"{f.label}：{plain(f.items)}" for f in row) for row in self.rows]
        return "\n".join(([plain(self.heading)] if self.heading else []) + lines)


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in millimetres (all of a grid are scaled to the measure); `figures`: digits of one width."""

    width: float
    align: Align = "left"
    figures: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """`top`: the text begins at the top of the row instead of standing in its middle."""

    items: Items
    span: int = 1
    align: Align | None = None
    bold: bool = False
    top: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: heads repeat on every page it reaches, rows are cut only when longer than a page.

    `row_height`: least height of a body row in millimetres; `size` in points.
    """

    columns: Sequence[Column]
    head: Sequence[Sequence[GridCell]]
    rows: Sequence[Sequence[GridCell]]
    foot: Sequence[Sequence[GridCell]] = ()
    caption: Items = ()
    size: float = 10.5
    row_height: float = 0.0
    row_heights: Sequence[float] = ()

    @property
    def signs(self) -> bool:
        """True for a table with a column in which people sign."""
        return any("签名" in plain(cell.items) for row in self.head for cell in row)

    def text(self) -> str:
        lines = [plain(self.caption)] if self.caption else []
        lines += [" | ".join(plain(c.items) for c in row) for part in (self.head, self.rows, self.foot) for row in part]
        return "\n".join(lines)


SignerKind = Literal["person", "organisation", "official", "committee"]


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs: `label` 申请人, `name`, `words` how (签名并按指印), `seal` words of the seal's place.

    `acting`: who signs for an organisation (法定代表人或者委托代理人); `beside`: officials who sign beside the
    committee's seal.
    """

    kind: SignerKind
    label: str
    name: str = ""
    words: str = ""
    seal: str = ""
    acting: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, each with a blank date line; never alone on a page."""

    signers: Sequence[Signer]
    note: Items = ()

    def text(self) -> str:
        lines = [plain(self.note)] if self.note else []
        for s in self.signers:
            how = f"（{s.words}）" if s.words else ""
            seal = f"〔{s.seal}〕" if s.seal else ""
            acting = f"　{s.acting}（签名）：＿＿" if s.acting else ""
            who = f"{s.label}　{s.name}" if s.name else s.label
            lines += [f"{official}（签名）：＿＿　＿年＿月＿日" for official in s.beside]
            lines.append(f"{who}{how}：＿＿{seal}{acting}　＿年＿月＿日")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Checklist:
    """Lines each led by a box."""

    lines: Sequence[Items]

    def text(self) -> str:
        return "\n".join(plain(line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Closing:
    """此致 and the addressee on its own line."""

    lead: str
    addressee: Items

    def text(self) -> str:
        return f"{self.lead}\n{plain(self.addressee)}"


@dataclass(frozen=True, slots=True)
class PageBreak:
    def text(self) -> str:
        return "----"


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty lines of the body's pitch; falls away at the top of a page."""

    lines: float = 1.0

    def text(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Ruled:
    """Lines to write on by hand."""

    lines: int

    def text(self) -> str:
        return f"（书写{self.lines}行）"


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures in frames, four to a sheet: (SHA-256 of the bytes in hex, words under the frame)."""

    items: Sequence[tuple[str, str]]

    def text(self) -> str:
        return "\n".join(f"［图片 {sha}］{words}" for sha, words in self.items)


@dataclass(frozen=True, slots=True)
class Code:
    """A large code in the middle of the page, to be read from some steps away."""

    content: str

    def text(self) -> str:
        return f"［二维码 {self.content}］"


Block = (
    Title
    | Number
    | Heading
    | Paragraph
    | FieldLines
    | Grid
    | Signatures
    | Checklist
    | Closing
    | PageBreak
    | Spacer
    | Ruled
    | Pictures
    | Code
)


@dataclass(frozen=True, slots=True)
class Paper:
    """All blocks of one paper and the measures it is set in."""

    blocks: Sequence[Block]
    body: float
    short_title: str
    notes: Sequence[str] = field(default_factory=tuple)
    page: str = "A4"

    def text(self) -> list[str]:
        return [t for b in self.blocks if (t := b.text())]


def inlines(block: Block) -> list[Inline]:
    """Every piece of text of a block, for the check that all of it can be drawn."""
    match block:
        case Grid():
            cells = [c for part in (block.head, block.rows, block.foot) for row in part for c in row]
            return [*block.caption, *(i for c in cells for i in c.items)]
        case FieldLines():
            return [*block.heading, *(i for row in block.rows for f in row for i in (Inline(f.label), *f.items))]
        case Signatures():
            words = (Inline(w) for s in block.signers for w in (s.label, s.words, s.seal, s.acting, *s.beside))
            names = (Inline(s.name, place=s.label) for s in block.signers)
            return [*block.note, *words, *names]
        case Checklist():
            return [i for line in block.lines for i in line]
        case Closing():
            return [Inline(block.lead), *block.addressee]
        case PageBreak() | Spacer() | Ruled() | Code():
            return []
        case Pictures():
            return [Inline(words) for _, words in block.items]
        case _:
            return list(block.items)
