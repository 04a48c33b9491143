"""A wrong clock does not stop travelling; another authority or host does, whatever the clock says."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from sync.client.transport import HttpTransport
from tests.sync.loopback import code_of, plain, serving


def _issue(
    subject: str, key: ec.EllipticCurvePrivateKey, issuer: tuple[x509.Name, ec.EllipticCurvePrivateKey] | None,
    days: tuple[int, int], host: str = "",
) -> x509.Certificate:  # fmt: skip
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer[0] if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=days[0]))
        .not_valid_after(now + datetime.timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=not host, path_length=None), critical=True)
    )
    if host:
        names = [x509.DNSName(host), x509.IPAddress(ipaddress.ip_address("127.0.0.2"))]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(issuer[1] if issuer else key, SHA256())


def tls(tmp_path: Path, days: tuple[int, int], host: str = "localhost") -> tuple[ssl.SSLContext, str]:
    """A server's context, and the file of the authority that issued it."""
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca = _issue("district", ca_key, None, (-10_000, 10_000))
    leaf = _issue("server", key, (ca.subject, ca_key), days, host)
    (tmp_path / "ca.pem").write_bytes(ca.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "server.pem").write_bytes(leaf.public_bytes(Encoding.PEM) + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    return context, str(tmp_path / "ca.pem")


@pytest.mark.parametrize(
    ("days", "suspect"), [((-1, 1), False), ((2000, 3000), True), ((-3000, -2000), True)], ids=["good", "2019", "late"]
)
def test_a_wrong_clock_does_not_stop_travelling(tmp_path: Path, days: tuple[int, int], suspect: bool) -> None:
    """To a PC whose clock stands in 2019 a good certificate is "not yet valid": only the dates are let go."""
    context, ca_file = tls(tmp_path, days)
    with serving(plain, context) as url:
        line = HttpTransport(url, ca_file=ca_file)
        assert line.post("/v1/hello", {}, b"x", limit=10).body == b"x"
        assert line.clock_suspect is suspect
        assert line.post("/v1/hello", {}, b"y", limit=10).body == b"y"
        line.close()


@pytest.mark.parametrize("days", [(-1, 1), (2000, 3000)])
def test_another_authority_or_host_is_refused_whatever_the_clock(tmp_path: Path, days: tuple[int, int]) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    context, ca_file = tls(tmp_path / "a", days)
    _, other = tls(tmp_path / "b", days)
    with serving(plain, context) as url:
        assert code_of(url, ca_file=other) == "E-103"
        assert code_of(url) == "E-103"  # the system's authorities do not know the district's
        assert code_of(url.replace("localhost", "127.0.0.1"), ca_file=ca_file) == "E-103"


def test_a_ca_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("not a certificate")
    assert code_of("https://district.example", ca_file=str(tmp_path / "ca.pem")) == "E-516"
    assert code_of("https://district.example", ca_file=str(tmp_path / "absent.pem")) == "E-516"


def test_plain_http_at_a_tls_port(tmp_path: Path) -> None:
    context, _ = tls(tmp_path, (-1, 1))
    with serving(plain, context) as url:
        assert code_of(url.replace("https", "http")) == "E-106"
