"""What ends with a press on the page of a notice, said before it is done."""

from bulletin.domain.notices.workflow import Act
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.overview import edition_rows
from bulletin.web.confirmations import Consequence
from bulletin.web.desk.inputs import typed
from bulletin.web.request_context import actor, now, site


def ends_review(code: str) -> Consequence | None:
    detail = notice_detail(site(), actor(), code, now())
    offer, row = detail.offers.get(Act.WITHDRAW), detail.row
    if offer is None or not offer.is_open:
        return None  # it is refused anyway
    sentences = ("已经通过的步骤都不算了，改好后要从头审一遍。", "写的内容都在，不会丢。")
    return Consequence(f"撤回“{row.title}”？", sentences, "撤回修改")


def throws_away(code: str) -> Consequence | None:
    """A draft without a number goes without a reason, and so asks; a written reason is asking enough."""
    row = edition_rows(site(), actor(), code, now())[0]
    if row.number or typed("reason"):
        return None
    sentences = (
        "写的文字、表格和照片不能再用。",
        "要公开的事项还在，可以重新起草。",
        "历史里会记一笔：谁、什么时候丢掉的。",
    )
    return Consequence(f"丢掉“{row.title}”这份草稿？", sentences, "丢掉草稿")
