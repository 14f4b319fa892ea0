"""Whom residents tell where neither the place's catalog nor the standard one says it of an item.

It goes by who publishes: the village's supervision committee watches over the villagers' committee
alone (组织法第三十七条), not over the Party, the collective or the election.
"""

from bulletin.domain.catalog.items import Catalog, DisclosureItem, PublisherKind
from bulletin.domain.legal_basis import PRACTICE, LegalBasis
from bulletin.domain.objections.lines import Addressee, ObjectionLine

_ORGANIC_LAW = "中华人民共和国村民委员会组织法"
_SUPERVISED = LegalBasis(_ORGANIC_LAW, "2025年修正", "第三十七条")
_VILLAGE = ObjectionLine(to=(Addressee.SUPERVISION_COMMITTEE,), basis=_SUPERVISED)
# A list of people is mostly the township's before it is the village's.
_VILLAGE_LIST = ObjectionLine(
    to=(Addressee.SUPERVISION_COMMITTEE, Addressee.TOWNSHIP), basis=_SUPERVISED
)
_OF_PUBLISHER = {
    PublisherKind.TOWNSHIP: ObjectionLine(
        to=(Addressee.TOWNSHIP,),
        basis=LegalBasis(PRACTICE, "向公开的机关自己提出", ""),
    ),
    PublisherKind.PARTY_BRANCH: ObjectionLine(
        to=(Addressee.PARTY_BRANCH, Addressee.TOWNSHIP_PARTY),
        basis=LegalBasis(PRACTICE, "党内法规没有规定期限，由村党组织或者上级党委受理", ""),
    ),
    PublisherKind.COLLECTIVE: ObjectionLine(
        to=(Addressee.SUPERVISORY_BOARD,),
        basis=LegalBasis("中华人民共和国农村集体经济组织法", "2024年", "第三十二条"),
    ),
    PublisherKind.ELECTION_COMMITTEE: ObjectionLine(
        to=(Addressee.ELECTION_COMMITTEE,),
        basis=LegalBasis(_ORGANIC_LAW, "2025年修正", "第十五条"),
    ),
}


def usual_line(publisher: PublisherKind, *, personal: bool) -> ObjectionLine:
    """The line of what says nothing itself.

    Args:
        personal: it lists people.
    """
    return _OF_PUBLISHER.get(publisher, _VILLAGE_LIST if personal else _VILLAGE)


def line_of(item: DisclosureItem, standard: Catalog, *, personal: bool) -> ObjectionLine:
    """The line of an item as a place has it; the law's own holds also where an older catalog lacks it.

    Args:
        personal: the notice lists people.
    """
    known = standard.find(item.code)
    by_law = known.objection if known and known.publisher is item.publisher else None
    return item.objection or by_law or usual_line(item.publisher, personal=personal)
