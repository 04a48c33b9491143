"""Money in integer 分: reading, writing, capitals (大写金额), exact splitting.

Capitals follow 中国人民银行《正确填写票据和结算凭证的基本规定》: one 零 for a run of inner zeros; where it is
optional it is not written but read; 整 after 元, none after 角 or 分.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from station_app.domain.text import compact
from sync.contract.errors import BugError, KnownError

MAX_FEN: Final = 9999_9999_9999 * 100 + 99
"""The largest amount that is read and written: 9999 亿 9999 万 9999 元 9 角 9 分."""

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("仟", "佰", "拾", "")
_SECTIONS: Final = ("亿", "万", "")
_SAME_CHARACTER: Final = str.maketrans("圆圓正貳贰參叄陸萬億〇", "元元整贰贰叁叁陆万亿零")
_PLAIN: Final = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?|\.(\d+)")
_CAPITALS: Final = re.compile(
    r"(?:(?P<y>[零壹贰叁肆伍陆柒捌玖拾佰仟]+)亿)?(?:(?P<w>[零壹贰叁肆伍陆柒捌玖拾佰仟]+)万)?"
    r"(?P<o>[零壹贰叁肆伍陆柒捌玖拾佰仟]*)元?(?:零?(?P<j>[壹贰叁肆伍陆柒捌玖])角)?(?:零?(?P<f>[壹贰叁肆伍陆柒捌玖])分)?"
)


def parse_yuan(value: str | int | Decimal) -> int:
    """Return an amount given in 元 as 分. Text may be full-width, carry ￥, 元 and thousands commas.

    Commas must stand in threes: `12,34` may be a slip for 12.34, a hundredfold difference.
    Raises E-206 (not an amount), E-207 (negative), E-208 (more than two decimals), E-233 (above 9999 亿).
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise BugError(f"an amount is text, int or Decimal, not {type(value).__name__}")
    if isinstance(value, str):
        return _parse_text(value)
    number = Decimal(value)
    if not number.is_finite():
        raise KnownError("E-206", text=str(value))
    return _to_fen(number, str(value))


def _parse_text(text: str) -> int:
    bare = compact(text).replace("\u2212", "-").replace("\u2013", "-")
    bare = re.sub(r"^(?:人民币|RMB|CNY)?(-?)[\u00a5\uffe5]?", r"\1", bare).removesuffix("整").removesuffix("元")
    negative = bare.startswith("-")
    digits = bare.removeprefix("-")
    match = _PLAIN.fullmatch(digits)
    if match is None or not digits.isascii():
        raise KnownError("E-206", text=text.strip())
    if negative and digits.strip("0.,"):
        raise KnownError("E-207", text=text.strip())
    if len(match[1] or match[2] or "") > 2:
        raise KnownError("E-208", text=text.strip())
    return _to_fen(Decimal(digits.replace(",", "")), text)


def _to_fen(number: Decimal, shown: str) -> int:
    parts = number.as_tuple()
    if number < 0:
        raise KnownError("E-207", text=shown.strip())
    if number.adjusted() > 12:  # before any arithmetic: 1E+999999 must not become a long integer
        raise KnownError("E-233", text=shown.strip())
    if not isinstance(parts.exponent, int) or parts.exponent < -40:
        raise KnownError("E-208", text=shown.strip())
    fen = Fraction(number) * 100
    if fen.denominator != 1:
        raise KnownError("E-208", text=shown.strip())
    if fen > MAX_FEN:
        raise KnownError("E-233", text=shown.strip())
    return int(fen)


