"""Baseline: a two-page agreement with plain ReportLab Platypus, its TTFont and the qrcode package.

Frozen: what an engineer writes first who has the same words to print. Fonts are registered once beforehand; nothing is
checked, no character falls back, no archival part is written. Do not make it slower or faster.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import qrcode
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

Values = dict[str, Any]

_TITLE = ParagraphStyle("title", fontName="Bold", fontSize=22, leading=33, alignment=TA_CENTER, spaceAfter=25)
_NUMBER = ParagraphStyle("number", fontName="Song", fontSize=14, leading=29, alignment=TA_RIGHT, wordWrap="CJK")
_HEAD = ParagraphStyle("head", fontName="Bold", fontSize=15.75, leading=29, wordWrap="CJK")
_BODY = ParagraphStyle(
    "body", fontName="Song", fontSize=15.75, leading=29, firstLineIndent=31.5, alignment=TA_JUSTIFY, wordWrap="CJK"
)
_CELL = ParagraphStyle("cell", fontName="Song", fontSize=12, leading=17, wordWrap="CJK")


def register(fonts: Path) -> None:
    """Once per process."""
    pdfmetrics.registerFont(TTFont("Song", str(fonts / "NotoSerifSC-Regular.ttf")))
    pdfmetrics.registerFont(TTFont("Bold", str(fonts / "NotoSerifSC-Bold.ttf")))


def issue(values: Values, number: int) -> bytes:
    """The bytes of one agreement; `number` makes the codes differ from call to call."""
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        topMargin=37 * mm,
        leftMargin=28 * mm,
        rightMargin=26 * mm,
        bottomMargin=35 * mm,
        title="人民调解协议书",
    )

    def furniture(canvas: Any, doc: Any) -> None:
        text = f"https://gm.example.cn/v/{number:08d}{doc.page:04d}" + "A" * 130
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0, box_size=4)
        code.add_data(text)
        code.make(fit=True)
        picture = io.BytesIO()
        code.make_image().save(picture, "PNG")
        picture.seek(0)
        canvas.drawImage(ImageReader(picture), 162 * mm, 7.5 * mm, 22 * mm, 22 * mm)
        canvas.setFont("Song", 8)
        canvas.drawString(28 * mm, 23 * mm, f"人民调解协议书　{values['paper']['number']}　第1版")
        canvas.drawString(28 * mm, 18.8 * mm, f"第 {doc.page} 页　共 2 页　　扫描右侧二维码可核对本页")

    document.build(_story(values), onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue()


def _story(values: Values) -> list[Any]:
    story: list[Any] = [Paragraph("人民调解协议书", _TITLE), Paragraph(f"编号：{values['paper']['number']}", _NUMBER)]
    for party in values["parties"]:
        story.append(Paragraph(party["role"], _HEAD))
        story.append(_party(party))
    story += [Paragraph("纠纷的主要事实、争议事项：", _HEAD), Paragraph(values["agreement"]["facts"], _BODY)]
    story.append(Paragraph("经调解，各方自愿达成如下协议：", _HEAD))
    terms = [
        *values["agreement"]["terms"],
        "本协议自各方当事人签名（盖章、按指印）、人民调解员签名并加盖人民调解委员会印章之日起生效。",
        "本协议一式三份，当事人各执一份，人民调解委员会留存一份，内容相同。",
    ]
    for n, term in zip("一二三四", terms, strict=True):
        story.append(Paragraph(f'<font name="Bold">第{n}条</font>　{term}', _BODY))
    story += [Paragraph("以上内容已逐条宣读，各方均已理解。", _BODY), Spacer(1, 12), _signing(values)]
    return story


def _party(party: Values) -> Table:
    rows = [
        ["姓名", party["name"], "性别", party["sex"], "民族", party["ethnic"], "年龄", str(party["age"])],
        ["公民身份号码", party["id_number"]],
        ["职业或者职务", party["occupation"], "", "联系电话", party["phone"]],
        ["单位或者住址", party["address"]],
    ]
    tables = [Table([row], rowHeights=29) for row in rows]
    for table in tables:
        table.setStyle(
            TableStyle(
                [
                    ("FONT", (0, 0), (-1, -1), "Song", 15.75),
                    ("LINEBELOW", (1, 0), (1, 0), 0.5, "black"),
                    ("LINEBELOW", (3, 0), (3, 0), 0.5, "black"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ]
            )
        )
        table.hAlign = "LEFT"
    outer = Table([[table] for table in tables])
    outer.setStyle(TableStyle([("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]))
    return outer


def _signing(values: Values) -> Table:
    rows = [
        [Paragraph(f"{p['role']}　{p['name']}（签名、盖章或者按指印）：", _CELL), "", "年　　月　　日"]
        for p in values["parties"]
    ]
    rows += [
        [Paragraph(f"人民调解委员会：{values['committee']['full']}", _CELL), "", "（人民调解委员会印章）"],
        [Paragraph("人民调解员（签名）：", _CELL), "", "年　　月　　日"],
        [Paragraph("记录人（签名）：", _CELL), "", "年　　月　　日"],
        [Paragraph("盖章日期：", _CELL), "", "年　　月　　日"],
    ]
    table = Table(rows, colWidths=[80 * mm, 26 * mm, 50 * mm])
    table.setStyle(TableStyle([("FONT", (0, 0), (-1, -1), "Song", 12), ("LINEBELOW", (1, 0), (1, -1), 0.5, "black")]))
    return table
