"""A paper described once: what the TOML files hold, after checking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from station_app.documents.blocks import Align
from station_app.documents.wording import Condition, Wording
from sync.contract.errors import KnownError


class TemplateError(KnownError):
    """A template file that cannot be used: E-305 with file, line, block (0 = head of the file) and reason."""

    def __init__(self, *, file: str, line: int, block: int, reason: str) -> None:
        super().__init__("E-305", file=file, line=line, block=block, reason=reason)


@dataclass(frozen=True, slots=True)
class Loop:
    """`each`: the list and the name of one item inside."""

    path: str
    item: str


@dataclass(frozen=True, slots=True)
class TextSpec:
    text: Wording
    indent: int = 2
    align: Align = "justify"
    size: float | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class TermsSpec:
    """Numbered terms: first those of the list `of`, then the template's own."""

    of: str
    items: tuple[Wording, ...]
    label: str


@dataclass(frozen=True, slots=True)
class PartiesSpec:
    of: str
    style: str
    label: str
    roster_from: int


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row of a field table: label, value, label, value …; `height` in millimetres."""

    condition: Condition
    loop: Loop | None
    cells: tuple[Wording, ...]
    height: float


@dataclass(frozen=True, slots=True)
class FieldTableSpec:
    rows: tuple[RowSpec, ...]
    label_width: float
    size: float


@dataclass(frozen=True, slots=True)
class FieldLinesSpec:
    heading: Wording | None
    rows: tuple[tuple[tuple[str, Wording, float], ...], ...]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    head: str
    text: Wording
    width: float
    align: Align
    figures: bool


@dataclass(frozen=True, slots=True)
class TableSpec:
    loop: Loop
    columns: tuple[ColumnSpec, ...]
    caption: Wording | None
    total: tuple[Wording, ...]
    row_height: float
    size: float


@dataclass(frozen=True, slots=True)
class SignaturesSpec:
    """`seals`: organisations get the white space of a seal, else a line; `skip_annex`: who signs in the annex does
    not sign here again.
    """

    who: tuple[str, ...]
    person_words: str
    label: str
    note: Wording | None
    seals: bool
    skip_annex: bool


@dataclass(frozen=True, slots=True)
class ChecklistSpec:
    items: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class AnnexSpec:
    signed: bool


@dataclass(frozen=True, slots=True)
class ObligationsSpec:
    of: str


@dataclass(frozen=True, slots=True)
class BreakSpec:
    lines: float = 0.0


@dataclass(frozen=True, slots=True)
class GroupSpec:
    """Blocks repeated together for each item of the loop; `pages`: each item begins a page of its own."""

    blocks: tuple[BlockSpec, ...]
    pages: bool


@dataclass(frozen=True, slots=True)
class RuledSpec:
    """Empty ruled lines to write on."""

    lines: int


@dataclass(frozen=True, slots=True)
class SheetsSpec:
    """Tables of the list `of` (keys.reports.TABLE), whose columns come with their values; `size` in points."""

    of: str
    size: float
    row_height: float


@dataclass(frozen=True, slots=True)
class PicturesSpec:
    """Pictures of the list `of`, whose items have `sha` and `words`."""

    of: str


Spec = (
    TextSpec
    | TermsSpec
    | PartiesSpec
    | FieldTableSpec
    | FieldLinesSpec
    | TableSpec
    | SignaturesSpec
    | ChecklistSpec
    | AnnexSpec
    | ObligationsSpec
    | BreakSpec
    | GroupSpec
    | RuledSpec
    | PicturesSpec
    | SheetsSpec
)


@dataclass(frozen=True, slots=True)
class BlockSpec:
    kind: str
    line: int
    condition: Condition
    loop: Loop | None
    spec: Spec


@dataclass(frozen=True, slots=True)
class Template:
    """One edition of one paper.

    `basis`: articles it rests on; `source`: where fields and order come from; `own_words`: the wording is ours
    and the paper says so at its foot; `series`: the number series it draws from (`case`) or None;
    `compartment`: who may read it (sync.contract); `copies`: who gets one, in the order handed out;
    `needs`: values without which it is not issued (path -> label); `code`: whether pages bear the code;
    `page`: the sheet it is printed on (layout.flow.SHEETS);
    `court`: it goes to a court as evidence of an agreement, so that findings of the court's view hold it back.
    """

    id: str
    title: str
    short: str
    edition: str
    valid_from: date
    basis: tuple[str, ...]
    source: str
    own_words: bool
    series: str | None
    compartment: str
    copies: tuple[str, ...]
    needs: Mapping[str, str]
    body: float
    order: int
    required: bool
    code: bool
    court: bool
    page: str
    blocks: tuple[BlockSpec, ...]
