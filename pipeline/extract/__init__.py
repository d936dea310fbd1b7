"""Stage ``extract``: PDF bytes -> a `Document` with text, blocks, notes, marks and front matter.

The only users of pdfplumber. The order of work stands in `pipeline.extract.read`.
"""

from pipeline.extract.read import extract

__all__ = ["extract"]
