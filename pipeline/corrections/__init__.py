"""Corrections by hand: TOML files that say what a person knows better; applied after resolving, before export."""

from pipeline.corrections.apply import apply, unmet
from pipeline.corrections.files import Book, Correction, read

__all__ = ["Book", "Correction", "apply", "read", "unmet"]
