"""``WALSMatrixFactorization``: weighted alternating least squares as an estimator of ``tf.contrib.learn``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tensorflow.python.ops import cond, control_flow_ops

from tf1graphs.v1.contrib.factorization import _wals_training
from tf1graphs.v1.contrib.factorization.factorization_ops import WALSModel
from tf1graphs.v1.contrib.learn.estimators.estimator import Estimator
from tf1graphs.v1.contrib.learn.estimators.model_fn import ModeKeys, ModelFnOps

__all__ = ["WALSMatrixFactorization"]


class WALSMatrixFactorization(Estimator):
    """Factorizes a matrix in sweeps over its rows and its columns by turns; see ``WALSModel`` for the loss.

    Features are a dictionary, and there are no labels. ``INPUT_ROWS`` are rows of the matrix, a ``SparseTensor``, and
    ``INPUT_COLS`` columns, as rows of the transposed matrix. A sweep is over when each row, or column, has been met;
    each step is one of the global step. Projections and evaluations also take ``PROJECT_ROW``, whether it is the rows
    that count, and projections may take ``PROJECTION_WEIGHTS``, float32 [rows].

    Args:
        num_rows: The number of rows.
        num_cols: The number of columns.
        embedding_dimension: The depth of factors.
        unobserved_weight: The weight of every entry.
        regularization_coeff: The weight of the squares of factors; none of them without it.
        row_init: ``"random"``, or the first factors of rows: those of each shard in a list, or of the only shard.
        col_init: The same of columns.
        num_row_shards: The number of variables that hold factors of rows.
        num_col_shards: The same of columns.
        row_weights: One weight, those of the rows of each shard in a list, or None where all entries weigh the same.
        col_weights: The same of columns; None where ``row_weights`` is.
        use_factors_weights_cache_for_training: Whether training keeps a copy of factors and weights.
        use_gramian_cache_for_training: Whether training keeps a copy of the gramians.
        max_sweeps: The number of sweeps, over rows and over columns together, after which training stops.
        model_dir: The folder of checkpoints and summaries.
        config: The ``RunConfig``.

    Raises:
        ValueError: ``config`` has more than one worker.
    """

    INPUT_ROWS = "input_rows"
    INPUT_COLS = "input_cols"
    PROJECT_ROW = "project_row"
    PROJECTION_WEIGHTS = "projection_weights"
    PROJECTION_RESULT = "projection"
    COMPLETED_SWEEPS = _wals_training.COMPLETED_SWEEPS
    LOSS = _wals_training.LOSS
    RWSE = _wals_training.ROOT_WEIGHTED_SQUARED_ERROR

    def __init__(
        self,
        num_rows: int,
        num_cols: int,
        embedding_dimension: int,
        unobserved_weight: float = 0.1,
        regularization_coeff: float | None = None,
        row_init: Any = "random",
        col_init: Any = "random",
        num_row_shards: int = 1,
        num_col_shards: int = 1,
        row_weights: Any = 1,
        col_weights: Any = 1,
        use_factors_weights_cache_for_training: bool = True,
        use_gramian_cache_for_training: bool = True,
        max_sweeps: int | None = None,
        model_dir: str | None = None,
        config: Any = None,
    ) -> None:
        params = {
            "num_rows": num_rows,
            "num_cols": num_cols,
            "embedding_dimension": embedding_dimension,
            "unobserved_weight": unobserved_weight,
            "regularization_coeff": regularization_coeff,
            "row_init": row_init,
            "col_init": col_init,
            "num_row_shards": num_row_shards,
            "num_col_shards": num_col_shards,
            "row_weights": row_weights,
            "col_weights": col_weights,
            "max_sweeps": max_sweeps,
            "use_factors_weights_cache_for_training": use_factors_weights_cache_for_training,
            "use_gramian_cache_for_training": use_gramian_cache_for_training,
        }
        super().__init__(model_fn=_model, params=params, model_dir=model_dir, config=config)
        if self.config.num_worker_replicas > 1:
            raise ValueError("WALSMatrixFactorization must be run on a single worker replica.")

    def get_row_factors(self) -> list[Any]:
        """Returns the trained factors of rows, an array for each shard."""
        return self._factors("row")

    def get_col_factors(self) -> list[Any]:
        """Returns the trained factors of columns, an array for each shard."""
        return self._factors("col")

    def _factors(self, axis: str) -> list[Any]:
        shards = range(self.params[f"num_{axis}_shards"])
        return [self.get_variable_value(f"{axis}_factors_shard_{shard}") for shard in shards]

    def get_projections(self, input_fn: Any) -> Iterator[Any]:
        """Yields the factors of each row, or column, that ``input_fn`` gives, which may not be in the matrix."""
        return (result[self.PROJECTION_RESULT] for result in self.predict(input_fn=input_fn))


def _model(features: dict[str, Any], labels: Any, mode: str, params: dict[str, Any]) -> ModelFnOps:
    assert labels is None
    is_training = mode == ModeKeys.TRAIN
    model = WALSModel(
        params["num_rows"],
        params["num_cols"],
        params["embedding_dimension"],
        unobserved_weight=params["unobserved_weight"],
        regularization=params["regularization_coeff"],
        row_init=params["row_init"],
        col_init=params["col_init"],
        num_row_shards=params["num_row_shards"],
        num_col_shards=params["num_col_shards"],
        row_weights=params["row_weights"],
        col_weights=params["col_weights"],
        use_factors_weights_cache=params["use_factors_weights_cache_for_training"] and is_training,
        use_gramian_cache=params["use_gramian_cache_for_training"] and is_training,
    )
    rows, cols = features[WALSMatrixFactorization.INPUT_ROWS], features[WALSMatrixFactorization.INPUT_COLS]
    if is_training:
        loss, hooks = _wals_training.build(model, rows, cols, params)
        return ModelFnOps(mode=mode, predictions={}, loss=loss, train_op=control_flow_ops.no_op(), training_hooks=hooks)
    is_row = features[WALSMatrixFactorization.PROJECT_ROW]
    if mode == ModeKeys.INFER:
        weights = features.get(WALSMatrixFactorization.PROJECTION_WEIGHTS)
        projection = cond.cond(
            is_row,
            lambda: model.project_row_factors(rows, projection_weights=weights),
            lambda: model.project_col_factors(cols, transpose_input=True, projection_weights=weights),
        )
        predictions = {WALSMatrixFactorization.PROJECTION_RESULT: projection}
        return ModelFnOps(mode=mode, predictions=predictions, train_op=control_flow_ops.no_op())
    loss = cond.cond(
        is_row,
        lambda: _total_loss(model.update_row_factors(rows)),
        lambda: _total_loss(model.update_col_factors(cols, transpose_input=True)),
    )
    return ModelFnOps(mode=mode, predictions={}, loss=loss, train_op=control_flow_ops.no_op())


def _total_loss(updated: tuple[Any, ...]) -> Any:
    _, _, loss, regularization, _ = updated
    return loss + regularization
