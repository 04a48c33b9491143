"""The line and what stands at its end: bytes are handed to the server's rooms without HTTP, or over real sockets."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, cast

from starlette.datastructures import Headers
from starlette.responses import Response

from sync.client.transport import Answer
from sync.contract.errors import KnownError
from sync.server import keys
from sync.server.app import ROOMS, _problem, _serve
from sync.server.erasure import deciding
from sync.server.line.holding import Holding
from sync.server.own import OwnChain
from sync.server.problems import Refusal
from sync.server.relay import spells
from sync.server.segments import making
from sync.server.segments.state import Shelf
from sync.server.server import Server
from tests.simulation import backups
from tests.simulation.chance import Crash, ServerCrashError, Shaky
from tests.simulation.episodes import PLACES
from tests.support.clock import FakeClock

if TYPE_CHECKING:
    from tests.simulation.world import World

_GATEWAYS: Final[tuple[tuple[int, str, dict[str, str]], ...]] = (
    (500, "text/html", {}), (502, "text/html", {}), (503, "text/plain", {"retry-after": "30"}), (503, "text/html", {}),
    (413, "text/html", {}), (429, "text/plain", {"retry-after": "7"}), (407, "text/html", {}), (204, "text/plain", {}),
)  # fmt: skip

SEGMENT_OPS: Final = 5
"""Ops of a segment in a story: a newcomer and a PC that begins anew take several."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A request as it went."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Host:
    """The server's machine: its process, its disk, backups of it. `generation` counts restores."""

    directory: Path
    clock: FakeClock
    check: Callable[[Letter, Answer], None]
    forget: Callable[[], None]
    server: Server = field(init=False)
    saved: list[Path] = field(default_factory=list)
    snapshots: list[tuple[Path, int]] = field(default_factory=list)
    generation: int = 0
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    @property
    def storage(self) -> Shaky:
        """The running server's storage."""
        return cast("Shaky", self.server.storage)

    def start(self) -> None:
        """Begin a process: a new incarnation, nothing remembered."""
        district = keys.load(self.directory)
        storage = Shaky(self.directory / keys.DATABASE)
        storage.prepare()
        small = Shelf(ops=SEGMENT_OPS)
        self.server = Server(
            district, storage, self.clock, OwnChain(district), Holding(self.clock.now_ms), segments=small
        )
        deciding.apply_list(self.server)
        spells.begin(self.server)

    def rest(self) -> int:
        """A quiet moment: what has grown is packed into segments; how many were made."""
        return making.keep_up(self.server)

    def restart(self, *, power: bool = False) -> None:
        """End the process and begin it anew. `power`: what was committed lazily (counters) steps back."""
        self.server.close()
        self.start()
        if power:
            self.forget()
            self.storage.write(lambda tx: tx.run("UPDATE device SET counter = max(0, counter - 4)"))

    def save(self) -> None:
        """Write a backup."""
        file = self.directory.with_name("backups") / f"district-{len(self.saved)}.backup"
        file.parent.mkdir(exist_ok=True)
        self.saved.append(backups.of_server(self.server, file))

    def restore(self, choice: int) -> None:
        """The disk is lost; a new one is filled from a backup."""
        if not self.saved:
            return
        self.server.close()
        self.generation += 1
        self.forget()
        shutil.rmtree(self.directory)
        self.clock.advance(seconds=1)  # it takes its time
        backups.lay_server(self.directory, self.saved[choice % len(self.saved)], choice, self.clock)
        self.start()

    def snapshot(self, mark: int) -> None:
        """The machine's disk is copied as it stands, which the program does not notice."""
        place = self.directory.with_name("snapshots") / f"{len(self.snapshots)}"
        self.server.close()
        shutil.copytree(self.directory, place)
        self.snapshots.append((place, mark))
        self.start()

    def roll_back(self, choice: int, mark: int) -> bool:
        """The machine's disk becomes one of the copies, and nobody tells the program; False where there is none with
        this mark.
        """
        sound = [place for place, made in self.snapshots if made == mark]
        if not sound:
            return False
        self.server.close()
        self.generation += 1
        self.forget()
        shutil.rmtree(self.directory)
        shutil.copytree(sound[choice % len(sound)], self.directory)
        self.start()
        return True

    def plan(self, kind: str, *, spare: bool) -> None:
        """The server's next transaction in this request goes wrong; with `spare` the next one that matters."""
        self.storage.plan, self.storage.spare = kind, spare

    def deliver(self, letter: Letter) -> Answer:
        """Hand a request in; E-106 where the server's process ends over it."""
        request = SimpleNamespace(headers=Headers(dict(letter.headers)))
        try:
            response: Response = _serve(
                self.server, (letter.path, ROOMS[letter.path]), cast("Any", request), letter.body
            )
        except KnownError as error:
            response = _problem(error)
        except ServerCrashError as error:
            self.restart(power=len(letter.body) % 2 == 0)
            raise KnownError("E-106", what="server ended") from error
        except Exception as error:
            if "disk is full" not in str(error):
                self.faults.append(f"server fault at {letter.path}: {type(error).__name__} {error}")
            response = _problem(Refusal("E-599"))
        finally:
            self.storage.plan = ""
        answer = Answer(response.status_code, {k.lower(): v for k, v in response.headers.items()}, bytes(response.body))
        self.check(letter, answer)
        return answer

    def end(self) -> None:
        """Close, and leave nothing."""
        self.server.close()
        shutil.rmtree(self.directory, ignore_errors=True)


