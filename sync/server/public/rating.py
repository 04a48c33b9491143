"""A word on the service by whoever holds a paper of a finished matter: once, without a name, as an op of the district.

It becomes an `evaluation` of manner `online` under the number of the case's slip, and the stations of the community
read it like one entered from paper. A district restored from before it knows it again from what stations give back;
where somebody was quicker, of the two the first counts (station_app/domain/course/rated.py).
"""

from __future__ import annotations

import html
import re
from typing import Final
from urllib.parse import parse_qs

from sync.contract.canonical import Json
from sync.contract.op import Change
from sync.contract.slip import slip_of
from sync.server.clock import iso
from sync.server.own import OwnOp
from sync.server.projection.reading import read_op
from sync.server.public.page import card
from sync.server.public.progress import Standing
from sync.server.server import Server, meta, set_meta
from sync.server.storage.port import Tx

MOST_BODY: Final = 8 * 1024
MOST_WORDS: Final = 200
LEVELS: Final = (("5", "非常满意"), ("4", "满意"), ("3", "基本满意"), ("2", "不满意"), ("1", "非常不满意"))
MANNER: Final = "online"
_KEY: Final = "rated "
_VERB: Final = b'"verb":"evaluate"'
_NUMBERS: Final = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
"""Identity numbers and mobile telephone numbers: an evaluation travels in clear and names nobody."""


def section(tx: Tx, found: Standing, payload: str, complaint: str = "") -> str:
    """The form, or that it was heard; "" while the matter is under way."""
    if not found.over:
        return ""
    if meta(tx, _KEY + found.rec):
        return card("<h1>服务评价</h1>", '<p class="answer genuine">评价已收到，谢谢。</p>')
    picks = "".join(
        f'<label class="pick"><input type="radio" name="level" value="{code}" required>{word}</label>'
        for code, word in LEVELS
    )
    wrong = f'<p class="different">▲ {html.escape(complaint)}</p>' if complaint else ""
    return card(
        "<h1>服务评价</h1>",
        "<p>请您对这次服务作出评价。不记姓名，经办人不能修改。</p>",
        wrong,
        f'<form method="post" action="/v/{html.escape(payload, quote=True)}">{picks}'
        '<p><label for="words">意见和建议（可以不写；请不要写姓名、电话和证件号码）</label></p>'
        f'<textarea id="words" name="words" maxlength="{MOST_WORDS}"></textarea>'
        "<button>提交评价</button></form>",
    )


def _given_before(tx: Tx, found: Standing) -> bool:
    """Whether the stream holds an evaluation of this slip by this way: the mark of it went with a restore, the op came
    back from a station.
    """
    rows = tx.rows(
        "SELECT header, body, rev FROM op WHERE stream = ? AND case_rec = '' AND compartment = 'reference'"
        " AND body IS NOT NULL",
        (found.stream,),
    )
    slip = slip_of(found.rec)
    told = (c for row in rows if _VERB in bytes(row[0]) for c in read_op(row).changes or ())
    return any((c.set.get("slip"), c.set.get("manner")) == (slip, MANNER) for c in told)


def take(server: Server, found: Standing, body: bytes) -> str:
    """Keep an evaluation; "" when it was kept (or had been), else what is wrong with it, in words."""
    try:
        given = parse_qs(body.decode("utf-8"), max_num_fields=8)
    except ValueError:
        return "没有看懂提交的内容，请重新选择。"
    level = given.get("level", [""])[-1]
    words = " ".join(given.get("words", [""])[-1].replace("\0", "").split())
    if level not in dict(LEVELS):
        return "请先选择一项。"
    if len(words) > MOST_WORDS:
        return f"意见和建议不超过 {MOST_WORDS} 字，请删减。"
    if _NUMBERS.search(words):
        return "请不要写电话和证件号码；需要回复的，请来站或者打电话。"
    now = server.clock.now_ms()

    def work(tx: Tx) -> None:
        tx.row(f"SELECT code FROM stream WHERE code = ?{tx.locked}", (found.stream,))
        if meta(tx, _KEY + found.rec):
            return
        set_meta(tx, _KEY + found.rec, str(now))
        if _given_before(tx, found):
            return
        values: dict[str, Json] = {"slip": slip_of(found.rec), "manner": MANNER, "satisfaction": level,
                                   "at": iso(now), "station": found.station}  # fmt: skip
        if words:
            values["text"] = words
        change = Change(server.chain.next_rec(tx), "evaluation", values)
        server.chain.publish(tx, [OwnOp(found.stream, "evaluate", [change])], wall=now)

    server.storage.write(work)
    return ""
