"""Shape of an op against the catalogue: what the server and the station ask of each op before they apply it.

An op with a problem is still stored and still travels; it is listed with what is wrong and its values are not relied
on (CONTRACT 3, 4). Kinds and fields this program does not know come from a newer one and are no problem; nor are verbs
and compartments, where the op says so (`v`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from sync.contract.canonical import Json
from sync.contract.catalogue import KINDS, Kind
from sync.contract.op import (
    CLEAR_COMPARTMENTS,
    COMPARTMENTS,
    Change,
    Header,
    Op,
    creator_of,
    inst_of,
    is_op_id,
    is_rec_id,
    op_id,
)
from sync.contract.permissions import verbs

MAX_CODE: Final = 40
"""Characters of a code."""

_VERBS: Final = verbs()
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CLOCK = re.compile(r"T([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}")
_BYTES = re.compile(r"[A-Za-z0-9_-]*")

Check = Callable[[Json], bool]


def _text(value: Json) -> bool:
    return isinstance(value, str)


def _whole(value: Json) -> bool:
    return type(value) is int


def _amount(value: Json) -> bool:
    return type(value) is int and value >= 0


def _bool(value: Json) -> bool:
    return isinstance(value, bool)


def _code(value: Json) -> bool:
    return isinstance(value, str) and len(value) <= MAX_CODE


@lru_cache(maxsize=4096)
def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return _DATE.fullmatch(text) is not None


def _date(value: Json) -> bool:
    return isinstance(value, str) and len(value) == 10 and _is_day(value)


def _moment(value: Json) -> bool:
    return isinstance(value, str) and _CLOCK.fullmatch(value, 10) is not None and _is_day(value[:10])


def _moneymap(value: Json) -> bool:
    return isinstance(value, dict) and all(is_rec_id(k) and _amount(v) for k, v in value.items())


def _hash(value: Json) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _bytes(value: Json) -> bool:
    return isinstance(value, str) and len(value) % 4 != 1 and _BYTES.fullmatch(value) is not None


def _each(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(check(item) for item in value)


CHECKS: Final[dict[str, Check]] = {
    "text": _text,
    "long": _text,
    "int": _whole,
    "money": _amount,
    "moneymap": _moneymap,
    "days": _amount,
    "date": _date,
    "moment": _moment,
    "ms": _amount,
    "bool": _bool,
    "code": _code,
    "codes": _each(_code),
    "ref": is_rec_id,
    "refs": _each(is_rec_id),
    "texts": _each(_text),
    "ops": _each(is_op_id),
    "hash": _hash,
    "bytes": _bytes,
}
"""Catalogue type -> whether a value is of it. Null clears a field and is of every type."""

_PLAIN: Final[dict[Check, type]] = {_text: str, _whole: int, _bool: bool}
"""Checks that ask for a type and nothing else: most values need no call."""
_TYPES_OF_KIND: Final = {
    kind.name: {f.name: _PLAIN[CHECKS[f.type]] for f in kind.fields.values() if CHECKS[f.type] in _PLAIN}
    for kind in KINDS.values()
}
_OF_KIND: Final = {kind.name: {f.name: CHECKS[f.type] for f in kind.fields.values()} for kind in KINDS.values()}


def shape_problems(op: Op | Header, changes: Sequence[Change] | None) -> list[str]:
    """Return what is wrong with an op; empty when nothing is.

    `changes` is None where the body cannot be read here (sealed, erased): then only the header is judged. Each text
    begins with the rule's fixed name (`compartment`, `form`, `stream`, `verb`, `case`, `record`, `base`, `kind`,
    `value`), a colon, and the place.
    """
    header = op.header if isinstance(op, Op) else op
    problems = _header_problems(header)
    if changes is None:
        return problems
    if not changes:
        problems.append("record: the op says nothing")
    own = header.id
    for place, change in enumerate(changes):
        _record_problems(header, f"{own}.{place}", change, problems)
        kind = KINDS.get(change.kind)
        if kind is not None:
            _value_problems(header, kind, change, problems)
    if header.case and creator_of(header.case) == own and not _bears_case(header, changes):
        problems.append("case: born without its record")
    return problems


def _header_problems(header: Header) -> list[str]:
    problems: list[str] = []
    if header.compartment not in COMPARTMENTS:
        if not header.newer:
            problems.append(f"compartment: {header.compartment} unknown")
    else:
        clear = header.compartment in CLEAR_COMPARTMENTS
        if clear != (header.body_form == "clear"):
            problems.append(f"form: {header.compartment} is {header.body_form}")
        if not clear and not header.case:
            problems.append(f"case: {header.compartment} belongs to no case")
    if header.verb not in _VERBS and not header.newer:
        problems.append(f"verb: {header.verb} unknown")
    if not header.stream:
        problems.append("stream: empty")
    if header.case and not header.case.endswith(".0"):
        problems.append(f"case: {header.case} is no first record of an op")
    return problems


def _bears_case(header: Header, changes: Sequence[Change]) -> bool:
    return any(c.kind == "case" and c.rec == header.case for c in changes)


def _record_problems(header: Header, place: str, change: Change, problems: list[str]) -> None:
    """Ids: a case is the op's own case; a created record bears its `place`; nothing names what is not made yet."""
    rec = change.rec
    if (change.kind == "case") != (rec == header.case):
        problems.append(f"case: {rec} of kind {change.kind} in an op of case {header.case or 'none'}")
    if rec != place:
        inst, seq, _ = rec.split(".")
        if inst == header.inst and int(seq) >= header.seq:
            problems.append(f"record: {rec} is not made yet")
    for named in change.base.values():
        for other in named:
            if inst_of(other) == header.inst and int(other.split(".")[1]) >= header.seq:
                problems.append(f"base: {rec} names {other}, which is not before it")


def _value_problems(header: Header, kind: Kind, change: Change, problems: list[str]) -> None:
    if kind.compartment != header.compartment and header.compartment in COMPARTMENTS:
        problems.append(f"kind: {kind.name} does not belong to {header.compartment}")
    checks, types = _OF_KIND[kind.name], _TYPES_OF_KIND[kind.name]
    for name, value in change.set.items():
        if type(value) is types.get(name):
            continue
        check = checks.get(name)
        if check is not None and value is not None and not check(value):
            problems.append(f"value: {kind.name}.{name} is no {kind.fields[name].type}")


def missing_in_group(headers: Iterable[Header]) -> list[str]:
    """Return the ids of the ops that the groups of these headers name and that are not among them, in order.

    A group is one transaction: papers and lists may say "not all of it has come yet", each op makes sense alone.
    """
    groups: set[tuple[str, int, int]] = set()
    present: set[str] = set()
    for header in headers:
        groups.add((header.inst, *header.group))
        present.add(header.id)
    wanted = {(inst, seq) for inst, first, count in groups for seq in range(first, first + count)}
    return [op_id(inst, seq) for inst, seq in sorted(wanted) if op_id(inst, seq) not in present]
