"""For a web server such as gunicorn: `gunicorn bulletin.wsgi:app`."""

from bulletin.memory import settle
from bulletin.readiness import make_ready
from bulletin.settings import read_settings
from bulletin.web.request_context import read_clock
from bulletin.wiring import make_app, open_site, write_in_private

write_in_private()
_settings = read_settings(None)
_site = open_site(_settings)
app = make_app(_settings, _site)
make_ready(app, _site, read_clock())
_site.sessions.close()  # `gunicorn --preload` forks now: no two processes may have one connection
settle()
