"""A CUPS of the test run's own with two queues: a port of its own, all its files in one folder.

The virtual printer has its configuration in /etc/cups and drops what nobody's account asked for in one folder of the
system; jobs are sent under a name no account has, and what they left there is taken away again.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

QUEUE: Final = "Modern"
"""Takes PDF, as printers of today do; what reaches the device lies in a file."""
VIRTUAL: Final = "CUPS-PDF"
"""The virtual printer. It takes PostScript, as older printers do: CUPS turns the PDF into it, words become shapes."""
_TAKES_PDF: Final = '*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"'
_DROPS: Final = Path("/var/spool/cups-pdf/ANONYMOUS")
_PPD: Final = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd")
_BACKEND: Final = Path("/usr/lib/cups/backend/cups-pdf")
_INSTALL: Final = "on Debian: apt-get install cups printer-driver-cups-pdf"
_SECONDS: Final = 120
_CONFIG: Final = """\
LogLevel warn
Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
SubscriptionPrivateAccess all
SubscriptionPrivateValues none
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
_FILES: Final = """\
ServerRoot {0}/root
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/state
TempDir {0}/tmp
AccessLog {0}/access
ErrorLog {0}/error
PageLog {0}/page
SystemGroup root
FileDevice Yes
"""


class CupsMissingError(Exception):
    """No CUPS can be started on this machine; the text says why."""


def cupsd() -> str:
    """The program; CupsMissingError where it, the virtual printer or the right to start it is missing."""
    found = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        raise CupsMissingError(f"cupsd not found; {_INSTALL}")
    if os.geteuid() != 0:
        raise CupsMissingError("cupsd and the backend cups-pdf start as root only")
    if not (_BACKEND.is_file() and _PPD.is_file()):
        raise CupsMissingError(f"the virtual printer CUPS-PDF is not installed; {_INSTALL}")
    return found


class Cups:
    """One server; use `start()`, `printed()`, `stop()`. `user`: the name to send jobs under."""

    def __init__(self) -> None:
        self._program = cupsd()
        self.folder = Path(tempfile.mkdtemp(prefix="station-cups-", dir="/tmp"))
        self.folder.chmod(0o755)  # its filters run under another account
        self.user = f"station-{secrets.token_hex(4)}"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None
        self._before = self._drops()
        self._file = self.folder / "device.pdf"

    @property
    def address(self) -> str:
        """What CUPS_SERVER is set to."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and add the queue; CupsMissingError with its log's end where it does not come up."""
        for name in ("root", "spool", "cache", "state", "tmp", "root/ppd", "root/ssl"):
            (self.folder / name).mkdir()
        (self.folder / "tmp").chmod(0o1777)
        (self.folder / "root/cupsd.conf").write_text(_CONFIG.format(port=self.port))
        (self.folder / "root/cups-files.conf").write_text(_FILES.format(self.folder))
        command = [self._program, "-f", "-c", str(self.folder / "root/cupsd.conf")]
        command += ["-s", str(self.folder / "root/cups-files.conf")]
        setpriv = shutil.which("setpriv")
        die_along = [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
        with (self.folder / "out").open("wb") as out:
            self._process = subprocess.Popen(
                [*die_along, *command], stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
            )
        self._wait()
        modern = self.folder / "modern.ppd"
        lines = _PPD.read_text("latin-1").splitlines()
        modern.write_text("\n".join([lines[0], _TAKES_PDF, *lines[1:]]) + "\n", "latin-1")
        for name, ppd, device in ((QUEUE, modern, self._file.as_uri()), (VIRTUAL, _PPD, "cups-pdf:/")):
            self.admin("lpadmin", "-p", name, "-E", "-v", device, "-P", str(ppd))

    def admin(self, *command: str) -> None:
        """One of CUPS' own programs against this server."""
        ran = subprocess.run(
            command, env={**os.environ, "CUPS_SERVER": self.address}, capture_output=True, text=True, check=False
        )
        if ran.returncode != 0:
            raise CupsMissingError(f"{command[0]}: {ran.stderr.strip()[-300:]}")

    def take(self) -> bytes:
        """The PDF that came out last, of either queue; it is taken away. b"" where none came out."""
        found = b""
        for path in [self._file, *self._drops() - self._before]:
            if path.exists():
                found = path.read_bytes() or found
                path.unlink()
        return found

    def received(self) -> list[bytes]:
        """The documents of all jobs since the start, in the order of their numbers: what was sent, byte for byte."""
        return [path.read_bytes() for path in sorted((self.folder / "spool").glob("d*-001"))]

    def stop(self) -> None:
        """Stop it and take away all it left."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(10)
        self.take()
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def _drops() -> set[Path]:
        return set(_DROPS.glob("*.pdf")) if _DROPS.is_dir() else set()

    def _wait(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + _SECONDS
        while self._process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                connection.request("GET", "/")
                connection.getresponse().read()
                connection.close()
                return
            time.sleep(0.05)
        log = self.folder / "error"
        raise CupsMissingError(f"cupsd did not start: {log.read_text(errors='replace')[-300:] if log.exists() else ''}")
