"""Whom residents call, and what the bodies are called that take their objections."""

import re

from bulletin.domain.errors import refuse
from bulletin.domain.objections.lines import Addressee
from bulletin.services.privacy.check import PHONE_SEPARATORS
from bulletin.store.places import Township, Village

_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_OFFICE = re.compile(r"(?:86)?(?:0\d{2,3})?[2-9]\d{6,7}|[48]00\d{7}|[1-9]\d{2,5}")
_EXTENSION = re.compile(r"转\s*\d{1,6}$")


def checked_phone(typed: str) -> str:
    """A phone as it will be printed, or '' for none.

    Raises:
        Refused: nobody could be reached under it.
    """
    phone = typed.strip()
    figures = re.sub(r"[\s+()（）\-－–—]", "", _EXTENSION.sub("", phone))
    if not phone or _MOBILE.fullmatch(figures) or _OFFICE.fullmatch(figures):
        return phone
    if re.fullmatch(r"1[3-9]\d*", figures):
        count = len(figures)
        raise refuse("mobile_length", f"“{phone}”是{count}位，应是11位手机号，请对照着再输一次。")
    raise refuse(
        "phone_shape",
        f"“{phone}”不像电话号码：应是11位手机号，或带区号的座机，例如0972-8320000。",
    )


def checked_phones(typed: str) -> str:
    """Several phones with commas or the like between them."""
    for phone in re.split(f"[{PHONE_SEPARATORS}]", typed):
        checked_phone(phone)
    return typed.strip()


def phones_of(township: Township, village: Village | None) -> tuple[tuple[str, str], ...]:
    """监督电话 as (who, number), the village's before the township's."""
    own = (("村", village.phone),) if village is not None and village.phone else ()
    return (*own, *(((_kind(township.name), township.phone),) if township.phone else ()))


def _kind(township: str) -> str:
    """What people call it: 乡, 镇 or 街道."""
    return next((kind for kind in ("镇", "街道") if township.endswith(kind)), "乡")


def body_names(township: Township) -> dict[str, str]:
    """The bodies outside the village that take objections, as people call them here."""
    kind = _kind(township.name)
    is_street = kind == "街道"
    names = {
        Addressee.TOWNSHIP: "街道办事处" if is_street else f"{kind}政府",
        Addressee.TOWNSHIP_PARTY: "街道党工委" if is_street else f"{kind}党委",
    }
    if township.county:
        names[Addressee.COUNTY] = f"{township.county}人民政府"
    return {body.value: name for body, name in names.items()}
