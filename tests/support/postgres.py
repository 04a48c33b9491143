"""A PostgreSQL of the test run's own: one small server per test process, started when first asked for.

One per process (two under `-n 2`) instead of one that all share: nothing to lock, nothing to hand over when a
worker dies, 0.7 s each. It listens on a socket in a folder of its own and on no port, so it cannot meet
another server. It dies with its parent, even when that is killed (`setpriv --pdeathsig`, part of util-linux).

Fixtures: `postgres_server` (session, no fsync), `postgres_url` (a new empty database per test),
`durable_postgres_server` and `durable_postgres_url` (fsync on, for measurements).
"""

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    import pwd

SUPERUSER: Final = "postgres"
_START_SECONDS: Final = 120
_STOP_SECONDS: Final = 10
_PLACES: Final = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
_FAST: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_SMALL: Final = ("listen_addresses=", "max_connections=40", "timezone=UTC", "lc_messages=C", "jit=off")


class PostgresMissingError(Exception):
    """No usable PostgreSQL on this machine; the text says what was looked for."""


@cache
def find_bin() -> Path:
    """The folder with `initdb` and `postgres`: STATION_PG_BIN, pg_config, the newest installed, or PATH."""
    named = os.environ.get("STATION_PG_BIN")
    candidates = [Path(named)] if named else []
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        candidates.append(Path(answer.stdout.strip()))
    for place in _PLACES:
        candidates += sorted(Path("/").glob(place[1:]), key=_version, reverse=True)
    if initdb := shutil.which("initdb"):
        candidates.append(Path(initdb).resolve().parent)
    for folder in candidates:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise PostgresMissingError("PostgreSQL not found (initdb, postgres); on Debian: apt-get install postgresql")


def _version(folder: Path) -> int:
    return int("".join(c for c in folder.parent.name if c.isdigit()) or 0)


class PostgresServer:
    """One server in a folder of its own; use `start()`, `fresh()`, `stop()`."""

    def __init__(self, *, fsync: bool = False) -> None:
        """`fsync=True` keeps PostgreSQL's own durability settings, for honest measurements."""
        self._bin = find_bin()
        self._fsync = fsync
        self._account = _unprivileged()
        self.folder = Path(tempfile.mkdtemp(prefix="station-pg-", dir="/tmp"))  # short: a socket path has 107 bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._templates: dict[str, str] = {}

    def start(self) -> None:
        """Create the cluster and wait until it answers; RuntimeError with the log's end if it does not."""
        if self._account:
            os.chown(self.folder, self._account.pw_uid, self._account.pw_gid)
        options = ["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        made = self._spawn([str(self._bin / "initdb"), "-D", str(self.folder / "data"), *options])
        if made.wait() != 0:
            raise RuntimeError(f"initdb failed: {self._log_end()}")
        settings = [f"unix_socket_directories={self.folder}", *_SMALL, *(() if self._fsync else _FAST)]
        command = [*_die_with_parent(), str(self._bin / "postgres"), "-D", str(self.folder / "data")]
        command += [word for setting in settings for word in ("-c", setting)]
        self._process = self._spawn(command)
        self._wait()

    def url(self, database: str) -> str:
        """The libpq address of a database (for SQLAlchemy put `postgresql+psycopg` in front)."""
        return f"postgresql://{SUPERUSER}@/{database}?host={self.folder}"

    def fresh(self, *, template: str = "template0") -> str:
        """The address of a new database, empty or copied from `template`."""
        name = f"t_{secrets.token_hex(6)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def template(self, name: str, build: Callable[[str], None]) -> str:
        """The name of a database that `build(url)` filled once per server, to be given to `fresh`."""
        if name not in self._templates:
            url = self.fresh()
            build(url)
            self._templates[name] = database_of(url)
        return self._templates[name]

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self.execute(f'DROP DATABASE IF EXISTS "{database_of(url)}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """Run one statement outside a transaction on the maintenance database."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        """Fast stop, then the folder goes too."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_STOP_SECONDS)
            if self._process.poll() is None:
                self._process.send_signal(signal.SIGQUIT)
                self._process.wait(_STOP_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait(self) -> None:
        import psycopg

        assert self._process is not None
        deadline = time.monotonic() + _START_SECONDS
        while self._process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.url("postgres")):
                return
            time.sleep(0.02)
        raise RuntimeError(f"PostgreSQL did not start: {self._log_end()}")

    def _spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Start one of PostgreSQL's programs: they refuse root, so under another account when we are that."""
        account = self._account
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": str(self.folder)},
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
            )

    def _log_end(self) -> str:
        return (self.folder / "log").read_text(errors="replace").strip()[-500:]


def database_of(url: str) -> str:
    """The database name in an address made by `PostgresServer.url`."""
    return url.split("@/", 1)[1].split("?", 1)[0]


def _unprivileged() -> "pwd.struct_passwd | None":
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    for name in ("nobody", "postgres", "daemon"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise PostgresMissingError("running as root, and none of the accounts nobody, postgres, daemon exists")


def _die_with_parent() -> list[str]:
    """Words before a command, so that the kernel asks it for a fast stop when this process dies."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT", "--"] if setpriv else []


def _running(*, fsync: bool) -> Generator[PostgresServer, None, None]:
    try:
        server = PostgresServer(fsync=fsync)
    except PostgresMissingError as missing:
        pytest.skip(str(missing))
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _database(server: PostgresServer) -> Iterator[str]:
    url = server.fresh()
    yield url
    server.drop(url)


@pytest.fixture(scope="session")
def postgres_server() -> Generator[PostgresServer, None, None]:
    """This process's server without fsync; the test is skipped with the reason when there is none."""
    yield from _running(fsync=False)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A new empty database for this test, dropped afterwards."""
    yield from _database(postgres_server)


@pytest.fixture(scope="session")
def durable_postgres_server() -> Generator[PostgresServer, None, None]:
    """A second server with fsync on, for measurements."""
    yield from _running(fsync=True)


@pytest.fixture
def durable_postgres_url(durable_postgres_server: PostgresServer) -> Iterator[str]:
    """A new empty database on the durable server, dropped afterwards."""
    yield from _database(durable_postgres_server)
