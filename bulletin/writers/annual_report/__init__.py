"""The annual report as a file: a Word document, a web page."""
