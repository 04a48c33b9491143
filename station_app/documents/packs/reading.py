"""Read a template pack and check all of it: signature first, then every file; the first fault names file and line."""

from __future__ import annotations

import hashlib
import io
import re
import tomllib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from station_app.documents.parse import parse_template
from station_app.documents.template import Template, TemplateError
from station_app.domain import codes
from station_app.domain.clauses import clause as clauses
from station_app.domain.clauses.clause import Clause
from station_app.domain.codes import Codes
from sync.contract.errors import KnownError
from sync.contract.releasing import signed_file

MANIFEST: Final = "pack.toml"
SIGNATURE: Final = "pack.sig"
FORMAT: Final = "station-template-pack"

_NAME: Final = re.compile(
    r"papers/[a-z][a-z0-9_]*@[0-9]{4}-[0-9]{2}[0-9A-Za-z.-]*\.toml|(?:clauses|codes)/[a-z][a-z0-9_]*\.toml"
)
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{2,60}")
_MOST_FILES: Final = 300
_MOST_BYTES: Final = 512 * 1024
"""Of one file unpacked: a paper has some kilobytes."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was found good. `signer`: the name this station knows the key by; `sha256`: of the whole file."""

    id: str
    title: str
    issuer: str
    issued: date
    signer: str
    sha256: str
    templates: tuple[Template, ...]
    clauses: tuple[Clause, ...]
    lists: tuple[Codes, ...] = ()


def read_pack(data: bytes, *, file: str, trusted: Mapping[bytes, str]) -> Pack:
    """Check a pack and read it. `trusted`: public keys (32 bytes) -> names.

    E-346 unsigned, by an unknown key, or changed after signing; E-345 (file, part, line, reason) broken.
    """
    files = _unpack(data, file)
    manifest = files.pop(MANIFEST, b"")
    signer = _signer(manifest, files.pop(SIGNATURE, b""), file, trusted)
    head = _manifest(manifest, file)
    _same_files(head.pop("file", None), files, file)
    fields = _head(head, file, manifest)
    templates = tuple(_template(file, name, files[name]) for name in sorted(files) if name.startswith("papers/"))
    own = tuple(_clause(file, name, files[name]) for name in sorted(files) if name.startswith("clauses/"))
    lists = tuple(_list(file, name, files[name]) for name in sorted(files) if name.startswith("codes/"))
    sha256 = hashlib.sha256(data).hexdigest()
    return Pack(**fields, signer=signer, sha256=sha256, templates=templates, clauses=own, lists=lists)


