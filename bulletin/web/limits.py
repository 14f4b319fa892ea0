"""Rate limits, so that codes and passwords can't be tried in bulk."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://")
limited = limiter.limit
