"""The laws a finding rests on: printed with version and article, and the article's own text where we have it.

The texts are data (resources/laws/articles.toml), taken from the statutes as published. A law whose text was not read
says so wherever it is printed. Numbers of the 2022 interpretation that point to the older Civil Procedure Law are
printed with today's numbers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from station_app.domain.dates import numeral_cn
from station_app.paths import resources_dir
from sync.contract.errors import BugError

_NUMERALS: Final = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


@dataclass(frozen=True, slots=True)
class Law:
    """One law: printed name, version; `read` is False where its text was not at hand when the rule was written."""

    name: str
    version: str
    read: bool = True


LAWS: Final[Mapping[str, Law]] = {
    "msf": Law("民事诉讼法", "2023年修正"),
    "msjs": Law("最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "2022年修正"),
    "tjf": Law("人民调解法", "2010年"),
    "szdy": Law("深圳经济特区矛盾纠纷多元化解条例", "2022年文本，2024年修正内容未核"),
    "tzf": Law("劳动争议调解仲裁法", "2007年"),
    "jsy": Law("最高人民法院关于审理劳动争议案件适用法律问题的解释（一）", "法释〔2020〕26号"),
    "jse": Law("最高人民法院关于审理劳动争议案件适用法律问题的解释（二）", "法释〔2025〕12号", read=False),
    "gztl": Law("保障农民工工资支付条例", "2019年"),
    "gstl": Law("工伤保险条例", "2010年修订"),
    "mdz": Law("民法典总则编", "2020年"),
    "mdh": Law("民法典合同编", "2020年"),
    "mdq": Law("民法典侵权责任编", "2020年"),
    "qrgd": Law("最高人民法院关于人民调解协议司法确认程序的若干规定", "法释〔2011〕5号"),
    "zxtj": Law("人民法院在线调解规则", "2021年"),
    "htjs": Law("最高人民法院关于适用《中华人民共和国民法典》合同编通则若干问题的解释", "法释〔2023〕13号", read=False),
}
"""Key -> law. The keys are ours; what is printed is the name."""

OLD_NUMBERS: Final[Mapping[int, int]] = {201: 205, 202: 206}
"""Articles of the Civil Procedure Law as the interpretation of 2022 cites them -> as they are numbered since 2023."""


@dataclass(frozen=True, slots=True)
class Article:
    """One place in a law: `article` counted from 1, `item` the number in brackets or 0, `paragraph` (款) or 0."""

    law: str
    article: int
    item: int = 0
    paragraph: int = 0

    @property
    def printed(self) -> str:
        """ "民事诉讼法（2023年修正）第二百零五条"."""
        return printed_together([self])

    @property
    def numbered(self) -> str:
        """ "第二百零五条": the place without its law."""
        text = f"第{numeral_cn(self.article)}条"
        text += f"第{_NUMERALS[self.paragraph]}款" if self.paragraph else ""
        return text + (f"第{_NUMERALS[self.item]}项" if self.item else "")

    @property
    def text(self) -> str:
        """The article's own words, "" where the law was not read."""
        return _articles().get(self.law, {}).get(str(self.article), "")


def printed_together(articles: Sequence[Article]) -> str:
    """Articles of one law: "民事诉讼法（2023年修正）第二百零五条、第八十五条"."""
    law = LAWS[articles[0].law]
    text = f"{law.name}（{law.version}）" + "、".join(article.numbered for article in articles)
    return text if law.read else text + "（条文未核）"


def cite(law: str, article: int, item: int = 0, *, paragraph: int = 0) -> Article:
    """Name an article; a law the table does not know is our mistake."""
    if law not in LAWS:
        raise BugError(f"no law {law}")
    return Article(law, article, item, paragraph)


@lru_cache(maxsize=1)
def _articles() -> dict[str, dict[str, str]]:
    data = tomllib.loads((resources_dir() / "laws" / "articles.toml").read_text("utf-8"))
    return {key: dict(table["article"]) for key, table in data.items() if isinstance(table, dict)}
