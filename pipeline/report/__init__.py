"""Results to look at: tables as pages for the browser (`site`), a document as pictures of its pages or as a list."""

from pipeline.report.drawing import draw
from pipeline.report.listing import listing

__all__ = ["draw", "listing"]
