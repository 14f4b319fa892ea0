"""Texts with a piece of every kind."""

from typing import Any

ROSTER: dict[str, Any] = {
    "type": "table",
    "caption": "拟新增家庭",
    "columns": [
        {"title": title, "kind": kind}
        for title, kind in {
            "序号": "number",
            "户主姓名": "text",
            "村民小组": "text",
            "保障人数": "number",
            "月保障金额（元）": "money",
            "初审意见": "text",
            "申请日期": "date",
            "备注": "text",
        }.items()
    ],
    "rows": [
        ["1", "祁示例一", "第一村民小组", "2", "860.00", "拟新增", "2026年9月5日", ""],
        ["2", "李示例二", "第二村民小组", "13", "1275.00", "由475.00元调整", "2026年9月8日", ""],
    ],
    "footer": None,
}
PROSE: list[dict[str, Any]] = [
    {"type": "heading", "level": 1, "text": "一、基本情况"},
    {"type": "paragraph", "text": "经村民代表会议讨论，现将有关情况公开如下，请村民监督。"},
    {"type": "list", "items": ["资金来源：财政奖补", "工期：2026年10月至11月"], "ordered": True},
    {"type": "heading", "level": 2, "text": "（一）办法"},
]
SUMMARY = {"type": "summary", "lines": [{"label": "收进来", "words": "24,000.00元"}]}
