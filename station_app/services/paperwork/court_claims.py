"""What an agreement promised in money and what of it arrived: the rows of a payment order and of an enforcement."""

from __future__ import annotations

from station_app.domain.agreement.obligations import duties
from station_app.domain.agreement.words import People
from station_app.domain.case import Case
from station_app.domain.dates import date_cn
from station_app.services.performance import dues_of

Values = dict[str, object]


def claim_values(case: Case) -> Values:
    """Each payee's instalments with what was paid and what is left, in 分; {} where no money was promised."""
    people = People(case)
    by_rec = {d.rec: d for d in duties(case)}
    rows: list[Values] = []
    found = dues_of(case)
    for no, due in enumerate(found, 1):
        duty = by_rec[due.obligation]
        row: Values = {
            "no": no,
            "payee": people.names([due.party]),
            "payer": people.names(duty.payers),
            "due": f"{date_cn(due.due)}前" if due.due else duty.due_words,
            "amount": due.amount,
            "paid": due.paid,
            "left": due.left,
        }
        rows.append({name: value for name, value in row.items() if value != ""})
    if not rows:
        return {}
    return {
        "agreed": sum(d.amount for d in found),
        "paid": sum(d.paid for d in found),
        "left": sum(d.left for d in found),
        "rows": rows,
    }
