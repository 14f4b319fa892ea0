"""What an object store says when it does not do what was asked, told apart by what has to be done about it."""

import re
from enum import StrEnum


class BucketFault(StrEnum):
    UNREACHABLE = "unreachable"  # nobody answers, or it can't just now
    WRONG_KEYS = "wrong_keys"  # it knows no such key, or another secret
    NOT_ALLOWED = "not_allowed"  # the key may not do this
    NO_BUCKET = "no_bucket"
    FULL = "full"
    REFUSED = "refused"  # it answers, and says something else; or it is no object store


_STATUS, _CODE = re.compile(r"status code: (\d{3})"), re.compile(r"<Code>(\w+)</Code>")
_BY_CODE = {
    "NoSuchBucket": BucketFault.NO_BUCKET,
    **dict.fromkeys(
        ("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken"),
        BucketFault.WRONG_KEYS,
    ),
    **dict.fromkeys(
        ("StorageFull", "QuotaExceeded", "InsufficientStorage"),
        BucketFault.FULL,
    ),
}
_BY_STATUS = {
    401: BucketFault.WRONG_KEYS,
    403: BucketFault.NOT_ALLOWED,
    408: BucketFault.UNREACHABLE,
    429: BucketFault.UNREACHABLE,
    507: BucketFault.FULL,
}
_NO_ANSWER = "HTTP error"  # of the way there: refused, cut off, no such host, another certificate
NOT_FOUND, OUT_OF_ORDER = 404, 500  # and above


def fault_of(said: str) -> BucketFault | None:
    """By the words of obstore's error. None: it has nothing under this name.

    Of a question for an object's head there is no more than the status: a wrong key and one that may not look the same.
    """
    if code := _CODE.search(said):
        # Makers put their name before it: XMinioStorageFull.
        fault = next((each for name, each in _BY_CODE.items() if code[1].endswith(name)), None)
        if fault is not None:
            return fault
    if (found := _STATUS.search(said)) is None:
        return BucketFault.UNREACHABLE if _NO_ANSWER in said else BucketFault.REFUSED
    status = int(found[1])
    if status == NOT_FOUND:
        return None
    usual = BucketFault.UNREACHABLE if status >= OUT_OF_ORDER else BucketFault.REFUSED
    return _BY_STATUS.get(status, usual)