def _unpack(data: bytes, file: str) -> dict[str, bytes]:
    """All files of the ZIP; sizes are looked at before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            if len(listed) > _MOST_FILES or any(i.file_size > _MOST_BYTES for i in listed):
                raise _broken(file, part=file, reason="文件过多或者过大")
            names = [i.filename for i in listed]
            for name in names:
                if names.count(name) > 1 or not (name in (MANIFEST, SIGNATURE) or _NAME.fullmatch(name)):
                    raise _broken(file, part=name, reason="模板包中不应有这个文件")
            return {i.filename: archive.read(i) for i in listed}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise _broken(file, part=file, reason="不是完整的 ZIP 文件") from error


def _signer(manifest: bytes, signature: bytes, file: str, trusted: Mapping[bytes, str]) -> str:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    read = signed_file.read(signature)
    if not manifest or read is None:
        raise KnownError("E-346", file=file)
    key, signed = read
    if key not in trusted:
        raise KnownError("E-346", file=file, why="unknown", key=key.hex())
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signed, signed_bytes(manifest))
    except InvalidSignature as error:
        raise KnownError("E-346", file=file, why="changed", part=MANIFEST) from error
    return trusted[key]


def signed_bytes(manifest: bytes) -> bytes:
    """What the signature covers: `GM1 templates`, a zero byte, the SHA-256 of `pack.toml` as packed."""
    return signed_file.message(b"templates", manifest)


def _manifest(manifest: bytes, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(manifest.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _broken(file, part=MANIFEST, line=_line(error), reason="不是合规的 TOML") from error


def _same_files(listed: object, files: Mapping[str, bytes], file: str) -> None:
    """What lies in the pack is what was signed: no file more, none less, none changed."""
    entries = listed if isinstance(listed, list) else []
    wanted = {str(e.get("name")): str(e.get("sha256")) for e in entries if isinstance(e, dict)}
    for name in sorted(wanted.keys() | files.keys()):
        if name not in files or hashlib.sha256(files[name]).hexdigest() != wanted.get(name):
            raise KnownError("E-346", file=file, why="changed", part=name)
    if not files:
        raise _broken(file, part=MANIFEST, reason="没有任何文书、条款或者代码表")


def _head(raw: dict[str, Any], file: str, manifest: bytes) -> dict[str, Any]:
    def of(name: str) -> str:
        value = raw.pop(name, None)
        if not isinstance(value, str) or not value.strip():
            raise _broken(file, part=MANIFEST, line=_line_of(manifest, name), reason=f"缺少 {name}")
        return value

    if raw.pop("format", None) != FORMAT or raw.pop("version", None) != 1:
        raise _broken(file, part=MANIFEST, line=_line_of(manifest, "format"), reason="不是本程序能识别的模板包")
    fields: dict[str, Any] = {name: of(name) for name in ("id", "title", "issuer")}
    if not _ID.fullmatch(fields["id"]):
        raise _broken(file, part=MANIFEST, line=_line_of(manifest, "id"), reason="id 只能用小写字母、数字和短横")
    issued = raw.pop("issued", None)
    if not isinstance(issued, date):
        raise _broken(file, part=MANIFEST, line=_line_of(manifest, "issued"), reason="issued 应当是日期")
    if raw:
        name = sorted(raw)[0]
        raise _broken(file, part=MANIFEST, line=_line_of(manifest, name), reason=f"不认识“{name}”")
    return {**fields, "issued": issued}


def _template(file: str, name: str, data: bytes) -> Template:
    short = name.removeprefix("papers/")
    try:
        template = parse_template(data.decode("utf-8"), file=short)
    except UnicodeDecodeError as error:
        raise _broken(file, part=name, reason="不是 UTF-8 文本") from error
    except TemplateError as error:
        line, reason = error.values["line"], error.values["reason"]
        raise _broken(file, part=name, line=line, reason=str(reason)) from error
    if short != f"{template.id}@{template.edition}.toml":
        reason = f"文件名应当是 {template.id}@{template.edition}.toml"
        raise _broken(file, part=name, line=_line_of(data, "edition"), reason=reason)
    return template


def _clause(file: str, name: str, data: bytes) -> Clause:
    try:
        return clauses.parse(tomllib.loads(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise _broken(file, part=name, reason="不是 UTF-8 文本") from error
    except tomllib.TOMLDecodeError as error:
        raise _broken(file, part=name, line=_line(error), reason="不是合规的 TOML") from error
    except (KeyError, TypeError, ValueError) as error:
        said = str(error.args[0]) if error.args else ""
        quoted = re.search(r"'(\w+)'$", said)  # a key that does not belong there
        said = quoted[1] if quoted else said
        raise _broken(file, part=name, line=_line_of(data, said), reason=f"条款有误：{said}") from error


def _list(file: str, name: str, data: bytes) -> Codes:
    """A code list; only those of local names and kinds, and every group it names is in it."""
    short = name.removeprefix("codes/").removesuffix(".toml")
    if short not in codes.REPLACEABLE:
        raise _broken(file, part=name, reason="这份代码表不能由模板包替换")
    try:
        return codes.parse(short, tomllib.loads(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise _broken(file, part=name, reason="不是 UTF-8 文本") from error
    except tomllib.TOMLDecodeError as error:
        raise _broken(file, part=name, line=_line(error), reason="不是合规的 TOML") from error
    except (KeyError, TypeError, ValueError) as error:
        said = str(error.args[0]) if error.args else ""
        raise _broken(file, part=name, line=_line_of(data, said.split(":")[0]), reason=f"代码表有误：{said}") from error


def _broken(file: str, *, part: str, reason: str, line: object = 1) -> KnownError:
    # `reason` picks no variant of the sentence here: no E-345 has one
    return KnownError("E-345", file=file, part=part, line=line, reason=reason)


def _line(error: Exception) -> int:
    found = re.search(r"line (\d+)", str(error))
    return int(found[1]) if found else 1


def _line_of(data: bytes, found: str) -> int:
    """The line where a word stands first, else the first line."""
    at = data.find(found.encode("utf-8")) if found else -1
    return data.count(b"\n", 0, max(at, 0)) + 1
