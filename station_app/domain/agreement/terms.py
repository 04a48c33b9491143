"""Terms of an agreement written from its structured rows, by type of dispute; a person may always type over them.

Each generated term has a fixed slot (the term record's `order`), so that one typed over keeps its place and is not made
again: 100 acknowledgement, 200… payments and acts, 300 default, 400 what is settled, 500–799 typed terms,
800 judicial confirmation, 900 address for service. Taking effect and copies stand in the paper itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from station_app.domain.agreement.copies import APPLY
from station_app.domain.agreement.facts import is_wage, wage_period
from station_app.domain.agreement.obligations import FIRST, JOINT, SEVERAL, Duty, Plan, annexed, duties, plans
from station_app.domain.agreement.words import ARRIVES, People
from station_app.domain.case import Case, text
from station_app.domain.dates import date_cn, numeral_cn
from station_app.domain.money import capitals, yuan

ACKNOWLEDGED, PAYMENTS, DEFAULT, SETTLED, TYPED, CONFIRM, ADDRESS = 100, 200, 300, 400, 500, 800, 900
LAST_TYPED: Final = 799
_MOST_PLANS: Final = 99

_DAMAGE_TYPES: Final = frozenset("damages neighbour traffic medical pollution".split())
_RETURNED: Final = ("押金", "保证金", "定金", "预付款")
_SUPPORT: Final = ("抚养费", "赡养费", "扶养费")
_INJURY: Final = ("工伤", "伤残", "医疗补助", "就业补助", "停工留薪")


@dataclass(frozen=True, slots=True)
class Term:
    """One generated term: its slot and its words, without a number."""

    slot: int
    text: str


def generate(case: Case) -> list[Term]:
    """All terms that follow from the rows of the agreement in force, in order; [] without an agreement."""
    agreement = case.agreement
    if agreement is None:
        return []
    writer = _Writer(case)
    found = [Term(ACKNOWLEDGED, writer.acknowledged())]
    for index, plan in enumerate(writer.plans[:_MOST_PLANS]):
        found.append(Term(PAYMENTS + index, writer.promise(plan)))
    found += [Term(DEFAULT, writer.default()), Term(SETTLED, writer.settled())]
    if text(agreement, "confirm") == APPLY:
        court = text(agreement, "court") or text(case.record, "court") or "人民法院"
        words = f"{writer.people.both}同意在本协议生效之日起三十日内，共同向{court}申请司法确认。"
        found.append(Term(CONFIRM, words))
    if agreement.get("served_address") is not False:
        suits = "仲裁、诉讼" if case.labour else "诉讼"
        words = f"{writer.people.both}确认首部所列地址和联系电话为调解文书以及{suits}程序文书的送达地址。"
        found.append(Term(ADDRESS, words))
    return [term for term in found if term.text]


class _Writer:
    """The terms of one agreement."""

    def __init__(self, case: Case) -> None:
        self.case, self.people = case, People(case)
        self.plans = plans(duties(case))
        self.wage = is_wage(case)
        self.on_spot = bool(case.agreement and case.agreement.get("on_spot"))
        self.type = text(case.record, "type")

    @property
    def money(self) -> list[Plan]:
        return [p for p in self.plans if p.head.money]

    def payees(self, plan: Plan) -> str:
        return self.people.payee(plan.payees, wage=self.wage)

    # -- who owes -----------------------------------------------------------------------------------------------

    def acknowledged(self) -> str:
        """Who owes, and how several stand beside each other: jointly, each his own, or one paying first."""
        if not self.money:
            return ""
        payers = list(dict.fromkeys(p for plan in self.money for p in plan.head.payers))
        kinds = {plan.head.liability for plan in self.money} - {""}
        names, payee = self.people.names(payers), self.payees(self.money[0])
        if not self.wage:
            return self._joint(names, payee) if JOINT in kinds and len(payers) > 1 else ""
        if FIRST in kinds:
            debtors = self.people.names(self.people.other_respondents(payers))
            known = f"{debtors}确认拖欠{payee}上述工资。" if debtors else ""
            recourse = f"，清偿后依法向{debtors}追偿" if debtors else ""
            return f"{known}{names}作为施工总承包单位，先行清偿上述全部工资{recourse}。"
        if len(payers) < 2:
            return f"{names}确认拖欠{payee}上述工资。"
        if JOINT in kinds:
            return f"{names}确认拖欠{payee}上述工资，就上述工资对{payee}承担连带支付责任。"
        if SEVERAL in kinds:
            return f"{names}确认拖欠{payee}上述工资，各自按本协议写明的数额支付，互不承担连带责任。"
        return f"{names}确认拖欠{payee}上述工资。"

    def _joint(self, names: str, payee: str) -> str:
        return f"{names}就本协议约定的给付义务对{payee}承担连带责任。"

    # -- what is promised ---------------------------------------------------------------------------------------

    def promise(self, plan: Plan) -> str:
        """One promise with all its instalments."""
        if not plan.head.money:
            return self._act(plan.head)
        return self._by_annex(plan) if annexed(plan) else self._by_name(plan)

    def _by_annex(self, plan: Plan) -> str:
        head, payee = plan.head, self.payees(plan)
        payer, manner = self.people.names(head.payers), self.people.manner(head, payee, plan.payees)
        lead = f"{payer}按附表所列各人数额" + ("" if self.wage else f"支付{head.what}")
        if len(plan.rows) > 1:
            return f"{lead}，{self._by_parts(plan, manner)}"
        total = f"合计{yuan(head.amount)}元（大写：{capitals(head.amount)}）"
        receipt = "，由本人在工资发放签收表上签名并按指印" if self.wage and head.method == "cash" else ""
        return f"{lead}，{self._when(head)}{_at_once(manner)}，{total}{receipt}。{self._arrival(plan)}"

    def _by_name(self, plan: Plan) -> str:
        head, payee = plan.head, self.payees(plan)
        payer = self.people.names(head.payers)
        manner = self.people.manner(head, payee, plan.payees)
        sums = f"{yuan(plan.total)}元（大写：{capitals(plan.total)}）"
        owes = f"{payer}{self._verb(head, payee)}{sums}{self._parts(plan)}"
        if len(plan.rows) > 1:
            return f"{owes}，{self._by_parts(plan, manner)}"
        return f"{owes}，{self._when(head)}{_at_once(manner)}。{self._arrival(plan)}"

    def _verb(self, head: Duty, payee: str) -> str:
        what = head.what or ("工资" if self.wage else "")
        if any(word in what for word in _RETURNED):
            return f"向{payee}退还{what}"
        if self.type in _DAMAGE_TYPES and "赔偿" not in what and "费" not in what[-1:]:
            return f"赔偿{payee}{what}"
        return f"向{payee}支付{what}"

    def _parts(self, plan: Plan) -> str:
        """Two payees of one payment are named with their parts; more stand in the annex."""
        if len(plan.payees) < 2:
            return ""
        parts = [f"{self.people.names([p])}{yuan(fen)}元" for p, fen in plan.head.shares.items()]
        return f"，其中{'、'.join(parts)}"

    def _by_parts(self, plan: Plan, manner: str) -> str:
        """Several payments: each is 付清 on its own day, together they are 支付."""
        paid = manner.replace("付清", "支付")
        return f"分{_count(len(plan.rows))}期{paid}：{self._instalments(plan)}。{self._arrival(plan)}"

    def _instalments(self, plan: Plan) -> str:
        parts = []
        for number, row in enumerate(plan.rows, 1):
            when = self._when(row)
            until = f"，{when}付清" if when else ""
            parts.append(f"第{numeral_cn(number)}期{yuan(row.amount)}元{until}")
        return "；".join(parts)

    def _when(self, row: Duty) -> str:
        return "于签订本协议当日" if self.on_spot and not row.due else row.due_words

    def _arrival(self, plan: Plan) -> str:
        """What 前 means and when money counts as paid."""
        dated = any(row.due and not row.due_rule.startswith("days") for row in plan.rows)
        if not dated:
            return ""
        word = "“前付清”" if len(plan.rows) > 1 else "“前”"
        arrives = "，以款项到达本人账户为准" if plan.head.method in ARRIVES and self._persons(plan) else ""
        return f"{word}包括当日{arrives}。"

    def _persons(self, plan: Plan) -> bool:
        return all(self.people.by_id[p].is_person for p in plan.payees if p in self.people.by_id)

    def _act(self, row: Duty) -> str:
        payer, when = self.people.names(row.payers), row.due_words
        payee = self.people.payee(row.shares, wage=False) if row.shares else "对方"
        note = f"（{row.method_note}）" if row.method_note else ""
        what = row.what.strip("。")
        barred = what.removeprefix("不得").removeprefix("不再")
        sentence: dict[str, Callable[[], str]] = {
            "deliver": lambda: f"{payer}{when}向{payee}交付{what}{note}。",
            "refrain": lambda: f"自本协议生效之日起，{payer}不得{barred}{note}。",
            "vacate": lambda: f"{payer}{when}腾退{what}，交还{payee}{note}。",
            "apologise": lambda: f"{payer}{when}就{what or '本纠纷'}向{payee}赔礼道歉{note}。",
            "document": lambda: f"{payer}{when}为{payee}{what}{note}。",
        }
        return sentence.get(row.kind, lambda: f"{payer}{when}完成下列事项：{what}{note}。")()

    # -- what follows -------------------------------------------------------------------------------------------

    def default(self) -> str:
        """What happens when an instalment is late: as typed; for wages by the fixed words, else nothing is invented."""
        typed = list(dict.fromkeys(r.consequence.strip("。") for p in self.plans for r in p.rows if r.consequence))
        if typed:
            return "。".join(typed) + "。"
        if not (self.wage and any(len(p.rows) > 1 for p in self.money)):
            return ""
        payee = self.payees(self.money[0])
        return (
            f"任何一期未按时足额支付的，未到期部分视为全部到期，{payee}可以就本人尚未受偿的全部数额依法申请支付令或者提起诉讼；"
            "本协议经司法确认的，可以申请强制执行。"
        )

    def settled(self) -> str:
        """What is at an end when the agreement is kept, and what a worker does not give up by it."""
        if self.wage:
            return self._wage_settled()
        if not self.plans or any(word in p.head.what for word in _SUPPORT for p in self.money):
            return ""  # support goes on as long as it is needed: nothing is at an end with what is paid now
        both = self.people.both
        if len(self.money) != len(self.plans):
            return f"上述义务全部履行后，{both}就本纠纷再无争议。"
        payee = self.payees(self.money[0])
        if any(word in p.head.what for p in self.money for word in _INJURY):
            return (
                f"{payee}收到上述全部款项后，{both}就上述款项再无争议。"
                f"本条不影响{payee}依法享有的、本协议没有写明的工伤保险待遇。"
            )
        got = f"{payee}收到上述全部款项后，" if len(self.money) == 1 else "上述款项全部付清后，"
        return f"{got}{both}就{self._matter()}再无争议。"

    def _matter(self) -> str:
        if self.type in _DAMAGE_TYPES:
            return "本次道路交通事故的赔偿" if self.type == "traffic" else "本次纠纷造成的损失"
        what = {p.head.what for p in self.money if p.head.what}
        return f"上述{what.pop()}" if len(what) == 1 else "本纠纷"

    def _wage_settled(self) -> str:
        if not self.money:
            return ""
        _, last = wage_period(self.case)
        table = annexed(self.money[0])
        sums = "附表数额" if table else "上述数额"
        until = f"系截至{date_cn(last)}的工资" if last else "系双方核对确认的工资"
        payee = self.payees(self.money[0])
        got = "附表所列本人全部款项" if table else "上述全部款项"
        return (
            f"{sums}{until}。{payee}收到{got}后，双方就该期间的工资再无争议。"
            f"本条不影响{payee}就工伤、社会保险以及其他期间的劳动报酬主张权利。"
        )


def _at_once(manner: str) -> str:
    """One payment: "一次性转入田志强本人银行账户", "以现金向申请人本人付清"."""
    return manner.replace("转入", "一次性转入", 1)


def _count(number: int) -> str:
    """The numeral before a measure word: 两期, 三期."""
    return "两" if number == 2 else numeral_cn(number)
