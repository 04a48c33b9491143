"""What the server says for a known error: one Chinese sentence a code, for the line (RFC 9457) and the command line."""

from __future__ import annotations

from typing import Final

from sync.contract.errors import KnownError

SENTENCES: Final[dict[str, str]] = {
    "E-104": "这个地址只供接入的站点使用。",
    "E-106": "收到的数据不完整，已丢弃，请重新发送。",
    "E-181": "这个数据包不是给本平台的，没有导入任何内容。",
    "E-182": "数据包不完整或者已损坏，没有导入任何内容，请重新复制或者请站点重新导出。",
    "E-183": "数据包不是已接入的设备签发的，没有导入任何内容，请核对来源。",
    "E-108": "不支持请求所用的协议版本或者格式。",
    "E-109": "设备未登记、签名不符或者接入资格已停用。",
    "E-110": "服务器暂时不能处理，请稍后重试。",
    "E-111": "接入码不正确、已经使用或者已经过期。",
    "E-112": "平台保存的该设备记录与收到的不一致，没有改动任何数据。",
    "E-113": "记录已经保存，但不能归入案件。",
    "E-114": "签名核对不符，没有采用。",
    "E-115": "请求过于频繁，请稍后重试。",
    "E-116": "一次发送的数据超过允许的大小。",
    "E-117": "接入码属于其他站点，没有使用。",
    "E-125": "记录由较新版本的程序登记，已原样保存并转发，升级平台后审核。",
    "E-186": "记录所属案件尚未上传，已原样保存，待案件上传后审核。",
    "E-126": "数据包由较新版本的程序制作，没有导入任何内容，请升级平台后重新导入。",
    "E-214": "组织文件中有无法识别的项目“{key}”[[（{place}）]]，没有导入。",
    "E-215": "组织文件无法读取或者格式不对[[（{place}）]]，没有导入。",
    "E-216": "缺少“{field}”[[（{place}）]]，没有导入。",
    "E-217": "“{field}”的内容“{value}”不对，没有导入。",
    "E-223": "没有找到“{what}”。",
    "E-306": "该调解委员会的编号字母代码已经用完。",
    "E-404": "该人员的岗位不能办理此项操作。",
    "E-407": "案件属于其他站点，未授权本站查看或者办理。",
    "E-408": "请写明原因。",
    "E-409": "这份回执是平台恢复备份之前制作的，请重新导出数据包。",
    "E-411": "该案已经出具文书，案卷保存期限未届满，依法不得删除（个人信息保护法第47条第2款），没有作任何改动。",
    "E-412": "申请人不能自己批准删除，请由另一名数据管理人员决定，没有删除任何内容。",
    "E-413": "“{name}”不是数据管理人员，没有作任何改动。",
    "E-414": "该案已经申请删除、已经决定或者已经删除，没有重复办理。",
    "E-415": "依法删除清单“{file}”无法读取，或者不是本平台签发的，没有采用。",
    "E-501": "密码不正确。",
    "E-507": "备份文件无法打开：密码不正确，或者不是本程序的备份。",
    "E-508": "数据库已损坏，或者不是区级平台的数据库[[（{path}）]]。",
    "E-509": "数据库由更新版本的程序建立[[（{path}）]]，请升级程序后再打开。",
    "E-510": "这个目录中还没有区级平台[[（{path}）]]，请先执行 district-server init。",
    "E-511": "这个目录中已有区级平台[[（{path}）]]，没有改动。",
    "E-513": "目录不能写入[[（{path}）]]，请检查权限和磁盘空间。",
    "E-514": "数据库正被其他程序占用，或者无法连接[[（{detail}）]]。",
    "E-515": "密码太短，至少 {least} 位。",
    "E-516": "文件“{file}”无法读取或者写入。",
    "E-517": "平台密钥文件缺失或者损坏（{name}），请从备份恢复。",
    "E-518": "设置“{key}”的内容“{value}”不允许。",
    "E-542": "没有本站可用的这一段数据，可能已经重新制作，请按页下载。",
    "E-543": "数据段与平台保存的记录不符，站点不会采用。请执行 district-server segments build --again 重新制作。",
    "E-560": "程序版本没有认可的签名，或者签名后被改动，没有收下。请核对来源和 district-server release trust。",
    "E-561": "程序版本的文件不完整或者已损坏[[（{what}）]]，没有收下，请重新复制。",
    "E-562": "磁盘剩余空间不足[[（剩余 {mb} MB，需要约 {need} MB）]]，没有收下，请清理磁盘。",
    "E-564": "已有内容不同的版本 {version}，没有收下。版本号不能重复使用。",
    "E-565": "版本 {version} 已经撤回，不能再提供，请发布新的版本。",
    "E-573": "没有版本[[“{version}”]]，或者没有提供给这台电脑。",
    "E-599": "程序出现意外故障，已记录。数据未受影响。",
}


def sentence(error: KnownError) -> str:
    """The sentence with its values; a part in [[…]] is left out when one of its values is missing."""
    text = SENTENCES.get(error.code, SENTENCES["E-599"])
    parts: list[str] = []
    for index, piece in enumerate(text.replace("]]", "[[").split("[[")):
        filled = _fill(piece, error.values)
        if index % 2 == 0 or filled is not None:
            parts.append(filled if filled is not None else piece)
    return "".join(parts)


def _fill(piece: str, values: dict[str, object]) -> str | None:
    try:
        return piece.format_map(values)
    except KeyError:
        return None
