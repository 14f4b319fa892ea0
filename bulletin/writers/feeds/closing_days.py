"""A calendar of the days on which posting periods end (RFC 5545)."""

from datetime import timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from bulletin.domain.days import ONE_DAY
from bulletin.domain.languages.language import CHINESE, Language
from bulletin.domain.languages.sentences import say
from bulletin.domain.open_data.feeds import BoardFeed, BoardRecord

ASK_AGAIN = timedelta(hours=6)


def new_calendar(about: str, name: str, language: Language = CHINESE) -> Calendar:
    """An empty calendar as phones subscribe to it."""
    spoken = language.tag.partition("-")[0].upper()
    calendar = Calendar()
    calendar.add("prodid", f"-//village-bulletin//{about}//{spoken}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", language.words(name))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"value": "DURATION"})
    return calendar


def closing_days_ics(feed: BoardFeed) -> bytes:
    name = say("%(name)s：公示到期", name=feed.title)
    calendar = new_calendar("closing days", name, feed.language)
    for record in feed.records:
        calendar.add_component(_event(record, feed.language))
    content: bytes = calendar.to_ical()
    return content


def _event(record: BoardRecord, language: Language) -> Event:
    """The last day, all day long. Its stamp is the edition's, so that nothing changes without a change."""
    summary = say("公示最后一天：%(title)s（%(place)s）", title=record.title, place=record.place)
    event = Event()
    event.add("uid", f"{record.code}@{urlsplit(record.url).hostname}")
    event.add("sequence", record.edition - 1)
    event.add("dtstamp", record.changed_at)
    event.add("dtstart", record.closes_on)
    event.add("dtend", record.closes_on + ONE_DAY)
    event.add("summary", language.words(summary))
    event.add("description", language.words(record.said))
    event.add("url", language.address(record.url))
    event.add("categories", [language.words(record.subject)])
    event.add("transp", "TRANSPARENT")
    return event
