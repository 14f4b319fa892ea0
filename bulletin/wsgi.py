"""For a web server such as gunicorn: `gunicorn bulletin.wsgi:app`."""

from bulletin.front_page import draw_front_page
from bulletin.memory import settle
from bulletin.settings import read_settings
from bulletin.wiring import make_app, open_site, write_in_private

write_in_private()
_settings = read_settings(None)
app = make_app(_settings, open_site(_settings))
draw_front_page(app)
settle()
