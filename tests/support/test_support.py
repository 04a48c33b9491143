"""The support itself: what every other test leans on must hold."""

import logging
import os
import subprocess
import sys
import time
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from station_app.clock import SystemClock
from tests.support.postgres import PostgresServer, database_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def test_home_is_not_the_developers(tmp_path: Path) -> None:
    assert Path.home().name.startswith("station-test-home-")
    assert os.environ["XDG_DATA_HOME"].startswith(str(Path.home()))


def test_the_machine_is_in_a_foreign_zone() -> None:
    """Otherwise a forgotten `date.today()` would pass unseen on a machine set to Shanghai."""
    assert time.localtime(0).tm_gmtoff == -11 * 3600
    assert datetime.now(UTC).astimezone().utcoffset() != datetime.now(UTC).utcoffset()
    assert SystemClock().today() is not None


def test_window_uses_the_bundled_font(qapp: "QApplication") -> None:
    from PySide6.QtGui import QFontInfo

    assert QFontInfo(qapp.font()).family() == "Noto Sans SC"
    assert qapp.platformName() == os.environ["QT_QPA_PLATFORM"]


@pytest.mark.expect_log("as promised")
def test_promised_warning_is_allowed() -> None:
    logging.getLogger("station").warning("as promised")


_NESTED = """
import logging, pytest
def test_surprise(): logging.getLogger("station").warning("surprise")
@pytest.mark.expect_log("never comes")
def test_missing(): pass
@pytest.mark.expect_log("other")
def test_other():
    logging.getLogger("a").error("other")
    logging.getLogger("a").error("one more")
def test_quiet(): logging.getLogger("a").info("fine")
"""


def test_unexpected_and_missing_logs_fail(tmp_path: Path, repo: Path) -> None:
    file = tmp_path / "test_nested.py"
    file.write_text(_NESTED, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.support.logwatch",
        "-p",
        "no:randomly",
        str(file),
    ]
    environment = os.environ | {"PYTHONPATH": str(repo), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
    assert "3 failed, 1 passed" in ran.stdout, ran.stdout + ran.stderr
    for line in ("unexpected log: station WARNING: surprise", "never logged: never comes", "ERROR: one more"):
        assert line in ran.stdout


def test_warnings_are_errors() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


@pytest.mark.postgres
def test_each_database_is_new_and_reads_chinese(postgres_server: PostgresServer, postgres_url: str) -> None:
    import psycopg

    with psycopg.connect(postgres_url) as one:
        one.execute("CREATE EXTENSION pg_trgm; CREATE TABLE place (name text)")
        one.execute("INSERT INTO place VALUES ('凤凰街道东坑社区')")
        assert one.execute("SELECT show_trgm('宅基')::text <> '{}'").fetchone() == (True,)
    other = postgres_server.fresh()
    with psycopg.connect(other) as two:
        assert two.execute("SELECT to_regclass('place')").fetchone() == (None,)
        assert two.execute("SHOW fsync").fetchone() == ("off",)
    postgres_server.drop(other)


@pytest.mark.postgres
def test_template_is_built_once(postgres_server: PostgresServer) -> None:
    import psycopg

    built: list[str] = []

    def build(url: str) -> None:
        built.append(url)
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE seed AS SELECT 1 AS n")

    for _ in range(2):
        url = postgres_server.fresh(template=postgres_server.template("support-seed", build))
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT n FROM seed").fetchone() == (1,)
        postgres_server.drop(url)
    assert len(built) == 1
    assert database_of(url).startswith("t_")


@pytest.mark.postgres
def test_server_dies_with_a_killed_parent(postgres_server: PostgresServer) -> None:
    """A killed worker leaves no server behind."""
    code = (
        "import os, signal; from tests.support.postgres import PostgresServer;"
        "s = PostgresServer(); s.start(); print(s._process.pid, s.folder, flush=True);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    pid, folder = ran.stdout.split()
    deadline = time.monotonic() + 10
    while Path("/proc", pid).exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path("/proc", pid).exists()
    subprocess.run(["rm", "-rf", folder], check=True)
