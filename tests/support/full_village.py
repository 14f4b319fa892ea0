"""A township in which everything that the software knows has happened once, by the real acts."""

from datetime import timedelta

from sqlalchemy import select

from bulletin.domain.duties.attributes import Attribute
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.quorum import Votes
from bulletin.domain.notices.workflow import Act
from bulletin.domain.outlets.paste import ReadOut
from bulletin.services.attributes.propose_attribute import accept_attribute, propose_attribute
from bulletin.services.boards import post
from bulletin.services.boards.packs import order_pack
from bulletin.services.boards.photos import receive
from bulletin.services.catalog import import_file, propose_import
from bulletin.services.duties.open import open_duties
from bulletin.services.duties.open_matter import begin_matter
from bulletin.services.duties.record_event import record_step_event
from bulletin.services.feedback.answer import answer
from bulletin.services.meetings.draft_decision import draft_decision
from bulletin.services.meetings.overview import meeting_view
from bulletin.services.meetings.record import NewDecision, NewMeeting, record_meeting
from bulletin.services.notices import end, redact
from bulletin.services.notices.drafts import correct, draft, forward, keep_file, start
from bulletin.services.notices.link_policy import link_policy
from bulletin.services.notices.reviews import comment, review
from bulletin.services.outlets.record_aired import correct_airing, record_airing
from bulletin.services.outlets.record_sent import record_chat, record_sending
from bulletin.services.oversight.escalation.answer import answer as reply
from bulletin.services.people import invite
from bulletin.services.people.name_deputy import name_deputy
from bulletin.store.duties import Duty
from bulletin.store.outlets import Sending
from support.boards import close_up
from support.brought import LEDGER as LEDGER_ROWS
from support.brought import a_workbook, png, saved
from support.builders import LEDGER, ANotice, Village, a_duty, a_notice
from support.clock import NOON
from support.escalations import an_order, late_lines
from support.feedback import a_question, pass_to_village
from support.full_jobs import fill_jobs
from support.full_texts import PROSE, ROSTER, SUMMARY
from support.full_township import FullVillage, fill_township

LOOKED_AT = NOON + timedelta(days=28)  # some periods are over, some papers late
LATELY = LOOKED_AT - timedelta(days=1)
OWN_CATALOG = "公开事项,公开时限\n村级财务收支情况,每月10日前\n水费收缴,收完水费就贴\n"


def fill_village(village: Village) -> FullVillage:
    """Everything once, in the order in which it happens; to be looked at on `LOOKED_AT`."""
    full = fill_township(village)
    _published(full)
    _asked(full)
    _ended(full)
    _under_review(full)
    _drafts(full)
    _matters(full)
    _attributes(full)
    _boards(full)
    _aired(full)
    _lately(full)
    _files_brought(full)
    open_duties(village.site, LOOKED_AT)
    _escalated(full)
    fill_jobs(full, LOOKED_AT)
    return full


def _escalated(full: FullVillage) -> None:
    """What is late was ordered, and the village has answered."""
    village, site = full.village, full.village.site
    full.ids["order"] = an_order(village, LOOKED_AT)
    reply(site, village.li, full.ids["order"], "票据整理好就公开。", LOOKED_AT)
    offered = (line.about.duty_id for line in late_lines(village, LOOKED_AT) if line.offer)
    full.ids["late"] = next(duty_id for duty_id in offered if duty_id is not None)


def _published(full: FullVillage) -> None:
    village, site, li = full.village, full.village.site, full.village.li
    accounts = full.write("accounts", document={"blocks": [SUMMARY, *LEDGER["blocks"]]})
    accounts.approved()
    record_sending(
        site, village.tian, full.ids["县政府网站"], accounts.code, NOON, link="https://a.example.cn"
    )
    record_chat(site, li, accounts.code, "张家村村民群", NOON)
    _roster(full)
    funds = full.write("corrected", item="finance.government_funds", title="上级拨款使用情况")
    funds.approved().printed()
    post.hang(site, li, funds.code, village.boards[0], NOON.date(), NOON)
    funds.corrected()
    explains = full.write("explains", item="affairs.decisions_progress", title="决定落实情况解读")
    link_policy(site, li, explains.code, accounts.code, NOON)
    explains.approved()


