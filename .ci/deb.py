"""Make the .deb of the desk from what build.spec packed: `deb.py --bundle dist/station-app --launcher dist/launcher`.

UOS layout: everything under /opt/apps/APPID (`entries` for the desktop, `files` for the program, `info` for the store),
no script of a maintainer runs. `--layout debian` puts beside it what other desktops (Kylin, Debian) look for in /usr:
menu entry, icon, kind of file, the `station` command. The program lies under files/ as the launcher wants it; the file
`managed` there says that only packages change it. Removing the package leaves every user's data where it is.

The name APPID should be the publisher's own domain turned round; without one it is local.station-app.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from qt_libraries import PACKAGES

ROOT = Path(__file__).resolve().parents[1]
LINUX = ROOT / "resources" / "packaging" / "linux"
APPID = "local.station-app"
NAME = "群众诉求服务站"
PERMISSIONS = (
    *("autostart", "notification", "trayicon", "clipboard", "account", "bluetooth", "camera", "audio_record"),
    "installed_apps",
)
"""What a store asks about; the desk wants none of it."""
PRINTING = ("libcups2",)


def lay_out(home: Path, bundle: Path, launcher: Path, version: str) -> None:
    """The program as the launcher wants it: HOME/launcher, HOME/versions/VERSION, owned by packages."""
    shutil.copytree(launcher, home / "launcher", symlinks=True)
    shutil.copytree(bundle, home / "versions" / version, symlinks=True)
    (home / "managed").write_text("deb\n", encoding="utf-8")
    licences = home / "licences"
    licences.mkdir()
    shutil.copy(ROOT / "LICENSE", licences / "station-app.txt")
    for text in sorted((ROOT / "resources" / "fonts").glob("OFL-*.txt")):
        shutil.copy(text, licences)


def entries(place: Path, appid: str, program: str) -> None:
    """Menu entry, icon and kind of file under a `share` or an `entries` folder."""
    desktop = (LINUX / "station-app.desktop").read_text("utf-8")
    desktop = desktop.replace("Exec=station-app", f"Exec={program}").replace("Icon=station-app", f"Icon={appid}")
    for folder, name, text in (
        ("applications", f"{appid}.desktop", desktop),
        ("mime/packages", f"{appid}.xml", (LINUX / "station-bundle.xml").read_text("utf-8")),
        ("icons/hicolor/scalable/apps", f"{appid}.svg", (LINUX / "station-app.svg").read_text("utf-8")),
    ):
        (place / folder).mkdir(parents=True, exist_ok=True)
        (place / folder / name).write_text(text, encoding="utf-8")


def info(appid: str, version: str, arch: str) -> str:
    """What a store reads."""
    said = {
        "appid": appid, "name": NAME, "version": version, "arch": [arch],
        "permissions": dict.fromkeys(PERMISSIONS, False), "support-plugins": [], "plugins": [],
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def stage(tree: Path, options: argparse.Namespace, version: str, arch: str) -> None:
    """Everything the package holds, under `tree`."""
    place = tree / "opt" / "apps" / options.appid
    lay_out(place / "files", options.bundle, options.launcher, version)
    started = f"/opt/apps/{options.appid}/files/launcher"
    entries(place / "entries", options.appid, f"{started}/station-app")
    (place / "info").write_text(info(options.appid, four(version), arch), encoding="utf-8")
    if options.layout == "debian":
        entries(tree / "usr" / "share", options.appid, f"{started}/station-app")
        (tree / "usr" / "bin").mkdir(parents=True)
        (tree / "usr" / "bin" / "station").symlink_to(f"{started}/station")
    for path in [tree, *tree.rglob("*")]:  # whatever the umask was: everybody reads, nobody but root writes
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def control(tree: Path, appid: str, version: str, arch: str) -> str:
    """The control file; sizes in KiB."""
    size = sum(p.lstat().st_size for p in tree.rglob("*") if p.is_file()) // 1024 + 1
    needs = sorted({"libc6", *PACKAGES.values(), *PRINTING} - {""})
    return (
        f"Package: {appid}\nVersion: {four(version)}\nArchitecture: {arch}\nSection: misc\nPriority: optional\n"
        f"Maintainer: station-app <station-app@localhost>\nInstalled-Size: {size}\nDepends: {', '.join(needs)}\n"
        f"Description: {NAME}\n Appeals, mediation and papers of a community service station, also without a network.\n"
    )


def four(version: str) -> str:
    """A version of four numbers, as stores want it."""
    parts = version.split(".")
    if not re.fullmatch(r"\d+(\.\d+){1,3}", version):
        raise SystemExit(f"deb: not a version: {version}")
    return ".".join([*parts, *["0"] * (4 - len(parts))])


def build(options: argparse.Namespace) -> Path:
    """Make the package; its file."""
    version = options.version or (options.bundle / "_internal" / "resources" / "version").read_text("utf-8").strip()
    asked = ["dpkg", "--print-architecture"]
    arch = options.arch or subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    options.out.mkdir(parents=True, exist_ok=True)
    mark = "" if options.layout == "uos" else f"-{options.layout}"
    path: Path = options.out / f"{options.appid}{mark}_{four(version)}_{arch}.deb"
    with tempfile.TemporaryDirectory(prefix="deb-") as temporary:
        tree = Path(temporary) / "tree"
        tree.mkdir()
        stage(tree, options, version, arch)
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN" / "control").write_text(control(tree, options.appid, version, arch), encoding="utf-8")
        # xz: dpkg of Debian 11 and of UOS 20 cannot unpack zstd
        packing = ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{options.level}", "-b", str(tree), str(path)]
        subprocess.run(packing, check=True, stdout=subprocess.DEVNULL)
    return path


def main(argv: Sequence[str] | None = None) -> None:
    """As the first line says."""
    parser = argparse.ArgumentParser(description="Pack the desk as a .deb")
    parser.add_argument("--bundle", type=Path, default=ROOT / "dist" / "station-app", help="one version, packed")
    parser.add_argument("--launcher", type=Path, default=ROOT / "dist" / "launcher", help="the launcher, packed")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--appid", default=os.environ.get("APPID") or APPID)
    parser.add_argument("--layout", choices=("uos", "debian"), default="uos")
    parser.add_argument("--version", default="", help="default: what the packed program says of itself")
    parser.add_argument("--arch", default="", help="default: this machine's")
    parser.add_argument("--level", type=int, choices=range(10), default=3, help="of xz; 3 is quick, 9 is small")
    print(build(parser.parse_args(argv)))


if __name__ == "__main__":
    main()
