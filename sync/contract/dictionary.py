"""Preset deflate dictionary no. 1 for sealed bodies: words of the catalogue and stock phrases; frozen for ever."""

from __future__ import annotations

from typing import Final

_TEXT: Final = (
    "项目部 工程有限公司 劳务有限公司 建设工程 拖欠工资 被申请人 申请人 身份证 深圳市光明区 街道 社区 人"
    "民调解委员会 深圳市光明区人民法院 广东省深圳市 法定代表人 负责人 班组 工资 元整 人民币 中国建设银行"
    "深圳光明支行 中国工商银行 中国农业银行 招商银行 支付至 银行账户 于2026年 前一次性支付 自愿达成如下协"
    "议 双方再无其他争议 调解员 农民工工资专用账户 总承包单位先行清偿 钢筋工 木工 泥瓦工 架子工 混凝土工 "
    "杂工 电工 焊工 汉族 湖南省 湖北省 四川省 贵州省 河南省 江西省 广西壮族自治区 未签订书面劳动合同 劳动"
    '报酬 工伤 租赁押金 物业服务费 交通事故 赔偿 误工费 医疗费\n"resident","permanent","uscc","person","o'
    'rganisation","branch","sole_trader","applicant","respondent","male","female","signed_fingerprint","s'
    'igned_sealed","sealed","transfer","payroll","cash","money","several","joint","advance","wage_arrears'
    '","labour_other","mediation","face_to_face","agreed","generated","typed","issued","draft","void","pa'
    'rty","agent","mediator","recorder","committee","yes","true","false","oral","written","at_agreement"'
    '\n{"base":{"at":[","manner":[","outcome":[","party":[","performed":[","satisfaction":[","text":[","v'
    'isitor":[""]},"kind":"visit","rec":"","set":{"at":"2026-1,"manner":","outcome":","party":","performe'
    'd":","satisfaction":","text":","visitor":"}}\n{"base":{"blob":[","bytes":[","checked_by":[","name":['
    '","order":[","original":[","pages":[","proves":[","removed":[","source":[""]},"kind":"evidence","rec'
    '":"","set":{"blob":","bytes":1,"checked_by":","name":","order":1,"original":","pages":1,"proves":","'
    'removed":true,"source":"}}\n{"base":{"at":[","manner":[","outcome":[","party":[","text":[","who":[""'
    ']},"kind":"contact","rec":"","set":{"at":"2026-1,"manner":","outcome":","party":","text":","who":"}}'
    '\n{"base":{"manner":[","on":[","reason":[","template":[","to":[""]},"kind":"notice","rec":"","set":{'
    '"manner":","on":"2026-1,"reason":","template":","to":"}}\n{"base":{"at":[","party":[","text":[""]},"'
    'kind":"private_note","rec":"","set":{"at":"2026-1,"party":","text":"}}\n{"base":{"at":[","consent":['
    '","risk":[","text":[""]},"kind":"psych_note","rec":"","set":{"at":"2026-1,"consent":true,"risk":","t'
    'ext":"}}\n{"base":{"address":[","identity":[","party":[","phone":[""]},"kind":"complainant","rec":""'
    ',"set":{"address":","id_number":","name":","party":","phone":"}}\n{"base":{"new":[","old":[","on":["'
    ',"paper":[","place":[","who":[""]},"kind":"correction","rec":"","set":{"new":","old":","on":"2026-1,'
    '"paper":","place":","who":"}}\n{"base":{"amount":[","manner":[","note":[","obligation":[","on":[","o'
    'utcome":[","party":[","removed":[""]},"kind":"performance","rec":"","set":{"amount":1200000,"manner"'
    ':","note":","obligation":","on":"2026-1,"outcome":","party":","removed":true}}\n{"base":{"identity":'
    '[","kind":[","paper":[","parties":[","phone":[","removed":[","scope":[","term":[""]},"kind":"agent",'
    '"rec":"","set":{"authority":","from":"2026-1,"id_number":","kind":","name":","paper":","parties":[",'
    '"phone":","removed":true,"scope":[","to":"2026-1}}\n{"base":{"demand":[","other_proceedings":[","req'
    'uest":[","story":[","summary":[""]},"kind":"facts","rec":"","set":{"demand":1200000,"other_proceedin'
    'gs":","request":","story":","summary":"}}\n{"base":{"attendees":[","chosen_by":[","mediators":[","mo'
    'de":[","no":[","notice_given":[","open":[","place":[","positions":[","record":[","recorder":[","resu'
    'lt":[","result_reason":[","time":[","undisputed":[""]},"kind":"session","rec":"","set":{"attendees":'
    '","chosen_by":","from":"2026-1,"mediators":[","mode":","no":1,"notice_given":true,"open":true,"place'
    '":","positions":","record":","recorder":","result":","result_reason":","to":"2026-1,"undisputed":"}}'
    '\n{"base":{"confirm":[","copies":[","court":[","disputed":[","effective_on":[","facts":[","form":[",'
    '"liability":[","number":[","on_spot":[","read_mode":[","served_address":[","state":[","total":[""]},'
    '"kind":"agreement","rec":"","set":{"confirm":","copies":1,"court":","disputed":","effective_on":"202'
    '6-1,"facts":","form":","liability":","number":","on_spot":true,"read_mode":","served_address":true,"'
    'state":","total":1200000}}\n{"base":{"agreement":[","order":[","removed":[","source":[","text":[""]}'
    ',"kind":"term","rec":"","set":{"agreement":","order":1,"removed":true,"source":","text":"}}\n{"base"'
    ':{"agreement":[","froze":[","manner":[","name":[","note":[","paper":[","party":[","person":[","role"'
    ':[","seal":[","void":[","when":[","witness":[""]},"kind":"signature","rec":"","set":{"agreement":","'
    'at":"2026-1,"froze":[","manner":","name":","note":","on":"2026-1,"paper":","party":","person":","rol'
    'e":","seal":","void":true,"witness":"}}\n{"base":{"agreement":[","bytes":[","copies":[","demo":[","e'
    'dition":[","facts_hash":[","froze":[","issued_ms":[","number":[","pages":[","pdf":[","replaces":[","'
    'state":[","template":[","title":[","version":[""]},"kind":"paper","rec":"","set":{"agreement":","byt'
    'es":1,"copies":1,"demo":true,"edition":","facts_hash":","froze":[","issued_ms":17900,"number":","pag'
    'es":1,"pdf":","reason":","replaces":","state":","template":","title":","version":1}}\n{"base":{"agre'
    'ement":[","condition":[","consequence":[","instalment":[","kind":[","method":[","method_note":[","or'
    'der":[","payer":[","removed":[","sum":[","what":[","when":[""]},"kind":"obligation","rec":"","set":{'
    '"agreement":","amount":1200000,"condition":","consequence":","due":"2026-1,"due_rule":","instalment"'
    ':1,"kind":","liability":","method":","method_note":","order":1,"payers":[","removed":true,"shares":{'
    '","what":"}}\n{"base":{"no":[","party":[","period":[","removed":[","sum":[","work":[""]},"kind":"wag'
    'e","rec":"","set":{"day_rate":1200000,"days":2500,"due":1200000,"from":"2026-1,"no":1,"owed":1200000'
    ',"paid":1200000,"party":","removed":true,"to":"2026-1,"work":"}}\n{"base":{"account":[","address":["'
    ',"ethnic":[","id":[","occupation":[","party":[","person":[","phone":[","rep":[""]},"kind":"identity"'
    ',"rec":"","set":{"account":","account_holder":","address":","bank":","birth":"2026-1,"ethnic":","id_'
    'kind":","id_number":","id_override":","legal_rep":","legal_rep_id":","legal_rep_title":","occupation'
    '":","party":","phone":","sex":"}}\n"},"kind":"wage","rec":".1","set":{"day_rate":30000,"days":2600,"'
    'due":780000,"from":"2026-07-01","no":1,"owed":780000,"paid":0,"party":".1","to":"2026-08-31","work":'
    '"钢筋工"}},{"kind":"identity","rec":".1","set":{"account":"6217","account_holder":"","address":"广东'
    '省深圳市光明区","bank":"中国建设银行","birth":"19","ethnic":"han","id_kind":"resident","id_number":"'
    '430","party":".1","phone":"13"}}],"salt":"\n{"changes":[{"kind":"'
)

DICTIONARY_1: Final = _TEXT.encode()
"""At most 16 KB, most frequent text last; a change would make old sealed bodies unreadable."""
