"""登记簿: every number of a year is there, and no gap is without its reason."""

import csv
import io
from datetime import date

from support.builders import a_notice
from support.clock import NOON

from bulletin.services.boards import post
from bulletin.services.notices import end
from bulletin.services.notices.register import COLUMNS, register_file, register_lines
from bulletin.store.publishers import publisher_by_prefix
from bulletin.store.register import LostCode, raise_counter
from bulletin.writers.tables import headings


def _lines(zhangjia, who=None, year=2026):
    return register_lines(zhangjia.site, who or zhangjia.li, year, NOON)


def test_each_number_says_what_became_of_it_and_where_it_hung(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], date(2026, 10, 9), NOON)
    (line,) = _lines(zhangjia)
    assert (line.number, line.publisher, line.editions, line.opens_on) == (
        "张家村公开〔2026〕1号", "张家村村民委员会", 1, date(2026, 10, 9),
    )  # fmt: skip
    assert line.hung == "村委会门口公开栏 第1版 2026年10月9日—还贴着"
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "数字有误", NOON)
    (line,) = _lines(zhangjia)
    assert "数字有误" in line.remark


def test_a_number_that_was_lost_or_skipped_is_explained(zhangjia):
    a_notice(zhangjia, NOON).approved()
    with zhangjia.site.sessions.writing() as session:
        publisher = publisher_by_prefix(session, "张家村公开")
        raise_counter(session, publisher, 2026, 3)
        session.add(
            LostCode(
                code="ABCDEFGH7Z", digits="40271685339", publisher_id=publisher.id, year=2026,
                number=2, restored_at=NOON,
            )
        )  # fmt: skip
    first, lost, skipped = _lines(zhangjia)
    assert [line.number[-2:] for line in (first, lost, skipped)] == ["1号", "2号", "3号"]
    assert "ABCDEFGH7Z" in lost.remark
    assert "没有公开件" in skipped.remark


def test_a_village_has_its_own_register_and_another_year_is_empty(zhangjia):
    a_notice(zhangjia, NOON).approved()
    assert len(_lines(zhangjia, zhangjia.wu)) == 1
    assert _lines(zhangjia, zhangjia.zhou) == []
    assert _lines(zhangjia, year=2025) == []


def test_the_file_holds_every_line(zhangjia, signed_in):
    a_notice(zhangjia, NOON).approved()
    rows = list(
        csv.reader(
            io.StringIO(register_file(_lines(zhangjia), "张家村", 2026, "csv").decode("utf-8-sig"))
        )
    )
    assert tuple(rows[0]) == headings(COLUMNS)
    assert rows[1][0] == "张家村公开〔2026〕1号"
    answer = signed_in("li").get("/desk/notices/register.xlsx")
    assert answer.data.startswith(b"PK")
    assert "2026年登记簿" in signed_in("li").get("/desk/notices").text
