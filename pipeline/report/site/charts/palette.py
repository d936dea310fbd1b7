"""The colours of charts by role, on white paper. In a page, ``static/charts.css`` gives the roles the page's colours.

Colours of marks have a contrast of 3 : 1 or more with the paper, those of text 4.5 : 1. The three kinds of entity are
told apart by the shape of their marks too.
"""

LIGHT = {
    "paper": "#ffffff",
    "ink": "#23211d",
    "soft": "#5c574d",
    "rule": "#dfdbd0",
    "thread": "#a9a497",
    "meeting": "#1d5c93",
    "minister": "#a02c4a",
    "initiative": "#2a6b3c",
    "tint1": "#d6e3ef",
    "tint2": "#a6c6e2",
    "tint3": "#1d5c94",
    "on_tint3": "#fefefe",
}
