"""Parties by kind: lines as on the forms of 2010, sentences as courts read them, a roster for many; who signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from station_app.documents import blocks as b
from station_app.documents.filters import written
from station_app.documents.inline import Inline
from station_app.documents.template import PartiesSpec, SignaturesSpec
from station_app.documents.wording import Scope

Party = Mapping[str, object]
_PERSON_KINDS = ("person", "")


def is_person(party: Party) -> bool:
    return str(party.get("kind") or "") in _PERSON_KINDS


def _text(party: Party, key: str) -> str:
    value = party.get(key)
    return "" if value is None else str(value)


def parties(spec: PartiesSpec, found: Sequence[Party]) -> list[b.Block]:
    """All parties of a list, those of one role together."""
    blocks: list[b.Block] = []
    for role, members in groupby(found, key=lambda p: spec.label or _text(p, "role") or "当事人"):
        group = list(members)
        people = [p for p in group if is_person(p)]
        seen = 0
        if len(people) >= spec.roster_from:
            blocks.append(_roster(role, people))
            group = [p for p in group if not is_person(p)]
            seen = len(people)
        for index, party in enumerate(group, seen + 1):
            name = f"{role}（{written(index, 'number', 'cn')}）" if seen + len(group) > 1 else role
            blocks.append(_sentence(name, party) if spec.style == "sentence" else _lines(name, party))
    return blocks


def _lines(label: str, party: Party) -> b.FieldLines:
    rows = _person_rows(party) if is_person(party) else _organisation_rows(party)
    for agent in _agents(party):
        row = [
            _field("委托代理人", _text(agent, "name"), 1.2),
            _field("身份", _text(agent, "kind"), 1),
            _field("权限", _text(agent, "authority"), 1),
        ]
        rows.append(row)
        if agent.get("phone"):
            rows.append([_field("代理人联系电话", _text(agent, "phone"), 1)])
    return b.FieldLines(rows, [Inline(label)])


def _person_rows(party: Party) -> list[list[b.Field]]:
    age = party.get("age")
    return [
        [
            _field("姓名", _text(party, "name"), 2.2),
            _field("性别", _text(party, "sex"), 0.7),
            _field("民族", _text(party, "ethnic"), 1.1),
            _field("年龄", str(age) if age is not None else "", 0.7),
        ],
        [_field(_text(party, "id_kind") or "公民身份号码", _text(party, "id_number"), 1)],
        [
            _field("职业或者职务", _text(party, "occupation"), 1),
            _field("联系电话", _text(party, "phone"), 1.2),
        ],
        [_field("单位或者住址", _text(party, "address") or _text(party, "workplace"), 1)],
    ]


def _organisation_rows(party: Party) -> list[list[b.Field]]:
    head = _text(party, "legal_rep_label") or "法定代表人"
    return [
        [_field("名称", _text(party, "name"), 1)],
        [_field("统一社会信用代码", _text(party, "uscc"), 1)],
        [_field("住所地", _text(party, "address"), 1)],
        [
            _field(head, _text(party, "legal_rep"), 1),
            _field("职务", _text(party, "legal_rep_title"), 0.9),
        ],
        [_field("联系电话", _text(party, "phone"), 1)],
    ]


def _field(label: str, value: str, weight: float) -> b.Field:
    return b.Field(label, [Inline(value, place=label)] if value else [], weight)


def _agents(party: Party) -> list[Party]:
    agents = party.get("agents")
    return [a for a in agents if isinstance(a, Mapping)] if isinstance(agents, Sequence) else []


def _sentence(label: str, party: Party) -> b.Paragraph:
    """One paragraph, in the order courts print a party: 民诉解释 354, 法释〔2011〕5号."""
    parts = _person_words(party) if is_person(party) else _organisation_words(party)
    items = [Inline(label, True), Inline("："), *_joined(parts)]
    for agent in _agents(party):
        words = [
            ("", _text(agent, "name"), "代理人姓名"),
            ("", _text(agent, "firm") or _text(agent, "kind"), "代理人身份"),
            ("", _text(agent, "authority"), "代理权限"),
            ("联系电话", _text(agent, "phone"), "代理人联系电话"),
        ]
        items += [Inline("\n委托代理人", True), Inline("："), *_joined(words)]
    return b.Paragraph(items)


Words = list[tuple[str, str, str]]


def _person_words(party: Party) -> Words:
    birth = _text(party, "birth")
    return [
        ("", _text(party, "name"), "姓名"),
        ("", _text(party, "sex"), "性别"),
        ("", f"{written(birth, 'date', '')}出生" if birth else "", "出生日期"),
        ("", _text(party, "ethnic"), "民族"),
        ("", _text(party, "occupation"), "职业"),
        ("住", _text(party, "address"), "住址"),
        (_text(party, "id_kind") or "公民身份号码", _text(party, "id_number"), "公民身份号码"),
        ("联系电话", _text(party, "phone"), "联系电话"),
    ]


def _organisation_words(party: Party) -> Words:
    head = _text(party, "legal_rep_label") or "法定代表人"
    title = _text(party, "legal_rep_title")
    rep = _text(party, "legal_rep")
    return [
        ("", _text(party, "name"), "名称"),
        ("住所地", _text(party, "address"), "住所地"),
        ("统一社会信用代码", _text(party, "uscc"), "统一社会信用代码"),
        (head, f"{rep}（{title}）" if rep and title else rep, head),
        ("联系电话", _text(party, "phone"), "联系电话"),
    ]


def _joined(words: Words) -> list[Inline]:
    items: list[Inline] = []
    for lead, value, place in words:
        if value:
            items.append(Inline(("，" if items else "") + lead)) if items or lead else None
            items.append(Inline(value, place=place))
    return [*items, Inline("。")]


def _roster(role: str, people: Sequence[Party]) -> b.Grid:
    """Many natural persons of one role in a table; the identity number is never cut."""
    columns = [
        b.Column(9, "center"),
        b.Column(16, "center"),
        b.Column(9, "center"),
        b.Column(14.5, "center"),
        b.Column(35.5, "center", figures=True),
        b.Column(48, "left"),
        b.Column(24, "center", figures=True),
    ]
    titles = ("序号", "姓名", "性别", "民族", "公民身份号码", "住址", "联系电话")
    keys = ("sex", "ethnic", "id_number", "address", "phone")
    rows = [
        [
            b.GridCell([Inline(str(number))]),
            b.GridCell([Inline(_text(p, "name"), place="姓名")]),
            *(b.GridCell([Inline(_text(p, k), place=t)]) for k, t in zip(keys, titles[2:], strict=True)),
        ]
        for number, p in enumerate(people, 1)
    ]
    count = written(len(people), "number", "")
    return b.Grid(
        columns,
        [[b.GridCell([Inline(t)]) for t in titles]],
        rows,
        caption=[Inline(f"{role}（共{count}人）")],
        size=9.0,
    )


#: Officials who sign by name, by the words of templates.
_OFFICIALS = {
    "mediator": "人民调解员",
    "recorder": "记录人",
    "registrar": "登记人",
    "reader": "告知人",
    "head": "负责人",
    "handler": "经办人",
    "maker": "制表人",
    "checker": "审核人",
    "lawyer": "解答人",
    "counsellor": "服务人员",
    "receiver": "签收人",
    "provider": "提供帮扶单位经办人",
    "inquirer": "调查人",
    "visitor": "回访人",
}
#: Lists of parties that sign, by the words of templates.
_LISTS = {
    **{name: name for name in ("parties", "applicants", "respondents", "third_parties", "creditors")},
    "principals": "power.principals",
}
#: Bodies that seal: label, where their name stands, the words of the seal's place, who signs for them.
_BODIES = {
    "station": ("服务站", "station.name", "服务站印章", "经办人"),
    "issuer": ("发令单位", "order.issuer", "发令单位印章", "签发人"),
}

#: Bodies beside whose seal officials sign by name: label, where their name stands, the words of the seal's place.
_SEALING = {
    "committee": ("人民调解委员会", "committee.full", "人民调解委员会印章"),
    "reporter": ("填报单位", "report.unit", "填报单位印章"),
}


def signers(spec: SignaturesSpec, scope: Scope) -> list[b.Signer]:
    """Those who sign, in the order the template names them; who signs in the annex is left out here."""
    out: list[b.Signer] = []
    for who in spec.who:
        if who in _LISTS:
            found = scope.get(_LISTS[who])
            people = [p for p in found if isinstance(p, Mapping)] if isinstance(found, Sequence) else []
            out += [_party(p, spec, who) for p in people if not (spec.skip_annex and p.get("in_annex") is True)]
            if who == "principals" and not people:  # a form to be filled in by hand
                out.append(b.Signer("person", spec.label or "委托人", words=spec.person_words))
        elif who == "one_party":
            out.append(b.Signer("person", spec.label or "当事人", words=spec.person_words))
        elif who == "representatives":
            found = scope.get("representation.representatives")
            people = [p for p in found if isinstance(p, Mapping)] if isinstance(found, Sequence) else []
            out += [b.Signer("person", "代表人", _text(p, "name"), words=spec.person_words) for p in people]
        elif who == "payer":
            name = str(scope.get("receipt.payer") or "")
            out.append(b.Signer("organisation", "用人单位", name, seal="公章", acting="发放人"))
        elif who in _SEALING:
            label, path, seal = _SEALING[who]
            officials = tuple(s.label for s in out if s.kind == "official")
            out = [s for s in out if s.kind != "official"]
            out.append(b.Signer("committee", label, str(scope.get(path) or ""), seal=seal, beside=officials))
        elif who == "this_party":
            out += [_party(p, spec, who) for p in scope.local.values() if isinstance(p, Mapping) and p.get("name")]
        elif who in _BODIES:
            label, path, seal, acting = _BODIES[who]
            out.append(b.Signer("organisation", label, str(scope.get(path) or ""), seal=seal, acting=acting))
        else:
            out.append(b.Signer("official", _OFFICIALS[who], words="签名"))
    return out


def _party(party: Party, spec: SignaturesSpec, who: str) -> b.Signer:
    role = spec.label or _text(party, "role") or "当事人"
    if is_person(party):
        return b.Signer("person", role, _text(party, "name"), words=spec.person_words)
    if not spec.seals:
        return b.Signer("person", role, _text(party, "name"), words="签名或者盖章")
    head = _text(party, "legal_rep_label") or "法定代表人"
    # Nobody gives a power to himself: a principal is never acted for by an agent.
    acting = head if who == "principals" else f"{head}或者委托代理人"
    return b.Signer("organisation", role, _text(party, "name"), seal="公章", acting=acting)
