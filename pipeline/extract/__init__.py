"""Stage ``extract``: PDF bytes -> a `Document` with text, blocks, notes, marks and front matter.

The only users of pdfplumber. The order of work stands in `pipeline.extract.read`; `pipeline.extract.guard` has it done
in a process of its own.
"""
