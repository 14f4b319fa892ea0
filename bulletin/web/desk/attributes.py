"""属性认定 on the page of a duty: proposed by one, looked at by another."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from bulletin.domain.duties.attributes import DECIDERS, Attribute
from bulletin.domain.errors import refuse
from bulletin.domain.people import REVIEW_ROLES, Role
from bulletin.services.attributes import propose_attribute
from bulletin.web.desk.duties import duty
from bulletin.web.desk.inputs import typed
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site

bp = Blueprint("attributes", __name__, url_prefix="/desk/duties/<int:duty_id>/attribute")
proposers = for_roles(Role.LIAISON)
deciders = for_roles(*sorted({*DECIDERS} & REVIEW_ROLES))


@bp.post("")
@proposers
@refused_shows(duty)
def propose(duty_id: int) -> ResponseReturnValue:
    if typed("attribute") not in set(Attribute):
        raise refuse("no_attribute", "请选依申请公开，还是不予公开。")
    attribute = Attribute(typed("attribute"))
    propose_attribute.propose_attribute(
        site(), actor(), duty_id, attribute, typed("attribute_reason"), now()
    )
    flash("提出来了，等另一个人看。在这之前照常要公开。")
    return _back(duty_id)


@bp.post("/accept")
@deciders
@refused_shows(duty)
def accept(duty_id: int) -> ResponseReturnValue:
    propose_attribute.accept_attribute(site(), actor(), duty_id, now())
    flash("认定好了，理由留在这一项的页面上。")
    return _back(duty_id)


@bp.post("/refuse")
@deciders
@refused_shows(duty)
def turn_down(duty_id: int) -> ResponseReturnValue:
    propose_attribute.refuse_attribute(site(), actor(), duty_id, typed("attribute_reason"), now())
    flash("没有同意，这一项照常要公开。")
    return _back(duty_id)


@bp.post("/withdraw")
@proposers
@refused_shows(duty)
def withdraw(duty_id: int) -> ResponseReturnValue:
    propose_attribute.withdraw_attribute(site(), actor(), duty_id, now())
    flash("撤回了。")
    return _back(duty_id)


def _back(duty_id: int) -> Response:
    return redirect(url_for("duties.duty", duty_id=duty_id, _anchor="attribute"))
