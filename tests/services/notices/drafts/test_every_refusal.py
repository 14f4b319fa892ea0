"""Every refusal of the submission is one that the bar said while somebody wrote: a new one needs its case here."""

import ast
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from sqlalchemy import select
from support.builders import LEDGER, a_notice
from support.clock import NOON
from support.paths import ROOT

from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.quorum import Votes
from bulletin.services.duties.open import open_duties
from bulletin.services.meetings.correct import correct_meeting
from bulletin.services.meetings.draft_decision import draft_decision
from bulletin.services.meetings.overview import meeting_view
from bulletin.services.meetings.record import NewDecision, NewMeeting, record_meeting
from bulletin.services.notices.drafts import correct, draft, start, submit
from bulletin.services.notices.drafts.draft_checks import draft_todo
from bulletin.services.notices.reviews import comment, review
from bulletin.store.duties import Duty
from bulletin.store.notice_queries import notice_by_code

pytestmark = pytest.mark.sqlite_only(reason="the rules; what they read is asked on both elsewhere")
PACKAGE = ROOT / "bulletin"
JANUARY = datetime(2027, 1, 6, 4, tzinfo=UTC)
TITLE = "2026年第三季度村级财务收支情况"
COLUMNS = [
    {"title": "摘要", "kind": "text"},
    {"title": "收入（元）", "kind": "money"},
    {"title": "支出（元）", "kind": "money"},
    {"title": "结余（元）", "kind": "money"},
]
PAID = [
    {"title": title, "kind": "money" if at else "text"}
    for at, title in enumerate(("工程", "结算价（元）", "已付款（元）", "未付款（元）"))
]
ROWS = [["上期结余", "", "", "100"], ["拨款", "50", "", "150"], ["电费", "", "30", "120"]]
SUMS = ["合计", "50", "30", "120"]


def words(text):
    return {"type": "paragraph", "text": text}


def heading(text):
    return {"type": "heading", "level": 1, "text": text}


def table(*, rows=ROWS, sums=SUMS, columns=COLUMNS):
    return {"type": "table", "caption": "", "columns": columns, "rows": rows, "footer": sums}


def picture(village, code):
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    stored = draft.attach(village.site, village.li, code, "会场.png", buffer.getvalue(), NOON)
    return [{"type": "image", "file": stored.file, "alt": "会场"}]


def corrected(village):
    notice = a_notice(village, NOON).approved()
    correct.correct(village.site, village.li, notice.code, NOON)
    return notice.code, NOON


def commented(village):
    notice = a_notice(village, NOON).submitted()
    comment.comment(village.site, village.sun, notice.code, "和发票对不上", NOON, block=1)
    review.send_back(village.site, village.sun, notice.code, "请改", NOON)
    return notice.code, NOON


MET = NewMeeting(
    kind=MeetingKind.REPRESENTATIVES,
    held_on=NOON.date() - timedelta(days=1),
    due=45,
    came=30,
    decisions=(NewDecision(title="西社渠道维修方案", text="投资三万元。", votes=Votes(29, 1)),),
)


def of_a_corrected_meeting(village):
    site, li = village.site, village.li
    meeting = record_meeting(site, li, village.id, MET, NOON)
    (decision,) = meeting_view(site, li, meeting, NOON).decisions
    code = draft_decision(site, li, meeting, decision.id, NOON)
    right = replace(MET, decisions=(replace(MET.decisions[0], id=decision.id, votes=Votes(28, 2)),))
    correct_meeting(site, li, meeting, right, "登记时看错了", NOON)
    return code, NOON


def fourth_quarter(village, place="张家村"):
    open_duties(village.site, JANUARY)
    with village.site.sessions.reading() as session:
        asked = select(Duty.id).where(
            Duty.item_code == "finance.quarterly_accounts",
            Duty.occasion == "2026-Q4",
            Duty.village_id == village.ids[place],
        )
        return session.scalars(asked).one()


def like_the_last(village, place="张家村"):
    blocks = [*LEDGER["blocks"], words("收入24000元。")]
    last = a_notice(village, NOON, document={"blocks": blocks}).approved()
    actor = village.li if place == "张家村" else village.zhou
    duty = fourth_quarter(village, place)
    return start.start(village.site, actor, [duty], JANUARY, like=last.code), JANUARY


def the_fourth(blocks, last=LEDGER["blocks"]):
    def begun(village):
        a_notice(village, NOON, document={"blocks": last}).approved()
        code = start.start(village.site, village.li, [fourth_quarter(village)], JANUARY)
        save(village, code, JANUARY, blocks=blocks)
        return code, JANUARY

    return begun


def save(village, code, now, *, title=TITLE, blocks=None, **more):
    with village.site.sessions.reading() as session:
        version = notice_by_code(session, code).effective_edition.version
    draft.save(village.site, village.li, code, now, version=version, title=title, document={"blocks": blocks or []}, **more)  # fmt: skip


def written(blocks=(), *, title=TITLE, at=NOON, **more):
    def begun(village):
        code = a_notice(village, NOON).code
        own = blocks(village, code) if callable(blocks) else [*blocks]
        save(village, code, NOON, title=title, blocks=own, **more)
        return code, at

    return begun


