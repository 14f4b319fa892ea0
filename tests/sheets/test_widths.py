"""Where what is too long for a line may be broken."""

import pytest

from bulletin.sheets.widths import ZERO_WIDTH_SPACE, breakable


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("见https://a.cn/b", ["见https://a.cn/b"]),
        (
            "https://gk.huzhu.gov.cn/files/annual_report-final?year=2026&lang=zh",
            [
                "https://",
                "gk.huzhu.gov.cn/",
                "files/",
                "annual_",
                "report-",
                "final?",
                "year=2026&",
                "lang=zh",
            ],
        ),
        ("6217000010001234567890123456", ["621700001000", "123456789012", "3456"]),
    ],
)
def test_an_address_is_broken_after_its_joints_and_a_long_number_anywhere(words, pieces):
    assert breakable(words).split(ZERO_WIDTH_SPACE) == pieces
