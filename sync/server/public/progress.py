"""How a matter stands, for whoever holds a paper that was handed to a party: five steps in words, whom to call.

Nobody and nothing is named: no party, no service, no subject, no sum. What is sealed the district cannot read anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sync.server.public.page import call, card, facts
from sync.server.storage.port import Tx

HANDED_OUT: Final = frozenset({"reception_slip", "rights_notice", "session_notice", "reply_sheet"})
"""Papers that are given to a party: who holds one may see how the matter stands."""
STEPS: Final = (
    ("registered_at", "登记"), ("accepted_at", "受理"), ("resolved_at", "办结"), ("fedback_at", "反馈")
)  # fmt: skip
WORDS: Final = {
    "registered": "已经登记，正在研究是否受理。",
    "accepted": "已经受理，工作人员将与您联系。",
    "refused": "不予受理，理由和其他途径见告知书；有疑问请来站或者来电。",
    "referred": "已经转给有权处理的单位办理，转办单位请来站或者来电询问。",
    "mediating": "正在调解。下次安排见您手中的通知书或者回执。",
    "agreed": "双方已经达成协议，正在办理签字和盖章。",
    "ended": "调解已经终止，其他解决途径见告知书；有疑问请来站或者来电。",
    "effective": "协议已经生效，请按约定的日期履行。",
    "confirming": "已经向法院申请司法确认，请等候法院通知。",
    "confirmed": "法院已经确认协议有效。",
    "not_confirmed": "法院没有确认协议，请来站商量下一步。",
    "performed": "协议约定的内容已经履行完毕。",
    "visited": "已经回访。",
    "fedback": "已经办结并反馈。",
    "archived": "已经办结并归档。",
}
OVER: Final = frozenset({"refused", "referred", "ended", "effective", "confirmed", "performed", "visited", "fedback",
                         "archived"})  # fmt: skip
"""States in which the service can be rated."""
_LEFT: Final = frozenset({"refused", "referred", "ended"})


@dataclass(frozen=True, slots=True)
class Standing:
    """A matter as the page shows it. `days`: the day of each step, "" where it was not reached."""

    rec: str
    state: str
    days: tuple[str, ...]
    station: str
    stream: str
    name: str
    address: str
    phone: str

    @property
    def over(self) -> bool:
        """Whether the service can be rated."""
        return self.state in OVER


def standing(tx: Tx, case: str) -> Standing | None:
    """Where a case stands; None where the district does not have it, or it was taken out."""
    columns = ", ".join(f"c.{name}" for name, _ in STEPS)
    row = tx.row(
        f"SELECT c.rec, c.state, c.station, c.stream, s.name, s.address, s.phone, {columns} FROM case_row c"
        " JOIN station s ON s.code = c.station WHERE c.rec = ? AND c.discarded = 0",
        (case,),
    )
    if row is None or str(row[1] or "") not in WORDS:
        return None
    rec, state, station, stream, name, address, phone = (str(value or "") for value in row[:7])
    days = tuple(str(value or "")[:10] for value in row[7:])
    return Standing(rec, state, days, station, stream, name, address, phone)


def section(found: Standing) -> str:
    """The steps, the sentence, and whom to ask."""
    reached = max((i for i, day in enumerate(found.days) if day), default=-1)
    items = []
    for index, ((_, word), day) in enumerate(zip(STEPS, found.days, strict=True)):
        if index > reached and found.state in _LEFT:
            break  # it went another way: no step is to come
        kind, mark = ("done", "●") if index <= reached else ("later", "○")
        items.append(f'<li class="{kind}">{mark} {word}{f"　{day_words(day)}" if day else ""}</li>')
    whom = facts((("服务站", found.name), ("地址", found.address), ("电话", found.phone)))
    return card(
        "<h1>办理进展</h1>", f'<p class="answer">{WORDS[found.state]}</p>', f"<ol>{''.join(items)}</ol>"
    ) + card(
        whom,
        "<p>要补充情况、改约时间或者撤回诉求，请带上这张单子来站，或者打电话，说出单子上的编号。办理不收任何费用。</p>",
        call(found.phone),
    )


def day_words(day: str) -> str:
    """2026-11-20 as 11月20日."""
    parts = day.split("-")
    return f"{int(parts[1])}月{int(parts[2])}日" if len(parts) == 3 and all(p.isdigit() for p in parts) else ""
