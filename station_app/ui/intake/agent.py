"""Who acts for a party of an appeal being written: asked only where F3 asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from station_app.domain.checks import FieldError
from station_app.services.cases import Values
from station_app.ui.forms.form import Form
from station_app.ui.intake.specs import AGENT
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

_NAME = "agent.name"


class AgentForm(Form):
    """Hidden until it is opened, or a draft brings an agent back."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(AGENT, today)
        self.hide()

    def open(self) -> None:
        """The fields, the caret in the name."""
        self.show()
        self.focus_on(_NAME)

    def taken(self) -> tuple[list[Values], list[FieldError]]:
        """The agent as typed, none where nothing is; one of whom anything is known has a name."""
        values, errors = self.check()
        kept = values.get("agent", {}).items()
        given: Values = {name: value for name, value in kept if value not in (None, "")}
        if given and not given.get("name"):
            errors.append(FieldError(_NAME, KnownError("E-216", field=_NAME)))
            self.show_errors(errors)
        return ([given] if given else []), errors

    def filled(self) -> dict[str, Json]:
        """What was typed, by path, for a draft."""
        return {path: value for path, value in self.raw().items() if value}

    def put_back(self, raw: Mapping[str, Json]) -> None:
        """Fill in what a draft holds."""
        self.set_raw({path: value for path, value in raw.items() if path in self.boxes})
        self.setVisible(bool(self.filled()))
