"""What residents ask, through the real act."""

import io

from PIL import Image

from bulletin.domain.feedback.kinds import FeedbackKind
from bulletin.domain.feedback.receipts import new_nonce, receipt_code
from bulletin.services.feedback.arrival import NewFeedback
from bulletin.services.feedback.ask import FeedbackReceipt, ask
from bulletin.services.feedback.detail import feedback_detail
from bulletin.services.feedback.pass_on import pass_on

SECRET = b"of the tests"
PLACE = "630223202214"  # 张家村


class Asked:
    """One question with what its receipt says."""

    def __init__(self, receipt: FeedbackReceipt, code: str, village, now) -> None:
        self.receipt, self.number, self.code = receipt, receipt.number, code
        self.id = newest_id(village.site)
        self.village, self.now = village, now


def newest_id(site) -> int:
    with site.sessions.engine.connect() as database:
        return database.exec_driver_sql("SELECT max(id) FROM feedback").scalar_one()


def a_question(village, now, words="路灯维修为什么花了3480元？", *, photo=None, by=None, **facts):
    """A question to 张家村; with `notice` about that one."""
    nonce = new_nonce()
    code = receipt_code(SECRET, nonce)
    place = "" if facts.get("notice") else PLACE
    new = NewFeedback(**{"kind": FeedbackKind.QUESTION, "words": words, "place": place} | facts)
    receipt = ask(village.site, new, now, nonce=nonce, code=code, photo=photo, by=by)
    return Asked(receipt, code, village, now)


def pass_to_village(asked, words="", now=None, **how):
    """The township lets the village read what was asked."""
    site, wang, now = asked.village.site, asked.village.wang, now or asked.now
    entries = feedback_detail(site, wang, asked.id, now).entries
    entry = next(each for each in entries if each.waits)
    pass_on(site, wang, asked.id, entry.id, words, now, **how)


def a_photo() -> bytes:
    """A photograph as a phone writes it, with what the camera knows."""
    picture, out = Image.new("RGB", (320, 240), (90, 60, 40)), io.BytesIO()
    exif = picture.getexif()
    exif[0x010F] = "phone"
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()
