"""A case of 500 people to whom one neighbour pays: an agreement of two pages for each of them."""

from __future__ import annotations

from typing import Any

from station_app.services import agreements, cases
from station_app.services.cases import Intake, PartyInput, Values
from station_app.services.station import Station
from tests.documents import samples

ADDRESS = "深圳市光明区凤凰街道东坑社区演示路18号3栋1202房"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = "志强国华建军伟民永福春明秀英"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FACTS = (
    "被申请人装修自有房屋时打穿楼板给水管，水漏入申请人所住房屋，客厅、卧室的吊顶、墙面和木地板受损。经双方到场查看、"
    "共同清点，确认损失项目，对更换范围和工时单价有争议，申请调解。"
)


def name(n: int) -> str:
    """A made-up name."""
    return _SURNAMES[n % 20] + _GIVEN[n // 20 % 14] + _GIVEN[n // 7 % 14]


def id_number(n: int) -> str:
    """A number with its check digit (GB 11643)."""
    body = f"440306{1970 + n % 30}{n % 12 + 1:02d}{n // 12 % 28 + 1:02d}{n % 1000:03d}"
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11]


def _person(n: int, role: str) -> PartyInput:
    identity: Values = {"id_kind": "resident", "id_number": id_number(n), "phone": f"138{n:08d}", "address": ADDRESS}
    return PartyInput({"role": role, "kind": "person", "name": name(n)}, {**identity, "occupation": "工人"})


def group_case(station: Station, people: int) -> str:
    """The case with an agreement for all, accepted; returns its record id."""
    facts: Values = {"summary": "楼上漏水损坏装修，要求赔偿", "story": FACTS}
    parties = [_person(9999, "respondent"), *(_person(n, "applicant") for n in range(people))]
    case = cases.register(station, intake=Intake({"type": "neighbour"}, facts, parties)).case
    cases.step(station, case=case, verb="accept", at="2026-11-20T09:05")
    payer = station.case(case).side("respondent")[0].id
    grid = agreements.split(station, case=case, totals=[800_000 * people], rule="even")
    common: Values = {"payers": [payer], "liability": "several", "what": "修复费用", "method": "transfer"}
    rows = agreements.rows_of(grid, common=common, dues=[{"due": "2026-12-01", "due_rule": "on_date"}])
    values: Values = {"confirm": "not", "read_mode": "aloud", "served_address": False}
    agreements.make(station, case=case, values=values, rows=rows)
    return case


def plain_values(n: int, terms: list[str]) -> dict[str, Any]:
    """The same words as the baseline takes them."""
    people = [samples.small()["parties"][0] | _shown(k, role) for k, role in ((n, "申请人"), (9999, "被申请人"))]
    half = (len(terms) + 1) // 2
    agreement = {"facts": FACTS, "terms": ["".join(terms[:half]), "".join(terms[half:])]}
    return {**samples.small(), "parties": people, "agreement": agreement}


def _shown(n: int, role: str) -> dict[str, str]:
    shown = {"role": role, "name": name(n), "id_number": id_number(n), "phone": f"138{n:08d}"}
    return {**shown, "address": ADDRESS, "occupation": "工人"}
