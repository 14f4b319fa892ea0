"""The desk: the doors of staff."""

from bulletin.web.desk import (
    boards,
    catalogs,
    coverage,
    drafts,
    duties,
    filings,
    forwarding,
    imports,
    matters,
    notices,
    packs,
    papers,
    people,
    photos,
    prints,
    reviews,
    today,
    villages,
)

DESK = (
    today, duties, notices, drafts, reviews, prints, boards, photos, packs, papers, filings, forwarding, people, villages, catalogs,
    imports, matters, coverage,
)  # fmt: skip
