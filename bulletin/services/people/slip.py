"""登录条: a printed slip, or a link to send, with which a person signs in for the first time."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.people import Actor
from bulletin.services.people.directory import person
from bulletin.services.people.invite import NewInvitation
from bulletin.services.site import Site
from bulletin.sheets.qr import QrPath, qr_path


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What the slip says. It is shown once: nothing keeps the link."""

    name: str
    login: str
    phone: str  # '' when none is registered
    roles: tuple[str, ...]  # 张家村 信息员
    link: str  # https://gk.example.cn/sign-in/7K…
    qr: QrPath
    expires_at: datetime


def slip(
    site: Site, actor: Actor, person_id: int, invitation: NewInvitation, link: str, now: datetime
) -> Slip:
    """The slip of a fresh invitation, whose address on this site is `link`."""
    line = person(site, actor, person_id, now)
    held = (*line.roles, *line.coming)
    return Slip(
        name=line.name,
        login=line.login,
        phone=line.phone,
        roles=tuple(f"{each.village or '乡镇'} {each.role.label}" for each in held),
        link=link,
        qr=qr_path(link.upper()),
        expires_at=invitation.expires_at,
    )
