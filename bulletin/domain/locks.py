"""What the threads of a process share and only one may use at a time."""

from threading import Lock

PDFIUM_LOCK = Lock()  # the library keeps global state: whoever opens a PDF holds this
PHOTO_LOCK = Lock()  # a photograph takes up to 450 MB while it is read: one at a time
