"""A phone number as it is printed, for people to call."""

import re

from bulletin.domain.errors import refuse

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
