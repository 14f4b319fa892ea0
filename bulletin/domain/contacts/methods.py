"""How a person is reached: a mail address, or the robot of a work group, as the app gives it."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from bulletin.domain.errors import refuse
from bulletin.domain.labels import Labelled


class ContactMethod(Labelled):
    MAIL = "mail", "电子邮箱"
    WECOM = "wecom", "企业微信群机器人"
    DINGTALK = "dingtalk", "钉钉群机器人"
    FEISHU = "feishu", "飞书群机器人"


@dataclass(frozen=True)
class _Robot:
    """Where an app's robots live; messages go nowhere else."""

    host: str
    path: str
    key: str  # the parameter that holds the key; '' when the path ends with it


_ROBOTS = {
    ContactMethod.WECOM: _Robot("qyapi.weixin.qq.com", "/cgi-bin/webhook/send", "key"),
    ContactMethod.DINGTALK: _Robot("oapi.dingtalk.com", "/robot/send", "access_token"),
    ContactMethod.FEISHU: _Robot("open.feishu.cn", "/open-apis/bot/v2/hook/", ""),
}
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
_KEY = re.compile(r"[A-Za-z0-9_-]{16,128}")


def checked_address(way: ContactMethod, typed: str) -> str:
    """What is kept of an address: the mail address, or the robot's key.

    Raises:
        Refused: it is none of this way.
    """
    typed = typed.strip()
    if way is ContactMethod.MAIL:
        if _MAIL.fullmatch(typed) is None:
            raise refuse("mail_unreadable", "邮箱地址要写成 name@example.com 这样。")
        return typed
    key = _key_of(_ROBOTS[way], typed)
    if key is None:
        raise refuse(
            "robot_unreadable",
            f"请把{way.label}的地址整个贴进来，它以 https://{_ROBOTS[way].host} 开头。",
        )
    return key


def _key_of(robot: _Robot, typed: str) -> str | None:
    try:
        parts = urlsplit(typed)
    except ValueError:
        return None
    if (
        parts.scheme != "https"
        or parts.netloc != robot.host
        or not parts.path.startswith(robot.path)
    ):
        return None
    key = (
        parse_qs(parts.query).get(robot.key, [""])[0]
        if robot.key
        else parts.path[len(robot.path) :]
    )
    return key if _KEY.fullmatch(key) else None


def robot_url(way: ContactMethod, key: str, server: str = "") -> str:
    """Where a robot takes messages; `server` stands in for the app's own at a rehearsal."""
    robot = _ROBOTS[way]
    tail = f"?{robot.key}={key}" if robot.key else key
    return f"{server or f'https://{robot.host}'}{robot.path}{tail}"


def address_words(way: ContactMethod, address: str) -> str:
    """An address as its owner recognises it; a robot's key is never shown in full again."""
    return address if way is ContactMethod.MAIL else f"…{address[-4:]}"
