"""What is made for Windows and cannot be run here: the installer's text, and templates for group policy."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from station_app import launcher
from station_app.cli.main import run
from station_app.services.local import admx, policy, settings
from station_app.services.local.policy import Policy
from sync.contract.errors import KnownError

N = f"{{{admx.NAMESPACE}}}"


@pytest.fixture
def made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, ET.Element]:
    assert run(["config", "admx", str(tmp_path / "组策略")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    files = sorted((tmp_path / "组策略").rglob("*.adm?"))
    return {p.relative_to(tmp_path / "组策略").as_posix(): ET.parse(p).getroot() for p in files}


def test_every_setting_of_a_policy_file_is_in_the_template_twice(made: dict[str, ET.Element]) -> None:
    written = {
        (policy_.get("key"), element.get("valueName"))
        for policy_ in made["station-app.admx"].iter(f"{N}policy")
        for element in next(policy_.iter(f"{N}elements"))
    }
    keys = [s.key for s in settings.SETTINGS if s.key not in policy.OWN]
    wanted = {(f"{policy.REGISTRY}\\{part}", key) for part in ("Fixed", "First") for key in keys}
    assert written == wanted | {(policy.REGISTRY, "Unit")}


@pytest.mark.parametrize("lang", ["zh-CN", "en-US"])
def test_every_word_the_template_names_is_there(made: dict[str, ET.Element], lang: str) -> None:
    text = made[f"{lang}/station-app.adml"]
    strings = {s.get("id"): s.text for s in text.iter(f"{N}string")}
    shown = {p.get("id"): [f.get("refId") for f in p] for p in text.iter(f"{N}presentation")}
    named, presented = set(), set()
    for element in made["station-app.admx"].iter():
        for value in element.attrib.values():
            named |= set(re.findall(r"\$\(string\.(\w+)\)", value))
            presented |= set(re.findall(r"\$\(presentation\.(\w+)\)", value))
    assert named == set(strings)
    assert all(strings.values())
    assert presented == set(shown)
    ids = {e.get("id") for p in made["station-app.admx"].iter(f"{N}elements") for e in p}
    assert ids == {ref for refs in shown.values() for ref in refs}


def test_lists_and_bounds_are_those_of_the_settings(made: dict[str, ET.Element]) -> None:
    """Whatever an administrator can choose there, the program accepts."""
    elements = [e for p in made["station-app.admx"].iter(f"{N}elements") for e in p if e.get("valueName") != "Unit"]
    kinds = set()
    for element in elements:
        key = str(element.get("valueName"))
        kinds.add(element.tag.removeprefix(N))
        values = [str(s.text) for s in element.iter(f"{N}string")]
        values += [str(element.get(bound)) for bound in ("minValue", "maxValue") if element.get(bound)]
        default = next(s.default for s in settings.SETTINGS if s.key == key)
        for value in [default, *values]:
            settings.allowed(Policy(fixed={key: value}))
    assert kinds == {"enum", "decimal", "text"}


def _values(**parts: dict[str, str]) -> Callable[[str], dict[str, str]]:
    return lambda subkey: parts.get(subkey or "Own", {})


def test_group_policy_goes_before_the_file() -> None:
    told = Policy(Path("p.toml"), "区信息中心", {"net.minutes": "7", "ui.large": "1"}, {})
    same = policy.with_registry(told, _values())
    assert same is told
    read = policy.with_registry(told, _values(Own={"Unit": "区政数局"}, Fixed={"net.minutes": "9"}))
    assert (read.unit, read.fixed) == ("区政数局", {"net.minutes": "9", "ui.large": "1"})
    alone = policy.with_registry(Policy(), _values(First={"net.minutes": "9"}))
    assert (str(alone.path), alone.first) == (policy.REGISTRY, {"net.minutes": "9"})
    with pytest.raises(KnownError, match="E-266"):
        policy.with_registry(Policy(), _values(Fixed={"number.series": "A"}))


def test_the_installers_text_names_what_exists(repo: Path) -> None:
    """Inno Setup runs on Windows only; here its names are held against the program and the launcher."""
    text = (repo / "resources/packaging/windows/station.iss").read_text("utf-8")
    for switch in ("/VERYSILENT", "/ALLUSERS", "/CURRENTUSER", "/CONFIG=", "/LOG="):
        assert switch in text, switch
    sections = re.split(r"^\[(\w+)\]$", text, flags=re.MULTILINE)
    parts = dict(zip(sections[1::2], sections[2::2], strict=True))
    assert {"Setup", "Files", "InstallDelete", "UninstallDelete", "Icons", "Registry", "Code"} <= set(parts)
    assert f'"{{app}}\\{launcher.VERSIONS}\\{{#Version}}"' in parts["Files"]
    assert f'"{{app}}\\{launcher.POINTER}"' in parts["InstallDelete"]
    assert all("launcher\\station-app.exe" in line for line in parts["Icons"].splitlines() if line.startswith("Name"))
    for line in parts["UninstallDelete"].splitlines():
        assert "userappdata" not in line
        assert "localappdata" not in line
    for name in re.findall(r'Source: "((?:LICENSE|resources)[^"]*)"', parts["Files"]):
        assert list(repo.glob(name.replace("\\", "/"))), name
    spec = (repo / "build.spec").read_text("utf-8")
    for folder in re.findall(r'Source: "dist\\(\S+?)\\\*"', parts["Files"]):
        assert f'name="{folder}"' in spec, folder
