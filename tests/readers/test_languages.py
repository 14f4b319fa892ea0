"""A county's own language is one file; what would break a page stops the start, with its line."""

import pytest

from bulletin.domain.errors import Misconfigured
from bulletin.readers.languages import read_languages

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
NAME = 'msgid "中文"\nmsgstr "བོད་ཡིག"\n\n'
MARKED = 'msgid "看<b>这里</b>"\nmsgstr "{}འདི་{}"\n\n'
DAY = 'msgid "%(day)s答复"\nmsgstr "{}"\n\n'


@pytest.fixture
def written(tmp_path):
    def write(text, name="bo.po"):
        (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
        return tmp_path

    return write


def test_a_file_is_a_language_and_what_is_not_translated_is_left_out(written):
    fuzzy = '#, fuzzy\nmsgid "查看"\nmsgstr "ཉེས་"\n\n'
    folder = written(HEAD + NAME + fuzzy + DAY.format(""))
    chinese, tibetan = read_languages([folder, folder / "nothing here"])
    assert (chinese.tag, chinese.messages) == ("zh-CN", {})
    assert (tibetan.tag, tibetan.name, tibetan.right_to_left) == ("bo", "བོད་ཡིག", False)
    assert tibetan.messages == {"中文": "བོད་ཡིག"}


def test_a_language_that_is_written_from_the_right_is_known_by_its_name(written):
    folder = written(HEAD + NAME.replace("བོད་ཡིག", "ئۇيغۇرچە"), "ug.po")
    assert read_languages([folder])[1].right_to_left


def test_an_office_puts_its_own_words_before_ours(written, tmp_path):
    written(HEAD + NAME + DAY.format("%(day)s: one"))
    own = tmp_path / "own"
    own.mkdir()
    (own / "bo.po").write_text(HEAD + NAME + DAY.format("%(day)s: two"), encoding="utf-8")
    (_chinese, language) = read_languages([tmp_path, own])
    assert language.messages["%(day)s答复"] == "%(day)s: two"


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (HEAD + NAME + DAY.format("on the day"), "bo.po", r"line 8: .*%\(…\)s.*day"),
        (HEAD + NAME + DAY.format("%(day)s %(dya)s"), "bo.po", "line 8"),
        (HEAD + NAME + DAY.format("%(day)s 100%"), "bo.po", "line 8"),
        (
            HEAD + NAME + DAY.format("%(day)s <b>x</b>"),
            "bo.po",
            "line 8: .*'%.day.s答复'.*</b> <b>",
        ),
        (HEAD + NAME + DAY.format("<%(day)s"), "bo.po", "line 8: .*own: <"),
        (HEAD + NAME + DAY.format("%(day)s > x"), "bo.po", "line 8: .*own: >"),
        (HEAD + NAME + DAY.format("%(day)s &amp; x"), "bo.po", "line 8: .*own: &amp;"),
        (HEAD + NAME + DAY.format("%(day)s & x"), "bo.po", "line 8: .*own: &"),
        (HEAD + NAME + DAY.format(r"%(day)s \" onclick=\"x"), "bo.po", 'line 8: .*own: "'),
        (HEAD + NAME.replace("བོད", "<བོད"), "bo.po", "line 5: .*own: <"),
        (HEAD + NAME + MARKED.format("<b onclick='x'>", "</b>"), "bo.po", "line 8: .*onclick"),
        (HEAD + NAME + MARKED.format("<b><b>", "</b>"), "bo.po", "line 8: .*own: <b>"),
        (HEAD + NAME + 'msgid "查看\n', "bo.po", "bo.po: line 8"),
        (HEAD, "bo.po", "what the language calls itself"),
        (HEAD + NAME, "藏文.po", "name it after its language"),
        (HEAD + NAME, "zh-CN.po", "name it after its language"),
        (HEAD.encode() + b'msgid "\xd6\xd0"\nmsgstr "x"\n', "bo.po", "bo.po"),
        (b"\x00\x01\xffPK", "bo.po", "bo.po"),
        ("<html>", "bo.po", "bo.po"),
    ],
)
def test_a_file_that_would_break_a_page_stops_the_start(written, text, name, said):
    with pytest.raises(Misconfigured, match=said):
        read_languages([written(text, name)])


def test_the_marks_of_the_original_stay_in_its_translation(written):
    (_chinese, language) = read_languages([written(HEAD + NAME + MARKED.format("<b>", "</b>"))])
    assert language.messages["看<b>这里</b>"] == "<b>འདི་</b>"
