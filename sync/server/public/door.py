"""The page behind the code on a station's door: what it does, where it is, whom to call; no account, nothing asked."""

from __future__ import annotations

import html
from typing import Final

from sync.server.public.page import call, card, facts, whole
from sync.server.server import Server

SERVICES: Final = ("矛盾纠纷调处", "法律服务", "心理服务", "问题投诉", "人民建议", "帮扶救助")


def page(server: Server, code: str) -> bytes | None:
    """The station's page; None where there is no such station."""
    with server.storage.read() as tx:
        row = tx.row(
            "SELECT s.name, s.address, s.phone, t.name, t.street FROM station s JOIN stream t ON t.code = s.stream"
            " WHERE s.code = ?",
            (code,),
        )
    if row is None:
        return None
    name, address, phone, community, street = (str(value) for value in row)
    offers = "".join(f"<li>● {word}</li>" for word in SERVICES)
    return whole(
        server.district.name,
        card(
            f"<h1>{html.escape(name)}</h1>",
            facts((("所在", f"{street}{community}"), ("地址", address), ("电话", phone))),
            call(phone),
        )
        + card(
            "<h1>有什么事可以来</h1>",
            f"<ol>{offers}</ol>",
            "<p>把三件事说清楚就可以：发生了什么事，对方是谁，您要求什么。带上身份证和手里的凭据（合同、工资条、照片、"
            "聊天记录）；没有的也可以先来说。</p>",
            "<p>登记后您会拿到一张回执，扫回执上的二维码就能看到办到哪一步。全部服务不收任何费用。</p>",
        )
        + "<small>本页不收集任何信息。涉及人身安全的紧急情况，请立即拨打 110。</small>",
    )
