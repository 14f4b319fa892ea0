"""The desk: the doors of staff."""

from bulletin.web.desk import (
    boards,
    catalogs,
    coverage,
    drafts,
    duties,
    filings,
    forms,
    forwarding,
    imports,
    matters,
    notices,
    packs,
    people,
    photos,
    printing,
    reviews,
    today,
    villages,
)

DESK = (
    today, duties, notices, drafts, reviews, printing, boards, photos, packs, forms, filings, forwarding, people, villages, catalogs,
    imports, matters, coverage,
)  # fmt: skip
