"""Greedy matching of rows and columns."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, math_ops, while_loop


def bipartite_match(
    distance_mat: Any, num_valid_rows: Any, top_k: int = -1, name: str = "bipartite_match"
) -> tuple[Any, Any]:
    """Matches rows with columns, the closest pair that is left first.

    TensorFlow 1.15 had a kernel for this; here it is a loop.

    Args:
        distance_mat: The distance of each row to each column, float32 ``[rows, columns]``.
        num_valid_rows: The number of rows that take part, all if it is negative; a scalar or ``[1]``.
        top_k: The largest number of matches, no limit if it is not positive.
        name: The name scope.

    Returns:
        The column of each row, int32 ``[rows]``, and the row of each column, int32 ``[columns]``; -1 for none.
    """
    with ops.name_scope(name):
        distances = ops.convert_to_tensor(distance_mat, dtype=dtypes.float32, name="distance_mat")
        distances.shape.assert_has_rank(2)
        rows, columns = array_ops.shape(distances)[0], array_ops.shape(distances)[1]
        valid = ops.convert_to_tensor(num_valid_rows, name="num_valid_rows")
        valid = math_ops.cast(array_ops.reshape(valid, []), dtypes.int32)
        valid = array_ops.where_v2(valid < 0, rows, math_ops.minimum(valid, rows))
        matches = math_ops.minimum(valid, columns)
        if top_k > 0:
            matches = math_ops.minimum(matches, top_k)

        def match_one(done: Any, of_rows: Any, of_columns: Any) -> Any:
            free = math_ops.logical_and((of_rows < 0)[:, None], (of_columns < 0)[None, :])
            free = math_ops.logical_and(free, (math_ops.range(rows) < valid)[:, None])
            left = array_ops.where_v2(free, distances, float("inf"))
            best = math_ops.argmin(array_ops.reshape(left, [-1]), output_type=dtypes.int32)
            row, column = best // columns, math_ops.floormod(best, columns)
            of_rows = array_ops.where_v2(math_ops.equal(math_ops.range(rows), row), column, of_rows)
            of_columns = array_ops.where_v2(math_ops.equal(math_ops.range(columns), column), row, of_columns)
            return done + 1, of_rows, of_columns

        start = [0, array_ops.fill([rows], -1), array_ops.fill([columns], -1)]
        _, of_rows, of_columns = while_loop.while_loop(
            lambda done, of_rows, of_columns: done < matches, match_one, start, back_prop=False
        )
        of_rows.set_shape(distances.shape[:1])
        of_columns.set_shape(distances.shape[1:])
        return of_rows, of_columns
