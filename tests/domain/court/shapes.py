"""Ways to spoil and to mend a sound case; what a table of one rule holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from tests.domain.court.build import A1, AG, CASE, COURT, OB, R1, T1, Made, labour, rec

Change = Callable[[Made], object]


@dataclass
class Table:
    """`refuses`: (what spoils, what mends); `accepts`: what is left alone."""

    refuses: list[tuple[Change, Change]]
    accepts: list[Change] = field(default_factory=list)


def term(text: str) -> Change:
    """The one term says this."""
    return lambda m: m.put(T1, text=text)


def terms(bad: list[str], good: list[str], mended: str) -> Table:
    """A rule on wording: bad terms, a good one in their place, and others that are lawful."""
    return Table([(term(b), term(mended)) for b in bad], [term(g) for g in good])


def old(m: Made, birth: str) -> Made:
    return m.put(rec(13), birth=birth)


def company(m: Made, **values: object) -> Made:
    return m.put(rec(62), **values)


def two_payers(m: Made, liability: str = "") -> Made:
    m.new(22, "party", role="respondent", kind="organisation", name="总包公司", order=3)
    m.new(24, "identity", party=rec(22), id_number="91440300MADEM0002W", legal_rep="刘某", phone="1", address="y")
    m.new(65, "signature", agreement=AG, party=rec(22), role="party", manner="signed_sealed", seal="official",
          on="2026-11-24")  # fmt: skip
    return m.put(OB, payers=[R1, rec(22)], liability=liability)


def agent(m: Made, **values: object) -> Made:
    given = {"parties": [A1], "name": "陈某", "kind": "relative", "authority": "special", "scope": ["代为和解"]}
    return m.new(80, "agent", **{**given, **values})


def by_agent(m: Made, **values: object) -> Made:
    return m.put(rec(61), role="agent", name="陈某", **values)


def unpaid(m: Made) -> Made:
    return m.put(AG, on_spot=False)


NO_MATTER: Final[list[Change]] = [lambda m: m, lambda m: labour(m), lambda m: labour(m, 3)]


def injury(m: Made, **answers: str) -> Made:
    labour(m).put(CASE, type="labour_other").put(OB, what="工伤待遇")
    m.put(rec(5), story="李某在工地受伤，工伤九级。")
    for question, value in answers.items():
        m.answer(question, value)
    return m


def wage(m: Made, fen: int) -> Made:
    return m.answer("own_wage", "said", amount=fen)


def paid(m: Made, fen: int) -> Made:
    """The employer promises so much."""
    return m.put(OB, amount=fen, shares={A1: fen}).put(AG, total=fen)


def insurer(m: Made) -> Made:
    m.new(22, "party", role="third", kind="organisation", name="演示财产保险公司", order=3)
    m.new(24, "identity", party=rec(22), id_number="91440300MADEM0002W", legal_rep="刘某", phone="2", address="z")
    return m.new(65, "signature", agreement=AG, party=rec(22), role="party", manner="signed_sealed", seal="official",
                 on="2026-11-24")  # fmt: skip


def named(m: Made, name: str) -> Made:
    m.committee = type(m.committee)(name, COURT, m.committee.rec or rec(9))
    return m


def rostered(m: Made, due: str) -> Made:
    labour(m).put(OB, due=due)
    return m.new(14, "wage", party=A1, no=1, owed=100_000)
