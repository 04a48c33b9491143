"""Every rule on facts refuses what it must, leaves the rest alone, and is silent once mended."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.domain.court import check
from station_app.domain.court.finding import RULES, Finding, Nature, Severity
from station_app.domain.court.laws import LAWS
from tests.domain.court.build import A1, AG, OB, R1, T1, Made, labour, rec
from tests.domain.court.shapes import Change, injury, wage
from tests.domain.court.tables_content import CONTENT
from tests.domain.court.tables_scope import SCOPE

TABLES = {**SCOPE, **CONTENT}
SHOWN_ANYWAY: Final = frozenset({"W3"})
"""Rules that show the statute's figure as a hint even where nothing is to be mended."""
ANSWERED_BY: Final = {"J10": {"J6", "J8a"}, "J14": {"J9", "J11", "J12", "J13"}}
"""Rows of the list that are the outcome of other rows: the wrong court; what is found only after acceptance."""
FACTS = [code for code, rule in RULES.items() if rule.nature is Nature.FACT]
GRAVE = (Severity.SEAL, Severity.STOP, Severity.WARN)


def rows(kind: str) -> list[Any]:
    return list(_rows(kind))


def _rows(kind: str) -> Iterator[object]:
    for code, table in TABLES.items():
        items = table.refuses if kind == "refuses" else table.accepts
        for n, item in enumerate(items):
            yield pytest.param(code, item, id=f"{code}-{n}")


def test_every_rule_on_facts_has_its_table() -> None:
    assert set(FACTS) == set(TABLES)
    for code, table in TABLES.items():
        assert len(table.refuses) >= 3, code
        assert len(table.accepts) >= 3, code


def test_every_row_of_the_list_has_a_rule() -> None:
    for n in range(1, 42):
        assert {f"J{n}"} <= set(RULES) or ANSWERED_BY[f"J{n}"] <= set(RULES), n


def left(made: Made, code: str) -> list[Finding]:
    """What a rule still asks for."""
    return [f for f in made.findings(code) if code not in SHOWN_ANYWAY or f.severity in GRAVE]


def test_the_sound_case_has_no_finding_that_asks_for_anything() -> None:
    assert [f for f in Made().findings() if f.severity in GRAVE] == []


@pytest.mark.parametrize(("code", "pair"), rows("refuses"))
def test_it_refuses_and_the_mend_removes_the_finding(code: str, pair: tuple[Change, Change]) -> None:
    spoil, mend = pair
    made = Made()
    spoil(made)
    found = made.findings(code)
    assert found, "not refused"
    for finding in found:
        assert finding.sentence.endswith(("。", "”", "）")), finding.sentence
        assert finding.mend and finding.basis
        kind, _, field = finding.place.partition(".")
        assert kind and field
    mend(made)
    assert left(made, code) == [], "the mend did not remove it"


def varied(draw: st.DrawFn) -> Made:
    """The sound case with other people, sums and days: nothing a rule of the tables may take offence at."""
    made = Made()
    company = draw(st.text(alphabet="演示建设装饰劳务光明", min_size=2, max_size=6)) + "公司"
    fen = draw(st.integers(10_000, 50_000_000))
    day = draw(st.dates(date(2026, 12, 14), date(2026, 12, 18))).isoformat()
    made.put(R1, name=company).put(rec(62), name=company)
    made.put(OB, amount=fen, shares={A1: fen}, due=day).put(AG, total=fen)
    made.put(rec(7), name=draw(st.sampled_from(["合同", "收据", "聊天记录"])))
    made.put(rec(5), summary=draw(st.sampled_from(["要求付款", "要求返还货款", "货款未付"])))
    return made


VARIED = st.composite(varied)()
PAIRS = [(code, pair) for code, table in TABLES.items() for pair in table.refuses if code not in SHOWN_ANYWAY]


@settings(max_examples=300, deadline=None)
@given(VARIED, st.sampled_from(PAIRS))
def test_in_any_case_the_mend_removes_the_finding(made: Made, chosen: tuple[str, tuple[Change, Change]]) -> None:
    code, (spoil, mend) = chosen
    assert left(made, code) == [], "the case was not sound"
    spoil(made)
    assert made.findings(code), "not refused"
    mend(made)
    assert left(made, code) == [], "the mend did not remove it"


@pytest.mark.parametrize(("code", "change"), rows("accepts"))
def test_it_leaves_alone(code: str, change: Change) -> None:
    made = Made()
    change(made)
    assert [f for f in made.findings(code) if f.severity in GRAVE] == []


def test_every_article_is_printed_in_full_and_its_words_are_at_hand() -> None:
    for rule in RULES.values():
        for article in rule.basis:
            assert article.printed.startswith(LAWS[article.law].name)
            assert "第" in article.printed
            if LAWS[article.law].read:
                assert len(article.text) > 10, article.printed
            else:
                assert article.printed.endswith("（条文未核）")


def test_injury_nine_is_shown_beside_the_sum_and_provincial_values_stay_unknown() -> None:
    made = wage(injury(Made(), injury_recognised="yes", insured="no"), 650_000)
    made.put(OB, shares={A1: 14_850_000}, amount=14_850_000).put(AG, total=14_850_000)
    (found,) = made.findings("W3")
    assert found.severity is Severity.HINT
    assert "58,500.00元" in found.sentence
    assert "本地规则包尚未录入" in found.sentence
    made.pack = {"injury.medical_months.9": 2, "injury.employment_months.9": 8}
    (found,) = made.findings("W3")
    assert "13,000.00元" in found.sentence
    assert "52,000.00元" in found.sentence


def test_a_sum_below_the_scale_is_warned_of() -> None:
    made = wage(injury(Made(), injury_recognised="yes"), 650_000)
    (found,) = made.findings("W3")
    assert found.severity is Severity.WARN
    assert "明显低于" in found.sentence
    made = injury(Made()).put(rec(5), story="田某在工地受伤，要求认定工伤。")
    (found,) = made.findings("W3")
    assert "十级" in found.sentence
    assert found.question == "own_wage"
    assert labour(Made()).findings("W3") == []


def test_all_rules_over_one_agreement_are_quick() -> None:
    made = labour(Made(), 17)
    many = []
    for _ in range(20):
        facts = made.facts()
        start = time.perf_counter()
        check.findings(facts)
        many.append(time.perf_counter() - start)
    assert sorted(many)[10] <= 0.005


def test_findings_come_gravest_first_and_are_the_same_twice() -> None:
    made = labour(Made(), 3).put(T1, text="公司尽快付款，工人不得上访。").put(OB, method="")
    found = made.findings()
    assert [f.severity.rank for f in found] == sorted(f.severity.rank for f in found)
    assert found == made.findings()


def test_the_last_application_and_the_last_agreement_are_so_by_their_own_words_not_by_their_ids() -> None:
    """A restarted program writes under another, random incarnation: ids say nothing about what came later."""
    made = Made().put(rec(74), result="rejected", applied_on="2026-11-25")
    made.rows["0000000000000000.1.0"] = ("confirmation", {"applied_on": "2026-12-01", "result": "valid"})
    made.rows["0000000000000001.1.0"] = ("agreement", {"form": "supplement", "order": 2})
    view = made.facts().case
    assert view.confirmation is not None
    assert view.confirmation.id == "0000000000000000.1.0"
    assert view.agreement is not None
    assert view.agreement.id == "0000000000000001.1.0"
