"""Results to look at: tables as a page for the browser, a document as pictures of its pages or as a list.

Gives text and pictures; who writes them is not said here.
"""

from pipeline.report.drawing import draw
from pipeline.report.listing import listing
from pipeline.report.page import page

__all__ = ["draw", "listing", "page"]
