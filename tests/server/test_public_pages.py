"""The page behind a printed code: its five answers, and that it tells nothing else."""

from __future__ import annotations

import hashlib

import pytest

from sync.contract.canonical import Json
from sync.contract.op import Change
from sync.contract.proof import PaperProof
from tests.server.support import Device, Face

FACTS = hashlib.sha256(b"facts").hexdigest()


def _issue(device: Device, case: str, *, version: int = 1, **more: Json) -> tuple[str, str]:
    """Issue a paper; (its id, the id of its mark)."""
    paper = f"{device.inst}.{len(device.chain) + 1}.5"
    mark = device.rec()
    values: dict[str, Json] = {
        "paper": paper,
        "template": "agreement@2026-11",
        "number": "（2026）光凤东坑人调字第A0001号",
    }
    values |= {"version": version, "pages": 2, "facts_hash": FACTS, "state": "issued", **more}
    device.op("issue_paper", [Change(mark, "paper_mark", values)], case=case)
    return paper, mark


def _payload(device: Device, paper: str, *, version: int = 1, facts: str = FACTS) -> str:
    proof = PaperProof(paper, version, 1, 2, bytes.fromhex(facts)[:16], device.id)
    return proof.signed(device.key.sign(proof.signed_bytes())).payload()


def _page(face: Face, payload: str) -> str:
    answer = face.call("GET", f"/v/{payload}")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    text = answer.body.decode()
    assert "<script" not in text
    assert "田某" not in text, "no party is named"
    return text


def test_genuine(face: Face, s1: Device) -> None:
    paper, _ = _issue(s1, s1.case())
    s1.push()
    page = _page(face, _payload(s1, paper))
    assert ">属实<" in page
    assert "（2026）光凤东坑人调字第A0001号" in page
    assert "人民调解协议书" in page
    assert "第 1 页，共 2 页" in page


def test_replaced_by_a_later_version(face: Face, s1: Device) -> None:
    case = s1.case()
    first, mark = _issue(s1, case)
    seq = len(s1.chain)
    second, _ = _issue(s1, case, version=2)
    s1.op(
        "issue_paper", [Change(mark, "paper_mark", {"state": "replaced"}, {"state": [f"{s1.inst}.{seq}"]})], case=case
    )
    s1.push()
    assert "已被第 2 版代替" in _page(face, _payload(s1, first))
    assert ">属实<" in _page(face, _payload(s1, second, version=2))


def test_void(face: Face, s1: Device) -> None:
    case = s1.case()
    paper, mark = _issue(s1, case)
    change = Change(mark, "paper_mark", {"state": "void", "reason": "误印"}, {"state": [f"{s1.inst}.2"]})
    s1.op("void_paper", [change], case=case)
    s1.push()
    assert ">已作废<" in _page(face, _payload(s1, paper))


def test_different(face: Face, s1: Device) -> None:
    paper, _ = _issue(s1, s1.case())
    s1.push()
    assert "与登记不符" in _page(face, _payload(s1, paper, facts=hashlib.sha256(b"changed").hexdigest()))
    good = _payload(s1, paper)
    forged = good[:-2] + ("AA" if not good.endswith("AA") else "BB")
    assert "与登记不符" in _page(face, forged)
    other = Device(face, "S1", key=s1.key)
    proof = PaperProof(paper, 1, 1, 2, bytes.fromhex(FACTS)[:16], s1.id)
    stolen = proof.signed(Device(face, "S1").key.sign(proof.signed_bytes())).payload()
    assert "与登记不符" in _page(face, stolen)
    assert other.id == s1.id


def test_not_here_yet_says_nothing_against_it(face: Face, s1: Device) -> None:
    paper, _ = _issue(s1, s1.case())
    assert "尚未上传至本系统，不能据此认定为虚假" in _page(face, _payload(s1, paper))
    stranger = Device(face, "S1")
    assert "不能据此认定为虚假" in _page(face, _payload(stranger, f"{stranger.inst}.1.0"))


def test_another_devices_mark_proves_nothing(face: Face, s1: Device, s2: Device) -> None:
    """A device of another station cannot make a paper genuine by naming it in a mark of its own."""
    paper = f"{s1.inst}.9.0"
    rec = s2.case()
    _issue(s2, rec, paper=paper)
    s2.push()
    assert "不能据此认定为虚假" in _page(face, _payload(s1, paper))


@pytest.mark.parametrize("payload", ["x", "%00", "A" * 300, "..%2f..", "<b>"])
def test_what_is_no_code_is_no_fault(face: Face, payload: str) -> None:
    assert "<b>" not in _page(face, payload)


def test_the_page_was_looked_at_for_a_telephone(face: Face, s1: Device) -> None:
    paper, _ = _issue(s1, s1.case())
    s1.push()
    page = _page(face, _payload(s1, paper))
    assert 'name="viewport"' in page
    assert 'lang="zh-CN"' in page
