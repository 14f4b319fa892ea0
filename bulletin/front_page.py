"""The front page, drawn before a server's door opens."""

from typing import TYPE_CHECKING

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def draw_front_page(app: "WSGIApplication") -> None:
    """Have a server count what its pages tell: of three hundred villages and three years that takes seconds.

    Else its first readers wait for it together, and on a market day there is a queue behind them. Where the database
    does not answer yet, the page says so, and to the first reader as well.
    """
    Response.from_app(app, EnvironBuilder("/").get_environ(), buffered=True)
