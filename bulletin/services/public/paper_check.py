"""核对: whether a paper is what was published, by its code and the beginning of its fingerprint."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bulletin.domain.codes import TypedCode, begins_with, host_of, read_fingerprint
from bulletin.domain.notices.visibility import PageState
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.places.phones import phones_of
from bulletin.services.site import Site
from bulletin.sheets.board_photos import read_paper
from bulletin.store.notice_queries import notice_typed


class PaperProblem(StrEnum):
    SAME = "same"  # it is the edition that the code speaks of
    SAME_OLDER = "same_older"  # it was published so, and corrected since
    SAME_OVER = "same_over"  # it was published so, and its period ended
    SAME_GONE = "same_gone"  # it was published so, and taken down or removed since
    NOT_YET = "not_yet"  # approved, its moment has not come
    DIFFERENT = "different"  # nothing like it was ever published under this code
    UNKNOWN = "unknown"  # no notice of ours has the code
    TOO_SHORT = "too_short"  # of the fingerprint too little was typed, or something else
    FOREIGN = "foreign"  # the code leads to another address than ours
    NO_CODE = "no_code"  # the photograph shows none


@dataclass(frozen=True)
class PaperCheck:
    finding: PaperProblem
    code: str = ""
    number: str = ""  # 张家村公开〔2026〕12号
    edition: int | None = None  # of the paper, when it is known by its fingerprint
    current: int | None = None  # the edition that the page speaks of
    published_on: date | None = None
    phones: tuple[tuple[str, str], ...] = ()
    host: str = ""  # that a foreign code leads to; '' when it is no address


def scanned_code(site: Site, photo: bytes) -> str | PaperCheck:
    """The code on a paper that was photographed, as it can be compared, or why there is none.

    Raises:
        Refused: it is no photograph.
    """
    texts = read_paper(photo)
    read = [TypedCode.read(text) for text in texts if site.is_ours(host_of(text))]
    for typed in sorted(read, key=lambda typed: typed.scan is None):  # a cover names no edition
        if typed.notice_code is not None:
            return typed.scan.tail if typed.scan else typed.notice_code
    return PaperCheck(PaperProblem.FOREIGN, host=host_of(texts[0])) if texts else _NO_CODE


def check_paper(site: Site, code: str, fingerprint: str, now: datetime) -> PaperCheck:
    """Compare what stands on a paper with what was published.

    Args:
        code: the code, its digits twin, or the scanned address.
        fingerprint: its first eight characters or more, typed as people type.
    """
    if (host := host_of(code)) and not site.is_ours(host):
        return PaperCheck(PaperProblem.FOREIGN, host=host)
    typed = TypedCode.read(code.strip())
    with site.sessions.reading() as session:
        notice = notice_typed(session, typed)
        view = NoticeView(site, notice, now) if notice else None
        if notice is None or view is None or view.page_state() is None:
            return PaperCheck(PaperProblem.UNKNOWN)
        phones = phones_of(notice.township, notice.village)
        start = read_fingerprint(fingerprint)
        if start is None:
            return PaperCheck(PaperProblem.TOO_SHORT, notice.code, phones=phones)
        paper = PaperCheck(PaperProblem.DIFFERENT, notice.code, phones=phones)
        return _compared(view, start, typed.scan.edition if typed.scan else None, paper)


def _compared(view: NoticeView, start: str, named: int | None, paper: PaperCheck) -> PaperCheck:
    """A paper whose code names one edition and whose fingerprint is of another is none of ours."""
    same = next(
        (
            edition
            for edition in reversed(view.notice.editions)
            if edition.closes_on and edition.fingerprint and begins_with(edition.fingerprint, start)
        ),
        None,
    )
    number, current = view.notice.register_name or "", view.edition.number
    if same is None or named not in {None, same.number}:
        return replace(paper, number=number, current=current)
    finding = _FINDINGS.get(view.page_state(same.number), PaperProblem.SAME)
    return replace(
        paper,
        finding=finding,
        number=number,
        edition=same.number,
        current=current,
        published_on=same.opens_on,
    )


_NO_CODE = PaperCheck(PaperProblem.NO_CODE)
_FINDINGS: dict[PageState | None, PaperProblem] = {
    PageState.OLDER: PaperProblem.SAME_OLDER,
    PageState.PERIOD_OVER: PaperProblem.SAME_OVER,
    PageState.TAKEN_DOWN: PaperProblem.SAME_GONE,
    PageState.REDACTED: PaperProblem.SAME_GONE,
    PageState.CANCELLED: PaperProblem.SAME_GONE,
    PageState.NOT_YET: PaperProblem.NOT_YET,
    PageState.AHEAD: PaperProblem.NOT_YET,
}
