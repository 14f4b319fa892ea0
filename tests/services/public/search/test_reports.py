"""Issued reports that are looked into: what is kept of them is small, and found as before."""

from bulletin.domain.search.tokens import tokens_of
from bulletin.services.public.search.reports import TokenText

TEXT = "本年度主动公开政府信息37条，收到依申请公开12件，均在20个工作日内答复。"


def test_tokens_in_one_text_are_found_as_those_of_a_set_and_no_others():
    tokens = tokens_of(TEXT, 2026)
    kept = TokenText(tokens)
    assert (len(kept), set(kept)) == (len(tokens), tokens)
    assert all(token in kept for token in tokens)
    assert not any(token in kept for token in ("公开公开", "", " ", "主公", "开政府"))
