"""Metrics for Prometheus, on an address of their own: never beside the residents' pages."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bulletin.services.operations.metrics import ClockMetrics, metrics
from bulletin.services.site import Site
from bulletin.web.request_context import read_clock


class MetricsCollector(Collector):
    """Reads the site's figures at each scrape."""

    def __init__(self, site: Site, clock: Callable[[], datetime]) -> None:
        self._site, self._clock = site, clock

    def collect(self) -> Iterable[Metric]:
        figures = metrics(self._site, self._clock())
        yield GaugeMetricFamily(
            "bulletin_database_up",
            "Whether the database answers; without it nothing is known of the clock.",
            value=figures.clock is not None,
        )
        yield GaugeMetricFamily(
            "bulletin_queue_up",
            "Whether the queue of long work answers; without a queue, 1.",
            value=figures.queue is not None,
        )
        yield GaugeMetricFamily(
            "bulletin_replica_up",
            "Whether the replica answers that pages are read from; without one, 1.",
            value=figures.replica_up,
        )
        yield GaugeMetricFamily(
            "bulletin_shared_store_up",
            "Whether the store answers in which all web processes count; without one, 1.",
            value=figures.shared_store_up,
        )
        if figures.clock is not None:
            yield from _of_clock(figures.clock)
        if figures.queue is not None:
            yield from _of_queue(figures.queue.workers, figures.queue.waiting)

    def describe(self) -> Iterable[Metric]:
        return ()


def _of_clock(figures: ClockMetrics) -> Iterable[Metric]:
    yield GaugeMetricFamily(
        "bulletin_due_unpublished",
        "Notices whose moment is over and whose publication is not on record.",
        value=figures.due_unpublished,
    )
    ages = GaugeMetricFamily(
        "bulletin_heartbeat_age_seconds", "Seconds since each tick last ran.", labels=["tick"]
    )
    for tick, age in figures.heartbeat_ages.items():
        ages.add_metric([tick], age)
    yield ages
    yield GaugeMetricFamily(
        "bulletin_published_1d", "Publications of the last day.", value=figures.published_lately
    )
    yield GaugeMetricFamily(
        "bulletin_publication_lateness_seconds_max_1d",
        "The worst delay between a moment and its record in the last day.",
        value=figures.worst_lateness,
    )


def _of_queue(workers: int, waiting: int) -> Iterable[Metric]:
    yield GaugeMetricFamily(
        "bulletin_workers",
        "Processes that do long work; without a queue the web does it itself, 1.",
        value=workers,
    )
    yield GaugeMetricFamily(
        "bulletin_jobs_waiting", "Long work that nobody has begun.", value=waiting
    )


def create_metrics(site: Site, clock: Callable[[], datetime] = read_clock) -> Any:
    """The WSGI application that Prometheus scrapes."""
    registry = CollectorRegistry()
    registry.register(MetricsCollector(site, clock))
    return make_wsgi_app(registry)
