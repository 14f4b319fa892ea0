"""What ends with a press on the page of a person, said before it is done."""

from bulletin.services.people import directory
from bulletin.services.people.directory import PersonLine, RoleLine
from bulletin.web.confirmations import Consequence
from bulletin.web.desk.inputs import day_of, typed
from bulletin.web.request_context import actor, now, site


def _held(line: PersonLine, appointment_id: int) -> str:
    """张家村信息员."""
    found: list[RoleLine] = [
        each for each in (*line.roles, *line.coming) if each.appointment_id == appointment_id
    ]
    return "".join(f"{each.village or '乡镇'}{each.role.label}" for each in found) or "这项职务"


def ends_role(person_id: int, appointment_id: int) -> Consequence | None:
    line = directory.person(site(), actor(), person_id, now())
    if line.of_county:
        return None  # it is refused
    held, until_on = _held(line, appointment_id), day_of(typed("until_on"), "最后一天")
    when = f"{until_on.isoformat()}是最后一天，第二天起" if until_on else "从现在起"
    last = len(line.roles) + len(line.coming) == 1
    return Consequence(
        f"终止{line.name}的{held}？",
        (
            f"{when}，{line.name}不能再办{held}的事。",
            *((f"这是最后一项职务，终止后{line.name}不能登录。",) if last else ()),
            "以前办过的事都留着，写的还是这个人的名字。",
        ),
        "终止这项职务",
    )


def ends_all(person_id: int) -> Consequence | None:
    line = directory.person(site(), actor(), person_id, now())
    if line.of_county or not line.is_active:
        return None  # it is refused
    return Consequence(
        f"停用{line.name}的账号？",
        (
            f"{line.name}的{len(line.roles) + len(line.coming)}项职务都终止，不能再登录。",
            "登录着的手机和电脑马上退出，没用的登录条作废。",
            "以前办过的事都留着，写的还是这个人的名字。以后再给职务，又能登录。",
        ),
        "停用",
    )


def ends_password(person_id: int) -> Consequence | None:
    """Nothing ends for somebody who has no password of their own yet."""
    line = directory.person(site(), actor(), person_id, now())
    if line.of_county or (line.must_change and line.invited_until is None):
        return None  # it is refused, or there is nothing to lose
    ended = (
        "上一张登录条马上作废。"
        if line.must_change
        else f"{line.name}现在的密码马上不能用，登录着的手机和电脑都会退出。"
    )
    return Consequence(
        f"重设{line.name}的密码？",
        (ended, f"新的登录条或一次性密码要由您交给{line.name}本人。", "写了没有提交的，都还在。"),
    )


def ends_slip(person_id: int) -> Consequence:
    line = directory.person(site(), actor(), person_id, now())
    return Consequence(
        f"作废{line.name}的登录条？",
        ("已经打印或者发出去的那一张，马上打不开。", f"{line.name}要登录，得再给一张。"),
    )
