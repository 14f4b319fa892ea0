"""The desk: the doors of staff."""

from bulletin.web.desk import drafts, duties, notices, reviews, today

DESK = (today, duties, notices, drafts, reviews)
