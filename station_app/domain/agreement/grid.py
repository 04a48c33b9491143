"""Payee x instalment: who gets how much of each instalment, exact to 分, and how such a table is filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from station_app.domain.money import capitals, split_instalments, split_largest_remainder
from sync.contract.errors import BugError, KnownError


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of 分: one row a payee (a party's record id), one column an instalment. Never changed once made."""

    payees: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.payees) or len({len(row) for row in self.cells}) > 1:
            raise BugError("a grid has one row a payee and rows of one length")

    @property
    def columns(self) -> int:
        """How many instalments."""
        return len(self.cells[0]) if self.cells else 0

    @property
    def row_sums(self) -> list[int]:
        """What each payee gets in all."""
        return [sum(row) for row in self.cells]

    @property
    def column_sums(self) -> list[int]:
        """What each instalment pays in all."""
        return [sum(row[i] for row in self.cells) for i in range(self.columns)]

    @property
    def total(self) -> int:
        """Everything."""
        return sum(self.row_sums)

    @property
    def capitals(self) -> str:
        """The total in words as the paper bears it."""
        return capitals(self.total)

    def with_cell(self, row: int, column: int, fen: int) -> Grid:
        """The same table with one cell typed over; E-207 for a negative amount."""
        if fen < 0:
            raise KnownError("E-207", text=str(fen), field="obligation.amount")
        cells = [list(r) for r in self.cells]
        cells[row][column] = fen
        return replace(self, cells=_frozen(cells))

    def with_last_filled(self, owed: Sequence[int]) -> Grid:
        """末期补齐: the last instalment takes what is left of each payee's sum; E-210 where more was given before."""
        cells = []
        for row, whole in zip(self.cells, owed, strict=True):
            left = whole - sum(row[:-1])
            if left < 0:
                raise KnownError("E-210", sum=sum(row[:-1]), total=whole, diff=-left)
            cells.append([*row[:-1], left])
        return replace(self, cells=_frozen(cells))

    def shares(self, column: int) -> dict[str, int]:
        """The money map of one instalment: payee -> 分; a payee who gets nothing of it is left out."""
        return {payee: row[column] for payee, row in zip(self.payees, self.cells, strict=True) if row[column]}


def _frozen(cells: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row) for row in cells)


def by_owed(payees: Sequence[str], owed: Sequence[int], totals: Sequence[int]) -> Grid:
    """欠发额的比例: each instalment is split in proportion to what is owed, by largest remainder; the last takes the
    rest, so that rows and columns both come out. E-210 where the instalments do not add up to the sum owed.
    """
    return Grid(tuple(payees), _frozen(split_instalments(owed, totals)))


def evenly(payees: Sequence[str], totals: Sequence[int]) -> Grid:
    """平均: each instalment in equal parts; the 分 left over go to the first payees."""
    columns = [split_largest_remainder(total, [1] * len(payees)) for total in totals]
    return Grid(tuple(payees), _frozen([[column[i] for column in columns] for i in range(len(payees))]))


def fixed_first(payees: Sequence[str], owed: Sequence[int], first: int, *, instalments: int = 2) -> Grid:
    """前期固定额: every payee gets `first` in each instalment but the last, never more than he is owed; the last takes
    the rest.
    """
    if first < 0 or instalments < 1:
        raise KnownError("E-207", text=str(first), field="obligation.amount")
    cells = []
    for whole in owed:
        row, left = [], whole
        for _ in range(instalments - 1):
            row.append(min(first, left))
            left -= row[-1]
        cells.append([*row, left])
    return Grid(tuple(payees), _frozen(cells))


def whole(payees: Sequence[str], owed: Sequence[int]) -> Grid:
    """One payment: everybody gets what he is owed."""
    return Grid(tuple(payees), _frozen([[fen] for fen in owed]))


def of_shares(columns: Sequence[dict[str, int]]) -> Grid:
    """The table behind the money maps of several instalments; payees in the order they first appear."""
    payees = tuple(dict.fromkeys(payee for column in columns for payee in column))
    return Grid(payees, _frozen([[column.get(payee, 0) for column in columns] for payee in payees]))
