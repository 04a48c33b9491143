"""系统设置, 人员与密码: who works here; passwords of this PC; a new colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.case import names
from station_app.services import people
from station_app.services.local import login
from station_app.services.loop import succession
from station_app.services.people import NewPerson
from station_app.ui import words
from station_app.ui.case import assigning
from station_app.ui.forms.form import Form
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from station_app.ui.style.tokens import S4
from station_app.ui.widgets.layout import allow, button, card, row, text
from station_app.ui.widgets.lines import Line, LinesView
from sync.contract.errors import KnownError
from sync.contract.permissions import SERVER

if TYPE_CHECKING:
    from station_app.services.changes import Changes
    from station_app.services.reading.lists import CaseLine
    from station_app.ui.desk import Desk
    from sync.contract.fold import Record

PASSWORD: Final = FormSpec(
    "password",
    (
        Section(
            "",
            (
                Item(
                    "password.new",
                    required=True,
                    type="password",
                    label=QT_TRANSLATE_NOOP("Forms", "新密码（至少 8 位）"),
                ),
                Item("password.again", required=True, type="password", label=QT_TRANSLATE_NOOP("Forms", "再输入一次")),
            ),
        ),
    ),
)
PERSON: Final = FormSpec(
    "person",
    (
        Section(
            "",
            (
                Item("person.name", required=True),
                Item("person.phone"),
                Item("person.roles", required=True, span=2),
                Item("person.appointment", span=2),
                Item("person.appointed_from"),
                Item("person.appointed_to"),
            ),
        ),
    ),
)


class PeopleTab(QWidget):
    """The people as a list; under it the password of the one chosen; then a new colleague."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.list = LinesView(self.tr("人员"))
        self.list.marked = True
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._chosen())
        self.who = text("", "muted")
        self.password = Form(PASSWORD, desk.station.clock.today)
        self.set = button(self.tr("设置密码"), self._set)
        self.person = Form(PERSON, desk.station.clock.today)
        choices = [(code, name) for code, name in words.choices("person.roles") if code != SERVER]
        self.person.set_choices("person.roles", choices)
        self.add = button(self.tr("添加人员"), self._add, picture="plus")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(S4)
        lower, adding = QWidget(), QWidget()
        self.leave = button(self.tr("离岗交接"), self._leave, picture="logout")
        lower.setLayout(row(self.leave, None, self.set))
        self.leave.setVisible(desk.station.can("edit_person") and desk.station.can("reassign"))
        adding.setLayout(row(None, self.add))
        outer.addWidget(card(self.list, self.who, self.password, lower, title=self.tr("人员与密码")))
        self._adding = card(self.person, adding, title=self.tr("添加人员"))
        outer.addWidget(self._adding)
        self._adding.setVisible(desk.station.can("add_person"))

    def refresh(self) -> None:
        """Read the people anew."""
        station = self._desk.station

        def look() -> tuple[list[Record], set[str]]:
            return people.people(station), {u.person for u in login.users(station.store.directory)}

        self._desk.tasks.read(look, done=self._show, owner=self, key="people")

    def _show(self, found: tuple[list[Record], set[str]]) -> None:
        records, able = found
        lines = []
        for record in records:
            roles = words.together([words.code("roles", role) for role in names(record, "roles")])
            state = self.tr("可以登录本机") if record.id in able else self.tr("未设密码")
            if record.get("left"):
                state = words.label("person.left")
            lines.append(Line(f"{record.get('name')}  {roles}", state, "none", "person", record.id))
        self.list.show_lines(lines)
        self._chosen()

    def _line(self) -> Line | None:
        row_ = self.list.currentIndex().row()
        return self.list.lines.lines[row_] if 0 <= row_ < len(self.list.lines.lines) else None

    def _chosen(self) -> None:
        line, station = self._line(), self._desk.station
        may = line is not None and (line.argument == station.user.person or station.can("add_person"))
        self.set.setEnabled(may)
        gone = line is not None and line.note == words.label("person.left")
        other = line is not None and line.argument != station.user.person and not gone
        allow(self.leave, other, self.tr("请选择其他在岗人员"))
        name = line.text.split("  ")[0] if line else ""
        self.who.setText(self.tr("为 {name} 设置本机密码：").format(name=name) if line else "")

    def _set(self) -> None:
        values, errors = self.password.check()
        line = self._line()
        if errors or line is None:
            return
        given = values["password"]
        if given["new"] != given["again"]:
            self._desk.notices.say(self.tr("两次输入的密码不一致，请重新输入。"), tone="amber", ms=0)
            return
        station, rec, word = self._desk.station, str(line.argument), str(given["new"])
        self._desk.tasks.write(
            lambda: people.set_password(station, rec=rec, password=word), done=lambda _n: self._was_set(), owner=self
        )

    def _leave(self) -> None:
        """离岗交接 of the chosen colleague."""
        line, desk = self._line(), self._desk
        if line is None:
            return
        person, name, station = str(line.argument), line.text.split("  ")[0], desk.station

        def show(found: list[CaseLine]) -> None:
            made = assigning.leaving(self, desk, person=person, name=name, cases=found)
            made.accepted.connect(self.refresh)

        desk.tasks.read(lambda: succession.cases_of(station, person), done=show, failed=self._failed, owner=self)

    def _was_set(self) -> None:
        self.password.set_values({"password.new": None, "password.again": None})
        self._desk.notices.say(self.tr("密码已设置，下次登录时使用。"), tone="green")
        self.refresh()

    def _add(self) -> None:
        values, errors = self.person.check()
        if errors:
            return
        given = {k: v for k, v in values["person"].items() if k != "roles"}
        roles = values["person"]["roles"]
        person = NewPerson(
            roles=tuple(map(str, roles)) if isinstance(roles, list) else (),
            **{k: str(v or "") for k, v in given.items()},
        )
        station = self._desk.station
        self._desk.tasks.write(
            lambda: people.add_person(station, person=person), done=self._added, failed=self._failed, owner=self
        )

    def _added(self, _changes: Changes) -> None:
        self.person.set_values(dict.fromkeys(self.person.boxes))
        self._desk.notices.say(self.tr("已添加。请在上面的名单中选中，并设置本机密码。"), tone="green")
        self.refresh()

    def _failed(self, error: KnownError) -> None:
        self._desk.notices.error(error)
