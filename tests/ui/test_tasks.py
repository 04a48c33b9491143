"""The lanes: order of writes, results on the main thread, later reads win, errors find who waits for them."""

from __future__ import annotations

import threading
import time

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QObject

from station_app.services.changes import Changes
from station_app.ui.tasks import Call, Tasks
from sync.contract.errors import KnownError


def test_writes_keep_their_order_and_answer_on_the_main_thread(qtbot: QtBot, tasks: Tasks) -> None:
    done: list[tuple[int, bool]] = []
    main = threading.get_ident()
    workers: set[int] = set()

    def work(number: int) -> int:
        workers.add(threading.get_ident())
        time.sleep(0.002 if number % 2 else 0)
        return number

    for number in range(20):
        tasks.write(lambda n=number: work(n), done=lambda n: done.append((n, threading.get_ident() == main)))
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == [(n, True) for n in range(20)]
    assert len(workers) == 1
    assert main not in workers


def test_what_a_verb_changed_is_announced(qtbot: QtBot, tasks: Tasks) -> None:
    changes = Changes(frozenset({"case"}), ("r",), ("op",))
    with qtbot.waitSignal(tasks.changed) as announced:
        tasks.write(lambda: changes)
    assert announced.args == [changes]


def test_a_later_read_takes_the_place_of_an_earlier_one(qtbot: QtBot, tasks: Tasks) -> None:
    gate, shown = threading.Event(), list[str]()
    tasks.read(lambda: gate.wait(5) and "old", done=shown.append, key="search")
    tasks.read(lambda: "new", done=shown.append, key="search")
    qtbot.waitUntil(lambda: shown == ["new"])
    gate.set()
    qtbot.wait(30)
    assert shown == ["new"]


def test_the_result_for_a_closed_page_is_dropped(qtbot: QtBot, tasks: Tasks) -> None:
    owner, shown, ended = QObject(), list[int](), list[int]()
    gate = threading.Event()
    tasks.read(lambda: int(gate.wait(5)), done=shown.append, owner=owner)
    owner.deleteLater()
    del owner
    qtbot.wait(10)
    gate.set()
    tasks.read(lambda: 1, done=ended.append)
    qtbot.waitUntil(lambda: bool(ended))
    assert shown == []


def test_known_errors_go_to_who_waits_else_to_everybody(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[KnownError] = []

    def refuse() -> None:
        raise KnownError("E-514")

    tasks.write(refuse, failed=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 1)
    with qtbot.waitSignal(tasks.refused) as told:
        tasks.write(refuse)
    assert told.args is not None
    assert told.args[0].code == "E-514"
    assert len(heard) == 1


def test_a_bug_is_reported_and_the_lane_goes_on(qtbot: QtBot, tasks: Tasks) -> None:
    done: list[int] = []
    with qtbot.waitSignal(tasks.crashed) as crash:
        tasks.write(lambda: 1 // 0)
        tasks.write(lambda: 7, done=done.append)
    assert crash.args is not None
    assert "ZeroDivisionError" in crash.args[0]
    qtbot.waitUntil(lambda: done == [7])


def test_net_work_sees_that_it_is_cancelled(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[bool] = []

    def wait(call: Call) -> None:
        while not call.cancelled:
            time.sleep(0.002)
        seen.append(True)

    call = tasks.net(wait)
    call.cancel()
    qtbot.waitUntil(lambda: seen == [True] or (call._future is not None and call._future.cancelled()))


def test_closing_waits_for_what_was_written(qtbot: QtBot) -> None:
    lanes, written = Tasks(), list[int]()

    def write() -> None:
        time.sleep(0.05)
        written.append(1)

    for _ in range(3):
        lanes.write(write)
    lanes.close()
    assert written == [1, 1, 1]
    with pytest.raises(AttributeError):
        lanes.write(lambda: written.append(2))._future.result()  # type: ignore[union-attr]  # nothing was started
    assert written == [1, 1, 1]
