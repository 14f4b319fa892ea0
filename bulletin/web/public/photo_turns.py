"""Photographs of residents, a few at a time: each is seconds of work."""

from bulletin.web.turns import Turns

MOST = 3  # are read or wait, of all pages together
photo_turn = Turns(MOST).take
