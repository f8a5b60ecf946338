"""``--trace``: runs an old program once, in a process of its own, for what reading alone does not tell."""