def _roster(full: FullVillage) -> None:
    village = full.village
    listed = full.write(
        "roster",
        item="government.low_income_review",
        title="低保新增家庭公示",
        document={"blocks": [*PROSE, ROSTER]},
    )
    listed.submitted().examined().confirmed()
    review.take_step(village.site, village.wang, listed.code, Act.SCREEN, NOON)


def _asked(full: FullVillage) -> None:
    """A question that was passed on and answered, one that the village has, and one that has just come."""
    village, site = full.village, full.village.site
    for name in ("answered", "passed_on", "asked"):
        asked = a_question(village, NOON, notice=full.codes["accounts"])
        full.ids[name] = asked.id
        if name != "asked":
            pass_to_village(asked, "路灯换了几盏？")
    answer(site, village.li, full.ids["answered"], "换了12盏，发票在村委会。", NOON)


def _ended(full: FullVillage) -> None:
    village, site, li = full.village, full.village.site, full.village.li
    taken = full.write("taken_down", item="finance.labour_subsidies", title="误工补贴发放情况")
    end.take_down(site, li, taken.approved().code, "数字写错了", NOON)
    gone = full.write("redacted", item="affairs.requested", title="村民要求公开的事项")
    pdf = gone.approved().printed().sheet.pdf
    post.hang(site, li, gone.code, village.boards[1], NOON.date(), NOON)
    visit = receive.receive(site, li, village.boards[1], [close_up([pdf])], NOON)
    receive.confirm(site, li, visit, NOON)
    redact.redact(site, li, gone.code, "写进了病情", NOON)
    stopped = full.write(
        "cancelled",
        item="affairs.major_matters",
        title="重大事项",
        publish_at=NOON + timedelta(days=2),
    )
    end.cancel(site, li, stopped.approved().code, "不办了", NOON)


def _under_review(full: FullVillage) -> None:
    village, site = full.village, full.village.site
    waiting = full.write("in_review", item="affairs.public_works", title="渠道维修工程").submitted()
    comment.comment(site, village.sun, waiting.code, "和发票对不上", NOON, block=1)
    back = full.write("sent_back", item="affairs.consultation_results", title="协商结果")
    back.submitted()
    review.send_back(site, village.sun, back.code, "请写清哪一天", NOON)
    forced = full.write("forced", item="affairs.group_decisions", title="小组会议决定").submitted()
    review.force(site, village.zhao, forced.code, "监委会成员都外出", NOON)


def _drafts(full: FullVillage) -> None:
    village, site, li = full.village, full.village.site, full.village.li
    plain = full.write("draft", item="affairs.government_assistance", title="协助政府工作情况")
    kept = draft.attach(site, li, plain.code, "会场.png", png(size=(640, 360)), NOON)
    ledger = draft.attach(site, li, plain.code, "附表.csv", "项目,金额\n路灯,300\n".encode(), NOON)
    blocks = [
        *PROSE,
        {"type": "image", "file": kept.file, "alt": "", "caption": "会场"},
        ROSTER,
        *LEDGER["blocks"],
        {"type": "attachment", "file": ledger.file, "name": ledger.name},
        {"type": "paragraph", "text": "联系电话13812345678，龘𬭶。"},
    ]
    draft.save(
        site, li, plain.code, NOON, version=2, title="协助政府工作情况", document={"blocks": blocks}
    )
    paper = forward.HigherPaper("关于城乡居民医保缴费的通告", "县医疗保障局", "互医保〔2026〕12号")
    scans = [("通告.png", png((250, 250, 250), (620, 877)))]
    full.codes["forwarded"] = forward.forward(site, li, village.id, paper, scans, NOON)
    correct.correct(site, li, full.codes["explains"], NOON)


def _matters(full: FullVillage) -> None:
    village, site, li = full.village, full.village.site, full.village.li
    road = begin_matter(site, li, village.id, "public_works", "村道硬化工程", NOON.date(), NOON)
    full.ids["matter"] = road.id
    record_step_event(site, li, road.id, 1, NOON.date(), NOON)
    decided = NewDecision(title="西社渠道维修方案", text="投资三万元。", votes=Votes(29, 1))
    new = NewMeeting(
        kind=MeetingKind.REPRESENTATIVES,
        held_on=NOON.date(),
        place="村委会会议室",
        due=45,
        came=30,
        agenda="渠道维修\n筹资筹劳",
        decisions=(decided,),
    )
    photo = ("记录.png", png(size=(320, 240)))
    met = full.ids["meeting"] = record_meeting(site, li, village.id, new, NOON, minutes=photo)
    (recorded,) = meeting_view(site, li, met, NOON).decisions
    full.codes["decided"] = draft_decision(site, li, met, recorded.id, NOON)
    ANotice(village, full.codes["decided"], NOON).approved()


