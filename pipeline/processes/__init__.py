"""Where work is done: in processes of this machine, or on a cluster of others. Part of `pipeline.run`.

`places` says where; `workers` run the stages behind extraction, `beside` one function beside this process; `servant`
and `serving` are the two sides of a program that serves this one; `cluster` and `member` those of a cluster.
"""
