"""Template packs at a station: trusted keys, what comes into force and when, old papers, tampering, commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from station_app import bootstrap
from station_app.cli.main import run
from station_app.clock import SHANGHAI, FixedClock
from station_app.documents.packs.making import make_pack
from station_app.documents.preview import extract_text
from station_app.domain import codes
from station_app.domain.case import text
from station_app.domain.figures import ministry, places
from station_app.services import cases, clauses, packs, papers
from station_app.services.local import health
from station_app.services.reading import in_force
from station_app.services.station import Station, User
from sync.contract.errors import KnownError
from tests.documents.test_packs import KEY, PUBLIC, shipped
from tests.support.stations import PASSWORD, make_station
from tests.support.wages import showcase_agreement, wage_case

NAME = "光明区司法局"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    station = make_station(tmp_path / "data").station
    yield station
    with suppress(sqlcipher.ProgrammingError):  # a test that goes on by the command line has closed it
        station.store.close()


def agreement(edition: str = "2026-12", valid_from: str = "2026-11-25", words: str = "内容一致。") -> bytes:
    read = shipped("documents", "agreement@2026-11.toml").replace("，内容相同。", f"，{words}")
    return read.replace('"2026-11"', f'"{edition}"').replace('"2026-11-01"', f'"{valid_from}"').encode()


def pack(files: dict[str, bytes] | None = None, key: bytes = KEY, pack_id: str = "guangming-2026-12") -> bytes:
    found = files or {"papers/agreement@2026-12.toml": agreement()}
    return make_pack(
        found, pack_id=pack_id, title="十二月文书", issuer=NAME, issued=date(2026, 11, 18), private_key=key
    )


def later(station: Station, day: int) -> Station:
    """The same station on another day of November 2026."""
    clock = FixedClock(datetime(2026, 11, day, 9, 0, tzinfo=SHANGHAI))
    return Station(station.store, clock, station.user, station.demo)


def new_case(station: Station) -> str:
    case = wage_case(station, workers=17)
    showcase_agreement(station, case)
    return case


def words(pdf: bytes) -> str:
    return "".join(extract_text(pdf)).replace("\n", "")


def test_nobody_is_trusted_until_somebody_says_so(station: Station) -> None:
    with pytest.raises(KnownError, match="E-346"):
        packs.install(station, data=pack(), file="a.zip")
    packs.trust(station, name=NAME, key=PUBLIC.hex().upper())
    assert packs.trusted(station) == {PUBLIC: NAME}
    assert packs.install(station, data=pack(), file="a.zip").signer == NAME
    with pytest.raises(KnownError, match="E-346"):
        packs.install(station, data=pack(key=bytes(32)), file="b.zip")
    assert [i.pack is not None for i in packs.installed(station)] == [True]


def test_the_districts_own_key_is_known_from_enrolment(station: Station) -> None:
    station.store.set_settings({"link.ca_key": PUBLIC.hex()})
    assert packs.install(station, data=pack(), file="a.zip").signer == "区级平台"


def test_only_who_may_set_up_the_station_decides(station: Station) -> None:
    clerk = Station(station.store, station.clock, User("x", "陈晓", ("recorder",)), station.demo)
    for act in (
        lambda: packs.trust(clerk, name=NAME, key=PUBLIC.hex()),
        lambda: packs.install(clerk, data=pack(), file="a.zip"),
    ):
        with pytest.raises(KnownError, match="E-404"):
            act()
    with pytest.raises(KnownError, match="E-517"):
        packs.trust(station, name=NAME, key="abc")


def test_an_edition_comes_into_force_on_its_day_and_the_old_one_still_reprints(station: Station) -> None:
    packs.trust(station, name=NAME, key=PUBLIC.hex())
    case = new_case(station)
    old = papers.issue(station, case=case, template="agreement")
    packs.install(station, data=pack(), file="a.zip")
    other = new_case(station)
    today = papers.issue(station, case=other, template="agreement")
    assert "内容相同。" in words(today.pdf), "not in force yet"

    after = later(station, 26)
    again = papers.issue(after, case=case, template="agreement")
    assert (again.fresh, again.pdf) == (False, old.pdf), "a new edition alone makes no paper out of date"
    cards = {c.template: c for c in papers.list_papers(after, case=case)}
    assert not cards["agreement"].stale
    fresh = papers.issue(after, case=new_case(after), template="agreement")
    assert "内容一致。" in words(fresh.pdf)
    assert papers.pdf(after, case=case, paper=old.paper) == old.pdf
    assert papers.verify(after, data=old.pdf)[0].answer == "genuine"
    editions = {text(p, "edition") for c in (case, other) for p in station.case(c).papers}
    assert editions == {"2026-11"}


def test_a_pack_may_bring_a_paper_of_its_own(station: Station) -> None:
    packs.trust(station, name=NAME, key=PUBLIC.hex())
    own = shipped("documents", "wage_receipt@2026-11.toml").replace('id = "wage_receipt"', 'id = "pay_slip"')
    own = own.replace("工资发放签收表", "工资支付情况表")
    packs.install(station, data=pack({"papers/pay_slip@2026-11.toml": own.encode()}), file="a.zip")
    case = new_case(station)
    assert "工资支付情况表" in [c.title for c in papers.list_papers(station, case=case)]
    made = papers.issue(station, case=case, template="pay_slip")
    assert words(made.pdf).startswith("工资支付情况表")


def test_an_edition_never_changes(station: Station) -> None:
    packs.trust(station, name=NAME, key=PUBLIC.hex())
    changed = {"papers/agreement@2026-11.toml": agreement("2026-11", "2026-11-01")}
    with pytest.raises(KnownError, match="E-347"):
        packs.install(station, data=pack(changed), file="a.zip")
    packs.install(station, data=pack(), file="a.zip")
    other = {"papers/agreement@2026-12.toml": agreement(words="内容无异。")}
    with pytest.raises(KnownError, match="E-347"):
        packs.install(station, data=pack(other, pack_id="other"), file="b.zip")
    packs.install(station, data=pack(), file="a.zip")
    assert len(packs.installed(station)) == 1


def test_a_pack_changed_on_disk_is_passed_over_and_shown(station: Station) -> None:
    packs.trust(station, name=NAME, key=PUBLIC.hex())
    packs.install(station, data=pack(), file="a.zip")
    after = later(station, 26)
    assert packs.catalog(after).get("agreement", on=after.clock.today()).edition == "2026-12"
    path = next((station.store.directory / "packs").iterdir())
    path.write_bytes(pack(key=bytes(32)))
    assert packs.catalog(after).get("agreement", on=after.clock.today()).edition == "2026-11"
    (item,) = packs.installed(after)
    assert item.fault is not None
    assert item.fault.code == "E-346"


def test_a_clause_of_a_pack_goes_first(station: Station) -> None:
    packs.trust(station, name=NAME, key=PUBLIC.hex())
    before = clauses.get("F", station=station)
    newer = shipped("clauses", "f_rent.toml").replace(f'edition = "{before.edition}"', 'edition = "2027-01"')
    packs.install(station, data=pack({"clauses/f_rent.toml": newer.encode()}), file="a.zip")
    assert clauses.get("F", station=station).edition == "2027-01"
    assert clauses.get("F").edition == before.edition
    assert len(clauses.library(station=station)) == len(clauses.library())


def test_from_the_bureau_to_the_station_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_station(tmp_path / "data").station.store.close()
    (tmp_path / "pw").write_text(PASSWORD)
    options = ["--data-dir", str(tmp_path / "data"), "--password-file", str(tmp_path / "pw"), "--user", "李明"]
    folder, key, out = tmp_path / "src", tmp_path / "key", tmp_path / "p.zip"
    (folder / "papers").mkdir(parents=True)
    (folder / "papers" / "agreement@2026-12.toml").write_bytes(agreement())
    assert run(["pack", "key", "--out", str(key)]) == 0
    public = capsys.readouterr().out.strip()
    make = ["pack", "make", str(folder), "--key", str(key), "--id", "gm-1", "--title", "文书", "--issuer", NAME]
    assert run([*make, "--issued", "2026-11-18", "--out", str(out)]) == 0
    assert run(["pack", "install", str(out), *options]) == 1
    assert "不在本站认可的名单中" in capsys.readouterr().err
    assert run(["pack", "trust", NAME, public, *options]) == 0
    assert run(["pack", "install", str(out), *options]) == 0
    assert "人民调解协议书（2026-12，2026-11-25起）" in capsys.readouterr().out
    assert run(["pack", "list", "--json", *options]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["packs"][0]["papers"][0]["edition"] == "2026-12"
    assert facts["trusted"] == [{"name": NAME, "key": public}]
    (folder / "papers" / "agreement@2026-12.toml").write_bytes(
        agreement().replace(b"{agreement.facts}", b"{agreement.fact}")
    )
    assert run([*make, "--issued", "2026-11-18", "--out", str(out)]) == 1
    assert "papers/agreement@2026-12.toml 第 " in capsys.readouterr().err


def test_the_doctor_names_a_pack_that_is_passed_over(station: Station) -> None:
    packs.trust(station, name=NAME, key=PUBLIC.hex())
    packs.install(station, data=pack(), file="a.zip")
    found = {f.name: f for f in health.examine(station)}
    assert found["文书模板"].sentence.endswith("其中模板包 1 个。")
    assert found["字库"].ok
    next((station.store.directory / "packs").iterdir()).write_bytes(b"spoiled")
    found = {f.name: f for f in health.examine(station)}
    assert (found["文书模板"].ok, found["文书模板"].code) == (False, "E-345")
    station.store.set_settings({"font.rare": str(station.store.directory / "missing.ttf")})
    assert {f.name: f.code for f in health.examine(station)}["字库"] == "E-310"


# -- code lists -------------------------------------------------------------------------------------------------------

PLACES = """
title = "街道和社区"
source = "区里2027年1月调整通知（样本）"
date = 2026-12-20
[code]
"440311004" = { label = "凤凰街道", en = "Fenghuang Subdistrict" }
"440311099" = { label = "科学城街道", en = "Science City Subdistrict" }
dongkeng = { label = "东坑社区", en = "Dongkeng", group = "440311099" }
tangjia = { label = "塘家新社区", en = "Tangjia", group = "440311004" }
"""


def lists(text_: str = PLACES, name: str = "communities", **more: str) -> bytes:
    return pack({f"codes/{name}.toml": text_.encode()}, **more)


@pytest.fixture
def trusting(station: Station) -> Iterator[Station]:
    packs.trust(station, name=NAME, key=PUBLIC.hex())
    yield station
    codes.use(())


def test_a_list_of_the_district_is_in_force_and_old_values_keep_their_words(trusting: Station) -> None:
    assert codes.label("communities", "tangjia") == "塘家社区"
    packs.install(trusting, data=lists(), file="包.zip")
    assert codes.label("communities", "tangjia") == "塘家新社区", "reworded, the same code"
    assert places.streets()["440311099"] == "科学城街道"
    assert places.streams_of("440311099") == ("dongkeng",)
    assert codes.label("communities", "baihua") == "白花社区", "left out, and still has its word"
    offered = {c.code for c in codes.load("communities")}
    assert offered == {"440311004", "440311099", "dongkeng", "tangjia"}
    assert codes.load("communities").find("塘家社区") == "tangjia", "the word of before still finds its code"
    assert codes.load("communities").source == "区里2027年1月调整通知（样本）"


def test_after_opening_again_and_without_packs(trusting: Station, tmp_path: Path) -> None:
    packs.install(trusting, data=lists(), file="包.zip")
    codes.use(())
    assert codes.label("communities", "tangjia") == "塘家社区"
    again = bootstrap.open_station(tmp_path / "data", name="李明", password=PASSWORD)
    assert codes.label("communities", "tangjia") == "塘家新社区"
    again.store.close()
    other = make_station(tmp_path / "other").station
    assert codes.label("communities", "tangjia") == "塘家社区", "another station has no such pack"
    other.store.close()


def test_of_two_lists_the_later_is_in_force_and_every_word_stays(trusting: Station) -> None:
    packs.install(trusting, data=lists(), file="包.zip")
    newer = PLACES.replace("2026-12-20", "2027-06-01").replace("塘家新社区", "塘家第二社区")
    newer = newer.replace("dongkeng", "dongkeng_east").replace("东坑社区", "东坑东社区")
    packs.install(trusting, data=lists(newer, pack_id="guangming-2027-06"), file="包2.zip")
    assert codes.label("communities", "tangjia") == "塘家第二社区"
    assert codes.label("communities", "dongkeng") == "东坑社区"
    assert "dongkeng" not in {c.code for c in codes.load("communities")}
    assert codes.load("communities").entries["dongkeng"].retired


def test_a_new_type_of_dispute_is_offered_counted_and_the_old_ones_too(trusting: Station) -> None:
    case = new_case(trusting)
    kinds = """
