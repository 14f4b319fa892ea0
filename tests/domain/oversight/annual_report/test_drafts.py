"""What a report begins with: paragraphs that fit the year, and last year's problems."""

from support.paths import MATERIAL

from bulletin.domain.oversight.annual_report.drafts import DraftParagraph, draft_of, problems_in

FACTS = {"body": "红崖子沟乡", "year": "2026", "order": "国办公开办函〔2021〕30号"}
LATE = DraftParagraph(text="有【未按时公开】项没有按时公开。", when=("未按时公开",), numbered=True)
FINE = DraftParagraph(text="（请写问题。）", unless=("未按时公开",), numbered=True)
HEADING = DraftParagraph(text="（二）{year}年改进情况")
EACH = DraftParagraph(text="“{problem}”已改。", for_each_problem=True, numbered=True)


def test_a_paragraph_stands_there_only_when_there_is_something_to_say():
    late = draft_of([LATE, FINE], {"未按时公开": "3"}, FACTS)
    assert late == "1. 有【未按时公开】项没有按时公开。"
    assert draft_of([LATE, FINE], {"未按时公开": "0"}, FACTS) == "1. （请写问题。）"


def test_every_problem_of_last_year_gets_its_line_numbered_anew_under_each_heading():
    text = draft_of([LATE, HEADING, EACH], {"未按时公开": "3"}, FACTS, ["公开晚", "回复慢"])
    assert text.splitlines()[1:] == [
        "（二）2026年改进情况",
        "1. “公开晚”已改。",
        "2. “回复慢”已改。",
    ]


def test_problems_are_found_in_the_words_of_a_report():
    text = (MATERIAL / "annual_reports" / "2023.txt").read_text(encoding="utf-8")
    part = text.partition("五、存在的主要问题")[2]
    found = problems_in(part)
    assert len(found) == 4
    assert found[2] == "政策文件及解读还不到位，文件公开属性认定不准确"
    assert problems_in("无") == []
    inline = "（一）存在的问题。个别村的公开栏更新慢。（二）改进情况。每季度检查一次公开栏。"
    assert problems_in(inline) == ["个别村的公开栏更新慢"]
