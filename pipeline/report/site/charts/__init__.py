"""Pictures over all commentaries: when meetings met, who came, what is joined with what, what is cited most.

`facts` reads what they show; a module for each picture lays it out on a `sheet`; `render` makes SVG and PNG of it.
"""
