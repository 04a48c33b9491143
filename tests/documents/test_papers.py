"""The papers as printed: frozen text and page counts, the same bytes every time, drafts and samples marked."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from station_app.documents.context_keys import check_values
from station_app.documents.preview import extract_text
from station_app.documents.scan.reading import marks_of
from station_app.domain.sentences import sentence
from sync.contract.errors import BugError, KnownError
from tests.documents import samples
from tests.documents.issuing import GOLDENS, catalog, check_frozen, issue

CASES = [
    ("acceptance_register", "showcase", 1),
    ("rights_notice", "showcase", 2),
    ("representatives", "showcase", 2),
    ("agreement", "showcase", 6),
    ("termination_notice", "showcase", 2),
    ("wage_receipt", "showcase", 2),
    ("confirmation_application", "showcase", 4),
    ("acceptance_register", "small", 1),
    ("rights_notice", "small", 2),
    ("agreement", "small", 2),
    ("termination_notice", "small", 1),
    ("confirmation_application", "small", 2),
]
STORIES = {"showcase": samples.showcase, "small": samples.small}


@pytest.mark.parametrize(("paper", "story", "pages"), CASES)
def test_paper_reads_as_frozen(paper: str, story: str, pages: int) -> None:
    rendered = issue(paper, STORIES[story]())
    assert rendered.sha256 == hashlib.sha256(rendered.pdf).hexdigest()
    check_frozen(paper, story, rendered, pages)


def test_every_paper_of_the_catalog_is_frozen() -> None:
    """Papers about no case are frozen beside their own tests, in a folder of their own."""
    frozen = {path.stem.rpartition("-")[0] for path in GOLDENS.glob("*.txt")}
    assert {t.id for t in catalog().current()} == frozen


def test_two_page_papers_stay_small() -> None:
    sizes = sorted(len(issue(paper, STORIES[story]()).pdf) for paper, story, pages in CASES if pages == 2)
    assert sizes[len(sizes) // 2] <= 100_000


@pytest.mark.parametrize("paper", ["agreement", "confirmation_application"])
def test_same_input_gives_same_bytes(paper: str) -> None:
    assert issue(paper, samples.showcase()).sha256 == issue(paper, samples.showcase()).sha256


def test_same_bytes_in_another_process_zone_and_hash_seed(repo: Path) -> None:
    code = (
        "from tests.documents import samples; from tests.documents.issuing import issue; "
        "print(issue('agreement', samples.small()).sha256)"
    )
    env = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "America/New_York", "PYTHONPATH": str(repo)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == issue("agreement", samples.small()).sha256


def test_one_changed_fact_changes_the_bytes() -> None:
    other = samples.small()
    other["agreement"]["copies"] = 4
    assert issue("agreement", other).sha256 != issue("agreement", samples.small()).sha256
    later = issue("agreement", samples.small(), created_ms=samples.CREATED_MS + 1000)
    assert later.sha256 != issue("agreement", samples.small()).sha256


def test_draft_bears_no_number_and_no_code() -> None:
    draft = issue("agreement", samples.showcase(), draft=True)
    pages = extract_text(draft.pdf)
    note = "本附表是编号" + samples.NUMBER
    assert all("讨论稿" in text for text in pages)
    assert not any(samples.NUMBER in text.replace("\n", "").replace(note, "") for text in pages)
    assert marks_of(draft.pdf) == []
    assert "[讨论稿（未编号）]" in draft.text
    assert samples.NUMBER.encode("utf-16-be") not in draft.pdf


@pytest.mark.parametrize("paper", sorted({paper for paper, _, _ in CASES}))
def test_draft_is_made_of_little(paper: str) -> None:
    """A discussion draft leaves room where a paper would refuse; what is unknown is a line to write on."""
    draft = issue(paper, {"committee": {"full": samples.COMMITTEE}}, draft=True, proof=None)
    assert draft.pages >= 1
    assert draft.text[0] == f"# {catalog().get(paper).title}"
    assert "None" not in "".join(draft.text)
    with pytest.raises(KnownError) as refused:
        issue(paper, {"committee": {"full": samples.COMMITTEE}})
    assert refused.value.code == "E-304"


def test_parties_of_every_kind() -> None:
    agent = {
        "name": "申屠明",
        "kind": "律师",
        "authority": "特别授权",
        "firm": "演示律师事务所",
        "phone": "13900000099",
    }
    trader = {
        "role": "第三人",
        "kind": "trader",
        "name": "深圳市光明区演示早餐店",
        "uscc": "92440300MADEM0003X",
        "legal_rep": "欧阳梅",
        "legal_rep_label": "经营者",
        "agents": [],
    }
    values = samples.small()
    firm = {**samples.company("被申请人", samples.LABOUR, "91440311MADEM0002W", "刘成"), "agents": [agent]}
    values["parties"] = [{**values["parties"][0], "id_kind": "护照号码", "id_number": "E00000001"}, firm, trader]
    lines = "\n".join(issue("agreement", values).text)
    assert "护照号码：E00000001" in lines
    assert "委托代理人：申屠明　身份：律师　权限：特别授权" in lines
    assert "经营者：欧阳梅" in lines
    assert "经营者或者委托代理人（签名）：" in lines
    sentences = "\n".join(issue("confirmation_application", values).text)
    assert "委托代理人：申屠明，演示律师事务所，特别授权，联系电话13900000099。" in sentences
    assert "申请人（三）：深圳市光明区演示早餐店，统一社会信用代码92440300MADEM0003X，经营者欧阳梅。" in sentences


def test_sample_says_so_on_every_page() -> None:
    sample = issue("agreement", samples.showcase(), demo=True)
    assert all("演示样张　不具法律效力" in text for text in extract_text(sample.pdf))
    assert len(marks_of(sample.pdf)) == sample.pages
    plain = issue("agreement", samples.showcase())
    assert not any("演示样张" in text for text in extract_text(plain.pdf))


def test_missing_facts_are_named_before_anything_is_drawn() -> None:
    values = samples.small()
    values["agreement"] = {**values["agreement"], "terms": []}
    del values["committee"]
    with pytest.raises(KnownError) as refused:
        issue("agreement", values)
    assert refused.value.code == "E-304"
    words = sentence(refused.value)
    assert "人民调解协议书" in words
    assert "协议内容" in words
    assert "人民调解委员会名称" in words


def test_labour_agreement_is_signed_with_fingerprint_by_those_not_in_the_annex() -> None:
    text = "\n".join(issue("agreement", samples.showcase()).text)
    assert "附表所列申请人在附表本人一行签名并按指印。" in text
    assert "田志强（签名" not in text
    values = samples.showcase()
    values["parties"] = [{**p, "in_annex": False} if p["kind"] == "person" else p for p in values["parties"]]
    assert "申请人　田志强（签名并按指印）：" in "\n".join(issue("agreement", values).text)


def test_own_wording_is_declared_on_the_last_page_only() -> None:
    pages = extract_text(issue("rights_notice", samples.small()).pdf)
    assert "非法定格式" in pages[-1]
    assert "非法定格式" not in pages[0]


def test_unknown_values_are_mistakes_of_the_program() -> None:
    with pytest.raises(BugError, match=r"case\.titel"):
        check_values({"case": {"titel": "x"}})
    with pytest.raises(BugError, match=r"case\.people is str"):
        check_values({"case": {"people": "17"}})
    with pytest.raises(BugError, match=r"case\.amount is bool"):
        check_values({"case": {"amount": True}})
    with pytest.raises(BugError, match=r"parties\[0\]\.nom"):
        check_values({"parties": [{"nom": ""}]})


def test_tabs_and_line_feeds_pasted_into_a_field_do_no_harm() -> None:
    values = samples.small()
    values["parties"] = [{**values["parties"][0], "address": "演示小区\t2栋\n1203房"}, values["parties"][1]]
    values["agreement"] = {**values["agreement"], "terms": ["甲项\r\n乙项\t完"]}
    text = extract_text(issue("agreement", values).pdf)
    assert "演示小区2栋1203房" in text[0]
    assert "乙项完" in "".join(text)


def test_own_initiative_asks_both_sides() -> None:
    values = samples.small()
    values["case"] = {**values["case"], "by_application": False, "applicant_agrees": True, "respondent_agrees": False}
    text = "\n".join(issue("acceptance_register", values).text)
    assert "人民调解委员会主动调解，经当事人同意" in text
    assert "申请人　☑同意调解；被申请人　□同意调解" in text


def test_sessions_are_listed_or_passed_over() -> None:
    values = samples.small()
    assert "受理，于2026年11月20日、2026年11月23日进行2次调解。" in "\n".join(issue("termination_notice", values).text)
    values["termination"] = {**values["termination"], "sessions": [], "session_count": None}
    assert "2026年11月20日受理。因下列原因" in "\n".join(issue("termination_notice", values).text)
