"""By which list a part of the copy is known: a run reads and writes those that it touches, not what is known of all."""

from bulletin.domain.open_data.copy_parts import SITE, is_notice

NOTICES_IN_LIST = 256  # on average, at most
SIGNS = 32  # of which codes are made


def list_of(key: str, signs: int) -> str:
    """`N-7K` for notices whose codes begin so, `V-630223202214` for a village with its items, `T`, `site`."""
    kind, _slash, rest = key.partition("/")
    if is_notice(key):
        return f"N-{rest[:signs]}"
    if kind == "V":
        return f"V-{rest.partition('/')[0]}"
    return "site" if key == SITE else kind


def is_of_notices(name: str) -> bool:
    return name.startswith("N-")


def signs_for(notices: int) -> int:
    """How many signs of their codes spread so many notices over lists that are small."""
    signs = 0
    while notices > NOTICES_IN_LIST * SIGNS**signs:
        signs += 1
    return signs
