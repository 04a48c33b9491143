"""station-app: the desk. Options are read before anything heavy is imported; --self-test draws it once and ends."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="station-app", description="群众诉求服务站")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.gmb", help="bundles to look at after log-in")
    parser.add_argument("--data-dir", type=Path, help="data directory (default: STATION_DATA, else the user's own)")
    parser.add_argument("--lang", choices=("zh_CN", "en_US"), default="")
    parser.add_argument("--theme", choices=("system", "light", "dark"), default="")
    parser.add_argument("--version", action="store_true", help="say which version this is, exit 0")
    parser.add_argument("--self-test", action="store_true", help="open a throw-away station, draw the desk, exit 0")
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """Run the desk; the exit code."""
    options = _options(argv)
    if options.version:
        from station_app.services.local.release import program_version

        sys.stdout.write(f"station-app {program_version()}\n")
        return 0
    if options.self_test:
        from station_app.ui.selftest import run_self_test

        return run_self_test(lang=options.lang, wish=options.theme)
    from station_app.ui.app import run

    return run(_directory(options.data_dir), lang=options.lang, wish=options.theme, files=options.files)


def _directory(given: Path | None) -> Path:
    """The data directory, without importing the services that open it."""
    from station_app.paths import data_dir

    return data_dir(given)


if __name__ == "__main__":
    sys.exit(main())
