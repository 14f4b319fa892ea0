"""Whether long work that was ordered waits until somebody starts a worker."""

from bulletin.services.site import Site


def nobody_works(site: Site) -> bool:
    """Asks the queue, over a connection of its own: only where it is told to somebody."""
    return bool(site.queue.fault())
