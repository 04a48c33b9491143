"""One desk per data directory: a second start hands its files to the first window, brings it to the front, and ends."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS: Final = 300
_TOLD_MS: Final = 3000
_MOST: Final = 64 * 1024
"""Bytes of one call: a JSON list of absolute paths and a line feed."""


class Single(QObject):
    """*Signals:* `called` (list of Path) when the program was started again, with the files it was given."""

    called = Signal(object)

    def __init__(self, directory: Path) -> None:
        super().__init__()
        self._name = "station-" + hashlib.sha256(str(directory.absolute()).encode()).hexdigest()[:20]
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._call)

    def first(self, files: Sequence[Path] = ()) -> bool:
        """True where this is the only desk on the directory; else the other one was called and has the files."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_WAIT_MS):
            socket.write(json.dumps([str(path.absolute()) for path in files]).encode() + b"\n")
            socket.waitForDisconnected(_TOLD_MS)  # the other desk hangs up when it has read all
            return False
        QLocalServer.removeServer(self._name)  # left behind by a crash
        self._server.listen(self._name)
        return True

    def _call(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.disconnected.connect(connection.deleteLater)
        connection.readyRead.connect(lambda: self._read(connection))
        if connection.bytesAvailable():
            self._read(connection)

    def _read(self, connection: QLocalSocket) -> None:
        if connection.canReadLine():
            files = _paths(bytes(connection.readLine(_MOST).data()))
            connection.disconnectFromServer()
            self.called.emit(files)
        elif connection.bytesAvailable() >= _MOST:
            connection.abort()

    def close(self) -> None:
        """Let the next one be first."""
        self._server.close()


def _paths(line: bytes) -> list[Path]:
    """The files of a call; whatever else was said names none."""
    try:
        said = json.loads(line)
    except ValueError:
        return []
    given = said if isinstance(said, list) else []
    return [Path(item) for item in given if isinstance(item, str) and Path(item).is_absolute()]
