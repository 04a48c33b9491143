"""100,000 cases as they look to search: names, identity number, phone, case number and a story of 180 characters."""

from __future__ import annotations

import random
import re
from typing import Final

from station_app.store import search

SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭"
)
GIVEN: Final = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂志国华建文斌玉兰红春梅海燕鹏辉宇浩欣怡晨阳子轩雨泽"
    "俊峰龙飞彬凯琳雪婷慧佳"
)
WORDS: Final = (
    "拖欠工资 劳务公司 要求付清 多次催要未果 项目部 班组 钢筋工 木工 泥瓦工 "
    "未签订书面劳动合同 社区工作站 物业管理处 租赁押金 漏水 噪音扰民 赔偿医疗费 误工费 "
    "交通事故 邻里纠纷 楼上装修 商铺转让 定金不退 培训退费 电动车 停车位 下水道 婚姻家庭 "
    "赡养老人 遗产继承 土地承包 合同违约 货款未付 质量问题 工伤认定 社保补缴 加班费 "
    "经济补偿 解除劳动关系 双方各执一词 情绪激动 现场劝导 约定下周 到站调解 凤凰街道 "
    "东坑社区 科学城工地 光明大街 公明街道 新湖街道 玉塘街道 马田街道"
).split()
COMMON: Final = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
    "产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使"
    "点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明"
    "看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料"
    "象员"
)
_WEIGHTS: Final = [1 / (n + 1) for n in range(len(COMMON))]

Queries = dict[str, list[str]]


class Haystack:
    """Texts of cases 1 to `count`, the same for the same seed, and queries of each class cut out of them."""

    def __init__(self, count: int, *, seed: int = 7) -> None:
        """Make the texts."""
        self.rng = random.Random(seed)
        self.texts = [self._text() for _ in range(count)]

    def _pick(self, signs: str, n: int) -> str:
        return "".join(self.rng.choice(signs) for _ in range(n))

    def _name(self) -> str:
        return self._pick(SURNAMES, 1) + self._pick(GIVEN, self.rng.choice((1, 2, 2)))

    def _story(self, size: int) -> str:
        parts: list[str] = []
        have = 0
        while have < size:
            free = "".join(self.rng.choices(COMMON, _WEIGHTS, k=self.rng.randint(2, 9)))
            parts.append((self.rng.choice(WORDS) if self.rng.random() < 0.55 else free) + self.rng.choice("，。、 "))
            have += len(parts[-1])
        return "".join(parts)[:size].strip()

    def _text(self) -> str:
        names = [self._name() for _ in range(self.rng.choice((1, 1, 1, 2, 3)))]
        names.append(self._pick("宏恒盛鑫瑞泰达", 1) + self._pick("川海建业通", 1) + "劳务有限公司")
        number = f"（2026）光凤东坑人调字第A{self.rng.randint(1, 9999):04d}号"
        digits = "0123456789"
        rest = [self._story(180), "4403" + self._pick(digits, 14), "1" + self._pick("3578", 1) + self._pick(digits, 9)]
        return "\n".join(names) + search.NAMES_END + "\n".join([number, *rest])

    def queries(self, each: int = 24) -> Queries:
        """What people type: pieces of 1, 2, 3 and 5 signs, names, tails and pieces of phones, words, whole numbers."""
        sample = [self.rng.choice(self.texts) for _ in range(each)]
        found: Queries = {f"{n} signs": [self._piece(n) for _ in range(each)] for n in (1, 2, 3, 5)}
        found["name"] = [text.split("\n")[0].split(search.NAMES_END)[0] for text in sample]
        found["phone tail"] = [text[-4:] for text in sample]
        found["phone piece"] = [text[-9:-2] for text in sample]
        found["word"] = "工资 公司 劳务有限公司 凤凰街道 拖欠工资 2026 光凤 4403 44 的 1 wz".split()
        found["number"] = [number for text in sample[:12] for number in re.findall("（2026.*?号", text)]
        return found

    def _piece(self, size: int) -> str:
        while True:
            text = self.rng.choice(self.texts).replace(search.NAMES_END, "\n")
            at = self.rng.randrange(len(text) - size)
            piece = text[at : at + size]
            if piece.strip() == piece and "\n" not in piece:
                return piece
