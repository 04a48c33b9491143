"""The showcase of the demonstration: 17 workers' wages, one failed mediation, one application held back, step by step.

All people and companies are invented; the sums are those of resources/demo/wages-17.csv.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from station_app import bootstrap
from station_app.clock import SHANGHAI, FixedClock
from station_app.domain import codes
from station_app.domain.case import text
from station_app.domain.dates import date_cn
from station_app.domain.money import capitals, yuan
from station_app.domain.roster import Note
from station_app.domain.sentences import note
from station_app.paths import resources_dir
from station_app.services import agreements, cases, confirmation, papers, performance, roster, sessions, signing
from station_app.services.cases import Intake, PartyInput, Values
from station_app.services.people import NewPerson, Organisation
from station_app.services.signing import Signer
from station_app.services.station import Station

PASSWORD: Final = "demo-2026"  # of the demonstration's own throw-away station
_LABOUR, _CONTRACTOR = "演示宏川劳务有限公司", "演示晟和建工集团有限公司"
_ADDRESS: Final = "深圳市光明区凤凰街道演示路18号"
_ORG: Final = Organisation(
    station="东坑社区科学城工地群众诉求服务站",
    station_code="GM-FH-DK-01",
    community="dongkeng",
    street="凤凰街道",
    committee="深圳市光明区凤凰街道东坑社区人民调解委员会",
    short="光凤东坑",
    court="深圳市光明区人民法院",
)
_FIRST, _SECOND = 7_146_000, 6_000_000
"""The two instalments, 分."""


def _company(name: str, code: str, head: str) -> PartyInput:
    identity: Values = {"id_kind": "uscc", "id_number": code, "legal_rep": head, "legal_rep_title": "总经理"}
    return PartyInput({"role": "respondent", "kind": "organisation", "name": name}, identity | {"address": _ADDRESS})


class Showcase:
    """One run. `data` is the station's data directory; `written` the PDF files in the order they were made."""

    def __init__(self, directory: Path) -> None:
        """`directory` is empty and ours."""
        self.data = directory / "station"
        self._out = directory / "文书"
        self._clock = FixedClock(datetime(2026, 11, 20, 8, 40, tzinfo=SHANGHAI))
        self.station: Station
        self.mediator = "李明"
        self.written: list[Path] = []

    def create(self) -> Station:
        """Set the station up with its mediator and recorder."""
        staff = [
            NewPerson(self.mediator, ("mediator", "head"), "光凤东坑调聘〔2024〕3号", "2024-06-01", "2027-05-31"),
            NewPerson("陈晓", ("recorder",)),
        ]
        made = bootstrap.create_station(
            self.data, org=_ORG, staff=staff, password=PASSWORD, clock=self._clock, demo=True
        )
        self.station = made.station
        self._out.mkdir()
        self.say(f"建立站点：{_ORG.station}，数据库已加密")
        return self.station

    def close(self) -> None:
        """Close the database."""
        self.station.store.close()

    def say(self, what: str) -> None:
        """One line of the story, at the demonstration's time."""
        moment = cases.moment(self.station).replace("T", " ")
        print(f"{moment}　{what}")

    def run(self) -> None:
        """The whole story, in the order of its days."""
        case = self._intake()
        self._sessions(case)
        self._failed_case()
        self._agree(case)
        self._sign(case)
        self._confirm(case)
        self._perform(case)
        self._visit(case)

    def _at(self, moment: str) -> None:
        self._clock.set(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI))

    def _issue(self, case: str, template: str) -> None:
        issued = papers.issue(self.station, case=case, template=template)
        title = next(c.title for c in papers.list_papers(self.station, case=case) if c.template == template)
        number = f"{issued.number}　" if issued.number else ""
        path = self._out / f"{len(self.written) + 1:02d} {number}{title}.pdf"
        path.write_bytes(issued.pdf)
        self.written.append(path)
        self.say(f"出具{title}{number and '，编号 ' + issued.number}，第 {issued.version} 版，{issued.pages} 页")

    def _draft(self, case: str) -> None:
        path = self._out / f"{len(self.written) + 1:02d} 讨论稿　人民调解协议书.pdf"
        path.write_bytes(papers.preview(self.station, case=case, template="agreement"))
        self.written.append(path)
        self.say("打印讨论稿（带水印，不编号），各方核对")

    # -- the 17 workers ---------------------------------------------------------------------------------------------

    def _intake(self) -> str:
        self._at("2026-11-20T08:52")
        facts: Values = {
            "summary": "工人反映自10月8日起工资未结清，要求付清",
            "story": "网格员巡查时发现工棚门口有17名工人聚集。工人称自2026年10月8日起工资未结清，"
            "劳务分包单位与总承包单位对工程量有争议。",
            "request": "支付拖欠的工资。",
        }
        values: Values = {
            "type": "wage_arrears",
            "labour": True,
            "channel": "patrol",
            "place": "演示科学城园区二标段",
            "found_at": "2026-11-20T08:40",
            "found_by": "网格员",
        }
        companies = [
            _company(_LABOUR, "91440311MADEM0002W", "刘成"),
            _company(_CONTRACTOR, "91440311MADEM0001R", "周文"),
        ]
        case = cases.register(self.station, intake=Intake(values, facts, companies)).case
        data = (resources_dir() / "demo" / "wages-17.csv").read_bytes()
        read = roster.preview(self.station, data=data, filename="wages-17.csv")
        roster.import_rows(self.station, case=case, rows=read.rows)
        view = self.station.case(case)
        self.say(f"登记：{text(view.record, 'title')}；名册导入 {len(read.rows)} 人，{len(read.errors)} 处错误")
        self._at("2026-11-20T09:05")
        cases.step(self.station, case=case, verb="accept")
        sessions.consent(self.station, case=case, applicant="agreed", respondent="agreed")
        self.say("受理，双方同意调解")
        self._try_issue(case, "acceptance_register")
        self._try_issue(case, "rights_notice")
        self._representatives(case)
        return case

    def _representatives(self, case: str) -> None:
        """推选代表: ten and more workers with one claim choose two of them (劳动争议调解仲裁法 7)."""
        self._at("2026-11-20T09:30")
        workers = self.station.case(case).side("applicant")
        everybody: Values = {"parties": [w.id for w in workers], "kind": "representative", "authority": "special"}
        for chosen in (workers[0], workers[3]):
            values = everybody | {
                "name": chosen.name,
                "id_number": chosen.identity.get("id_number") if chosen.identity else None,
                "phone": chosen.identity.get("phone") if chosen.identity else None,
            }
            cases.add(self.station, case=case, kind="agent", values=values)
        self.say(f"工人推选{workers[0].name}、{workers[3].name}为代表人")
        self._try_issue(case, "representatives")

    def _try_issue(self, case: str, template: str) -> None:
        """Issue a paper where nothing is missing; say what is missing otherwise."""
        card = next(c for c in papers.list_papers(self.station, case=case) if c.template == template)
        if card.missing:
            self.say(f"{card.title}待补充：{'、'.join(words for _, words in card.missing)}")
        else:
            self._issue(case, template)

    def _sessions(self, case: str) -> None:
        self._at("2026-11-20T16:20")
        first: Values = {
            "from": "2026-11-20T14:00",
            "to": "2026-11-20T16:20",
            "record": "逐人核对考勤导出记录和记工本，应发工资合计160,460.00元。",
            "result": "continued",
        }
        sessions.record(self.station, case=case, values=first)
        self.say("第一次调解：逐人核对考勤，应发 160,460.00 元")
        self._at("2026-11-23T11:20")
        second: Values = {
            "from": "2026-11-23T10:00",
            "to": "2026-11-23T11:20",
            "record": "已付29,000.00元，欠付131,460.00元。总承包单位同意先行清偿，分两期支付。",
            "undisputed": "应发160,460.00元，已付29,000.00元，欠付131,460.00元。",
            "result": "success",
        }
        sessions.record(self.station, case=case, values=second)
        self.say(
            f"第二次调解：欠付 {yuan(_FIRST + _SECOND)} 元（{capitals(_FIRST + _SECOND)}），总承包单位先行清偿，分两期"
        )

    def _agree(self, case: str) -> None:
        self._at("2026-11-24T09:00")
        payer = next(p.id for p in self.station.case(case).parties if p.name == _CONTRACTOR)
        grid = agreements.split(self.station, case=case, totals=[_FIRST, _SECOND])
        common: Values = {"payers": [payer], "liability": "first", "what": "工资", "method": "payroll"}
        dues: list[Values] = [{"due": day, "due_rule": "on_date"} for day in ("2026-12-01", "2026-12-31")]
        rows = agreements.rows_of(grid, common=common, dues=dues)
        agreements.make(self.station, case=case, values={"confirm": "apply", "read_mode": "aloud"}, rows=rows)
        self.say(f"按欠发比例分到每人每期：{yuan(_FIRST)} + {yuan(_SECOND)} 元，逐行逐列相符")
        self._draft(case)
        self._issue(case, "agreement")

    def _sign(self, case: str) -> None:
        self._at("2026-11-24T11:10")
        view = self.station.case(case)
        workers, companies = view.side("applicant"), view.side("respondent")
        signers = [_worker(p.id, p.name) for p in workers]
        signing.sign_many(self.station, case=case, signers=signers)
        self.say(f"{len(workers)} 名工人签署；罗玉梅不会写字，宣读后按指印，有见证人")
        self._at("2026-11-24T11:12")
        signing.sign(self.station, case=case, role="mediator", manner="signed")
        self._at("2026-11-24T15:20")
        project = Signer("party", "sealed", companies[0].id, seal="project")
        for warning in signing.warnings(self.station, case=case, signer=project):
            self.say(f"{companies[0].name}先持项目部章：{_words(warning)}")
        for company in companies:
            signing.sign(
                self.station, case=case, role="party", manner="signed_sealed", party=company.id, seal="official"
            )
        self._at("2026-11-24T16:40")
        signing.sign(self.station, case=case, role="committee", manner="sealed", seal="committee")
        status = signing.status(self.station, case=case)
        last = status.deadline.shifted.isoformat() if status.deadline else ""
        self.say(f"各方签章齐全，{date_cn(status.effective_on)}起生效；共同申请司法确认最迟 {date_cn(last)}")

    def _confirm(self, case: str) -> None:
        self._at("2026-11-25T10:30")
        confirmation.apply(self.station, case=case, mode="video")
        self.say("双方共同申请司法确认")
        self._try_issue(case, "confirmation_application")
        self._at("2026-11-25T15:00")
        confirmation.rule(self.station, case=case, result="valid", ruling_no="（2026）粤0311民特00号（演示）")
        self.say("录入裁定：调解协议有效")

    def _perform(self, case: str) -> None:
        first, second = (o.id for o in self.station.case(case).obligations)
        self._at("2026-12-01T17:00")
        owing = {d.party: d.left for d in performance.dues(self.station, case=case) if d.obligation == first}
        unlucky = self.station.case(case).side("applicant")[4]
        paid = {party: fen for party, fen in owing.items() if party != unlucky.id}
        performance.pay(self.station, case=case, obligation=first, parties=paid)
        back = {unlucky.id: owing[unlucky.id]}
        performance.pay(self.station, case=case, obligation=first, parties=back, outcome="failed", note="账号有误")
        self.say(f"第一期到账 {len(paid)} 人；{unlucky.name}的转账被退回（账号有误）")
        self._at("2026-12-02T10:00")
        performance.pay(self.station, case=case, obligation=first)
        self.say(f"更正账号后到账，第一期 {yuan(_FIRST)} 元付清")
        self._at("2026-12-31T12:00")
        performance.pay(self.station, case=case, obligation=second)
        self.say(f"第二期 {yuan(_SECOND)} 元付清，协议履行完毕")
        self._try_issue(case, "wage_receipt")

    def _visit(self, case: str) -> None:
        self._at("2027-01-08T16:00")
        workers = self.station.case(case).side("applicant")
        for index, worker in enumerate(workers, 1):
            missed = index in (7, 12)
            outcome = "unreachable" if missed else "reached"
            values: Values = {"party": worker.id, "manner": "phone", "outcome": outcome}
            if not missed:
                values["performed"] = "full"
            performance.visit(self.station, case=case, values=values, last=index == len(workers))
        self.say(f"电话回访 {len(workers)} 人，2 人无法取得联系")
        state = codes.label("case_states", self.station.case(case).case_state)
        self.say(f"本案现为：{state}")

    # -- beside it: what does not go well ---------------------------------------------------------------------------

    def _failed_case(self) -> None:
        """A mediation that fails, and a respondent who can seal with a project seal only."""
        self._at("2026-11-23T14:30")
        worker = PartyInput(
            {"role": "applicant", "kind": "person", "name": "演示工人甲"},
            {"address": _ADDRESS, "phone": "13800000000"},
        )
        facts: Values = {"summary": "要求支付2026年9月加班工资3,200.00元", "request": "支付加班工资3,200.00元。"}
        values: Values = {"type": "wage_arrears", "labour": True, "amount": 320_000}
        company = _company(_LABOUR, "91440311MADEM0002W", "刘成")
        given = Intake(values, facts, [worker, company])
        case = cases.register(self.station, intake=given).case
        cases.step(self.station, case=case, verb="accept")
        session: Values = {
            "from": "2026-11-23T14:40",
            "to": "2026-11-23T15:30",
            "record": "双方对加班时数各执一词，均未提供考勤记录。",
            "result": "failure",
        }
        self._at("2026-11-23T15:30")
        sessions.record(self.station, case=case, values=session, applicant="agreed", respondent="agreed")
        sessions.end(self.station, case=case, reason="failed", note="加班时数争议较大，未能达成协议")
        self.say("另一案调解不成，终止调解并告知其他救济途径")
        self._try_issue(case, "termination_notice")


def _words(warning: Note) -> str:
    return note(warning.key, "zh_CN", **warning.values)


def _worker(rec: str, name: str) -> Signer:
    if name == "罗玉梅":
        return Signer("party", "fingerprint", rec, witness="陈晓", note="不会书写，宣读无误后按指印")
    return Signer("party", "signed_fingerprint", rec)
