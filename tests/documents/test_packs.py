"""Template packs: signed ones are read whole, anything else is refused with the file and the line that is wrong."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station_app.documents.packs.making import make_pack
from station_app.documents.packs.reading import MANIFEST, SIGNATURE, Pack, read_pack
from station_app.domain.sentences import sentence
from station_app.paths import resources_dir
from sync.contract.errors import KnownError

KEY = bytes(range(32))
PUBLIC = Ed25519PrivateKey.from_private_bytes(KEY).public_key().public_bytes_raw()
TRUSTED = {PUBLIC: "光明区司法局"}
NAME = "papers/receipt_slip@2027-01.toml"


def shipped(folder: str, name: str) -> str:
    return (resources_dir() / folder / name).read_text(encoding="utf-8")


def paper(edition: str = "2027-01", valid_from: str = "2027-01-01") -> str:
    text = shipped("documents", "wage_receipt@2026-11.toml")
    return text.replace('"2026-11"', f'"{edition}"').replace('"2026-11-01"', f'"{valid_from}"')


FILES = {
    "papers/wage_receipt@2027-01.toml": paper().encode(),
    "clauses/rent.toml": shipped("clauses", "f_rent.toml").encode(),
}


def made(files: dict[str, bytes] | None = None, **changes: object) -> bytes:
    given: dict[str, object] = {
        "pack_id": "guangming-2027-01",
        "title": "2027年1月文书",
        "issuer": "光明区司法局",
        "issued": date(2026, 12, 20),
        "private_key": KEY,
    }
    return make_pack(FILES if files is None else files, **{**given, **changes})  # type: ignore[arg-type]  # as declared


def read(data: bytes) -> Pack:
    return read_pack(data, file="包.zip", trusted=TRUSTED)


def refused(data: bytes) -> KnownError:
    with pytest.raises(KnownError) as error:
        read(data)
    return error.value


def rewritten(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_good_pack_is_read_whole() -> None:
    pack = read(made())
    assert (pack.id, pack.signer, pack.issued) == ("guangming-2027-01", "光明区司法局", date(2026, 12, 20))
    assert [(t.id, t.edition) for t in pack.templates] == [("wage_receipt", "2027-01")]
    assert [c.id for c in pack.clauses]
    assert made() == made()


@pytest.mark.parametrize("why", ["unsigned", "half", "unknown", "manifest", "content", "more", "less"])
def test_what_nobody_signed_is_refused(why: str) -> None:
    name = next(iter(FILES))

    def change(files: dict[str, bytes]) -> None:
        if why == "unsigned":
            del files[SIGNATURE]
        elif why == "half":
            files[SIGNATURE] = files[SIGNATURE][:100]
        elif why == "unknown":
            files[SIGNATURE] = b"ab" * 32 + files[SIGNATURE][64:]
        elif why == "manifest":
            files[MANIFEST] = files[MANIFEST].replace("2027年1月".encode(), "2027年2月".encode())
        elif why == "content":
            files[name] = files[name].replace("用人单位".encode(), "付款单位".encode())
        elif why == "more":
            files["papers/other@2027-01.toml"] = files[name]
        else:
            del files[name]

    error = refused(rewritten(made(), change))
    assert error.code == "E-346"
    variants = {"unsigned": None, "half": None, "unknown": "unknown"}
    assert error.values.get("why") == variants.get(why, "changed")
    assert "没有安装" in sentence(error)
    if why in ("content", "less"):
        assert name in sentence(error)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('kind = "number"', 'kind = "nummer"', "nummer"),
        ("{receipt.payer}", "{receipt.payed}", "receipt.payed"),
        ("order = 90", 'order = "x"', "order"),
        ('title = "工资发放签收表"', 'title = "工资', "TOML"),
    ],
)
def test_a_broken_paper_is_refused_with_its_line(old: str, new: str, reason: str) -> None:
    name, text = "papers/wage_receipt@2027-01.toml", paper()
    assert old in text
    wrong = text.replace(old, new, 1)
    error = refused(made({name: wrong.encode()}))
    assert (error.code, error.values["part"]) == ("E-345", name)
    assert error.values["line"] == wrong[: wrong.index(new)].count("\n") + 1
    assert reason in str(error.values["reason"])
    assert f"{name} 第 {error.values['line']} 行" in sentence(error)


def test_a_broken_clause_is_refused_with_its_line() -> None:
    text = shipped("clauses", "f_rent.toml") + "\nnonsense = 1\n"
    error = refused(made({"clauses/rent.toml": text.encode()}))
    assert (error.code, error.values["part"]) == ("E-345", "clauses/rent.toml")
    assert error.values["line"] == text[: text.index("nonsense")].count("\n") + 1


@pytest.mark.parametrize(
    "name", ["papers/../x@2027-01.toml", "/papers/x@2027-01.toml", "x.py", "papers/x.toml", "papers/X@2027-01.toml"]
)
def test_other_files_have_no_place_in_a_pack(name: str) -> None:
    error = refused(made({name: b"x"}))
    assert (error.code, error.values["part"]) == ("E-345", name)


def test_a_paper_is_named_by_its_id_and_edition() -> None:
    error = refused(made({"papers/wage_receipt@2027-02.toml": paper().encode()}))
    assert "文件名应当是 wage_receipt@2027-01.toml" in sentence(error)


@pytest.mark.parametrize("change", [{"pack_id": "No Good"}, {"title": ""}, {"issuer": ""}])
def test_the_head_is_checked(change: dict[str, object]) -> None:
    error = refused(made(**change))
    assert (error.code, error.values["part"]) == ("E-345", MANIFEST)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no", b"x" * 1000])
def test_what_is_no_zip_is_said(data: bytes) -> None:
    assert refused(data).code == "E-345"


def test_a_bomb_is_not_unpacked() -> None:
    error = refused(made({"papers/wage_receipt@2027-01.toml": b"#" * (600 * 1024)}))
    assert "过大" in sentence(error)
    assert refused(made({f"papers/p{n}@2027-01.toml": b"" for n in range(301)})).code == "E-345"


def test_an_empty_pack_says_so() -> None:
    assert "没有任何" in sentence(refused(made({})))
