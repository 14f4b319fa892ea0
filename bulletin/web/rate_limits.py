"""Rate limits, so that codes and passwords can't be tried in bulk."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from bulletin.web.request_context import site

limiter = Limiter(get_remote_address, storage_uri="memory://")
limited = limiter.limit


@limiter.request_filter
def _reads_itself() -> bool:
    """A copy of the public site is read by the site itself, once for each page."""
    return site().copied
