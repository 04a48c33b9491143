"""The one word for each field of the catalogue: form, paper, table and finding say the same. Chinese | English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_TEXT: Final = """
case.title 案件名称|Title
case.service 服务类别|Service
case.channel 来源渠道|Channel
case.type 纠纷类型|Type of dispute
case.labour 劳动争议|Labour dispute
case.place 发生地点|Place
case.people 涉及人数|People involved
case.amount 涉及金额（元）|Amount (yuan)
case.found_at 发现时间|Found
case.found_by 发现人|Found by
case.registered_at 登记时间|Registered
case.accepted_at 受理时间|Accepted
case.resolved_at 化解时间|Resolved
case.confirmed_at 确认时间|Confirmed
case.fedback_at 反馈时间|Reported back
case.legal_date 法定日期|Legal date
case.number 案件编号|Number
case.state 办理阶段|Stage
case.state_reason 原因|Reason
case.state_since 进入本阶段时间|At this stage since
case.consent_applicant 申请人意愿|Applicant's consent
case.consent_respondent 被申请人意愿|Respondent's consent
case.colour 预警等级|Colour
case.colour_reasons 预警原因|Reasons for the colour
case.station 站点|Station
case.community 社区|Community
case.committee 人民调解委员会|Mediation committee
case.mediator 人民调解员|Mediator
case.recorder 记录员|Recorder
case.court 人民法院|Court
case.discarded 已移入回收站|In the recycle bin
case.demo 演示|Demonstration
case.external_number 其他系统编号|Number in another system
party.role 当事人地位|Role
party.kind 当事人种类|Kind of party
party.name 姓名或者名称|Name
party.order 次序|Order
party.removed 已移除|Removed
number.committee 人民调解委员会|Mediation committee
number.kind 编号种类|Kind of number
number.year 年度|Year
number.series 字号|Series
number.n 序号|Serial
number.text 编号|Number
number.state 编号状态|State of the number
number.reason 原因|Reason
confirmation.court 人民法院|Court
confirmation.applied_on 申请日期|Applied on
confirmation.last_day 申请期限最后一天|Last day to apply
confirmation.mode 确认方式|Manner
confirmation.result 司法确认结果|Result
confirmation.ruling_no 裁定书编号|Number of the ruling
confirmation.ruled_on 裁定日期|Ruled on
confirmation.reason 理由|Ground
grant.station 协办站点|Station
grant.until 授权截止日期|Until
grant.reason 授权原因|Reason
grant.revoked 已收回|Revoked
key.compartment 保密范围|Compartment
key.key 密钥|Key
key.device 设备|Device
key.wrapped 加封密钥|Wrapped key
root_key.owner 所属单位|Owner
root_key.key 密钥|Key
root_key.device 设备|Device
root_key.wrapped 加封密钥|Wrapped key
sum_line.on 日期|Date
sum_line.agreed 协议金额（元）|Agreed (yuan)
sum_line.performed 已履行金额（元）|Performed (yuan)
sum_line.payees 收款人数|Payees
paper_mark.paper 文书|Paper
paper_mark.template 文书种类|Kind of paper
paper_mark.number 编号|Number
paper_mark.version 版次|Version
paper_mark.pages 页数|Pages
paper_mark.facts_hash 事实摘要|Digest of the facts
paper_mark.state 文书状态|State of the paper
paper_mark.reason 原因|Reason
facts.summary 诉求概要|Summary
facts.story 基本情况|What happened
facts.request 申请事项|What is asked
facts.demand 请求金额（元）|Sum asked (yuan)
facts.other_proceedings 诉讼、仲裁等其他程序|Other proceedings
identity.party 当事人|Party
identity.id_kind 证件种类|Kind of document
identity.id_number 证件号码|Document number
identity.id_override 号码校验不符的说明|Reason for an unusual number
identity.sex 性别|Sex
identity.birth 出生日期|Birth date
identity.ethnic 民族|Ethnic group
identity.occupation 职业或者职务|Occupation
identity.phone 联系电话|Telephone
identity.address 单位或者住址|Address
identity.legal_rep 法定代表人或者负责人|Legal representative
identity.legal_rep_title 职务|Title
identity.legal_rep_id 法定代表人证件号码|Representative's document number
identity.bank 开户行|Bank
identity.account 账号|Account
identity.account_holder 户名|Account holder
agent.parties 被代理人|Represented parties
agent.name 代理人姓名|Agent's name
agent.id_number 代理人证件号码|Agent's document number
agent.kind 代理人种类|Kind of agent
agent.phone 代理人电话|Agent's telephone
agent.authority 代理权限|Authority
agent.scope 授权事项|Scope
agent.from 授权起始日期|From
agent.to 授权截止日期|To
agent.paper 授权文件|Power of attorney
agent.removed 已移除|Removed
wage.party 工人|Worker
wage.no 序号|No.
wage.work 工种|Trade
wage.from 起始日期|From
wage.to 截止日期|To
wage.day_rate 日工资（元）|Day rate (yuan)
wage.days 工日|Days worked
wage.due 应发（元）|Due (yuan)
wage.paid 已发（元）|Paid (yuan)
wage.owed 欠发（元）|Owed (yuan)
wage.removed 已移除|Removed
session.no 次数|No.
session.from 开始时间|From
session.to 结束时间|To
session.place 调解地点|Place
session.mode 调解方式|Manner
session.mediators 人民调解员|Mediators
session.recorder 记录人|Recorder
session.attendees 参加人|Attendees
session.open 公开调解|Public session
session.notice_given 已告知权利义务|Rights explained
session.chosen_by 调解员产生方式|How the mediator was chosen
session.record 调解记录|Record
session.undisputed 无争议事实|Undisputed facts
session.positions 各方意见|Positions
session.result 本次调解结果|Result
session.result_reason 未达成协议的原因|Why it failed
agreement.form 协议形式|Form
agreement.facts 纠纷主要事实|Main facts
agreement.disputed 争议事项|Matters in dispute
agreement.copies 份数|Copies
agreement.read_mode 阅读方式|How it was read
agreement.liability 责任方式|Kind of liability
agreement.total 协议总额（元）|Total (yuan)
agreement.confirm 是否申请司法确认|Judicial confirmation
agreement.court 管辖法院|Court
agreement.on_spot 当场履行|Performed on the spot
agreement.served_address 送达地址已确认|Address for service confirmed
agreement.state 协议状态|State of the agreement
agreement.effective_on 生效日期|Effective on
agreement.number 协议编号|Number of the agreement
term.agreement 协议|Agreement
term.order 次序|Order
term.text 协议条款|Term
term.source 条款来源|Source of the term
term.removed 已移除|Removed
obligation.agreement 协议|Agreement
obligation.order 次序|Order
obligation.kind 履行内容种类|Kind of obligation
obligation.payers 付款人|Payer
obligation.liability 责任方式|Kind of liability
obligation.what 履行内容|What is owed
obligation.amount 金额（元）|Amount (yuan)
obligation.shares 各收款人数额|Shares of the payees
obligation.method 付款方式|Method
obligation.method_note 付款方式说明|Note on the method
obligation.due 履行期限|Due
obligation.due_rule 期限的约定方式|How the date is fixed
obligation.condition 条件|Condition
obligation.consequence 逾期责任|Consequence of delay
obligation.instalment 期次|Instalment
obligation.removed 已移除|Removed
signature.agreement 协议|Agreement
signature.paper 文书|Paper
signature.party 当事人|Party
signature.person 人员|Person
signature.role 签署人身份|Signer
signature.name 签署人|Name of the signer
signature.manner 签署方式|Manner
signature.seal 印章种类|Seal
signature.on 签署日期|Signed on
signature.at 签署时间|Signed at
signature.witness 见证人|Witness
signature.note 备注|Note
signature.froze 签署时的内容|What was signed
signature.void 已更正|Corrected
paper.template 文书种类|Kind of paper
paper.edition 文书格式版本|Edition
paper.title 文书名称|Title
paper.version 版次|Version
paper.number 编号|Number
paper.pages 页数|Pages
paper.facts_hash 事实摘要|Digest of the facts
paper.pdf 文件摘要|Digest of the file
paper.bytes 文件大小|Size of the file
paper.copies 份数|Copies
paper.froze 出具时的内容|What was issued
paper.issued_ms 出具时间|Issued
paper.agreement 协议|Agreement
paper.replaces 被代替的文书|Replaces
paper.demo 演示样张|Demonstration
paper.state 文书状态|State of the paper
paper.reason 原因|Reason
correction.paper 文书|Paper
correction.place 更正位置|Place
correction.old 原内容|Old
correction.new 更正后内容|New
correction.who 更正人|By
correction.on 更正日期|On
performance.obligation 履行事项|Obligation
performance.party 收款人|Payee
performance.amount 金额（元）|Amount (yuan)
performance.on 履行日期|On
performance.manner 付款方式|Method
performance.outcome 付款结果|Outcome
performance.note 备注|Note
performance.removed 已移除|Removed
visit.party 回访对象|Person visited
visit.at 回访时间|At
visit.visitor 回访人|Visitor
visit.manner 回访方式|Manner
visit.outcome 联系结果|Outcome
visit.performed 履行情况|Performance
visit.text 回访情况|What was said
visit.satisfaction 满意度|Satisfaction
evidence.order 次序|Order
evidence.name 证据名称|Name
evidence.source 提供人|Provided by
evidence.original 材料形式|Form
evidence.pages 页数|Pages
evidence.proves 证明内容|What it proves
evidence.checked_by 核对人|Compared by
evidence.blob 文件|File
evidence.bytes 文件大小|Size of the file
evidence.removed 已移除|Removed
contact.party 联系对象|Person
contact.at 联系时间|At
contact.manner 联系方式|Manner
contact.who 接听人|Who answered
contact.outcome 联系结果|Outcome
contact.text 联系内容|What was said
notice.template 文书种类|Kind of paper
notice.to 送达对象|To
notice.on 送达日期|On
notice.manner 送达方式|Manner
notice.reason 事由|Reason
private_note.party 谈话对象|Party
private_note.at 谈话时间|At
private_note.text 谈话内容|What was said
psych_note.at 服务时间|At
psych_note.text 服务记录|Record
psych_note.risk 风险程度|Risk
psych_note.consent 已单独同意|Separate consent
complainant.party 化名|Pseudonym
complainant.name 投诉人姓名|Complainant's name
complainant.id_number 证件号码|Document number
complainant.phone 联系电话|Telephone
complainant.address 住址|Address
person.name 姓名|Name
person.roles 岗位|Roles
person.phone 联系电话|Telephone
person.station 站点|Station
person.committee 人民调解委员会|Mediation committee
person.appointment 聘书编号|Letter of appointment
person.appointed_from 聘任起始日期|Appointed from
person.appointed_to 聘任截止日期|Appointed to
person.left 已离岗|Left
committee.name 人民调解委员会名称|Name
committee.short 简称|Short name
committee.community 社区|Community
committee.court 所在地基层人民法院|Basic court of the place
committee.address 地址|Address
committee.phone 联系电话|Telephone
station.name 站点名称|Name
station.code 站点代码|Code
station.community 社区|Community
station.street 街道|Street
station.committee 人民调解委员会|Mediation committee
station.address 地址|Address
station.phone 联系电话|Telephone
device.device 设备|Device
device.station 站点|Station
device.name 设备名称|Name
device.sign_key 签名公钥|Signing key
device.seal_key 加密公钥|Sealing key
device.until 资格截止时间|Valid until
device.series 字号|Series
device.spares 备用字号|Spare series
device.revoked 已停用|Revoked
device.revoked_reason 停用原因|Reason
verdict.target 对象|Target
verdict.answer 审核结果|Answer
verdict.reason 原因|Reason
verdict.code 代码|Code
receipt.device 设备|Device
receipt.inst 记录批次|Run
receipt.seq 序号|Sequence
receipt.head 链头|Head
receipt.at 时间|At
erasure.targets 对象|Targets
erasure.ground 依据|Ground
erasure.authority 批准机关|Authority
"""


def _read(text: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    rows = [line.partition(" ") for line in text.strip().splitlines()]
    words = {key: rest.partition("|") for key, _, rest in rows}
    return (
        MappingProxyType({key: word[0] for key, word in words.items()}),
        MappingProxyType({key: word[2] for key, word in words.items()}),
    )


CHINESE, ENGLISH = _read(_TEXT)


def label(key: str, lang: str = "zh_CN") -> str:
    """Return the word for a field `kind.field`; a field of a newer program is shown by its key."""
    return (CHINESE if lang == "zh_CN" else ENGLISH).get(key, key)
