"""公开件: every notice with its history, and the acts that end or correct what is out."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from bulletin.domain.catalog.items import Group, PublisherKind
from bulletin.domain.days import instant_words
from bulletin.domain.errors import refuse
from bulletin.domain.people import Role
from bulletin.services.boards.photos.recalled import recalled
from bulletin.services.desk.publication_card import publication_card
from bulletin.services.notices import end
from bulletin.services.notices import link_policy as policy
from bulletin.services.notices import redact as notices_redact
from bulletin.services.notices import reschedule as notices_reschedule
from bulletin.services.notices.detail import NoticeDetail, kept_file, notice_detail
from bulletin.services.notices.drafts import correct as notices_correct
from bulletin.services.notices.lists.notice_list import Narrowed, NoticeTab, notice_list
from bulletin.services.notices.overview import edition_rows
from bulletin.services.notices.policy_links import policy_lines
from bulletin.services.notices.reviews import review
from bulletin.services.notices.reviews.comments import comments_of
from bulletin.services.outlets.airing_log import airing_places
from bulletin.services.outlets.outlets import sent_lines
from bulletin.services.outlets.script import loudspeakers_for
from bulletin.services.places.villages import village_choices
from bulletin.services.privacy import clear as privacy_clear
from bulletin.web.confirmations import confirmed
from bulletin.web.desk.draft_form import local_moment
from bulletin.web.desk.inputs import moment_of, row_id, typed
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.desk.notice_endings import ends_review, throws_away
from bulletin.web.downloads import attached_file
from bulletin.web.guard import for_roles, staff
from bulletin.web.public.reading_counter import write_down
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

YEARS_OFFERED = 6
bp = Blueprint("notices", __name__, url_prefix="/desk/notices")


@bp.get("")
@staff
def notices() -> str:
    villages = village_choices(site(), actor(), today())
    asked = ListQuery("notices.notices")
    tab = asked.tab("show", NoticeTab, NoticeTab.ALL)
    narrowed = Narrowed(
        village_id=asked.village(villages),
        year=asked.year(range(today().year, today().year - YEARS_OFFERED, -1)),
        group=asked.member("group", Group),
        publisher=asked.member("publisher", PublisherKind),
    )
    query = asked.words()
    found = notice_list(
        site(),
        actor(),
        now(),
        tab=tab,
        words=query,
        narrowed=narrowed,
        number=asked.number,
    )
    return render_template(
        "desk/notices.html",
        page=found.page,
        counts=found.counts,
        is_cut=found.is_cut,
        asked=asked,
        q=query,
        villages=villages,
        loudspeakers=airing_places(site(), actor()),
        now=now(),
    )


@bp.get("/<code>")
@staff
def notice(code: str, *, act: str = "", sentences: Sequence[str] = ()) -> str:
    """One notice; after a refusal the form of the act stands open as it was typed."""
    number = request.args.get("edition", type=row_id)
    write_down()
    detail: NoticeDetail = notice_detail(site(), actor(), code, now(), number=number)
    card = publication_card(site(), actor(), code, now()) if detail.is_newest else None
    return render_template(
        "desk/notice.html",
        detail=detail,
        comments=comments_of(site(), actor(), code, now()),
        sent=sent_lines(site(), actor(), code),
        loudspeakers=loudspeakers_for(site(), actor(), code, now()),
        policies=policy_lines(site(), actor(), code),
        photos=[photo for photo in recalled(site(), actor(), code) if photo.is_open],
        card=card,
        moment=local_moment(card.publish_at if card else None),
        tends=actor().tends_boards_of(detail.row.village_id),
        soonest=local_moment(now()),
        sentences=sentences,
        act=act,
        now=now(),
    )


def _back(code: str, words: str) -> AnyResponse:
    flash(words)
    return redirect(url_for("notices.notice", code=code))


@bp.get("/<code>/files/<digest>/<name>")
@staff
def file(code: str, digest: str, name: str) -> Response:  # noqa: ARG001 - for the browser
    """A picture or attachment, also of a draft, under its own name."""
    attachment = kept_file(site(), actor(), code, digest)
    return attached_file(attachment.data, attachment.media_type, attachment.name)


@bp.post("/<code>/clear")
@staff
@refused_shows(notice, act="clear")
def clear(code: str) -> ResponseReturnValue:
    """A finding of the privacy check is no personal data: says why."""
    privacy_clear.clear(
        site(),
        actor(),
        code,
        (typed("kind"), typed("place"), typed("masked"), typed("source")),
        typed("reason"),
        now(),
    )
    return _back(code, "已记下您的说明。")


@bp.post("/<code>/seen")
@staff
def seen(code: str) -> AnyResponse:
    """A person looked into a file that the check cannot read."""
    privacy_clear.confirm_seen(site(), actor(), code, typed("file"), now())
    return _back(code, "已记下：这个文件有人看过。")


@bp.post("/<code>/withdraw")
@staff
@confirmed(ends_review)
def withdraw(code: str) -> ResponseReturnValue:
    review.withdraw(site(), actor(), code, now())
    return _back(code, "已经撤回，可以接着改。")


@bp.post("/<code>/correct")
@staff
def correct(code: str) -> AnyResponse:
    """更正: the next edition begins with the text of the one in force."""
    notices_correct.correct(site(), actor(), code, now())
    return redirect(url_for("drafts.edit", code=code))


@bp.post("/<code>/reschedule")
@staff
@refused_shows(notice, act="reschedule")
def reschedule(code: str) -> ResponseReturnValue:
    """改期: another moment, before the one that was chosen comes."""
    publish_at = moment_of(typed("publish_at"), "发布时间")
    if publish_at is None:
        raise refuse("incomplete", "请选什么时候发布。")
    notices_reschedule.reschedule(
        site(),
        actor(),
        code,
        publish_at,
        now(),
        reason=typed("reason"),
        late_is_meant=bool(request.form.get("late_is_meant")),
    )
    return _back(code, f"已改期，{instant_words(publish_at)}发布。")


@bp.post("/<code>/cancel")
@staff
@refused_shows(notice, act="cancel")
@confirmed(throws_away)
def cancel(code: str) -> ResponseReturnValue:
    end.cancel(site(), actor(), code, typed("reason"), now())
    row = edition_rows(site(), actor(), code, now())[0]
    return _back(
        code, "已经作废。登记号会保留。" if row.number else "草稿丢掉了，这一项又回到要公开的里。"
    )


@bp.post("/<code>/redact")
@staff
@refused_shows(notice, act="redact")
def redact(code: str) -> ResponseReturnValue:
    """移除个人信息: at once, by one person."""
    notices_redact.redact(site(), actor(), code, typed("reason"), now())
    if any(photo.is_open for photo in recalled(site(), actor(), code)):
        flash("内容已经移除。墙上的纸要马上取下，再写更正重新公开。拍到它的照片在这里，请遮住。")
        return redirect(url_for("recalls.photos", code=code))
    return _back(code, "内容已经移除。墙上的纸要马上取下，再写更正重新公开。")


@bp.post("/<code>/take-down")
@staff
@refused_shows(notice, act="take_down")
def take_down(code: str) -> ResponseReturnValue:
    end.take_down(site(), actor(), code, typed("reason"), now())
    return _back(code, "已经撤下，网上不再显示内容。墙上的纸也要取下。")


@bp.post("/<code>/policies")
@for_roles(Role.LIAISON)
@refused_shows(notice, act="policy")
def link_policy(code: str) -> ResponseReturnValue:
    """政策解读: this one explains another."""
    policy.link_policy(site(), actor(), code, typed("explained"), now())
    flash("关联好了，两份的网页都会写明。")
    return redirect(url_for("notices.notice", code=code, _anchor="policies"))


@bp.post("/<code>/policies/unlink")
@for_roles(Role.LIAISON)
@refused_shows(notice, act="policy")
def unlink_policy(code: str) -> ResponseReturnValue:
    policy.unlink_policy(site(), actor(), code, typed("explained"), now())
    flash("关联去掉了。")
    return redirect(url_for("notices.notice", code=code, _anchor="policies"))
