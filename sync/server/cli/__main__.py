"""`python -m sync.server.cli` does what `district-server` does."""

from __future__ import annotations

from sync.server.cli import run

run()
