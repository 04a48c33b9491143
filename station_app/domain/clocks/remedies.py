"""What remains to a party after a time limit has run out, the stronger way first, each with its articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from station_app.domain.case import text
from station_app.domain.court.facts import Facts
from station_app.domain.court.laws import LAWS, Article, cite

_WAGE: Final = re.compile("工资|劳动报酬|加班费")
_LABOUR_ORDER: Final = re.compile("工资|劳动报酬|加班费|工伤医疗费|医疗费|经济补偿|赔偿金")
_GIVING: Final = frozenset({"pay", "deliver", "vacate"})


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way that stands open: a stable code, its short name, when it may be taken, and its articles."""

    code: str
    title: str
    sentence: str
    basis: tuple[Article, ...]

    @property
    def words(self) -> str:
        """ "申请支付令（劳动争议调解仲裁法第十六条）": with its first article, without the version."""
        first = self.basis[0]
        return f"{self.title}（{LAWS[first.law].name}{first.numbered}）"


def remedies(f: Facts) -> list[Remedy]:
    """Every way that stands open, in order: the agreement's own ways while one is in effect, else those of the claim.

    A way that its statute gives only for money, or only for wages, is left out where the agreement has none.
    """
    if f.effective is None:
        return [_arbitration(f), _claim(f)] if f.labour else [_claim(f)]
    return list(_labour(f) if f.labour else _civil(f))


def remedy_words(f: Facts) -> str:
    """ "仍可依次选择：…；…。" """
    return f"仍可依次选择：{'；'.join(r.words for r in remedies(f))}。"


def _labour(f: Facts) -> Iterator[Remedy]:
    """支付令 by the labour statute comes first: there the court has to issue it (调解仲裁法 16)."""
    things = [row.what for row in f.rows if row.money]
    if f.wage or text(f.case.record, "type") == "wage_arrears" or any(map(_LABOUR_ORDER.search, things)):
        yield Remedy(
            "payment_order",
            "申请支付令",
            "用人单位在约定期限内不支付劳动报酬、工伤医疗费、经济补偿或者赔偿金的，劳动者可以持调解协议书申请支付令。",
            (cite("tzf", 16),),
        )
    elif things:
        yield _order()
    if things and (f.wage or all(map(_WAGE.search, things))):
        yield Remedy(
            "direct_suit",
            "持劳动报酬调解协议直接起诉",
            "仅就劳动报酬达成协议、用人单位不履行给付义务的，劳动者可以直接起诉，人民法院可以按照普通民事纠纷受理。",
            (cite("jsy", 51, paragraph=2),),
        )
    yield _arbitration(f)


def _civil(f: Facts) -> Iterator[Remedy]:
    if any(row.money for row in f.rows):
        yield _order()
    if any(row.money or row.kind in _GIVING for row in f.rows):
        yield Remedy(
            "notary",
            "办理具有强制执行效力的公证债权文书",
            "具有给付内容的调解协议，可以向公证机构申请办理；一方不履行的，对方可以申请强制执行。",
            (cite("szdy", 76),),
        )
    yield Remedy(
        "suit",
        "就协议的履行或者内容向人民法院起诉",
        "一方当事人就调解协议的履行或者内容发生争议的，可以向人民法院提起诉讼。",
        (cite("tjf", 32),),
    )


def _order() -> Remedy:
    return Remedy(
        "payment_order",
        "申请支付令",
        "以金钱或者有价证券给付为内容、双方没有其他债务纠纷、支付令能够送达的，可以向基层人民法院申请支付令。",
        (cite("msf", 225), cite("szdy", 72)),
    )


def _arbitration(f: Facts) -> Remedy:
    agreed = f.effective is not None
    return Remedy(
        "arbitration",
        "申请劳动仲裁",
        "一方在约定期限内不履行调解协议的，另一方可以申请仲裁。"
        if agreed
        else "调解不成的，可以向劳动争议仲裁委员会申请仲裁。",
        (cite("tzf", 15 if agreed else 5),),
    )


def _claim(f: Facts) -> Remedy:
    return Remedy(
        "claim",
        "对仲裁裁决不服的，依法起诉" if f.labour else "依法申请仲裁、向人民法院起诉或者通过行政途径解决",
        "调解不成的，当事人可以依法通过仲裁、行政、司法等途径维护自己的权利。",
        (cite("tzf", 5),) if f.labour else (cite("tjf", 26),),
    )
