"""Tagging: text -> sentences and mentions. The only users of GiNZA and its model."""

from pipeline.tag.tagger import Tagger

__all__ = ["Tagger"]
