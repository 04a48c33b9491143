"""Run every check one after the other, also after a failure; a table at the end, and a true exit code.

    .venv/bin/python .ci/checks.py [NAME ...]      all, or only the named ones (lint format types layers tests)

The last line counts tests the way pytest does, with a check that failed counted as one failure.
"""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
QT_PROBE = ROOT / ".ci" / "qt_libraries.py"
RESULTS = ROOT / "build" / "test-results.xml"
WORKERS = os.environ.get("TEST_WORKERS", "2")

CHECKS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "layers": ["lint-imports", "--no-logo"],
    "tests": ["pytest", "-q", "-n", WORKERS, "--dist", "worksteal", "--durations", "10", f"--junitxml={RESULTS}"],
}


@dataclass(frozen=True)
class Ran:
    """One check that was run."""

    name: str
    code: int
    seconds: float


def main(names: list[str]) -> int:
    """Run the named checks (all by default); 0 when every one passed, 2 for an unknown name."""
    if unknown := set(names) - set(CHECKS):
        print(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    RESULTS.unlink(missing_ok=True)
    ran = [run(name, CHECKS[name]) for name in CHECKS if not names or name in names]
    counts = Counter({"passed": 0, "failed": 0, "skipped": 0})
    reasons: list[str] = []
    if RESULTS.exists():
        counts, reasons = read_results(RESULTS)
    print_table(ran, reasons)
    failed_checks = sum(check.code != 0 for check in ran if check.name != "tests" or not counts["failed"])
    print(f"{counts['passed']} passed, {counts['failed'] + failed_checks} failed, {counts['skipped']} skipped")
    return 1 if any(check.code for check in ran) else 0


def run(name: str, command: list[str]) -> Ran:
    """Run one check with its output shown as it comes."""
    print(f"\n== {name}: {' '.join(command)}".replace(f"{ROOT}/", ""), flush=True)
    start = time.monotonic()
    if (
        name == "tests"
        and subprocess.run([sys.executable, QT_PROBE], stdout=subprocess.DEVNULL, check=False).returncode
    ):
        print("not run: Qt does not find its system libraries (named by setup, above)", flush=True)
        return Ran(name, 1, time.monotonic() - start)
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    return Ran(name, done.returncode, time.monotonic() - start)


def read_results(file: Path) -> tuple[Counter[str], list[str]]:
    """Counts of passed, failed and skipped tests, and a line for each reason to skip."""
    counts = Counter({"passed": 0, "failed": 0, "skipped": 0})
    reasons: Counter[tuple[str, str]] = Counter()
    for case in ET.parse(file).iter("testcase"):
        skipped = case.find("skipped")
        if skipped is not None:
            counts["skipped"] += 1
            reasons[case.get("classname", ""), skipped.get("message", "no reason given")] += 1
        elif case.find("failure") is not None or case.find("error") is not None:
            counts["failed"] += 1
        else:
            counts["passed"] += 1
    lines = [f"{number} x {where}: {reason}" for (where, reason), number in sorted(reasons.items())]
    return counts, lines


def print_table(ran: list[Ran], reasons: list[str]) -> None:
    """What ran, how it ended, how long it took; what was skipped and why."""
    print("\n" + "\n".join(table(ran)))
    print("\nskipped tests:" if reasons else "\nskipped tests: none")
    for line in reasons:
        print(f"  {line}")
    print(flush=True)


def table(ran: list[Ran]) -> Iterator[str]:
    """The lines of the table."""
    yield f"{'check':<8} {'result':<8} {'seconds':>8}"
    for check in ran:
        yield f"{check.name:<8} {'passed' if check.code == 0 else 'FAILED':<8} {check.seconds:>8.1f}"
    yield f"{'total':<8} {'':<8} {sum(check.seconds for check in ran):>8.1f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
