"""别处也要发: websites, media, chats and loudspeakers that carry a notice as well."""

from collections.abc import Sequence

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from bulletin.domain.errors import Refused, refuse
from bulletin.domain.outlets.rules import MAX_DAYS, OutletKind
from bulletin.domain.people import Role
from bulletin.services.outlets import record_sent, register_outlet
from bulletin.services.outlets.late_outlets import overdue_there
from bulletin.services.outlets.outlets import named_outlet
from bulletin.services.outlets.outlets import outlets as outlets_served
from bulletin.services.outlets.ready_to_send import ready_to_send
from bulletin.services.outlets.register_outlet import NewOutlet
from bulletin.services.outlets.share import phone_sheet
from bulletin.services.outlets.to_send import outlet_work
from bulletin.services.places.villages import village_choices
from bulletin.web.confirmations import Consequence, confirmed
from bulletin.web.desk.inputs import count_of, moment_of, row_id_typed, typed
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.guard import for_roles, staff
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("outlets", __name__, url_prefix="/desk/outlets")
serves = for_roles(Role.LIAISON)
sees = for_roles(Role.LIAISON, Role.ADMINISTRATOR)
administers = for_roles(Role.ADMINISTRATOR)


@bp.get("")
@sees
def outlets(*, sentences: Sequence[str] = ()) -> str:
    """What is to be sent and taken out; for the administrator also which outlets there are."""
    villages = village_choices(site(), actor(), today())
    asked = ListQuery("outlets.outlets")
    village_id, outlet_id = asked.village(villages), asked.row("outlet")
    work = outlet_work(
        site(), actor(), now(), outlet_id=outlet_id, village_id=village_id, number=asked.number
    )
    asked.offer("outlet", {str(each): name for each, name in work.outlets.items()})
    return render_template(
        "desk/outlets.html",
        work=work,
        asked=asked,
        outlets=outlets_served(site(), actor(), now()),
        kinds=list(OutletKind),
        villages=villages,
        max_days=MAX_DAYS,
        sentences=sentences,
        today=today(),
        now=now(),
    )


@bp.post("")
@administers
@refused_shows(outlets)
def register() -> ResponseReturnValue:
    """An outlet that carries what is published from today on."""
    if typed("kind") not in set(OutletKind):
        raise refuse("no_kind", "请选是哪一种渠道。")
    days = count_of(typed("days"), "天数")
    new = NewOutlet(
        name=typed("name"),
        kind=OutletKind(typed("kind")),
        village_id=row_id_typed("village"),
        days=3 if days is None else days,
    )
    outlet_id = register_outlet.register_outlet(site(), actor(), new, now())
    if new.kind is OutletKind.BROADCAST:
        flash("登记好了。再写什么时候播。")
        return redirect(url_for("airings.slots", outlet_id=outlet_id))
    flash("登记好了，从今天起发布的都要往这里发。")
    return redirect(url_for("outlets.outlets"))


def _ends_outlet(outlet_id: int) -> Consequence:  # noqa: ARG001 - as the view
    sentences = ("从现在起不再往这里发，没发的任务都不用办了。", "已经发过的记录都留着。")
    return Consequence("停用这个渠道？", sentences, "停用")


@bp.post("/<int:outlet_id>/end")
@administers
@refused_shows(outlets)
@confirmed(_ends_outlet)
def end(outlet_id: int) -> ResponseReturnValue:
    register_outlet.end_outlet(site(), actor(), outlet_id, now())
    flash("停用了，不再往这里发。")
    return redirect(url_for("outlets.outlets"))


@bp.get("/<int:outlet_id>/late")
@staff
def late(outlet_id: int) -> str:
    """What it should have by now and has not, for whoever sees that it is late."""
    asked = ListQuery("outlets.late", outlet_id=outlet_id)
    return render_template(
        "desk/late_outlet.html",
        late=overdue_there(site(), actor(), outlet_id, now(), number=asked.number),
        asked=asked,
        outlet_id=outlet_id,
        today=today(),
        now=now(),
    )


@bp.get("/<int:outlet_id>/<code>")
@serves
def send(outlet_id: int, code: str, *, sentences: Sequence[str] = ()) -> str | Response:
    """The words and pictures of a notice, ready to be pasted; chats and loudspeakers have pages of their own."""
    name, kind = named_outlet(site(), actor(), outlet_id)
    if kind is OutletKind.CHAT:
        return make_response(redirect(url_for("printing.share", code=code, chat=name)))
    if kind is OutletKind.BROADCAST:
        return make_response(redirect(url_for("airings.script", outlet_id=outlet_id, code=code)))
    return render_template(
        "desk/send.html",
        ready=ready_to_send(site(), actor(), outlet_id, code, now()),
        outlet_id=outlet_id,
        pictures=_pictures(code),
        sentences=sentences,
        today=today(),
        now=now(),
    )


def _pictures(code: str) -> int:
    """How many there are; 0 where none can be made."""
    try:
        return phone_sheet(site(), actor(), code, now())[1].pages
    except Refused:
        return 0


@bp.post("/<int:outlet_id>/<code>")
@serves
@refused_shows(send)
def sent(outlet_id: int, code: str) -> ResponseReturnValue:
    record_sent.record_sending(
        site(),
        actor(),
        outlet_id,
        code,
        now(),
        sent_at=moment_of(typed("sent_at"), "发出的时间"),
        link=typed("link"),
    )
    flash("登记好了。")
    return redirect(url_for("outlets.outlets"))


@bp.post("/sendings/<int:sending_id>/withdraw")
@serves
def withdraw(sending_id: int) -> AnyResponse:
    """没有发: the record was a slip."""
    code = record_sent.withdraw_sending(site(), actor(), sending_id, now())
    flash("已改：这一次不算发过。")
    return redirect(url_for("notices.notice", code=code, _anchor="after"))


@bp.post("/sendings/<int:sending_id>/removed")
@serves
def removed(sending_id: int) -> AnyResponse:
    """It was taken out of the outlet again."""
    record_sent.record_removal(site(), actor(), sending_id, now())
    flash("登记好了，那里已经撤下。")
    return redirect(url_for("outlets.outlets"))
