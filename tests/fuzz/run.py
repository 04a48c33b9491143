"""`make fuzz MINUTES=n`: each target for its share of the minutes, guided by coverage (atheris); prints what it found.

Inputs that break something lie in build/fuzz afterwards; mended, they are kept under tests/data/fuzz/<target>.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WORK = Path(__file__).parents[2] / "build" / "fuzz"


def main(arguments: list[str]) -> int:
    """Run every target (or those named) in a process of its own; 1 where something was found."""
    try:
        import atheris  # noqa: F401  - only whether it is there
    except ImportError:
        print("fuzz: skipped, atheris is not here (wheels for Linux on x86-64 only): pip install -e '.[fuzz]'")
        return 0
    from tests.fuzz.targets import TARGETS

    minutes, names = float(arguments[0]), arguments[1:] or list(TARGETS)
    worst = 0
    for name in names:
        seconds = max(5, int(minutes * 60 / len(names)))
        done = subprocess.run([sys.executable, "-m", "tests.fuzz.run", "--target", name, str(seconds)], check=False)
        print(f"fuzz: {name}: {'nothing found' if done.returncode == 0 else 'FOUND, see ' + str(WORK / name)}")
        worst = max(worst, int(done.returncode != 0))
    return worst


def one(name: str, seconds: int) -> None:
    """Fuzz one target in this process; never returns."""
    import atheris

    with atheris.instrument_imports(include=["sync"]):
        from tests.fuzz import targets
    corpus = WORK / name / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    inputs = targets.seeds(name) + [path.read_bytes() for path in targets.found(name)]
    for number, data in enumerate(inputs):
        (corpus / f"seed-{number}").write_bytes(data)
    options = [
        f"-max_total_time={seconds}",
        f"-artifact_prefix={WORK / name}/",
        "-max_len=65536",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], str(corpus), *options], targets.TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1] == "--target":
        one(sys.argv[2], int(sys.argv[3]))
    sys.exit(main(sys.argv[1:]))
