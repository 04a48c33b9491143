"""The .deb: made, put into a system root of its own by dpkg, started there, removed; what a user saved stays."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import pytest

from station_app import launcher
from tests.packaging.packed import ROOT, bundle, ran
from tests.packaging.packed import launcher as packed_launcher

APPID = "local.station-app"
ORG = """[station]
station = "东坑社区科学城工地群众诉求服务站"
station_code = "GM-FH-DK-01"
community = "dongkeng"
street = "凤凰街道"
committee = "深圳市光明区凤凰街道东坑社区人民调解委员会"
short = "光凤东坑"
court = "深圳市光明区人民法院"
[[people]]
name = "李明"
roles = ["mediator", "head"]
"""

pytestmark = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg is not here: this system has other packages")


def make(tmp_path: Path, *options: str) -> Path:
    """A package of the small stand-ins."""
    (tmp_path / "out").mkdir(exist_ok=True)
    if not (tmp_path / "bundle").exists():
        bundle(tmp_path / "bundle", "0.3.1")
        packed_launcher(tmp_path / "launcher")
    where = ["--bundle", tmp_path / "bundle", "--launcher", tmp_path / "launcher", "--out", tmp_path / "out"]
    said = ran(sys.executable, ROOT / ".ci" / "deb.py", *where, "--level", "0", *options)
    return Path(said.strip())


def dpkg(root: Path, *words: object) -> None:
    """dpkg in a root of its own; what Qt needs of the system is not in there, so dependencies are not looked at."""
    for name in ("updates", "info"):
        (root / "var/lib/dpkg" / name).mkdir(parents=True, exist_ok=True)
    (root / "var/lib/dpkg/status").touch()
    needs_root: Sequence[str] = () if os.geteuid() == 0 or not shutil.which("fakeroot") else ("fakeroot",)
    options = ["--force-depends", "--force-not-root", f"--log={root}/dpkg.log"]
    command = [*needs_root, "dpkg", f"--root={root}", *options, *(str(word) for word in words)]
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr


def test_installed_started_and_removed_with_the_data_kept(tmp_path: Path) -> None:
    path = make(tmp_path)
    assert path.name.startswith(f"{APPID}_0.3.1.0_")
    root, data = tmp_path / "root", tmp_path / "home" / "data"
    dpkg(root, "-i", path)
    place = root / "opt/apps" / APPID
    program = place / "files/launcher"
    assert ran(program / "station", "--version").strip() == "station 0.3.1"
    assert ran(program / "station-app", "--version").strip() == "station-app 0.3.1"
    assert ran(program / "station-app", "--self-test").strip()

    (tmp_path / "org.toml").write_text(ORG, "utf-8")
    (tmp_path / "pw").write_text("correct horse")
    given = ["--data-dir", data, "--password-file", tmp_path / "pw", "--json"]
    ran(program / "station", "init", "--org", tmp_path / "org.toml", *given)
    found = {f["name"]: f for f in json.loads(ran(program / "station", "doctor", *given, code=1))}
    assert found["数据库"]["ok"]
    ran(program / "station", "case", "new", "--summary", "卸载前登记", "--applicant", "张某", *given)

    before = sorted(p.relative_to(data) for p in data.rglob("*"))
    dpkg(root, "-r", APPID)
    assert not place.exists()
    assert sorted(p.relative_to(data) for p in data.rglob("*")) == before
    dpkg(root, "-i", path)
    assert len(json.loads(ran(program / "station", "case", "list", *given))) == 1


def test_what_lies_where(tmp_path: Path) -> None:
    path = make(tmp_path)
    listed = subprocess.run(["dpkg-deb", "-c", str(path)], check=True, capture_output=True, text=True).stdout
    rows = [line.split(maxsplit=5) for line in listed.splitlines()]
    names = [row[5].split(" -> ")[0].removeprefix("./") for row in rows]
    assert {row[1] for row in rows} == {"root/root"}
    assert [n for n in names if n and not n.startswith("opt/apps/" + APPID) and n not in ("opt/", "opt/apps/")] == []
    assert not [row for row in rows if row[0][5] == "w" or row[0][8] == "w"], "only root writes there"

    subprocess.run(["dpkg-deb", "-R", str(path), str(tmp_path / "raw")], check=True)
    assert [p.name for p in (tmp_path / "raw/DEBIAN").iterdir()] == ["control"], "no script of ours runs"
    place = tmp_path / "raw/opt/apps" / APPID
    info = json.loads((place / "info").read_text("utf-8"))
    assert (info["appid"], info["version"], set(info["permissions"].values())) == (APPID, "0.3.1.0", {False})
    entry = (place / "entries/applications" / f"{APPID}.desktop").read_text("utf-8")
    started = f"/opt/apps/{APPID}/files/launcher/station-app"
    assert f"Exec={started} %F" in entry.splitlines()
    assert f"Icon={APPID}" in entry.splitlines()
    assert (place / "files/launcher/station-app").is_file(), started
    assert ET.parse(place / "entries/mime/packages" / f"{APPID}.xml").getroot().tag.endswith("mime-info")
    assert ET.parse(place / f"entries/icons/hicolor/scalable/apps/{APPID}.svg").getroot().tag.endswith("svg")
    licences = sorted(p.name for p in (place / "files/licences").iterdir())
    assert licences == ["OFL-NotoSansSC.txt", "OFL-NotoSerifSC.txt", "station-app.txt"]
    home = place / "files"
    assert (home / launcher.MANAGED).is_file()
    assert launcher.installed(home) == ["0.3.1"]


def test_for_other_desktops_entries_lie_in_usr_too(tmp_path: Path) -> None:
    path = make(tmp_path, "--layout", "debian", "--appid", "cn.example.desk", "--version", "1.2")
    assert path.name.startswith("cn.example.desk-debian_1.2.0.0_")
    subprocess.run(["dpkg-deb", "-x", str(path), str(tmp_path / "raw")], check=True)
    usr = tmp_path / "raw/usr"
    assert "cn.example.desk" in (usr / "share/applications/cn.example.desk.desktop").read_text("utf-8")
    assert (usr / "bin/station").readlink() == Path("/opt/apps/cn.example.desk/files/launcher/station")
