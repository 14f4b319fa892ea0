"""What a server makes ready before its door opens, so that nobody waits for it."""

import logging
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from bulletin.services.machine_keys import note_keys
from bulletin.services.oversight.supervision.county import count_townships
from bulletin.services.site import Site

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)
NOT_COUNTED = "督查 was not counted before the door opened"
NOT_NOTED = "what this machine signs with was not noted"


def make_ready(app: "WSGIApplication", site: Site, now: datetime) -> None:
    """Draw the front page, count the year for 督查, and note what this machine signs with.

    Of three hundred villages and three years each of the first two takes seconds, for which the first readers would wait
    together, and on a market day a queue behind them. Where the database does not answer yet, or something can't be
    done, whoever asks for it is told.
    """
    front = Response.from_app(app, EnvironBuilder("/").get_environ(), buffered=True)
    if front.status_code != HTTPStatus.OK:
        return
    for act, fault in ((count_townships, NOT_COUNTED), (note_keys, NOT_NOTED)):
        try:
            act(site, now)
        except Exception:
            log.exception(fault)