title = "纠纷类型"
source = "样本"
date = 2026-12-20
[code]
wage_arrears = { label = "拖欠农民工工资纠纷", en = "Unpaid wages" }
platform_work = { label = "新就业形态劳动纠纷", en = "Platform work" }
"""
    packs.install(trusting, data=lists(kinds, "dispute_types"), file="包.zip")
    cases.edit(trusting, case=case, values={case: {"type": "platform_work"}})
    assert text(trusting.case(case).record, "type") == "platform_work"
    columns = ministry.columns()
    assert columns["type.platform_work"] == "新就业形态劳动纠纷"
    assert columns["type.neighbour"] == "邻里纠纷", "old cases stay in the sums"
    assert [c.code for c in codes.of_field("case", "type")] == ["wage_arrears", "platform_work"]


@pytest.mark.parametrize(
    ("name", "broken", "line", "why"),
    [
        ("case_states", PLACES, 1, "不能由模板包替换"),
        ("communities", PLACES.replace('label = "塘家新社区", ', ""), 9, "代码表有误：tangjia"),
        ("communities", PLACES.replace('group = "440311004"', 'group = "4403"'), 9, "tangjia"),
        ("communities", PLACES.replace("[code]", "[code"), 5, "TOML"),
    ],
)
def test_a_wrong_list_is_refused_with_its_line(trusting: Station, name: str, broken: str, line: int, why: str) -> None:
    with pytest.raises(KnownError) as refused:
        packs.install(trusting, data=make_raw(name, broken), file="包.zip")
    assert refused.value.code == "E-345"
    assert refused.value.values["line"] == line
    assert why in str(refused.value.values["reason"])
    assert codes.label("communities", "tangjia") == "塘家社区", "nothing came into force"


def test_an_unsigned_list_is_refused(trusting: Station) -> None:
    with pytest.raises(KnownError, match="E-346"):
        packs.install(trusting, data=lists(key=bytes(range(1, 33))), file="包.zip")
    assert packs.code_lists(trusting) == []


def make_raw(name: str, content: str) -> bytes:
    return lists(content, name)


def test_what_is_in_force_says_since_when_and_whose(
    station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def of(station: Station) -> dict[tuple[str, str], in_force.InForce]:
        return {(one.kind, one.name): one for one in in_force.listed(station)}

    before = of(station)
    assert before["paper", "agreement"].edition == "2026-11"
    assert before["paper", "agreement"].signer == ""
    assert before["codes", "communities"].detail == "37项", "six streets and their 31 communities"
    assert "尚未设定" in before["rules", "guangming"].detail
    assert {one.kind for one in before.values()} == set(in_force.KINDS)
    assert all(one.source and one.title for one in before.values())
    packs.trust(station, name=NAME, key=PUBLIC.hex())
    packs.install(station, data=pack(), file="a.zip")
    assert of(station)["paper", "agreement"].edition == "2026-11", "the new edition holds from another day"
    after = of(later(station, 25))["paper", "agreement"]
    assert (after.edition, after.since, after.signer) == ("2026-12", "2026-11-25", NAME)
    station.store.close()
    (tmp_path / "pw").write_text(PASSWORD)
    access = ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    assert run(["pack", "in-force", "--kind", "rules", "--json", *access]) == 0
    (rules,) = json.loads(capsys.readouterr().out)
    assert rules["name"] == "guangming"
    assert run(["pack", "in-force", "--kind", "不存在", *access]) == 1
