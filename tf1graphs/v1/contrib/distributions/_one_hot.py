"""Categories as one-hot vectors, exactly and relaxed to probability vectors.

Source of the relaxed ones: Maddison, Mnih and Teh, The Concrete Distribution, ICLR 2017; Jang, Gu and Poole,
Categorical Reparameterization with Gumbel-Softmax, ICLR 2017.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, check_ops, control_flow_ops, math_ops, nn_ops, random_ops
from tensorflow.python.ops.distributions import distribution, kullback_leibler, util

from tf1graphs.v1.contrib.distributions import bijectors
from tf1graphs.v1.contrib.distributions._base import after_positive
from tf1graphs.v1.contrib.distributions._location_scale import Logistic
from tf1graphs.v1.contrib.distributions._transformed import TransformedDistribution


class _OneHot(distribution.Distribution):  # type: ignore[misc]
    def _set_logits(self, logits: Any, probs: Any, validate_args: bool, name: str) -> None:
        self.logits, self.probs = util.get_logits_and_probs(
            name=name, logits=logits, probs=probs, validate_args=validate_args, multidimensional=True
        )

    def _set_sizes(self) -> None:
        ndims = self.logits.shape.with_rank_at_least(1).ndims
        if ndims is None:
            with ops.name_scope(name="batch_rank"):
                self._batch_rank = array_ops.rank(self.logits) - 1
        else:
            self._batch_rank = ops.convert_to_tensor(ndims - 1, dtype=dtypes.int32, name="batch_rank")
        with ops.name_scope(name="event_size"):
            self.event_size = array_ops.shape(self.logits)[-1]

    def _batch_shape_tensor(self) -> Any:
        return array_ops.shape(self.logits)[:-1]

    def _batch_shape(self) -> Any:
        return self.logits.shape[:-1]

    def _event_shape_tensor(self) -> Any:
        return array_ops.shape(self.logits)[-1:]

    def _event_shape(self) -> Any:
        return self.logits.shape.with_rank_at_least(1)[-1:]

    def _valid_sample(self, x: Any) -> Any:
        if not self.validate_args:
            return x
        is_log_probability = check_ops.assert_non_positive(x)
        total = math_ops.reduce_logsumexp(x, axis=[-1])
        is_normalized = check_ops.assert_near(array_ops.zeros([], dtype=self.dtype), total)
        return control_flow_ops.with_dependencies([is_log_probability, is_normalized], x)

    def _with_logits(self, x: Any) -> tuple[Any, Any]:
        """Returns logits and values of the same shape."""
        logits = self.logits
        known = x.shape.is_fully_defined() and logits.shape.is_fully_defined()
        if not known or x.shape != logits.shape:
            logits = array_ops.ones_like(x, dtype=logits.dtype) * logits
            x = array_ops.ones_like(logits, dtype=x.dtype) * x
        return logits, x

    def _in_rows(self, x: Any) -> Any:
        return array_ops.reshape(x, [-1, self.event_size])


class OneHotCategorical(_OneHot):
    """A distribution over the ``k`` one-hot vectors of length ``k``.

    Args:
        logits: Unnormalized log probabilities, floats ``[..., k]``.
        probs: Probabilities, floats ``[..., k]``; one of both is given.
        dtype: The dtype of the samples.
        validate_args: Whether a run checks parameters and values.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: Both or none of ``logits`` and ``probs`` are given.
    """

    def __init__(
        self,
        logits: Any = None,
        probs: Any = None,
        dtype: Any = dtypes.int32,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "OneHotCategorical",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[logits, probs]) as scope:
            self._set_logits(logits, probs, validate_args, scope)
            self._set_sizes()
        super().__init__(
            dtype=dtype,
            reparameterization_type=distribution.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[self.logits, self.probs],
            name=scope,
        )

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        shape = array_ops.concat([[n], array_ops.shape(self.logits)], 0)
        rows = self.logits if self.logits.shape.ndims == 2 else self._in_rows(self.logits)
        samples = array_ops.transpose(random_ops.multinomial(rows, n, seed=seed))
        return array_ops.reshape(array_ops.one_hot(samples, self.event_size, dtype=self.dtype), shape)

    def _log_prob(self, x: Any) -> Any:
        logits, x = self._with_logits(self._valid_sample(x))
        shape = array_ops.shape(math_ops.reduce_sum(logits, -1))
        rows = self._in_rows(logits)
        loss = nn_ops.softmax_cross_entropy_with_logits(labels=self._in_rows(x), logits=rows)
        return array_ops.reshape(-loss, shape)

    def _entropy(self) -> Any:
        return -math_ops.reduce_sum(nn_ops.log_softmax(self.logits) * self.probs, axis=-1)

    def _mode(self) -> Any:
        likeliest = math_ops.argmax(self.logits, axis=self._batch_rank)
        mode = array_ops.one_hot(likeliest, self.event_size, dtype=self.dtype)
        mode.set_shape(self.logits.shape)
        return mode

    def _variance(self) -> Any:
        return self.probs * (1.0 - self.probs)

    def _covariance(self) -> Any:
        products = -math_ops.matmul(self.probs[..., None], self.probs[..., None, :])
        return array_ops.matrix_set_diag(products, self._variance())


@kullback_leibler.RegisterKL(OneHotCategorical, OneHotCategorical)  # type: ignore[untyped-decorator, unused-ignore]
def _divergence(a: OneHotCategorical, b: OneHotCategorical, name: str | None = None) -> Any:
    with ops.name_scope(name, "kl_categorical_categorical", values=[a.logits, b.logits]):
        ratios = nn_ops.log_softmax(a.logits) - nn_ops.log_softmax(b.logits)
        return math_ops.reduce_sum(nn_ops.softmax(a.logits) * ratios, axis=-1)


class ExpRelaxedOneHotCategorical(_OneHot):
    """The logarithm of ``RelaxedOneHotCategorical``, whose density does not underflow.

    Args:
        temperature: Floats above 0: the nearer to 0, the nearer are samples to one-hot vectors.
        logits: Unnormalized log probabilities, floats ``[..., k]``.
        probs: Probabilities, floats ``[..., k]``; one of both is given.
        dtype: The dtype of the samples, by default that of the logits.
        validate_args: Whether a run checks parameters and values.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: Both or none of ``logits`` and ``probs`` are given.
    """

    def __init__(
        self,
        temperature: Any,
        logits: Any = None,
        probs: Any = None,
        dtype: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "ExpRelaxedOneHotCategorical",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[logits, probs, temperature]) as scope:
            self._set_logits(logits, probs, validate_args, scope)
            if dtype is None:
                dtype = self.logits.dtype
                if not validate_args:
                    temperature = math_ops.cast(temperature, dtype)
            with after_positive(validate_args, temperature):
                self.temperature = array_ops.identity(temperature, name="temperature")
                self._temperature_2d = array_ops.reshape(temperature, [-1, 1], name="temperature_2d")
            self._set_sizes()
        super().__init__(
            dtype=dtype,
            reparameterization_type=distribution.FULLY_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[self.logits, self.probs, self.temperature],
            name=scope,
        )

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        shape = array_ops.concat([[n], array_ops.shape(self.logits)], 0)
        rows = self._in_rows(self.logits * array_ops.ones(shape, dtype=self.dtype))
        smallest = np.finfo(self.dtype.as_numpy_dtype).tiny
        uniform = random_ops.random_uniform(
            shape=array_ops.shape(rows), minval=smallest, maxval=1.0, dtype=self.dtype, seed=seed
        )
        gumbel = -math_ops.log(-math_ops.log(uniform))
        noisy = math_ops.div(gumbel + rows, self._temperature_2d)
        return array_ops.reshape(nn_ops.log_softmax(noisy), shape)

    def _log_prob(self, x: Any) -> Any:
        logits, x = self._with_logits(self._valid_sample(x))
        shape = array_ops.shape(math_ops.reduce_sum(logits, axis=[-1]))
        rows, x_rows = self._in_rows(logits), self._in_rows(x)
        k = math_ops.cast(self.event_size, x.dtype)
        normalization = math_ops.lgamma(k) + (k - 1.0) * math_ops.log(self.temperature)
        log_softmax = nn_ops.log_softmax(rows - x_rows * self._temperature_2d)
        return array_ops.reshape(normalization + math_ops.reduce_sum(log_softmax, [-1], keepdims=False), shape)


class RelaxedOneHotCategorical(TransformedDistribution):
    """A distribution over probability vectors that comes near to one-hot vectors as its temperature goes to 0.

    Args:
        temperature: Floats above 0.
        logits: Unnormalized log probabilities, floats ``[..., k]``.
        probs: Probabilities, floats ``[..., k]``; one of both is given.
        dtype: The dtype of the samples, by default that of the logits.
        validate_args: Whether a run checks parameters and values.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: Both or none of ``logits`` and ``probs`` are given.
    """

    def __init__(
        self,
        temperature: Any,
        logits: Any = None,
        probs: Any = None,
        dtype: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "RelaxedOneHotCategorical",
    ) -> None:
        logarithm = ExpRelaxedOneHotCategorical(
            temperature,
            logits=logits,
            probs=probs,
            dtype=dtype,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
        )
        super().__init__(logarithm, bijectors.Exp(), name=name)


class RelaxedBernoulli(TransformedDistribution):
    """A distribution over (0, 1) that comes near to a Bernoulli distribution as its temperature goes to 0.

    Args:
        temperature: Floats above 0.
        logits: The log odds of 1, floats.
        probs: The probabilities of 1; one of both is given.
        validate_args: Whether a run checks the parameters.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: Both or none of ``logits`` and ``probs`` are given.
    """

    def __init__(
        self,
        temperature: Any,
        logits: Any = None,
        probs: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "RelaxedBernoulli",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[logits, probs, temperature]) as scope:
            with after_positive(validate_args, temperature):
                self.temperature = array_ops.identity(temperature, name="temperature")
            self.logits, self.probs = util.get_logits_and_probs(logits=logits, probs=probs, validate_args=validate_args)
            logistic = Logistic(
                self.logits / self.temperature,
                1.0 / self.temperature,
                validate_args=validate_args,
                allow_nan_stats=allow_nan_stats,
                name=f"{scope}/Logistic",
            )
            sigmoid = bijectors.Sigmoid(validate_args=validate_args)
            super().__init__(logistic, sigmoid, validate_args=validate_args, name=scope)
        self._parameters = parameters

    @staticmethod
    def _param_shapes(sample_shape: Any) -> dict[str, Any]:
        return {"logits": ops.convert_to_tensor(sample_shape, dtype=dtypes.int32)}
