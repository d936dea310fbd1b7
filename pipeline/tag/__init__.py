"""Tagging: text -> sentences and mentions. The only users of spaCy and GiNZA."""

from pipeline.tag.tagger import Tagger

__all__ = ["Tagger"]