def _attributes(full: FullVillage) -> None:
    village, site = full.village, full.village.site
    with site.sessions.reading() as session:
        own = select(Duty.id).where(Duty.village_id.is_(None), Duty.due_on.is_not(None))
        proposed, decided = session.scalars(own.limit(2)).all()
        late = session.scalars(
            select(Duty.id).where(Duty.village_id == village.id, Duty.due_on.is_not(None))
        ).all()
    full.ids |= {"proposed": proposed, "attribute": decided, "duty": late[0], "other": late[-1]}
    for duty in (proposed, decided):
        propose_attribute(site, village.tian, duty, Attribute.WITHHELD, "涉及商业秘密", NOON)
    accept_attribute(site, village.chen, decided, NOON)


def _boards(full: FullVillage) -> None:
    """Two papers on the first board, seen by a photograph, and a pack for the second."""
    village, site, li = full.village, full.village.site, full.village.li
    pdfs = [
        ANotice(village, full.codes[name], NOON).printed().sheet.pdf
        for name in ("accounts", "corrected")
    ]
    full.ids["posting"] = post.hang(
        site, li, full.codes["accounts"], village.boards[0], NOON.date(), NOON
    )
    visit = receive.receive(site, li, village.boards[0], [close_up(pdfs)], NOON)
    receive.confirm(site, li, visit, NOON)


def _aired(full: FullVillage) -> None:
    """Twice, of which one record was put right."""
    village, site = full.village, full.village.site
    loudspeaker = full.ids["张家村广播"]
    first, later = NOON + timedelta(hours=5), NOON + timedelta(hours=18)
    for at in (first, later):
        choice = ReadOut(rows=at == later)
        record_airing(
            site, village.li, loudspeaker, full.codes["accounts"], at, aired_at=at, choice=choice
        )
    with site.sessions.reading() as session:
        wrong, full.ids["aired"] = session.scalars(
            select(Sending.id).where(Sending.outlet_id == loudspeaker).order_by(Sending.id)
        )
    right = NOON + timedelta(hours=5, minutes=40)
    correct_airing(
        site, village.li, wrong, later, aired_at=right, times=1, reason="那天停电，晚了四十分钟"
    )


def _lately(full: FullVillage) -> None:
    """What is fresh when it is looked at."""
    village, site, li = full.village, full.village.site, full.village.li
    full.tokens["welcome"] = invite.invite(site, village.zheng, full.ids["invited"], LATELY).token
    name_deputy(
        site,
        village.zheng,
        village.sun.id,
        full.ids["stand-in"],
        LATELY.date(),
        LATELY.date() + timedelta(days=7),
        LATELY,
    )
    accounts = a_duty(village, "finance.quarterly_accounts", LATELY)
    full.codes["rolled"] = start.start(
        site, li, [accounts], LATELY, second_reason="再写一份", like=full.codes["accounts"]
    )
    fresh = a_notice(village, LATELY, item="affairs.levy", title="筹资筹劳方案").approved()
    full.codes["fresh"] = fresh.code
    planned = a_notice(
        village,
        LATELY,
        item="affairs.committee_changes",
        title="村民代表变动情况",
        publish_at=LATELY + timedelta(days=4),
    )
    full.codes["scheduled"] = planned.approved().code
    papers = [close_up([fresh.printed().sheet.pdf])]
    full.ids["visit"] = receive.receive(site, li, village.boards[0], papers, LATELY)
    full.ids["pack"] = order_pack.order_pack(site, li, LATELY, board_id=village.boards[1])


def _files_brought(full: FullVillage) -> None:
    village, site, li = full.village, full.village.site, full.village.li
    book = saved(a_workbook(收支=LEDGER_ROWS, 名单=[["姓名", "金额"], ["祁示例", 410]]))
    keep_file.await_choice(site, li, full.codes["draft"], "台账.xlsx", book, LATELY)
    upload = import_file.read_upload(OWN_CATALOG.encode("gb18030"), "目录.csv")
    propose_import.propose(site, village.zheng, village.id, upload, LATELY)
