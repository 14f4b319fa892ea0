"""The robots of 企业微信, 钉钉 and 飞书, as a plugin of Apprise.

Apprise brings one for each app, but takes every answer with HTTP 200 for a delivery; the apps
answer so also when they refuse (the robot was taken away, the keyword is missing, too many
messages) and say it in the body. Nobody would learn that a person was not told.
"""

import json
import logging
from typing import Any
from urllib.request import Request, urlopen

from apprise.decorators import notify

from bulletin.domain.contact_methods import ContactMethod

SCHEME = "robot"  # robot://WAY/?to=ADDRESS
PATIENCE = 15  # seconds

log = logging.getLogger(__name__)


def _send(body: str, title: str, *_facts: Any, meta: dict[str, Any], **_more: Any) -> bool:
    """What Apprise asks of a plugin: whether the message was taken."""
    way, address = ContactMethod(meta["host"]), meta["qsd"]["to"]
    sent = Request(  # noqa: S310 - robot_url made the address
        address,
        data=json.dumps(_message(way, f"{title}\n{body}")).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    with urlopen(sent, timeout=PATIENCE) as answer:  # noqa: S310
        said = json.load(answer)
    taken: bool = said.get("errcode", said.get("code")) == 0
    if not taken:
        log.warning("a robot of %s refused a message: %s", way.value, said)
    return taken


def _message(way: ContactMethod, text: str) -> dict[str, Any]:
    if way is ContactMethod.FEISHU:
        return {"msg_type": "text", "content": {"text": text}}
    return {"msgtype": "text", "text": {"content": text}}


notify(on=SCHEME, name="robots of work groups")(_send)  # type: ignore[no-untyped-call]  # (Apprise has no types)
