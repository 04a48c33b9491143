"""排查记录: the rounds of the community at the left, the chosen one with its findings at the right; one key each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from station_app.domain.case import number, text
from station_app.services import cases, people
from station_app.services.cases import Intake, PartyInput
from station_app.services.changes import Changes
from station_app.services.rounds import patrols
from station_app.services.rounds.caseless import station_name
from station_app.services.rounds.patrols import Round
from station_app.ui import keys, words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.desk import Desk
from station_app.ui.forms.spec import FormSpec
from station_app.ui.reports.beside import BesidePage
from station_app.ui.reports.months import month_choice
from station_app.ui.rounds import specs
from station_app.ui.rounds.sheets import open_register
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S2, S3, S4, S5
from station_app.ui.widgets.layout import button, card, clear, row
from station_app.ui.widgets.layout import text as label
from station_app.ui.widgets.lines import Line
from sync.contract.canonical import Json
from sync.contract.fold import Record

Read = dict[str, dict[str, Json]]


class PatrolsPage(BesidePage):
    """Rounds, newest first."""

    shares = (2, 3)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: list[tuple[Round, str]] = []
        self.chosen = ""
        self.acts: dict[str, Callable[[], None]] = {}
        self.mine = QCheckBox(self.tr("只看本站"))
        self.mine.setAccessibleName(self.tr("只看本站"))
        self.mine.toggled.connect(lambda _on: self.refresh())
        self.new = button(self.tr("登记排查"), self.open_new, kind="primary", picture="plus", hint=keys.shown("new"))
        self.month = month_choice(self.tr("登记表的月份"), desk.station.clock.today())
        self.sheet = button(self.tr("打印登记表"), self._print, picture="printer", hint=keys.shown("print"))
        self.lines = self.list_of(self.tr("排查记录"))
        self.empty = label(self.tr("还没有排查记录。排查发现的问题可以在这里转为诉求。"), "muted", wrap=True)
        self.beside(self.lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(S5, S4, S5, S4)
        column.setSpacing(S3)
        column.addLayout(
            row(label(self.tr("排查记录"), "page"), None, self.mine, self.month, self.sheet, self.new, spacing=S3)
        )
        column.addWidget(self.empty)
        column.addLayout(self.body, 1)
        self.new.setVisible(self.station.can("patrol"))
        self.empty.hide()
        keys.bind(self, "refresh", self.refresh)
        keys.bind(self, "print", self._print)

    def _print(self) -> None:
        open_register(self, str(self.month.currentData()))

    def title_text(self) -> str:
        return self.tr("排查记录")

    def opened(self, argument: object = None) -> None:
        if isinstance(argument, str) and argument:
            self.chosen = argument
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if self.isVisible() and (not changes.kinds or changes.concerns("patrol", "finding")):
            self.refresh()

    def first_field(self) -> QWidget | None:
        return self.lines if self.found else self.new

    def refresh(self) -> None:
        """Read the rounds anew."""
        station, mine = self.station, self.mine.isChecked()

        def look() -> list[tuple[Round, str]]:
            return [
                (r, station_name(station, text(r.record, "station"))) for r in patrols.rounds(station, own_only=mine)
            ]

        self.tasks.read(look, done=self._show, failed=self.notices.error, key="patrols")

    def _show(self, found: list[tuple[Round, str]]) -> None:
        self.found, wanted = found, self.chosen
        for widget, yes in ((self.empty, not found), (self.lines, bool(found)), (self.side, bool(found))):
            widget.setVisible(yes)
        self.lines.show_lines([self._line(round_) for round_, _ in found])
        place = next((i for i, (r, _) in enumerate(found) if r.record.id == wanted), 0)
        if found:
            self.lines.setCurrentIndex(self.lines.lines.index(place, 0))
        self._choose()

    def _line(self, round_: Round) -> Line:
        record = round_.record
        said = self.tr("已处理") if round_.findings else self.tr("未发现问题")
        if round_.open:
            said = self.tr("待处理 {n} 项").format(n=round_.open)
        title = f"{text(record, 'place')}　{words.field_code('patrol.subject', record.get('subject'))}"
        when = words.short_moment(text(record, "at"))
        return Line(title, f"{when}　{said}", "amber" if round_.open else "none", "", record.id)

    # -- the chosen round -----------------------------------------------------------------------------------------

    def _choose(self) -> None:
        place = self.lines.currentIndex().row()
        clear(self.side.column)
        self.acts = {}
        if not 0 <= place < len(self.found):
            return
        round_, station = self.found[place]
        self.chosen = round_.record.id
        self.side.column.addWidget(self._about(round_, station))
        for finding in round_.findings:
            self.side.column.addWidget(self._finding(round_, finding))
        self.side.column.addStretch(1)

    def _mine(self, record: Record) -> bool:
        return text(record, "station") == self.station.store.setting("station.code") and self.station.can("patrol")

    def _about(self, round_: Round, station: str) -> QFrame:
        record = round_.record
        when = text(record, "at").replace("T", " ")
        until = text(record, "until")
        kind = words.field_code("patrol.place_kind", record.get("place_kind"))
        said = [
            f"{when} — {until[11:] if until[:10] == when[:10] else until.replace('T', ' ')}" if until else when,
            "　".join(p for p in (words.field_code("patrol.subject", record.get("subject")), kind) if p),
            "　".join(
                p for p in (people.person_name(self.station, text(record, "leader")), text(record, "members")) if p
            ),
            station,
            text(record, "text"),
        ]
        frame = card(*[label(line, wrap=True) for line in said if line], title=text(record, "place"))
        if self._mine(record):
            rec = record.id
            edit = button(self.tr("修改"), lambda: self._edit(record), kind="quiet", picture="edit")
            more = button(self.tr("补充发现"), lambda: self._more(rec), kind="quiet", picture="plus")
            self.acts |= {"edit": lambda: self._edit(record), "more": lambda: self._more(rec)}
            inner = frame.layout()
            assert isinstance(inner, QVBoxLayout)
            inner.addLayout(row(edit, more, None))
        return frame

    def _finding(self, round_: Round, finding: Record) -> QFrame:
        head = label(self.tr("发现 {n}").format(n=number(finding, "no")), "muted")
        state = label("")
        frame = card()
        column = frame.layout()
        assert isinstance(column, QVBoxLayout)
        column.setSpacing(S2)
        column.addLayout(row(head, None, state))
        column.addWidget(label(text(finding, "text"), wrap=True))
        risk = words.field_code("finding.risk", finding.get("risk"))
        for path, value in (("finding.risk", risk), ("finding.measure", text(finding, "measure"))):
            if value:
                column.addWidget(label(f"{words.label(path)}：{value}", "muted", wrap=True))
        case = text(finding, "case")
        if case:
            state.setText(self.tr("● 已转为诉求"))
            self.acts[f"open:{finding.id}"] = lambda: self.desk.go("case", case)
            column.addLayout(
                row(button(self.tr("打开诉求"), lambda: self.desk.go("case", case), picture="cases"), None)
            )
        elif patrols.closed(finding):
            state.setText(self.tr("● 已处理"))
            done = "　".join(t for t in (text(finding, "done_on"), text(finding, "done_by")) if t)
            column.addWidget(label(f"{text(finding, 'result')}（{done}）", wrap=True))
        else:
            state.setText(self.tr("◆ 待处理"))
            self._open_acts(column, round_, finding)
        set_tone(state, "green" if patrols.closed(finding) else "amber")
        return frame

    def _open_acts(self, column: QVBoxLayout, round_: Round, finding: Record) -> None:
        if not self._mine(round_.record):
            return
        self.acts[f"appeal:{finding.id}"] = lambda: self._appeal(finding)
        self.acts[f"settle:{finding.id}"] = lambda: self._settle(finding)
        appeal = button(self.tr("转为诉求"), lambda: self._appeal(finding), kind="primary", picture="cases")
        done = button(self.tr("已处理"), lambda: self._settle(finding))
        column.addLayout(row(appeal, done, None))

    # -- forms ----------------------------------------------------------------------------------------------------

    def _people(self) -> specs.Choices:
        return tuple((p.id, text(p, "name")) for p in people.people(self.station) if not p.get("left"))

    def _dialog(
        self, title: str, spec: FormSpec, values: dict[str, Json], save: Callable[[Read], Changes], intro: str = ""
    ) -> None:
        FormDialog(self, self.desk, title=title, spec=spec, values=values, save=save, intro=intro).open()

    def open_new(self) -> None:
        """The empty form of a round."""
        station = self.station

        def save(values: Read) -> Changes:
            found = str(values["round"].get("found") or "").splitlines()
            lines: list[cases.Values] = [{"text": line} for line in found if line.strip()]
            return patrols.record(station, values=values["patrol"], findings=lines)

        shown: dict[str, Json] = {"patrol.at": cases.moment(station), "patrol.subject": "disputes"}
        if station.user.person:
            shown["patrol.leader"] = station.user.person
        intro = self.tr("排查记录全社区和区级平台可以查看，不写当事人姓名和号码；涉及的人在转为诉求后登记。")
        self._dialog(self.tr("登记排查"), specs.patrol(self._people(), new=True), shown, save, intro)

    def _edit(self, record: Record) -> None:
        station, rec = self.station, record.id

        def save(values: Read) -> Changes:
            return patrols.edit_round(station, rec=rec, values=values["patrol"])

        shown: dict[str, Json] = {f"patrol.{n}": v for n, v in record.values.items()}
        self._dialog(self.tr("修改排查记录"), specs.patrol(self._people(), new=False), shown, save)

    def _more(self, rec: str) -> None:
        station = self.station
        self._dialog(
            self.tr("补充发现"),
            specs.FINDING,
            {},
            lambda values: patrols.add_finding(station, patrol=rec, values=values["finding"]),
        )

    def _settle(self, finding: Record) -> None:
        station, rec = self.station, finding.id

        def save(values: Read) -> Changes:
            given = {n: str(v or "") for n, v in values["finding"].items()}
            return patrols.settle(
                station, finding=rec, result=given["result"], by=given["done_by"], on=given["done_on"]
            )

        shown: dict[str, Json] = {"finding.done_by": station.user.name}
        shown["finding.done_on"] = station.clock.today().isoformat()
        self._dialog(self.tr("登记处理结果"), specs.SETTLE, shown, save, text(finding, "text"))

    def _appeal(self, finding: Record) -> None:
        station, rec = self.station, finding.id

        made: list[str] = []

        def save(values: Read) -> Changes:
            parties = []
            for role, kind in (("applicant", "person"), ("respondent", "organisation")):
                given: cases.Values = {n: v for n, v in values[role].items() if v}
                name = given.pop("name", None)
                if name or given:
                    parties.append(PartyInput({"role": role, "kind": kind, "name": name}, given))
            case: cases.Values = {n: v for n, v in values["case"].items() if v not in (None, "")}
            changes = patrols.appeal(station, finding=rec, intake=Intake(case, values["facts"], parties))
            made.append(changes.case)
            return changes

        shown: dict[str, Json] = {"facts.summary": text(finding, "text"), "case.service": "mediation"}
        dialog = FormDialog(
            self,
            self.desk,
            title=self.tr("转为诉求"),
            spec=specs.APPEAL,
            values=shown,
            save=save,
            intro=self.tr("发现时间、地点和发现人随排查记录，无需再填。"),
        )
        dialog.accepted.connect(lambda: self.desk.go("case", made[-1]))
        dialog.open()