def blank_of_another(village):
    code, now = like_the_last(village, "白马村")
    return code, now, village.zhou


CASES = {
    "title_missing": written([table()], title=""),
    "content_missing": written(),
    "no_figures": written([words("没有收支。")]),
    "heading_empty": written([table(), heading("收入")]),
    "heading_blank": written([heading("收入"), words(""), heading("支出"), table()]),
    "period_runs": written([table()], at=NOON - timedelta(days=20)),
    "planned_late": written([table()], publish_at=NOON + timedelta(days=40)),
    "moment_passed": written([table()], publish_at=NOON - timedelta(minutes=1)),
    "file_missing": written([{"type": "image", "file": "a" * 64, "alt": "会场"}]),
    "alt_missing": written([{"type": "image", "file": "a" * 64, "alt": ""}]),
    "file_unseen": written(picture),
    "column_untitled": written([table(columns=[COLUMNS[0] | {"title": ""}, *COLUMNS[1:]])]),
    "change_note_missing": corrected,
    "element_open": written([table()]),
    "missing_glyph": written([table(), words("马\U000f0001示户")]),
    "cell_too_long": written([table(rows=[*ROWS, ["长" * 2400, "", "", "120"]])]),
    "personal_data": written([table(), words("户主11010519491231002X")]),
    "objection_differs": written([table(), words("有异议的，向村委会提出。")]),
    "comment_open": commented,
    "stale_figure": like_the_last,
    "blank_left": blank_of_another,
    "same_text": the_fourth(
        [words("现将本村2026年第四季度财务收支情况公开如下。"), LEDGER["blocks"][1]]
    ),
    "meeting_corrected": of_a_corrected_meeting,
    "carried_differs": the_fourth(
        [table(rows=[["上期结余", "", "", "999"], *ROWS[1:]], sums=None)], [table()]
    ),
    "sum_differs": written([table(sums=["合计", "50", "31", "120"])]),
    "balance_differs": written([table(rows=[*ROWS[:2], ["电费", "", "30", "121"]], sums=None)]),
    "equation_differs": written(
        [table(rows=[["村道", "100", "40", "61"]], sums=None, columns=PAID)]
    ),
    "amount_unread": written([table(rows=[*ROWS[:2], ["电费", "", "3o", "120"]])]),
    "capital_differs": written([table(), words("支出30元（大写：叁拾壹元整）。")]),
    "summary_differs": written(
        [{"type": "summary", "lines": [{"label": "花出去", "words": "31.00元"}]}, table()]
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_what_the_submission_refuses_was_said_before(zhangjia, code):
    notice, now, *who = CASES[code](zhangjia)
    actor = who[0] if who else zhangjia.li
    said = draft_todo(zhangjia.site, actor, notice, now).checks
    assert code in {check.code for check in said}
    with pytest.raises(submit.NotSubmitted) as refused:
        submit.submit(zhangjia.site, actor, notice, now)
    assert refused.value.checks == said


# --- and there is no other ---------------------------------------------------------------------------

SAYS = {"DraftCheck": "code", "check_at": 1, "difference": 0, "_difference": 0}
# What `check_at` passes on from the rules of paper and privacy.
PASSED_ON = {"missing_glyph", "objection_differs", "file_unseen", "personal_data"}
# What else `submit` calls, and why it can refuse nothing that is written.
OTHERS = {
    "edition_for": "whose notice it is",
    "ensure_may": "who may, and whether it is a draft",
    "ensure_text_is_clean": "the reason, which is typed beside the button",
    "advance": "asks ensure_may",
    "release": "the machine's clock; of objections what the checks say",
}
HARMLESS = {
    "with_files_read", "draft_checks", "writing", "_confirmed", "edition_fingerprint", "edition_text_digest",
    "flush", "join", "filter", "_words", "confirmed_words", "explained_words",
}  # fmt: skip


def codes_in(module):
    for call in ast.walk(ast.parse(module.read_text("utf-8"))):
        name = getattr(getattr(call, "func", None), "id", "")
        if name not in SAYS:
            continue
        where = SAYS[name]
        given = [each.value for each in call.keywords if each.arg == where]
        given += call.args[where : where + 1] if isinstance(where, int) else []
        yield from (each.value for each in given if isinstance(each, ast.Constant))


def test_every_code_has_its_case():
    rules = [*(PACKAGE / "domain").rglob("*.py"), *(PACKAGE / "services").rglob("*.py")]
    found = {code for module in rules for code in codes_in(module)}
    assert found | PASSED_ON == set(CASES)


def test_submit_asks_nothing_else():
    tree = ast.parse((PACKAGE / "services/notices/drafts/submit.py").read_text("utf-8"))
    (act,) = [each for each in tree.body if getattr(each, "name", "") == "submit"]
    called = {
        getattr(call.func, "id", getattr(call.func, "attr", ""))
        for call in ast.walk(act)
        if isinstance(call, ast.Call)
    }
    assert called == {*OTHERS, *HARMLESS}
