"""A district server as a process of its own on a free port, for tests that need a real line or must kill one end.

As a program: `python -m tests.support.served DIRECTORY` serves a district's directory and prints its port.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

REPO = Path(__file__).parents[2]


@contextlib.contextmanager
def served(
    directory: Path,
    told: Callable[[int], object] | None = None,
    *,
    program: Sequence[str] = ("tests.support.served",),
) -> Iterator[str]:
    """Serve the district lying in a directory; its address. The process ends with the block; `told` gets its id.

    `program`: another module that serves, with its words before the directory.
    """
    environment = {**os.environ, "PYTHONPATH": str(REPO), "PYTHONWARNINGS": "default"}
    command = [sys.executable, "-m", *program, str(directory)]
    log = directory.parent / "served.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=out, cwd=REPO, env=environment)
    try:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        if not port:
            raise RuntimeError(log.read_text(errors="replace")[-2000:])
        if told is not None:
            told(process.pid)
        yield f"http://127.0.0.1:{int(port)}"
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def main(directory: Path) -> None:
    """Serve until interrupted."""
    import uvicorn

    from sync.server.app import make_app
    from sync.server.cli.serve import tune
    from sync.server.clock import SystemClock
    from sync.server.server import open_server

    server = open_server(directory, SystemClock())
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(256)  # before the port is told: nobody comes too early
    print(listener.getsockname()[1], flush=True)
    tune()
    config = uvicorn.Config(make_app(server), log_level="warning", access_log=False, server_header=False)
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])
    server.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
