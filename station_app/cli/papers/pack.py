"""station pack: packs of the district or its legal bureau (papers, clauses, code lists): make, trust, install, list."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, columns, opened, show
from station_app.domain.sentences import with_code
from station_app.services import packs
from station_app.services.packs import Installed
from station_app.services.reading import in_force
from sync.contract.errors import KnownError

app: Final = typer.Typer(no_args_is_help=True)
PackFile = Annotated[Path, typer.Argument(metavar="FILE", help="模板包（ZIP）")]


@app.command("install")
def install(file: PackFile, data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None) -> None:
    """核对签名和全部内容后启用模板包；有一处不对即不安装，并指出在哪一行。"""
    data = _read(file)
    with opened(data_dir, user, password_file) as station:
        pack = packs.install(station, data=data, file=file.name)
    papers = "、".join(f"{t.title}（{t.edition}，{t.valid_from.isoformat()}起）" for t in pack.templates)
    clauses = "、".join(f"{c.title}（{c.edition}）" for c in pack.clauses)
    print(f"已启用“{pack.title}”，签名：{pack.signer}。")
    lists = "、".join(f"{c.title}（{c.date.isoformat()}，{sum(1 for _ in c)}项）" for c in pack.lists)
    for label, words in (("文书", papers), ("条款", clauses), ("代码表", lists)):
        if words:
            print(f"{label}：{words}")


@app.command("list")
def list_packs(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """列出本机的模板包和认可的签名单位。"""
    with opened(data_dir, user, password_file) as station:
        found, keys = packs.installed(station), packs.trusted(station)
    facts = {
        "packs": [_facts(item) for item in found],
        "trusted": [{"name": name, "key": key.hex()} for key, name in keys.items()],
    }
    rows = [_row(item) for item in found]
    text = columns(rows, ("模板包", "发布", "签名", "文书", "条款", "状态")) if rows else "没有安装模板包。"
    text += "\n认可的签名单位：" + ("、".join(f"{n}（{k.hex()[:16]}…）" for k, n in keys.items()) or "无")
    show(facts, as_json=as_json, text=text)


def _row(item: Installed) -> tuple[str, ...]:
    if item.pack is None:
        return (item.file, "", "", "", "", with_code(item.fault) if item.fault else "")
    pack = item.pack
    return (pack.title, pack.issued.isoformat(), pack.signer, str(len(pack.templates)), str(len(pack.clauses)), "启用")


def _facts(item: Installed) -> dict[str, object]:
    if item.pack is None:
        return {"file": item.file, "fault": item.fault.code if item.fault else ""}
    pack = item.pack
    return {
        "file": item.file,
        **{name: getattr(pack, name) for name in ("id", "title", "issuer", "issued", "signer", "sha256")},
        "papers": [{"id": t.id, "edition": t.edition, "valid_from": t.valid_from} for t in pack.templates],
        "clauses": [{"id": c.id, "edition": c.edition} for c in pack.clauses],
        "codes": [{"name": c.name, "title": c.title, "date": c.date, "source": c.source} for c in pack.lists],
    }


@app.command("trust")
def trust(
    name: Annotated[str, typer.Argument(metavar="单位", help="签名单位名称")],
    key: Annotated[str, typer.Argument(metavar="公钥", help="64 位十六进制")],
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
) -> None:
    """认可一个签名单位；请用电话等其他途径核对公钥。"""
    with opened(data_dir, user, password_file) as station:
        packs.trust(station, name=name, key=key)
    print(f"已认可“{name}”签名的模板包。")


@app.command("key")
def new_key(out: Annotated[Path, typer.Option("--out", metavar="FILE", help="私钥写入的文件，请妥善保管")]) -> None:
    """制作单位：生成签名用的密钥，显示公钥。"""
    private, public = packs.new_key()
    try:
        with out.open("x", encoding="ascii") as file:
            out.chmod(0o600)
            file.write(private.hex() + "\n")
    except OSError as exc:
        raise KnownError("E-516", file=str(out)) from exc
    print(public.hex())


@app.command("make")
def make(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="其中有 papers、clauses、codes 文件夹")],
    key_file: Annotated[Path, typer.Option("--key", metavar="FILE", help="station pack key 生成的私钥文件")],
    pack_id: Annotated[str, typer.Option("--id", help="标识，小写字母、数字和短横")],
    title: Annotated[str, typer.Option("--title", help="名称")],
    issuer: Annotated[str, typer.Option("--issuer", help="制作单位")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="写入的模板包")],
    issued: Annotated[str, typer.Option("--issued", metavar="YYYY-MM-DD", help="发布日期")],
) -> None:
    """制作单位：检查模板，制成签名的模板包。"""
    try:
        day = date.fromisoformat(issued)
    except ValueError as exc:
        raise KnownError("E-209", text=issued) from exc
    try:
        private = bytes.fromhex(_read(key_file).decode("ascii").strip())
    except ValueError as exc:
        raise KnownError("E-517", name=key_file.name) from exc
    files = {path.relative_to(folder).as_posix(): _read(path) for path in sorted(folder.glob("*/*.toml"))}
    data = packs.make(files, pack_id=pack_id, title=title, issuer=issuer, issued=day, private_key=private)
    try:
        out.write_bytes(data)
    except OSError as exc:
        raise KnownError("E-516", file=str(out)) from exc
    print(f"已制成 {out}，共 {len(files)} 个文件。")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise KnownError("E-516", file=str(path)) from exc


@app.command("in-force")
def list_in_force(
    kind: Annotated[str, typer.Option("--kind", help="rules 规则、codes 代码表、paper 文书、clause 条款")] = "",
    data_dir: DataDir = None,
    user: UserName = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """现在使用的文书、条款、代码表和规则：版本、日期、来源、签名单位。"""
    if kind and kind not in in_force.KINDS:
        raise KnownError("E-217", field="kind", value=kind)
    with opened(data_dir, user, password_file) as station:
        found = [one for one in in_force.listed(station) if kind in ("", one.kind)]
    rows = [(one.title, one.edition, one.since, one.signer or "程序自带", one.detail, one.source) for one in found]
    heads = ("名称", "版本", "日期", "签名", "说明", "来源")
    show([asdict(one) for one in found], as_json=as_json, text=columns(rows, heads))