def yuan(fen: int) -> str:
    """Return 分 as digits in 元 with thousands commas and two decimals: `131,460.00`; a difference may be negative."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def capitals(fen: int) -> str:
    """Return the amount in words as a legal paper bears it: `人民币壹拾叁万壹仟肆佰陆拾元整`; 0 is 人民币零元整."""
    if not 0 <= fen <= MAX_FEN:
        raise BugError(f"no capitals for {fen} 分")
    return next(_spellings(fen))


def _spellings(fen: int) -> Iterator[str]:
    """All accepted spellings of an amount, the one we write first."""
    whole, cents = divmod(fen, 100)
    jiao, rest = divmod(cents, 10)
    if whole == 0 and cents:
        heads: Iterable[str] = ("", "零元")
    else:
        heads = [f"{words}元" for words in _integer_words(whole)]
    if not cents:
        endings: tuple[str, ...] = ("整", "")
    elif not rest:
        endings = (f"{_DIGITS[jiao]}角", f"{_DIGITS[jiao]}角整")
    else:
        endings = ((f"{_DIGITS[jiao]}角" if jiao else "") + f"{_DIGITS[rest]}分",)
    for head in heads:
        for link in _links(head, whole=whole, jiao=jiao, cents=cents):
            for ending in endings:
                yield f"人民币{head}{link}{ending}"


def _links(head: str, *, whole: int, jiao: int, cents: int) -> tuple[str, ...]:
    """What may stand between 元 and the decimals: 零 is due before 分 alone, optional before 角 when 元 is a zero."""
    if not cents or not head or (whole == 0 and jiao):
        return ("",)
    if not jiao:
        return ("零",) if whole else ("零", "")
    return ("", "零") if whole % 10 == 0 else ("",)


def _integer_words(whole: int) -> list[str]:
    """Words of the whole 元, the written one first; those after it bear a 零 where the rule leaves it open."""
    if whole == 0:
        return ["零"]
    words = [""]
    groups = (whole // 10**8, whole // 10**4 % 10**4, whole % 10**4)
    gap = ends_in_zero = False
    for group, unit in zip(groups, _SECTIONS, strict=True):
        if group == 0:
            gap = words != [""]
            continue
        started = words != [""]
        links = [""]
        if started and (gap or group < 1000):
            links = ["零"]
        elif started and ends_in_zero:
            links = ["", "零"]
        words = [w + link + _group_words(group) + unit for link in links for w in words]
        gap, ends_in_zero = False, group % 10 == 0
    return words


def _group_words(group: int) -> str:
    out, zero = "", False
    for digit, place in zip(f"{group:04d}", _PLACES, strict=True):
        if digit == "0":
            zero = bool(out)
            continue
        out += ("零" if zero else "") + _DIGITS[int(digit)] + place
        zero = False
    return out


def read_capitals(text: str) -> int:
    """Return the 分 of an amount in words; accepts the optional 零 and 整, 圆, 正 and a missing 人民币.

    Raises E-206 for anything that a bank would not read (拾伍 instead of 壹拾伍, a missing 零, digits).
    """
    plain = compact(text).translate(_SAME_CHARACTER).removeprefix("人民币")
    match = _CAPITALS.fullmatch(plain.removesuffix("整"))
    if match is None or not plain:
        raise KnownError("E-206", text=text.strip())
    whole = _group(match["y"]) * 10**8 + _group(match["w"]) * 10**4 + _group(match["o"])
    cents = _DIGITS.index(match["j"] or "零") * 10 + _DIGITS.index(match["f"] or "零")
    fen = whole * 100 + cents
    if fen > MAX_FEN or f"人民币{plain}" not in _spellings(fen):
        raise KnownError("E-206", text=text.strip())
    return fen


def _group(words: str | None) -> int:
    total = digit = 0
    for char in words or "":
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        else:
            total += digit * {"仟": 1000, "佰": 100, "拾": 10}[char]
            digit = 0
    return total + digit


def split_largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` 分 in proportion to `weights`, exactly: the 分 left over go to the largest remainders.

    Equal remainders are served in the order of the list. All weights zero is a mistake of the caller unless total is 0.
    """
    whole = sum(weights)
    if total < 0 or any(w < 0 for w in weights) or (whole == 0 and total != 0):
        raise BugError(f"cannot split {total} by {list(weights)[:5]}")
    if whole == 0:
        return [0] * len(weights)
    shares = [total * w // whole for w in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[: total - sum(shares)]:
        shares[i] += 1
    return shares


def split_instalments(owed: Sequence[int], totals: Sequence[int]) -> list[list[int]]:
    """Return the matrix payee x instalment in 分: rows add up to `owed`, columns to `totals`, no cell is negative.

    Each instalment is split in proportion to what is still owed after those before it, the last takes the rest.
    Raises E-210 when the instalments do not add up to the sum owed.
    """
    if sum(owed) != sum(totals):
        raise KnownError("E-210", sum=sum(totals), total=sum(owed), diff=abs(sum(totals) - sum(owed)))
    left = list(owed)
    columns: list[list[int]] = []
    for total in totals:
        column = split_largest_remainder(total, left)
        left = [a - b for a, b in zip(left, column, strict=True)]
        columns.append(column)
    return [[column[row] for column in columns] for row in range(len(owed))]
