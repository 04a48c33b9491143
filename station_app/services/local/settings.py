"""The declared settings of a PC: key, kind, default, what it means. Code may read no other; a test looks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from station_app.services.local import policy
from station_app.services.station import Station
from sync.contract.errors import KnownError
from sync.contract.numbering import is_series


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; `allowed` is a regular expression the value must match whole."""

    key: str
    default: str
    allowed: str
    title: str


SETTINGS: Final = (
    Setting("printer.name", "", r".{0,200}", "打印机名称（空为系统默认）"),
    Setting("printer.duplex", "auto", r"single|long|manual|auto", "单双面：single 单面、long 双面、manual 手动双面"),
    Setting(
        "printer.backs", "reverse", r"reverse|forward", "手动双面的背面次序：reverse 末张先进纸、forward 首张先进纸"
    ),
    Setting("font.body", "", r".{0,400}", "正文字体文件（本站自有授权的仿宋等），空为随程序的宋体"),
    Setting("font.rare", "", r".{0,400}", "生僻字字体文件"),
    Setting("number.brackets", "（）", r"（）|〔〕", "编号用括号"),
    Setting("number.series", "", r"[A-HJ-NP-Z]{0,2}", "编号字头（接入区级平台时由平台分配）"),
    Setting("committee.founder", "", r".{0,100}", "人民调解委员会的设立单位（印在主持调解证明上）"),
    Setting("committee.filed_with", "", r".{0,100}", "人民调解委员会的备案机关（印在主持调解证明上）"),
    Setting("privacy.officer", "", r".{0,100}", "个人信息保护负责人（印在个人信息处理告知书上）"),
    Setting("reader.command", "", r".{0,400}", "身份证读卡器辅助程序的命令，空为不用读卡器（手工填写）"),
    Setting("scan.folder", "", r".{0,400}", "收图文件夹（扫描仪、高拍仪存图的位置），空为不收图"),
    Setting("share.folder", "", r".{0,400}", "共享文件夹（本站各台电脑互相交换记录），空为不用"),
    Setting("backup.folder", "", r".{0,400}", "备份文件夹（U 盘、移动硬盘或者另一台电脑），空为未设置"),
    Setting("backup.days", "7", r"\d{1,3}", "超过多少天没有备份时提醒（0 为不提醒）"),
    Setting("disk.warn_mb", "2048", r"\d{1,6}", "磁盘剩余低于多少 MB 时提醒"),
    Setting("disk.stop_mb", "500", r"\d{1,6}", "磁盘剩余低于多少 MB 时不再存入图片和附件（文字照常保存）"),
    Setting("ui.theme", "system", r"system|light|dark", "外观：system 跟随系统、light 浅色、dark 深色"),
    Setting("ui.language", "zh_CN", r"zh_CN|en_US", "界面语言"),
    Setting("ui.large", "0", r"[01]", "大字显示"),
    Setting("ui.idle_minutes", "10", r"\d{1,3}", "无操作自动锁定（分钟，0 为不锁定）"),
    Setting("net.server", "", r"(https?://\S{1,200})?", "区级平台地址"),
    Setting(
        "net.proxy",
        "system",
        r"system|none|pac|https?://\S{1,200}",
        "代理：system 跟随系统、none 不用、pac 自动代理配置、或者地址（http://主机:端口）",
    ),
    Setting("net.pac", "", r".{0,400}", "自动代理配置（PAC）的地址或者文件，代理为 pac 时使用"),
    Setting("net.proxy_user", "", r".{0,100}", "代理的用户名；密码用 station config proxy-login 设置"),
    Setting("net.limit", "0", r"\d{1,6}", "上传下载限速（KB/秒，0 为不限）"),
    Setting("net.ca_file", "", r".{0,400}", "单位自建证书文件"),
    Setting("update.folder", "", r".{0,400}", "程序新版本的位置（共享文件夹或者 U 盘），空为区级平台"),
    Setting("update.key", "", r"([0-9a-fA-F]{64})?", "认可的程序发布单位公钥（64 位十六进制）"),
    Setting("update.when", "asked", r"asked|closing", "更新时间：asked 由人决定、closing 下载后在关闭程序时更新"),
    Setting("net.minutes", "5", r"[1-9]\d{0,2}", "自动上传间隔（分钟）"),
)
_BY_KEY: Final = {s.key: s for s in SETTINGS}


def get(station: Station, key: str) -> str:
    """A setting's value, else its default; E-518 for an undeclared key."""
    setting = _BY_KEY.get(key)
    if setting is None:
        raise KnownError("E-518", key=key, value="")
    return station.store.setting(key) or setting.default


def put(station: Station, values: dict[str, str]) -> None:
    """Store settings; E-518 for an undeclared key or a value not allowed, E-265 for one the unit has fixed."""
    told = policy.current()
    for key, value in values.items():
        _check(key, value)
        if key in told.fixed and value != told.fixed[key]:
            raise KnownError("E-265", key=_BY_KEY[key].title, unit=told.unit or "单位")
    station.store.set_settings(values)


def _check(key: str, value: str) -> None:
    setting = _BY_KEY.get(key)
    if setting is None or not re.fullmatch(setting.allowed, value):
        raise KnownError("E-518", key=key, value=value)
    if key == "number.series" and value and not is_series(value):
        raise KnownError("E-518", key=key, value=value)


def fixed_by(key: str) -> str:
    """Who fixed a setting for this PC, "" where it is free."""
    told = policy.current()
    return (told.unit or "单位") if key in told.fixed else ""


def apply_policy(station: Station) -> tuple[str, ...]:
    """Take over what the unit has set, at each opening; the keys that changed. E-266 for a wrong file: none of it.

    What is suggested stands where nobody has chosen yet; what is fixed stands always.
    """
    told = policy.read()
    allowed(told)
    stored = station.store.setting
    wanted = {k: v for k, v in told.first.items() if not stored(k)} | told.fixed
    changed = {k: v for k, v in wanted.items() if stored(k) != v}
    if changed:
        station.store.set_settings(changed)
    return tuple(changed)


def allowed(told: policy.Policy) -> None:
    """E-266 where the policy names a setting that is none, or a value it may not have."""
    try:
        for key, value in (told.fixed | told.first).items():
            _check(key, value)
    except KnownError as error:
        raise KnownError("E-266", file=str(told.path), place=str(error.values["key"])) from error
