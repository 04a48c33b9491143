"""Values of the papers about a station's work as a whole: reports, meeting sheets, lists; of no one case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from station_app.documents.keys.asking import Predicate, given
from station_app.documents.keys.spec import Many, Record, Spec, date, number, text
from station_app.documents.keys.spec import flag as tick

TABLE: Final = Record(
    "统计表",
    {
        "caption": text("表名"),
        "columns": Many(
            "各列",
            "column",
            Record(
                "列",
                {"head": text("列名"), "group": text("上级列名"), "width": number("列宽"), "words": tick("文字列")},
            ),
        ),
        "rows": Many("各行", "row", Record("行", {"cells": Many("各格", "cell", text("内容")), "sum": tick("合计行")})),
        "notes": Many("表下说明", "note", text("说明")),
    },
)
"""`width` in tenths of a millimetre, in proportion to each other; a row has one cell a column."""

KEYS: Final[Mapping[str, Spec]] = {
    "report": Record(
        "报表",
        {
            "kind": text("报表种类"),
            "no": text("编号"),
            "title": text("报表名称"),
            "period": text("统计期间"),
            "unit": text("填报单位"),
            "made": date("填报日期"),
            "as_of": text("数据截至"),
            "paragraphs": Many("情况概述", "paragraph", text("情况概述")),
            "tables": Many("统计表", "table", TABLE),
            "notes": Many("说明", "note", text("说明")),
            "warnings": Many("核对", "warning", text("核对结果")),
            "remarks": text("情况说明"),
        },
    ),
}

PREDICATES: Final[Mapping[str, Predicate]] = {
    "report_no": given("report.no"),
    "report_remarks": given("report.remarks"),
    "report_warnings": given("report.warnings"),
    "report_notes": given("report.notes"),
    "table_notes": given("table.notes"),
}
