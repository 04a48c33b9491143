"""One story in twenty goes over real sockets: the whole HTTP of both ends, on a free port of this process."""

from __future__ import annotations

import atexit
import logging
import socket
import threading
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import uvicorn

from sync.client.transport import Answer, HttpTransport
from sync.contract.errors import KnownError
from sync.server.app import make_app
from tests.simulation.network import Letter

if TYPE_CHECKING:
    from sync.server.server import Server
    from tests.simulation.world import World


class Door:
    """The application of whichever server runs now."""

    def __init__(self) -> None:
        self._server: Server | None = None
        self._app: Any = None
        self.world: World | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """ASGI."""
        assert self.world is not None
        server = self.world.host.server
        if server is not self._server:
            self._server, self._app = server, make_app(server)
        await self._app(scope, receive, send)


@cache
def _opened() -> tuple[Door, HttpTransport]:
    """One listening server a process."""
    door = Door()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(16)
    for name in ("district", "uvicorn.error"):
        logging.getLogger(name).disabled = True  # planned faults are no news
    config = uvicorn.Config(door, log_level="critical", access_log=False, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    line = HttpTransport(f"http://127.0.0.1:{listener.getsockname()[1]}", proxy="none")

    def close() -> None:
        line.close()
        server.should_exit = True
        thread.join(5)
        listener.close()

    atexit.register(close)
    return door, line


def through(world: World) -> Callable[[Letter], Answer]:
    """The way of a world's letters over the sockets."""
    door, line = _opened()
    door.world = world

    def deliver(letter: Letter) -> Answer:
        host = world.host
        try:
            answer = line.post(letter.path, letter.headers, letter.body, limit=16 * 1024 * 1024)
        finally:
            storage = host.storage
            storage.plan = ""
            if storage.crashed:
                host.restart(power=len(letter.body) % 2 == 0)
        if storage.crashed:
            raise KnownError("E-106", what="server ended")
        if answer.status == 500 and not storage.full:
            host.faults.append(f"server fault at {letter.path}")
        storage.full = False
        host.check(letter, answer)
        return answer

    return deliver
