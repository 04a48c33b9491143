"""身份证读卡器: a helper process answers one question and ends; its fall or silence never reaches the desk.

Which helper is a setting (`reader.command`); without one everything is typed. A call waits at most WAIT_S: it belongs
on a lane that may wait.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import signal
from typing import Final

from station_app.domain.intake import card
from station_app.services.local import settings
from station_app.services.station import Station
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

WAIT_S: Final = 8.0
"""A card takes about a second; a helper that says nothing for so long is ended."""
_LINE_MOST: Final = 64 * 1024


def configured(station: Station) -> bool:
    """Whether a helper is set."""
    return bool(settings.get(station, "reader.command").strip())


def read(station: Station, *, wait_s: float = WAIT_S) -> dict[str, Json]:
    """The card on the reader, as values of a party by path. It is not logged: the person gave it.

    E-260 without a helper, E-261 where it says nothing in time, E-262 where it does not start or ends without a word,
    E-263 and E-264 as `card.parse` says.
    """
    command = shlex.split(settings.get(station, "reader.command"), posix=os.name != "nt")
    if not command:
        raise KnownError("E-260")
    answer = asyncio.run(_ask([part.strip('"') for part in command], wait_s))
    if not answer.strip():
        raise KnownError("E-262", command=command[0])
    return card.parse(answer, today=station.clock.today())


async def _ask(command: list[str], wait_s: float) -> bytes:
    """One line of the helper; it and what it started are gone when this returns."""
    pipe = asyncio.subprocess.PIPE
    try:
        helper = await asyncio.create_subprocess_exec(
            *command,
            stdin=pipe,
            stdout=pipe,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LINE_MOST,
            start_new_session=os.name != "nt",
        )
    except (OSError, ValueError) as error:
        raise KnownError("E-262", command=command[0]) from error
    assert helper.stdin is not None
    assert helper.stdout is not None
    try:
        helper.stdin.write(card.REQUEST)
        with contextlib.suppress(ConnectionError):
            await helper.stdin.drain()
        return await asyncio.wait_for(helper.stdout.readline(), wait_s)
    except TimeoutError as error:
        raise KnownError("E-261", seconds=round(wait_s)) from error
    except ValueError as error:  # more than a line may hold
        raise KnownError("E-264", why="length") from error
    finally:
        _end(helper)
        helper.stdin.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(helper.wait(), 1)


def _end(helper: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.name == "nt":
            helper.kill()
        else:
            os.killpg(helper.pid, signal.SIGKILL)
