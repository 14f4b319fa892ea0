"""Boards of others are read as far as they say something, and believed in nothing."""

import json
from datetime import date

import pytest

from bulletin.domain.errors import Refused
from bulletin.readers.boards.ofn import MAX_NOTICES, MAX_TEXT, feed_in_page, read_board

CZECH = {  # as a Czech office writes it
    "@context": "https://ofn.gov.cz/úřední-desky/2021-07-20/kontexty/úřední-deska.jsonld",
    "typ": ["Úřední deska", "Věc"],
    "iri": "https://example.cz/deska",
    "stránka": "https://example.cz/deska.html",
    "provozovatel": {"typ": "Osoba", "ičo": "00112233", "název": {"cs": "Obec"}},
    "informace": [
        {
            "typ": ["Digitální objekt", "Informace na úřední desce"],
            "iri": "https://example.cz/1",
            "název": {"cs": "Rozpočet"},
            "vyvěšení": {"typ": "Časový okamžik", "datum": "2026-01-20"},
            "relevantní_do": {"typ": "Časový okamžik", "nespecifikovaný": True},
        },
        {
            "typ": ["Digitální objekt", "Informace na úřední desce"],
            "iri": "https://example.cz/2",
            "url": "https://example.cz/2.html",
            "název": {"cs": "Záměr", "en": "Intent"},
            "číslo_jednací": "OV/1",
            "vyvěšení": {"typ": "Časový okamžik", "datum_a_čas": "2026-01-20T20:00:00+00:00"},
            "relevantní_do": {"typ": "Časový okamžik", "datum": "2026-02-04"},
            "agenda": [{"typ": "Agenda", "název": {"cs": "Majetek"}}],
        },
    ],
}


def read(board):
    return read_board(json.dumps(board).encode())


def test_a_board_of_a_czech_village_is_read_too():
    board = read(CZECH)
    first, second = board.notices
    assert board.publisher == first.publisher == "Obec"
    assert (first.title, first.url) == ("Rozpočet", "https://example.cz/1")
    assert (first.opens_on, first.closes_on) == (date(2026, 1, 20), None)
    assert not first.is_over(date(2030, 1, 1))
    assert (second.title, second.number, second.subject) == ("Intent", "OV/1", "Majetek")
    assert second.opens_on == date(2026, 1, 21), "by the village's clock"
    assert second.is_over(date(2026, 2, 5))
    assert not second.is_over(date(2026, 2, 4))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html></html>", "no_json"),
        (b"\xff\xfe", "no_json"),
        (b"[" * 200_000, "no_json"),
        (b"[]", "no_board"),
        (b"null", "no_board"),
        (b'{"typ": "FeatureCollection"}', "no_board"),
        (b'{"typ": 7, "informace": []}', "no_board"),
    ],
)
def test_what_is_no_board_is_refused_in_one_sentence(data, code):
    with pytest.raises(Refused) as refused:
        read_board(data)
    assert refused.value.codes == (code,)


ODD = [
    None,
    7,
    "x",
    [],
    {},
    [1],
    {"cs": 7},
    {"datum": "gestern"},
    {"datum_a_čas": "0001-01-01T00:00+23:59"},
]


@pytest.mark.parametrize("odd", ODD, ids=str)
@pytest.mark.parametrize("key", [*CZECH["informace"][1], "bulletin"])
def test_a_field_of_another_kind_counts_as_not_said(key, odd):
    board = read(CZECH | {"informace": [CZECH["informace"][1] | {key: odd}]})
    assert len(board.notices) == (0 if key == "iri" and odd != "x" else 1)


@pytest.mark.parametrize("odd", ODD, ids=str)
@pytest.mark.parametrize(
    "key", ["iri", "stránka", "provozovatel", "informace", "název", "bulletin"]
)
def test_a_board_that_is_half_filled_in_is_read_as_far_as_it_goes(key, odd):
    assert read(CZECH | {key: odd}).parts == ()


def test_nothing_that_a_board_says_floods_or_steers_the_terminal():
    long = CZECH["informace"][0] | {"název": {"zh": "长" * 10_000 + "\x1b[31m\n红"}}
    steering = CZECH["informace"][0] | {"název": {"zh": "\x1b[31m红\n字"}, "url": "javascript:1"}
    board = read(CZECH | {"informace": [long, steering] * MAX_NOTICES})
    assert len(board.notices) == MAX_NOTICES
    assert len(board.notices[0].title) == MAX_TEXT
    assert (board.notices[1].title, board.notices[1].url) == ("[31m红 字", "https://example.cz/1")


@pytest.mark.parametrize(
    ("page", "address"),
    [
        (
            '<link rel="alternate" type="application/ld+json" href="/V/1/feed.jsonld">',
            "https://a.cn/V/1/feed.jsonld",
        ),
        ('<link rel="alternate" type="application/atom+xml" href="/x">', ""),
        ("<<<\x00", ""),
    ],
)
def test_a_page_leads_to_its_data(page, address):
    assert feed_in_page(page.encode(), "https://a.cn/V/1") == address
