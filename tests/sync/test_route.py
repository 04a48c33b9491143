"""Which way to the server: environment, Windows registry, Linux desktop, automatic configurations, exceptions."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from sync.client.route import choosing, pac, system
from sync.client.route.choosing import ProxyChoice
from sync.client.route.system import Said
from sync.contract.errors import KnownError

URL = "https://platform.gm.gov.cn/v1"


def proxies(url: str, said: Said) -> tuple[str, ...]:
    return choosing.find(url, ProxyChoice(), say=lambda: said).proxies


@pytest.mark.parametrize(
    ("values", "https", "bypassed"),
    [
        ({"https_proxy": "http://10.1.1.1:8080"}, "http://10.1.1.1:8080", False),
        ({"HTTPS_PROXY": "10.1.1.1:8080"}, "http://10.1.1.1:8080", False),
        ({"all_proxy": "http://10.1.1.1:8080", "NO_PROXY": "10.0.0.0/8,.gm.gov.cn"}, "http://10.1.1.1:8080", True),
        ({"http_proxy": "http://10.1.1.1:8080"}, "", True),
        ({}, "", True),
    ],
)
def test_the_environment(values: dict[str, str], https: str, bypassed: bool) -> None:
    assert proxies(URL, system.from_environment(values)) == ("" if bypassed else https,)


def test_the_windows_registry() -> None:
    plain = {"ProxyEnable": 1, "ProxyServer": "proxy.gm:3128", "ProxyOverride": "*.local;10.*;<local>"}
    assert proxies(URL, system.from_registry(plain)) == ("http://proxy.gm:3128",)
    for near in ("https://files.local/", "https://10.2.3.4/", "https://intranet/"):
        assert proxies(near, system.from_registry(plain)) == ("",)
    apart = {"ProxyEnable": 1, "ProxyServer": "http=a:1;https=b:2;ftp=c:3"}
    assert proxies(URL, system.from_registry(apart)) == ("http://b:2",)
    assert proxies("http://x.cn", system.from_registry(apart)) == ("http://a:1",)
    assert proxies(URL, system.from_registry({"ProxyEnable": 0, "ProxyServer": "a:1"})) == ("",)
    assert system.from_registry({"ProxyEnable": 0, "AutoConfigURL": "http://wpad/p.pac"}).pac == "http://wpad/p.pac"


def test_the_linux_desktop_is_asked_by_its_own_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A `gsettings` that answers as GNOME's does, called for real."""
    answers = tmp_path / "gsettings"
    answers.write_text(
        '#!/bin/sh\ncase "$2 $3" in\n'
        "'org.gnome.system.proxy mode') echo \"'manual'\";;\n"
        "'org.gnome.system.proxy.https host') echo \"'proxy.gm'\";;\n"
        "'org.gnome.system.proxy.https port') echo 3128;;\n"
        "'org.gnome.system.proxy.http host') echo \"''\";;\n"
        "'org.gnome.system.proxy.http port') echo 0;;\n"
        "*ignore-hosts) echo \"['localhost', '10.0.0.0/8']\";;\n"
        "*) exit 1;; esac\n"
    )
    answers.chmod(answers.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    said = system.said({})
    assert said == Said("desktop", "", "proxy.gm:3128", ("localhost", "10.0.0.0/8"))
    assert proxies(URL, said) == ("http://proxy.gm:3128",)
    assert proxies("https://10.9.9.9/", said) == ("",)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert system.said({}) == Said()


SCRIPT = """
function FindProxyForURL(url, host) {
  if (isPlainHostName(host) || dnsDomainIs(host, ".local")) return "DIRECT";
  if (isInNet(host, "127.0.0.0", "255.0.0.0")) return "DIRECT";
  if (shExpMatch(host, "*.gov.cn")) return "PROXY 10.0.0.1:8080; HTTPS 10.0.0.2:8443; DIRECT";
  if (url.indexOf("secret") >= 0) return "PROXY leaked:1";
  return "SOCKS5 10.0.0.3:1080; PROXY 10.0.0.4:80";
}
"""


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://intranet/", ("",)),
        ("https://nas.local/", ("",)),
        ("https://127.0.0.1:8700/", ("",)),
        ("https://a.gm.gov.cn/", ("http://10.0.0.1:8080", "https://10.0.0.2:8443", "")),
        ("https://192.0.2.9/secret?q=secret", ("http://10.0.0.4:80",)),
    ],
)
def test_an_automatic_configuration(tmp_path: Path, url: str, wanted: tuple[str, ...]) -> None:
    """Kinds that are not spoken are passed over; path and query of the address are not shown to the script."""
    (tmp_path / "办公.pac").write_text(SCRIPT, "gb18030")
    route = choosing.find(url, ProxyChoice(choosing.PAC, pac=str(tmp_path / "办公.pac")))
    assert route.proxies == wanted
    assert pac.load((tmp_path / "办公.pac").as_uri()) == SCRIPT


@pytest.mark.parametrize("script", ["", "function FindProxyForURL(", "throw 1", "var x = 1;"])
def test_a_broken_configuration_is_told(tmp_path: Path, script: str) -> None:
    (tmp_path / "p.pac").write_text(script, "utf-8")
    with pytest.raises(KnownError, match="E-118"):
        choosing.find(URL, ProxyChoice(choosing.PAC, pac=str(tmp_path / "p.pac")))


def test_the_log_in_goes_to_proxies_without_one_and_is_never_shown() -> None:
    route = choosing.find(URL, ProxyChoice("10.0.0.1:80", user="东坑@x", password="p:w/1"))
    assert route.proxies == ("http://%E4%B8%9C%E5%9D%91%40x:p%3Aw%2F1@10.0.0.1:80",)
    assert choosing.shown(route.proxies[0]) == "http://10.0.0.1:80"
    assert "p%3Aw" not in repr(route)
    own = choosing.find(URL, ProxyChoice("http://a:b@10.0.0.1:80", user="c", password="d"))
    assert own.proxies == ("http://a:b@10.0.0.1:80",)
    with pytest.raises(KnownError, match="E-518"):
        choosing.find(URL, ProxyChoice("http://x:99999"))
