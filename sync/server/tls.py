"""TLS without a bought certificate: an authority of the district's own and a certificate of its server."""

from __future__ import annotations

import datetime
import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sync.contract.errors import KnownError
from sync.server.keys import write_private

CA: Final = "tls-ca.pem"
CA_KEY: Final = "tls-ca-key.pem"
CERTIFICATE: Final = "tls-cert.pem"
KEY: Final = "tls-key.pem"
_CA_DAYS: Final = 20 * 365
_DAYS: Final = 820
_BEFORE_DAYS: Final = 2


@dataclass(frozen=True, slots=True)
class Files:
    """Where the parts lie; stations get the authority's file (`net.ca_file`)."""

    authority: Path
    certificate: Path
    key: Path


def files(directory: Path) -> Files:
    """The files of a district's directory, whether they exist or not."""
    return Files(directory / CA, directory / CERTIFICATE, directory / KEY)


def make(directory: Path, *, district: str, hosts: list[str], now_ms: int) -> Files:
    """Make a certificate for host names and addresses; the authority is made once and kept. E-216 without a host."""
    names = [name for name in (host.strip() for host in hosts) if name]
    if not names:
        raise KnownError("E-216", field="host")
    now = datetime.datetime.fromtimestamp(now_ms / 1000, datetime.UTC)
    ca_key, ca = _authority(directory, district, now)
    key = ec.generate_private_key(ec.SECP256R1())
    ca_identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    certificate = (
        _builder(_name(names[0]), ca.subject, key.public_key(), now, _DAYS)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(ca_identifier, critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    found = files(directory)
    write_private(found.key, _pem(key))
    write_private(found.certificate, certificate.public_bytes(serialization.Encoding.PEM))
    return found


def _authority(
    directory: Path, district: str, now: datetime.datetime
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    if (directory / CA_KEY).exists():
        key = serialization.load_pem_private_key((directory / CA_KEY).read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise KnownError("E-517", name=CA_KEY)
        return key, x509.load_pem_x509_certificate((directory / CA).read_bytes())
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(district)
    usage = x509.KeyUsage(
        key_cert_sign=True,
        crl_sign=True,
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        _builder(name, name, key.public_key(), now, _CA_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    write_private(directory / CA_KEY, _pem(key))
    write_private(directory / CA, certificate.public_bytes(serialization.Encoding.PEM))
    return key, certificate


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime.datetime, days: int
) -> x509.CertificateBuilder:
    """Valid from a little earlier: a station's clock may be slow."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=_BEFORE_DAYS))
        .not_valid_after(now + datetime.timedelta(days=days))
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
