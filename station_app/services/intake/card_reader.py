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
    """One line of the helper; it, what it started and every pipe to it are gone when this returns."""
    loop = asyncio.get_running_loop()
    answer = _Answer(loop.create_future(), loop.create_future())
    try:
        transport, _ = await loop.subprocess_exec(
            lambda: answer, *command, stderr=asyncio.subprocess.DEVNULL, start_new_session=os.name != "nt"
        )
    except (OSError, ValueError) as error:
        raise KnownError("E-262", command=command[0]) from error
    try:
        question = transport.get_pipe_transport(0)
        assert isinstance(question, asyncio.WriteTransport)
        question.write(card.REQUEST)
        await asyncio.wait_for(answer.line, wait_s)
    except TimeoutError as error:
        raise KnownError("E-261", seconds=round(wait_s)) from error
    finally:
        _end(transport.get_pid())
        for pipe in filter(None, map(transport.get_pipe_transport, (0, 1))):
            pipe.close()  # a child of the helper may hold the other end for long
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(answer.gone, 1)
        transport.close()
    line = bytes(answer.heard).partition(b"\n")[0]
    if len(line) > _LINE_MOST:
        raise KnownError("E-264", why="length")
    return line


class _Answer(asyncio.SubprocessProtocol):
    """What the helper says, up to the end of its first line, of its output, or of what a line may hold."""

    def __init__(self, line: asyncio.Future[None], gone: asyncio.Future[None]) -> None:
        self.heard = bytearray()
        self.line, self.gone = line, gone

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if self.line.done():
            return
        self.heard += data
        if b"\n" in data or len(self.heard) > _LINE_MOST:
            self.line.set_result(None)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        if fd == 1 and not self.line.done():
            self.line.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.gone.done():
            self.gone.set_result(None)


def _end(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.name == "nt":
            os.kill(pid, signal.SIGTERM)
        else:
            os.killpg(pid, signal.SIGKILL)
