"""One desk per data directory: a second start brings the first window to the front and ends."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 300


class Single(QObject):
    """*Signals:* `called` when the program was started again."""

    called = Signal()

    def __init__(self, directory: Path) -> None:
        super().__init__()
        self._name = "station-" + hashlib.sha256(str(directory.absolute()).encode()).hexdigest()[:20]
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._call)

    def first(self) -> bool:
        """True where this is the only desk on the directory; else the other one was called."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_WAIT_MS):
            socket.disconnectFromServer()
            return False
        QLocalServer.removeServer(self._name)  # left behind by a crash
        self._server.listen(self._name)
        return True

    def _call(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.disconnected.connect(connection.deleteLater)
        self.called.emit()

    def close(self) -> None:
        """Let the next one be first."""
        self._server.close()
