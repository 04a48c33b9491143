"""A store that is closed while another thread reads: the reader ends in peace, the process lives on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.stations import make_station

_SCRIPT = """
import sys, threading
from pathlib import Path
from station_app.store.core import Store

store = Store(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
begun, counted = threading.Event(), []

def read():
    rows = store.reader.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT i FROM n"
    )
    for row in rows:
        begun.set()
    counted.append(row[0])

thread = threading.Thread(target=read)
thread.start()
begun.wait()
store.close()
thread.join()
print(counted)
"""


def test_a_reader_in_the_middle_of_a_query(tmp_path: Path) -> None:
    store = make_station(tmp_path / "data").station.store
    key = store._key
    store.close()
    for _ in range(3):
        done = subprocess.run(  # a process of its own: the fault was its end
            [sys.executable, "-c", _SCRIPT, str(tmp_path / "data"), key.hex()],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
            cwd=Path(__file__).parents[2],
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == "[1000000]"
