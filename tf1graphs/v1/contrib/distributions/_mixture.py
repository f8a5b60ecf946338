"""Mixtures of any distributions."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import ops, tensor_shape, tensor_util
from tensorflow.python.ops import array_ops, array_ops_stack, check_ops, data_flow_ops, math_ops, nn_ops
from tensorflow.python.ops.distributions import categorical, distribution, util

from tf1graphs.v1.contrib.distributions import _mixture_shapes


def _check_components(cat: Any, components: Any) -> None:
    if not isinstance(cat, categorical.Categorical):
        raise TypeError(f"cat must be a Categorical distribution, but saw: {cat}")
    if not components:
        raise ValueError("components must be a non-empty list or tuple")
    if not isinstance(components, (list, tuple)):
        raise TypeError(f"components must be a list or tuple, but saw: {components}")
    if not all(isinstance(each, distribution.Distribution) for each in components):
        raise TypeError(f"all entries in components must be Distribution instances but saw: {components}")
    if not all(each.dtype == components[0].dtype for each in components):
        saw = [(each.name, each.dtype) for each in components]
        raise TypeError(f"All components must have the same dtype, but saw dtypes: {saw}")


class Mixture(distribution.Distribution):  # type: ignore[misc]
    """The distribution that first draws a component and then from it.

    Args:
        cat: A ``Categorical`` over the components.
        components: The distributions; their batch shapes and event shapes are the same.
        validate_args: Whether a run checks that.
        allow_nan_stats: Whether what does not exist is NaN.
        use_static_graph: Whether samples are drawn from all components and then chosen, which XLA can compile.
        name: The name scope.

    Raises:
        TypeError: ``cat`` or one of the components is none, or these have several dtypes.
        ValueError: There are no components, another number than ``cat`` has, or their shapes differ.
    """

    def __init__(
        self,
        cat: Any,
        components: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        use_static_graph: bool = False,
        name: str = "Mixture",
    ) -> None:
        parameters = dict(locals())
        _check_components(cat, components)
        self._static_event_shape, self._static_batch_shape = components[0].event_shape, cat.batch_shape
        for each in components:
            self._static_event_shape = self._static_event_shape.merge_with(each.event_shape)
            self._static_batch_shape = self._static_batch_shape.merge_with(each.batch_shape)
        if self._static_event_shape.ndims is None:
            raise ValueError(
                "Expected to know rank(event_shape) from components, but none of the components provide a static "
                "number of ndims"
            )
        with ops.name_scope(name, values=[cat.logits]) as scope:
            number = tensor_util.constant_value(cat.event_size)
            if number is None:
                raise ValueError(
                    "Could not infer number of classes from cat and unable to compare this value to the number of "
                    "components passed in."
                )
            if int(number) != len(components):
                raise ValueError(f"cat.num_classes != len(components): {int(number)} vs. {len(components)}")
            self._assertions = self._same_batch_shapes(cat, components, validate_args)
        self.cat, self.components, self.num_components = cat, list(components), int(number)
        self._use_static_graph = use_static_graph
        super().__init__(
            dtype=components[0].dtype,
            reparameterization_type=distribution.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[parent for each in (cat, *components) for parent in each._graph_parents],
            name=scope,
        )

    @staticmethod
    def _same_batch_shapes(cat: Any, components: Any, validate_args: bool) -> list[Any]:
        expected = cat.batch_shape_tensor()
        expected_rank = array_ops.size(expected)
        if not validate_args:
            return []
        shapes = [each.batch_shape_tensor() for each in components]
        pairs = [(expected_rank, array_ops.size(shape)) for shape in shapes], [(expected, shape) for shape in shapes]
        return [
            check_ops.assert_equal(*pair, message=f"components[{number}] batch shape must match cat batch shape")
            for kind in pairs
            for number, pair in enumerate(kind)
        ]

    def _batch_shape_tensor(self) -> Any:
        return self.cat.batch_shape_tensor()

    def _batch_shape(self) -> Any:
        return self._static_batch_shape

    def _event_shape_tensor(self) -> Any:
        return self.components[0].event_shape_tensor()

    def _event_shape(self) -> Any:
        return self._static_event_shape

    def _weights(self, logarithms: bool = False) -> list[Any]:
        """Returns the probabilities of the components, each of the batch shape."""
        probs = nn_ops.log_softmax(self.cat.logits) if logarithms else nn_ops.softmax(self.cat.logits)
        weights: list[Any] = array_ops_stack.unstack(probs, num=self.num_components, axis=-1)
        return weights

    def _event_weights(self) -> list[Any]:
        weights = self._weights()
        for _ in range(self.event_shape.ndims):
            weights = [array_ops.expand_dims(weight, -1) for weight in weights]
        return weights

    def _mean(self) -> Any:
        with ops.control_dependencies(self._assertions):
            means = [each.mean() for each in self.components]
            return math_ops.add_n([weight * mean for weight, mean in zip(self._event_weights(), means, strict=True)])

    def _stddev(self) -> Any:
        with ops.control_dependencies(self._assertions):
            all_means = [each.mean() for each in self.components]
            all_stddevs = [each.stddev() for each in self.components]
            means = array_ops_stack.stack(all_means, axis=-1)
            stddevs = array_ops_stack.stack(all_stddevs, axis=-1)
            stacked = array_ops_stack.stack(self._event_weights(), axis=-1) * array_ops.ones_like(means)
            rows = [array_ops.reshape(x, [-1, len(self.components)]) for x in (stacked, means, stddevs)]
            return array_ops.reshape(_mixture_shapes.stddev(*rows), array_ops.shape(stacked)[:-1])

    def _log_of_sum(self, method: str, x: Any) -> Any:
        with ops.control_dependencies(self._assertions):
            x = ops.convert_to_tensor(x, name="x")
            logarithms = [getattr(each, method)(x) for each in self.components]
            terms = [weight + log for weight, log in zip(self._weights(logarithms=True), logarithms, strict=True)]
            return math_ops.reduce_logsumexp(array_ops_stack.stack(terms, axis=0), [0])

    def _log_prob(self, x: Any) -> Any:
        return self._log_of_sum("log_prob", x)

    def _log_cdf(self, x: Any) -> Any:
        return self._log_of_sum("log_cdf", x)

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        if self._use_static_graph:
            return self._sample_all(n, seed)
        with ops.control_dependencies(self._assertions):
            return self._sample_chosen(n, seed)

    def _sample_all(self, n: Any, seed: Any) -> Any:
        chosen = self.cat.sample(n, seed=seed)
        samples = []
        for each in self.components:
            seed = util.gen_new_seed(seed, "mixture")
            samples.append(each.sample(n, seed=seed))
        ndims = self._static_event_shape.ndims
        x = array_ops_stack.stack(samples, -ndims - 1)
        mask = _mixture_shapes.one_hot(chosen, self.num_components, x.dtype)
        mask = _mixture_shapes.pad(mask, self, self.cat, ndims)
        return math_ops.reduce_sum(x * mask, axis=-1 - ndims)

    def _sample_chosen(self, n: Any, seed: Any) -> Any:
        n = ops.convert_to_tensor(n, name="n")
        number = tensor_util.constant_value(n)
        n = n if number is None else int(number)
        chosen = self.cat.sample(n, seed=seed)
        if chosen.shape.is_fully_defined():
            shape, size = chosen.shape.as_list(), chosen.shape.num_elements()
        else:
            shape, size = array_ops.shape(chosen), array_ops.size(chosen)
        if self.batch_shape.is_fully_defined():
            batch_size = self.batch_shape.num_elements()
        else:
            batch_size = math_ops.reduce_prod(self.batch_shape_tensor())
        if self.event_shape.is_fully_defined():
            event_shape = np.array(self.event_shape.as_list(), dtype=np.int32)
        else:
            event_shape = self.event_shape_tensor()
        # Of the samples that a component gives for the whole batch, those of the places that chose it are taken.
        places = self._partitions(math_ops.range(0, size), shape, chosen)
        in_batch = self._partitions(array_ops.tile(math_ops.range(0, batch_size), [n]), shape, chosen)
        samples = []
        for index, each in enumerate(self.components):
            count = array_ops.size(places[index])
            seed = util.gen_new_seed(seed, "mixture")
            drawn = each.sample(count, seed=seed)
            rows = batch_size * math_ops.range(count) + in_batch[index]
            drawn = array_ops.reshape(drawn, array_ops.concat([[count * batch_size], event_shape], 0))
            samples.append(array_ops.gather(drawn, rows, name="samples_class_c_gather"))
        flat = data_flow_ops.dynamic_stitch(indices=places, data=samples)
        result = array_ops.reshape(flat, array_ops.concat([shape, self.event_shape_tensor()], 0))
        result.set_shape(tensor_shape.TensorShape(chosen.shape).concatenate(self.event_shape))
        return result

    def _partitions(self, indices: Any, shape: Any, chosen: Any) -> Any:
        return data_flow_ops.dynamic_partition(
            data=array_ops.reshape(indices, shape), partitions=chosen, num_partitions=self.num_components
        )

    def entropy_lower_bound(self, name: str = "entropy_lower_bound") -> Any:
        """Returns a bound of the entropy, the mean of the components' entropies, of the batch shape."""
        with self._name_scope(name, values=[self.cat.logits]), ops.control_dependencies(self._assertions):
            entropies = [each.entropy() for each in self.components]
            return math_ops.add_n(
                [weight * entropy for weight, entropy in zip(self._weights(), entropies, strict=True)]
            )
