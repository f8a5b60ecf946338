"""TF 1.15's rule for the seed of a random op that was given none."""

from __future__ import annotations

import functools

from tf1graphs.v1 import _op_count


def restore() -> None:
    """Derives op seeds from the number of ops in the graph, as 1.15 did; TF 2 counts seeded ops instead.

    With the same graph seed and the same ops, random ops then give the numbers that 1.15 gave.
    Source: ``tensorflow/python/framework/random_seed.py`` of 1.15, ``get_seed``.
    """
    from tensorflow.python.eager import context
    from tensorflow.python.framework import ops, random_seed

    get_seed_of_tf2 = random_seed.get_seed

    @functools.wraps(get_seed_of_tf2)
    def get_seed(op_seed: int | None) -> tuple[int | None, int | None]:
        if op_seed is None and not context.executing_eagerly():
            graph = ops.get_default_graph()
            if graph.seed is not None:
                op_seed = _op_count.of(graph)
        seeds: tuple[int | None, int | None] = get_seed_of_tf2(op_seed)
        return seeds

    random_seed.get_seed = get_seed
