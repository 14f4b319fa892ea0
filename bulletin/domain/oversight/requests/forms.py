"""What the form for residents asks for (条例第二十九条), and how it comes to an office."""

from dataclasses import dataclass

from bulletin.domain.errors import Refusal
from bulletin.domain.languages.sentences import say
from bulletin.domain.oversight.requests.course import ApplicantClass

MAX_SHORT, MAX_ASKED = 60, 2000  # characters
MAX_A_DAY = 100  # that one township takes by the web


@dataclass(frozen=True, kw_only=True)
class RequestForm:
    """A request as somebody typed it."""

    applicant: ApplicantClass
    name: str
    identity: str  # 居民身份证 630… or the name of another proof
    contact: str
    asked_for: str
    wanted_as: str = ""


def form_refusals(form: RequestForm) -> list[Refusal]:
    """What a form lacks of that which article 29 asks for."""
    needed = (
        ("name_missing", form.name, say("请填姓名或者单位名称（条例第二十九条）。")),
        (
            "identity_missing",
            form.identity,
            say("请填身份证明：证件名称和号码（条例第二十九条）。"),
        ),
        (
            "contact_missing",
            form.contact,
            say("请填联系方式：电话、邮箱或者通信地址（条例第二十九条）。"),
        ),
        (
            "asked_missing",
            form.asked_for,
            say("请写要哪些信息：名称、文号，或者便于查找的特征（条例第二十九条）。"),
        ),
    )
    refusals = [Refusal(code, words) for code, typed, words in needed if not typed.strip()]
    if max(map(len, (form.name, form.identity, form.contact, form.wanted_as))) > MAX_SHORT:
        words = say("姓名、身份证明、联系方式和形式各最多写%(most)s字。", most=MAX_SHORT)
        refusals.append(Refusal("text_too_long", words))
    if len(form.asked_for) > MAX_ASKED:
        words = say("最多写%(most)s字，请写短一点。", most=MAX_ASKED)
        refusals.append(Refusal("words_too_long", words))
    return refusals
