"""The robots of 企业微信, 钉钉 and 飞书, as a plugin of Apprise.

Apprise brings one for each app, but takes every answer with HTTP 200 for a delivery; the apps
answer so also when they refuse (the robot was taken away, the keyword is missing, too many
messages); only the body of the answer has the reason. Nobody would learn that a person was not reached.
"""

import json
import logging
from typing import Any
from urllib.request import Request, urlopen

from apprise.decorators import notify

from bulletin.domain.contacts.methods import ContactMethod

SCHEME = "robot"  # robot://WAY/?to=ADDRESS
TIMEOUT = 15  # seconds

log = logging.getLogger(__name__)


def _send(body: str, title: str, *_args: Any, meta: dict[str, Any], **_kwargs: Any) -> bool:
    """What Apprise asks of a plugin: whether the message was taken."""
    way, address = ContactMethod(meta["host"]), meta["qsd"]["to"]
    request = Request(  # noqa: S310 - robot_url made the address
        address,
        data=json.dumps(_message(way, f"{title}\n{body}")).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
        reply = json.load(response)
    taken: bool = reply.get("errcode", reply.get("code")) == 0
    if not taken:
        log.warning("a robot of %s refused a message: %s", way.value, reply)
    return taken


def _message(way: ContactMethod, text: str) -> dict[str, Any]:
    if way is ContactMethod.FEISHU:
        return {"msg_type": "text", "content": {"text": text}}
    return {"msgtype": "text", "text": {"content": text}}


notify(on=SCHEME, name="robots of work groups")(_send)  # type: ignore[no-untyped-call]  # (Apprise has no types)
