"""What a calculator returns: lines with formula and article, and what it could not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from station_app.domain.court.laws import Article
from station_app.domain.money import capitals, yuan


@dataclass(frozen=True, slots=True)
class Line:
    """One item: its words, the formula in words, 分 (None: a value is not known), the articles; `minus` is deducted."""

    words: str
    formula: str
    amount: int | None
    basis: tuple[Article, ...] = ()
    minus: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """All items; `notes` say what was rounded, what is not known, and what to look at."""

    title: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """What is known, in 分; deductions taken off."""
        return sum((-line.amount if line.minus else line.amount) for line in self.lines if line.amount is not None)

    @property
    def complete(self) -> bool:
        """False while an item has no amount: the total is then a part of it."""
        return all(line.amount is not None for line in self.lines)

    @property
    def term(self) -> str:
        """One sentence for the agreement: what is known, each with its formula, and the sum; no notes, no articles.

        A monthly sum that is not part of the total (amount 0) is told with its formula.
        """
        parts = []
        for line in self.lines:
            if line.amount is not None:
                sum_ = f"{'减' if line.minus else ''}{yuan(line.amount)}元" if line.amount else ""
                parts.append(f"{line.words}{sum_}（{line.formula}）")
        return f"{self.title}按下列项目计算：{'；'.join(parts)}。以上合计{self._shown}。"

    @property
    def _shown(self) -> str:
        if self.total < 0:
            return f"-{yuan(-self.total)}元"
        return f"{yuan(self.total)}元（大写：{capitals(self.total)}）"

    @property
    def text(self) -> str:
        """Everything in words, a line an item, the total in figures and capitals last."""
        rows = []
        for line in self.lines:
            sum_ = "尚不知道" if line.amount is None else f"{'减' if line.minus else ''}{yuan(line.amount)}元"
            basis = "；".join(a.printed for a in line.basis)
            rows.append(
                f"{line.words}：{line.formula}"
                + (f"，{sum_}" if line.amount != 0 else "")
                + (f"〔{basis}〕" if basis else "")
            )
        rows.append(f"合计{'' if self.complete else '（已知部分）'}：{self._shown}")
        return "\n".join([*rows, *self.notes])


def fen(value: Fraction | Decimal | int) -> int:
    """Round to 分, halves away from zero (四舍五入)."""
    exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(value)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def known(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines that have something to say: an amount of 0 is left out."""
    return tuple(line for line in lines if line.amount != 0)
