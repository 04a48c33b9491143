"""Make a template pack: for the district or its legal bureau, who hold the key."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Final

from station_app.documents.packs.reading import FORMAT, MANIFEST, SIGNATURE, signed_bytes
from sync.contract.releasing import signed_file

_WHEN: Final = (1980, 1, 1, 0, 0, 0)


def make_pack(
    files: Mapping[str, bytes], *, pack_id: str, title: str, issuer: str, issued: date, private_key: bytes
) -> bytes:
    """The bytes of a signed pack; the same input gives the same bytes. `files`: name in the pack -> content;
    `private_key`: Ed25519, 32 bytes. It is not checked here: reading it says what is wrong.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    lines = [f'format = "{FORMAT}"', "version = 1", f"id = {_quoted(pack_id)}", f"title = {_quoted(title)}"]
    lines += [f"issuer = {_quoted(issuer)}", f"issued = {issued.isoformat()}", ""]
    for name, content in sorted(files.items()):
        lines += ["[[file]]", f"name = {_quoted(name)}", f'sha256 = "{hashlib.sha256(content).hexdigest()}"', ""]
    manifest = "\n".join(lines).encode("utf-8")
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    signature = signed_file.write(key.public_key().public_bytes_raw(), key.sign(signed_bytes(manifest)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {MANIFEST: manifest, SIGNATURE: signature, **dict(sorted(files.items()))}.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _quoted(text: str) -> str:
    """A TOML basic string."""
    plain = "".join(c for c in text if c >= " ")
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
