"""What can be done from the page of a case: the one next step, the other lawful steps, and the dialogs of its parts."""

from station_app.ui.case.acts.doing import do
from station_app.ui.case.acts.filling import (
    add_party,
    add_session,
    consent,
    edit_case,
    edit_party,
    edit_session,
)
from station_app.ui.case.acts.following import Next, next_step
from station_app.ui.case.acts.outcome import apply, pay, ruling, visit
from station_app.ui.case.acts.steps import discard, leave, step

__all__ = [
    "Next",
    "add_party",
    "add_session",
    "apply",
    "consent",
    "discard",
    "do",
    "edit_case",
    "edit_party",
    "edit_session",
    "leave",
    "next_step",
    "pay",
    "ruling",
    "step",
    "visit",
]
