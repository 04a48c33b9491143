"""The whole way of the .deb: put into a system root of its own by dpkg, started there, removed, data kept.

`deb_check.py PACKAGE.deb [--picture FILE.png]`; run by `make deb-check`, which packs the real program before. With Xvfb
the desk is started on a screen, and what it shows is kept as a picture. Prints a line for each step; exit 1 at the
first that fails.
"""

from __future__ import annotations

import argparse
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ORG = """[station]
station = "演示工地群众诉求服务站"
station_code = "GM-XX-00-01"
community = "dongkeng"
street = "凤凰街道"
committee = "演示人民调解委员会"
short = "演示"
court = "演示人民法院"
[[people]]
name = "李明"
roles = ["mediator", "head"]
"""
SIZE = (1366, 768)


def said(*words: object, code: int | None = 0, **more: str) -> str:
    """Run a program to its end; its standard output. `code` None: whatever its end."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **more}
    for name in ("PYTHONPATH", "STATION_HOME", "STATION_VERSION", "STATION_RESOURCES"):
        environment.pop(name, None)  # nothing of the checkout helps the packed program
    command = [str(word) for word in words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    if code is not None and done.returncode != code:
        raise SystemExit(f"failed ({done.returncode}): {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def dpkg(root: Path, *words: object) -> None:
    """dpkg in a root of its own."""
    for name in ("updates", "info"):
        (root / "var/lib/dpkg" / name).mkdir(parents=True, exist_ok=True)
    (root / "var/lib/dpkg/status").touch()
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    said("dpkg", f"--root={root}", "--force-depends", "--force-not-root", f"--log={root}/log", *words, PATH=path)


def shown(program: Path, data: Path, picture: Path | None) -> str:
    """Start the desk on a screen of its own until it shows many colours; how long that took."""
    with tempfile.TemporaryDirectory(prefix="screen-") as folder:
        read, write = os.pipe()
        screen = [*("Xvfb", "-displayfd", str(write), "-screen", "0"), f"{SIZE[0]}x{SIZE[1]}x24", "-fbdir", folder]
        server = subprocess.Popen(screen, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        display = os.read(read, 20).decode().strip()
        os.close(read)
        environment = {**os.environ, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
        began = time.monotonic()
        desk = subprocess.Popen([str(program), "--data-dir", str(data)], env=environment, stderr=subprocess.PIPE)
        try:
            while time.monotonic() - began < 60:
                if desk.poll() is not None:
                    raise SystemExit(f"the desk ended: {desk.communicate()[1].decode()}")
                _, rows = pixels(Path(folder) / "Xvfb_screen0")
                if len(set(struct.iter_unpack("<I", rows))) > 30:
                    took = time.monotonic() - began
                    time.sleep(1.5)
                    if picture is not None:
                        keep(*pixels(Path(folder) / "Xvfb_screen0"), picture)
                    return f"{took:.1f} s"
                time.sleep(0.1)
            raise SystemExit("the desk showed nothing in a minute")
        finally:
            for process in (desk, server):
                process.terminate()
                process.wait(20)


def pixels(dump: Path) -> tuple[int, bytes]:
    """(width, pixels of 4 bytes) of a screen dump in XWD format."""
    raw = dump.read_bytes()
    head = struct.unpack(">25I", raw[:100])
    start, width, height, colours = head[0], head[4], head[5], head[19]
    begin = start + 12 * colours
    return width, raw[begin : begin + width * height * 4]


def keep(width: int, rows: bytes, picture: Path) -> None:
    """Write pixels as a PNG."""
    from PIL import Image

    image = Image.frombytes("RGB", (width, len(rows) // width // 4), rows, "raw", "BGRX")
    image.save(picture)


def main() -> None:
    """As the first line says."""
    parser = argparse.ArgumentParser(description="Install, start and remove a .deb in a root of its own")
    parser.add_argument("package", type=Path)
    parser.add_argument("--picture", type=Path, help="what the desk shows (needs Xvfb)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="deb-check-") as temporary:
        place = Path(temporary)
        name = said("dpkg-deb", "-f", options.package, "Package").strip()
        root, data = place / "root", place / "user" / "data"
        dpkg(root, "-i", options.package)
        print(f"installed: {name}", flush=True)
        launcher = root / "opt/apps" / name / "files/launcher"
        print("started:", said(launcher / "station", "--version").strip(), flush=True)
        print("drawn:", said(launcher / "station-app", "--self-test").strip().splitlines()[-1], flush=True)
        (place / "org.toml").write_text(ORG, encoding="utf-8")
        (place / "pw").write_text("correct horse")
        given = ["--data-dir", data, "--password-file", place / "pw"]
        said(launcher / "station", "init", "--org", place / "org.toml", *given)
        said(launcher / "station", "case", "new", "--summary", "卸载前登记", "--applicant", "张某", *given)
        print(said(launcher / "station", "doctor", *given, code=None).strip(), flush=True)
        if shutil.which("Xvfb"):
            print("log-in page on a screen:", shown(launcher / "station-app", data, options.picture), flush=True)
        else:
            print("Xvfb is not here: the desk was drawn without a screen only", flush=True)
        before = sorted(path.name for path in data.rglob("*"))
        dpkg(root, "-r", name)
        if (root / "opt/apps" / name).exists() or sorted(path.name for path in data.rglob("*")) != before:
            raise SystemExit("removing left something of the program, or took something of the user's")
        print("removed; the user's data is where it was", flush=True)


if __name__ == "__main__":
    sys.exit(main())
