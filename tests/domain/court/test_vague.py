"""Sixty sentences: half say something nobody can carry out, half use the same characters lawfully."""

from __future__ import annotations

import pytest

from station_app.domain.court.prohibited import prohibited
from station_app.domain.court.vague import vague

VAGUE = [
    ("被申请人尽快付清剩余工资。", "尽快"),
    ("房东应尽早退还押金。", "尽早"),
    ("被申请人有能力时再支付余款。", "有能力时"),
    ("公司资金到位后支付余款。", "资金到位后"),
    ("余款于年底前付清。", "年底前"),
    ("余款在春节前付清。", "春节前"),
    ("剩余部分月底前支付。", "月底前"),
    ("楼上住户及时维修漏水部位。", "及时"),
    ("被申请人适当补偿申请人。", "适当"),
    ("物业公司适当减免物业费。", "适当"),
    ("甲方支付一定数额的补偿。", "一定数额"),
    ("李某承担部分费用。", "部分费用"),
    ("被申请人承担相关费用。", "相关费用"),
    ("甲方赔偿乙方有关损失。", "有关损失"),
    ("被申请人支付约5000元。", "约"),
    ("被申请人支付约三万元作为补偿。", "约"),
    ("大约支付两千元。", "大约"),
    ("赔偿金额为3000元左右。", "左右"),
    ("乙方支付8000多元。", "多"),
    ("其余问题双方另行协商。", "另行协商"),
    ("维修方案届时商定。", "届时商定"),
    ("赔偿数额视情况而定。", "视情况而定"),
    ("甲方酌情给予补助。", "酌情"),
    ("未尽事宜依法处理。", "依法处理"),
    ("按有关规定办理。", "按有关规定办理"),
    ("乙方妥善处理善后事宜。", "妥善处理"),
    ("医疗费、误工费等由被申请人承担。", "误工费等"),
    ("付款后双方两清。", "双方两清"),
    ("损坏的家具按市场价赔偿。", "按市场价"),
    ("双方对噪声问题协商解决。", "协商解决"),
]
LAWFUL = [
    "双方约定于2026年12月1日前付清。",
    "本协议约定的款项以转账方式支付。",
    "申请人与公司签约后入场施工。",
    "违约金按未付数额计算。",
    "被申请人于2026年12月31日前付清。",
    "左右邻居均在场见证。",
    "位于科学大道左侧的商铺由其腾退。",
    "双方应当适当履行各自义务。",
    "调解员已告知相关规定。",
    "水费、清洁费合计1,070.00元由唐某承担。",
    "相关费用1,200.00元由被申请人承担。",
    "有关部门出具的检测报告附后。",
    "申请人等17人于当日签名。",
    "被申请人收到货物后三日内出具收条。",
    "逾期未付的，申请人可以依法申请强制执行。",
    "依法处理的结果不影响本协议效力。",
    "协商解决不成的，可以向人民法院起诉。",
    "法律另有规定或者双方另行约定的除外。",
    "自本协议生效之日起七日内退还押金。",
    "于春节前（2027年2月5日前）付清余款。",
    "年底前（2026年12月31日前）退还押金8,200.00元。",
    "按月息百分之一计算的约定已经删除。",
    "被申请人于每月15日前支付2,000.00元。",
    "合约编号以双方签署的文本为准。",
    "楼上住户负责更换破损水管，费用800.00元由其承担。",
    "双方互不追究对方的其他责任。",
    "祝申请人早日康复。",
    "上下班时间由公司公布。",
    "申请人可以依法申请支付令。",
    "款项到达本人账户视为付清。",
]


def test_there_are_thirty_of_each() -> None:
    assert len(VAGUE) == len(LAWFUL) == 30


@pytest.mark.parametrize(("sentence", "word"), VAGUE)
def test_a_vague_word_is_found_at_its_place(sentence: str, word: str) -> None:
    hits = vague(sentence)
    assert [h.word for h in hits] == [word]
    assert sentence[hits[0].start : hits[0].end] == word
    assert hits[0].question.startswith("请")


@pytest.mark.parametrize("sentence", LAWFUL)
def test_a_lawful_sentence_is_left_alone(sentence: str) -> None:
    assert vague(sentence) == []


FORBIDDEN = {
    "criminal": ["申请人不再追究被申请人的刑事责任。", "被申请人付款后，申请人不得报警。", "双方同意刑事部分一并了结。", "申请人自愿撤回报案。"],
    "complaint": ["申请人不得上访。", "申请人承诺不再向政府举报。", "如申请人上访，应退还全部款项。", "申请人放弃信访。"],
    "liberty": ["付清前，被申请人不得离开深圳。", "由甲方扣押其身份证作担保。", "债务还清前限制其人身自由。"],
    "status": ["双方自愿离婚。", "确认解除收养关系。", "确认小明系李某亲生。"],
    "title": ["该房屋归张某所有。", "确认王某为车位的产权人。", "该商标权归甲公司享有。"],
    "injury": ["杨某自愿放弃工伤认定和伤残鉴定。", "申请人不再申请劳动能力鉴定。", "付款后不再要求任何赔偿。"],
    "social_insurance": ["申请人自愿放弃缴纳社会保险。", "双方同意社保折算为现金发放。", "社会保险由员工自行承担。"],
}  # fmt: skip
KEPT = [
    "本协议不影响当事人依法举报的权利。",
    "公司不得因工人投诉而辞退。",
    "申请人有权依法申请工伤认定。",
    "公司依法补缴社会保险。",
    "双方就该期间的工资再无争议。",
    "被申请人不得在夜间施工。",
    "张某于2026年12月1日前腾退房屋，交还李某。",
    "甲方支付抚养费每月1,500.00元。",
    "本条不影响申请人就工伤、社会保险以及其他期间的劳动报酬主张权利。",
    "申请人收到附表所列本人全部款项后，双方就该期间的工资再无争议。",
]


@pytest.mark.parametrize(("kind", "sentence"), [(k, s) for k, many in FORBIDDEN.items() for s in many])
def test_a_prohibited_term_is_recognised_in_several_wordings(kind: str, sentence: str) -> None:
    hits = prohibited(sentence)
    assert kind in {h.kind for h in hits}, hits
    assert all(sentence[h.start : h.end] in h.sentence for h in hits)


@pytest.mark.parametrize("sentence", KEPT)
def test_a_sentence_that_keeps_a_right_is_no_hit(sentence: str) -> None:
    assert prohibited(sentence) == []
