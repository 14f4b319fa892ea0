"""What several threads share and only one may use at a time."""

from threading import Lock

PDFIUM = Lock()  # the library keeps global state: whoever opens a PDF holds this
PHOTOS = Lock()  # a photograph takes up to 450 MB while it is read: one at a time
