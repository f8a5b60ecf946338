"""``contrib.timeseries.math_utils``: distributions, matrices and statistics of the models."""

from tf1graphs.v1.contrib.timeseries._covariances import (
    clip_covariance,
    log_noninformative_covariance_prior,
    sign_magnitude_positive_definite,
    transform_to_covariance_matrices,
    variable_covariance_matrix,
)
from tf1graphs.v1.contrib.timeseries._input_statistics import InputStatistics, InputStatisticsFromMiniBatch, Moments
from tf1graphs.v1.contrib.timeseries._log_probs import (
    cauchy_log_prob,
    entropy_matched_cauchy_scale,
    mvn_tril_log_prob,
    normal_log_prob,
)
from tf1graphs.v1.contrib.timeseries._matrices import (
    batch_matrix_pow,
    batch_times_matrix,
    block_diagonal,
    make_toeplitz_matrix,
    matrix_times_batch,
    matrix_to_powers,
    power_sums_tensor,
)
from tf1graphs.v1.contrib.timeseries._state_tables import (
    TensorValuedMutableDenseHashTable,
    TupleOfTensorsLookup,
    batch_end_time,
    batch_start_time,
    replicate_state,
)

__all__ = [
    "InputStatistics",
    "InputStatisticsFromMiniBatch",
    "Moments",
    "TensorValuedMutableDenseHashTable",
    "TupleOfTensorsLookup",
    "batch_end_time",
    "batch_matrix_pow",
    "batch_start_time",
    "batch_times_matrix",
    "block_diagonal",
    "cauchy_log_prob",
    "clip_covariance",
    "entropy_matched_cauchy_scale",
    "log_noninformative_covariance_prior",
    "make_toeplitz_matrix",
    "matrix_times_batch",
    "matrix_to_powers",
    "mvn_tril_log_prob",
    "normal_log_prob",
    "power_sums_tensor",
    "replicate_state",
    "sign_magnitude_positive_definite",
    "transform_to_covariance_matrices",
    "variable_covariance_matrix",
]
