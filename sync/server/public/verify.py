"""The page behind the code on a printed paper: five answers, Chinese, phone first, no script, no personal data."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Final

from sync.contract.proof import BadProof, PaperProof, decode
from sync.server.keys import verify
from sync.server.public import progress, rating
from sync.server.public.page import card, facts, whole
from sync.server.server import Server
from sync.server.storage.port import Row, Tx

GENUINE: Final = "genuine"
REPLACED: Final = "replaced"
VOID: Final = "void"
DIFFERENT: Final = "different"
UNKNOWN: Final = "unknown"

_WORDS: Final = {
    GENUINE: ("属实", "与本系统登记一致。请核对下列编号、版次和页码与纸面是否相同。"),
    REPLACED: ("已被第 {newer} 版代替", "这是较早的版本，请以第 {newer} 版为准。"),
    VOID: ("已作废", "该文书已由出具单位作废，不再使用。"),
    DIFFERENT: ("与登记不符", "这个二维码与本系统的登记不一致，请向出具文书的人民调解委员会核实。"),
    UNKNOWN: (
        "尚未上传至本系统，不能据此认定为虚假",
        "站点可能尚未联网上传，请稍后再查，或者向出具文书的人民调解委员会核实。",
    ),
}
_TEMPLATES: Final = {
    "agreement": "人民调解协议书",
    "acceptance_register": "人民调解受理登记表",
    "rights_notice": "人民调解当事人权利义务告知书",
    "confirmation_application": "司法确认申请书",
    "reception_slip": "诉求登记回执",
    "session_notice": "人民调解通知书",
    "reply_sheet": "答复反馈单",
    "refusal_notice": "人民调解不予受理告知书",
    "termination_notice": "终止调解告知书",
    "supplement": "人民调解补充协议书",
    "mediation_certificate": "主持调解证明",
    "wage_receipt": "工资发放签收表",
    "receipt_slip": "收条",
    "hand_off_sheet": "诉求转办单",
    "order_sheet": "社区发令单",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One of the five answers, with what the page may show: `newer` is the version to use, 0 where none."""

    answer: str
    proof: PaperProof | None = None
    number: str = ""
    template: str = ""
    committee: str = ""
    newer: int = 0
    case: str = ""


def check(server: Server, payload: str) -> Finding:
    """Look a payload up. A signature that does not hold is never called genuine; an unknown device proves nothing."""
    try:
        proof = decode(payload)
    except BadProof:
        return Finding(DIFFERENT)
    with server.storage.read() as tx:
        device = tx.row(
            "SELECT d.sign_key, c.name FROM device d JOIN station s ON s.no = d.station_no"
            " JOIN committee c ON c.short = s.committee WHERE d.id = ?",
            (proof.device,),
        )
        if device is None:
            return Finding(UNKNOWN, proof)
        if not verify(bytes(device[0]), proof.signature, proof.signed_bytes()):
            return Finding(DIFFERENT, proof)
        return _registered(tx, proof, str(device[1]))


def _registered(tx: Tx, proof: PaperProof, committee: str) -> Finding:
    marks = tx.rows(
        "SELECT rec, case_rec, template, number, version, pages, facts_hash, state, device FROM paper_mark"
        " WHERE paper = ? AND device = ?",
        (proof.paper, proof.device),
    )
    if not marks:
        return Finding(UNKNOWN, proof, committee=committee)
    mark = next((m for m in marks if _fits(m, proof)), None)
    if mark is None:
        return Finding(DIFFERENT, proof, committee=committee)
    template, number = str(mark[2]), str(mark[3])
    newer = _newer(tx, mark)
    answer = GENUINE
    if mark[7] == "void":
        answer = VOID
    elif newer:
        answer = REPLACED
    elif mark[7] not in ("issued", "signed", "scanned"):
        answer = DIFFERENT
    return Finding(answer, proof, number, template, committee, newer if answer == REPLACED else 0, str(mark[1]))


def _fits(mark: Row, proof: PaperProof) -> bool:
    facts = str(mark[6])[:32]
    return facts == proof.facts16.hex() and int(mark[4]) == proof.version and int(mark[5]) == proof.pages


def _newer(tx: Tx, mark: Row) -> int:
    """The highest later version of the same paper under the same number, that is not void."""
    row = tx.row(
        "SELECT max(version) FROM paper_mark WHERE case_rec = ? AND template = ? AND number = ? AND version > ?"
        " AND state <> 'void'",
        (mark[1], mark[2], mark[3], mark[4]),
    )
    if row is not None and row[0] is not None:
        return int(row[0])
    return int(mark[4]) + 1 if mark[7] == "replaced" else 0


def page(server: Server, payload: str, complaint: str = "") -> bytes:
    """The page as HTML; behind a paper that was handed to a party, also how the matter stands and the rating."""
    found = check(server, payload)
    word, advice = (text.format(newer=found.newer) for text in _WORDS[found.answer])
    rows = [("出具单位", found.committee), ("文书", _title(found.template)), ("编号", found.number)]
    if found.proof is not None:
        rows.append(("版次", f"第 {found.proof.version} 版"))
        rows.append(("页码", f"第 {found.proof.page} 页，共 {found.proof.pages} 页"))
    shown = facts(rows)
    answer = card(
        "<h1>文书查验</h1>",
        f'<p class="answer {found.answer}">{html.escape(word)}</p><p>{html.escape(advice)}</p>',
    ) + (card(shown) if shown else "")
    with server.storage.read() as tx:
        at = progress.standing(tx, found.case) if open_to_holder(found) else None
        more = progress.section(at) + rating.section(tx, at, payload, complaint) if at is not None else ""
    privacy = "本页不显示文书内容和当事人信息，不需要注册，也不记录您是谁。"
    return whole(server.district.name, more + answer + f"<small>{privacy}</small>")


def rate(server: Server, payload: str, body: bytes) -> bytes:
    """The page after somebody rated the service; what may not be rated is shown as it is."""
    found = check(server, payload)
    complaint = ""
    if open_to_holder(found):
        with server.storage.read() as tx:
            at = progress.standing(tx, found.case)
        if at is not None and at.over:
            complaint = rating.take(server, at, body)
    return page(server, payload, complaint)


def open_to_holder(found: Finding) -> bool:
    """Whether the paper is one that is given to a party, and is what it seems."""
    return found.answer in (GENUINE, REPLACED) and found.template.split("@")[0] in progress.HANDED_OUT


def _title(template: str) -> str:
    return _TEMPLATES.get(template.split("@", maxsplit=1)[0], "人民调解文书") if template else ""


def front(name: str) -> bytes:
    """The front page: whose server this is, nothing else yet."""
    return whole(name, card("<h1>群众诉求服务区级平台</h1><p>系统运行正常。</p>"))