@dataclass(slots=True)
class Wire:
    """One PC's line during one round, with what befalls its requests."""

    world: World
    who: int
    faults: tuple[tuple[int, str, int], ...] = ()
    sent: int = 0
    cancelled: bool = False
    counted: dict[str, int] = field(default_factory=dict)

    def post(self, path: str, headers: Mapping[str, str], body: bytes, *, limit: int) -> Answer:
        """`sync.client.transport.Transport`."""
        self.sent += 1
        self.counted[path] = self.counted.get(path, 0) + 1
        letter = Letter(path, dict(headers), body)
        now = {self.sent, *(100 * n + self.counted[p] for n, p in enumerate(PLACES) if p == path)}
        befalls = {kind: x for at, kind, x in self.faults if at in now}
        self._before(letter, befalls)
        instead = _instead(befalls)
        if instead is not None:
            return instead
        answer = self._deliver(letter, befalls)
        return self._after(answer, befalls)

    def _before(self, letter: Letter, befalls: dict[str, int]) -> None:
        world = self.world
        for kind, x in befalls.items():
            if kind in ("meanwhile", "write"):
                world.meanwhile(self.who, kind, x)
            elif kind == "crash":
                raise Crash
            elif kind == "cancel":
                self.cancelled = True
            elif kind == "restore_now":
                world.restore_server(x)
            elif kind == "replay" and world.letters:
                world.deliver_quietly(world.letters[x % len(world.letters)])
            elif kind == "late":
                world.late.append(letter)
                raise KnownError("E-101")
            elif kind == "offline":
                raise KnownError(("E-101", "E-102", "E-106")[x % 3])
            elif kind == "cut_request":
                world.deliver_quietly(Letter(letter.path, letter.headers, letter.body[: x % max(1, len(letter.body))]))
                raise KnownError("E-106", what="cut")
        world.letters.append(letter)

    def _deliver(self, letter: Letter, befalls: dict[str, int]) -> Answer:
        host = self.world.host
        if "bent_request" in befalls:
            letter = Letter(letter.path, letter.headers, bent(letter.body, befalls["bent_request"]))
        for kind in ("server_full", "server_before", "server_after"):
            if kind in befalls:
                host.plan(kind.removeprefix("server_"), spare=befalls[kind] % 4 > 0)
        answer = self.world.hand_over(letter)
        if "twice" in befalls:
            answer = self.world.hand_over(letter)
        return answer

    def _after(self, answer: Answer, befalls: dict[str, int]) -> Answer:
        for kind, x in befalls.items():
            if kind == "after":
                self.world.meanwhile(self.who, "meanwhile" if x % 3 else "write", x)
            elif kind == "crash_after":
                raise Crash
            elif kind == "lost":
                raise KnownError("E-106", what="lost")
            elif kind == "cut":
                answer = Answer(answer.status, answer.headers, answer.body[: x % max(1, len(answer.body))])
            elif kind == "bent":
                answer = Answer(answer.status, answer.headers, bent(answer.body, x))
        return answer


def _instead(befalls: dict[str, int]) -> Answer | None:
    """What somebody else on the way answers."""
    if "portal" in befalls:
        return Answer(200, {"content-type": "text/html; charset=utf-8"}, "<html>请先登录</html>".encode())
    if "gateway" in befalls:
        status, kind, more = _GATEWAYS[befalls["gateway"] % len(_GATEWAYS)]
        return Answer(status, {"content-type": kind, **more}, b"busy")
    return None


def bent(data: bytes, x: int) -> bytes:
    """The same bytes with one bit turned."""
    if not data:
        return data
    at = x % len(data)
    return data[:at] + bytes([data[at] ^ (1 << (x % 8))]) + data[at + 1 :]
