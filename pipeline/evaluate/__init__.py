"""Scoring of tables against annotated (gold) commentaries, and the floors that scores may not fall under.

Needs rapidfuzz, which is installed for development only: import this package where the command
runs, not at the top of a module that others need.
"""

from pipeline.evaluate.compare import evaluate
from pipeline.evaluate.figures import FIGURES, Score
from pipeline.evaluate.floors import check_floors, fingerprint, write_floors
from pipeline.evaluate.render import render

__all__ = ["FIGURES", "Score", "check_floors", "evaluate", "fingerprint", "render", "write_floors"]
