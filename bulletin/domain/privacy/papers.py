"""Finds numbers of passports and passes, which only the words beside them make personal.

The residence card of people from Hong Kong, Macao and Taiwan and the foreigner's card have the 18
places of an identity number and are found as such (`identities.py`).
"""

import re
from collections.abc import Iterator

from bulletin.domain.privacy.kinds import FindingKind, mask
from bulletin.domain.privacy.searched_text import Hit, SearchedText

_PAPER = (
    r"(?:[护護]\s*照|(?<!车辆)(?<!施工)(?<!临时)通\s*行\s*证|回\s*乡\s*证|台\s*胞\s*证|"
    r"居\s*[住留]\s*(?:身份)?证?|旅行证|(?:香港|澳[门門]|台湾|臺灣|港澳)[^0-9\n]{0,6}身[份分][证證]|"
    r"证\s*件\s*(?=号|编号)|(?<![a-z])passport(?![a-z]))"
)
# A letter or two and seven to ten figures; a row of eight to ten figures; letters amid figures.
_NUMBER = (
    r"(?P<number>(?<![0-9A-Za-z])(?:"
    r"[A-Za-z]{1,2}(?:[ -]{0,2}[0-9]){6,10}(?:\([A-Za-z0-9]\))?"
    r"|[0-9](?:[ -]?[0-9]){7,9}(?:\([A-Za-z0-9]\))?"
    r"|[157]/?[0-9]{6}(?:/[0-9]|\([0-9]\))"  # Macao
    r"|(?=[A-Za-z]*[0-9])(?=(?:[0-9]*[A-Za-z]){1,4}[0-9]*(?![0-9A-Za-z]))[0-9A-Za-z]{8,10}"
    r")(?![0-9A-Za-z]|\.[0-9]|[元万年人户个本份张块]))"
)
_JOINT = r"(?:\s|[号號]\s*[码碼]|编号|证号|[号號]|为|是|[:#\"“'(/、]|\((?!车|施工|临时|普通\)20)[^()0-9\n]{1,8}\)|no\.?|number){0,6}"
_BEHIND_PAPER = re.compile(_PAPER + _JOINT + _NUMBER, re.IGNORECASE)
_BEFORE_PAPER = re.compile(_NUMBER + r"\s?(?:号|的)?\s?\(?" + _PAPER, re.IGNORECASE)
_ALONE = re.compile(_NUMBER, re.IGNORECASE)
_NAMED = re.compile(_PAPER, re.IGNORECASE)
_PAPER_OF_ANY_KIND = re.compile("证件|护照|通行证|台胞证|回乡证")
_WITH_LETTER = re.compile(r"[A-Za-z]{1,2}(?:[0-9]{7,10}|[0-9]{6}\([0-9Aa]\))")
_BLANKS = re.compile(r"\s")


def papers_in(searched: SearchedText) -> Iterator[Hit]:
    """Numbers right behind or before the name of a paper, or alone in a cell that one names."""
    words = searched.text
    spans = {}
    for pattern in (_BEHIND_PAPER, _BEFORE_PAPER):
        for match in pattern.finditer(words):
            spans[match.span("number")] = match["number"]
    alone = words.strip()
    if searched.context and _is_paper_alone(alone, _BLANKS.sub("", searched.context)):
        start = words.index(alone)
        spans[start, start + len(alone)] = alone
    for (start, end), number in spans.items():
        shown = mask(FindingKind.ID_NUMBER, re.sub("[^0-9A-Za-z]", "", number))
        yield Hit(FindingKind.ID_NUMBER, start, end, shown)


def _is_paper_alone(cell: str, context: str) -> bool:
    if _ALONE.fullmatch(cell) and _NAMED.search(context):
        return True
    squeezed = re.sub("[ -]", "", cell)
    named = _PAPER_OF_ANY_KIND.search(context) is not None
    return named and _WITH_LETTER.fullmatch(squeezed) is not None
