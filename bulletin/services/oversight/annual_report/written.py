"""The report of a year as it is written into a file."""

from datetime import datetime

from bulletin.domain.oversight.annual_report.drafts import TextPart, draft_of
from bulletin.domain.oversight.annual_report.fields import filled
from bulletin.domain.oversight.annual_report.printed_tables import printed_tables
from bulletin.domain.oversight.annual_report.written import (
    WrittenReport,
    headings_of,
    written_parts,
)
from bulletin.domain.people import Actor
from bulletin.services.oversight.annual_report.figures import field_values, figures_of
from bulletin.services.site import Site
from bulletin.store.places import Township

UNISSUED = "草稿，还没有发布"


def written_report(site: Site, actor: Actor, year: int, now: datetime) -> WrittenReport:
    """The report as it stands: counted now, its words with their figures."""
    with site.sessions.reading() as session:
        body = session.get_one(Township, actor.township_id).name
    layout, figures = site.report_layout(year), figures_of(site, actor, year)
    values = field_values(site, actor, year, now, figures)
    facts = {"body": body, "year": str(year), "order": layout.order}
    texts = {
        part.number: filled(draft_of(site.report_text.drafts[part], values, facts), values)
        for part in TextPart
    }
    return WrittenReport(
        title=layout.title.format(**facts),
        body=body,
        parts=written_parts(
            headings_of(layout),
            tuple(texts.get(number, "") for number in range(1, 7)),
            printed_tables(layout, figures),
        ),
        note=UNISSUED,
    )
