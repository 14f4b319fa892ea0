"""登记会议: who was due and came, what was on the agenda and decided, with the signed minutes."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import Refusal, Refused, refuse
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.quorum import Votes, count_faults
from bulletin.domain.people import Actor
from bulletin.readers.file_types import sniff
from bulletin.services.access import ensure_liaison, village_in
from bulletin.services.history import record
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.sheets.photos import normalised
from bulletin.store.meetings import Meeting, MeetingDecision

RECORDING = "会议由本村的信息员登记。"
MAX_TITLE, MAX_TEXT, MAX_PLACE = 60, 2000, 60  # characters


@dataclass(frozen=True, kw_only=True)
class NewDecision:
    id: int | None = None  # of the one that it corrects
    title: str  # 西社渠道维修方案
    text: str = ""  # what was decided
    votes: Votes


@dataclass(frozen=True, kw_only=True)
class NewMeeting:
    kind: MeetingKind
    held_on: date
    place: str = ""
    due: int
    came: int
    agenda: str = ""
    decisions: tuple[NewDecision, ...] = ()


def record_meeting(
    site: Site,
    actor: Actor,
    village_id: int,
    new: NewMeeting,
    now: datetime,
    *,
    minutes: tuple[str, bytes] | None = None,
) -> int:
    """Record a meeting in one step.

    Args:
        minutes: name and content of a photo of the signed minutes, for staff alone.

    Returns:
        The meeting's id.

    Raises:
        Refused: not the liaison of the village, a day to come, counts that can't be, or personal
            data in the words.
    """
    ensure_liaison(actor, village_id, RECORDING)
    ensure_possible(new, village_day(now))
    photo = site.files.put(normal_photo(*minutes)) if minutes else ""
    with site.sessions.writing() as session:
        village_in(session, actor, village_id)
        meeting = _meeting(actor, village_id, clean(session, actor, new), now)
        meeting.minutes = photo
        session.add(meeting)
        session.flush()
        told = {"kind": new.kind.value, "held_on": new.held_on.isoformat()}
        told["record"] = meeting.record.fingerprint
        record(session, actor, "record_meeting", f"meeting {meeting.id}", now, **told)
        return meeting.id


def ensure_possible(new: NewMeeting, today: date) -> None:
    """Every reason why a meeting can't have been like that."""
    faults = count_faults(new.due, new.came)
    for each in new.decisions:
        if not each.title:
            faults.append(Refusal("title_missing", "每项决定都要写是什么事。"))
        faults += [
            fault
            for fault in count_faults(new.due, new.came, each.votes, each.title)
            if fault.code == "votes_too_many"
        ]
    if new.held_on > today:
        faults.append(Refusal("meeting_in_future", "会议的日期不能在今天之后。"))
    too_long = len(new.place) > MAX_PLACE or any(len(d.title) > MAX_TITLE for d in new.decisions)
    if too_long or any(len(words) > MAX_TEXT for words in (new.agenda, *_texts(new))):
        words = f"地点和事项最多{MAX_PLACE}字，议程和决定最多{MAX_TEXT}字。"
        faults.append(Refusal("text_too_long", words))
    if faults:
        raise Refused(*dict.fromkeys(faults))


def _texts(new: NewMeeting) -> tuple[str, ...]:
    return tuple(each.text for each in new.decisions)


def normal_photo(name: str, data: bytes) -> bytes:
    """A photo of the minutes as it is kept; refused when it is none."""
    if not sniff(data, name).startswith("image/"):
        raise refuse("no_photo", "会议记录请拍照片（JPG或PNG）。")
    return normalised(data)[0]


def clean(session: Session, actor: Actor, new: NewMeeting) -> NewMeeting:
    """The same without blanks around its words; refused where these hold personal data."""

    def checked(words: str, place: str) -> str:
        return ensure_text_is_clean(session, actor, words, place)

    return replace(
        new,
        place=checked(new.place, "地点"),
        agenda=checked(new.agenda, "议程"),
        decisions=tuple(
            replace(each, title=checked(each.title, "事项"), text=checked(each.text, "决定"))
            for each in new.decisions
        ),
    )


def _meeting(actor: Actor, village_id: int, new: NewMeeting, now: datetime) -> Meeting:
    return Meeting(
        township_id=actor.township_id,
        village_id=village_id,
        kind=new.kind,
        held_on=new.held_on,
        place=new.place,
        due=new.due,
        came=new.came,
        agenda=new.agenda,
        recorded_at=now,
        recorded_by=actor.id,
        decisions=[decision_row(actor, each) for each in new.decisions],
    )


def decision_row(actor: Actor, new: NewDecision) -> MeetingDecision:
    return MeetingDecision(
        township_id=actor.township_id,
        title=new.title,
        text=new.text,
        in_favour=new.votes.in_favour,
        against=new.votes.against,
        abstained=new.votes.abstained,
    )
