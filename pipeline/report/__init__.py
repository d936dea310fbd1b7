"""Tables as pages to read in a browser. Gives text; who writes it is not said here."""

from pipeline.report.page import page

__all__ = ["page"]
