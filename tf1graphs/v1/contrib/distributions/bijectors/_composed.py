"""Bijectors of other bijectors or of functions."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops
from tensorflow.python.ops.distributions import bijector

_Function = Callable[..., Any]


class ConditionalBijector(bijector.Bijector):  # type: ignore[misc]
    """A bijector that hands named arguments of its methods to their implementations."""

    def forward(self, x: Any, name: str = "forward", **condition_kwargs: Any) -> Any:
        """Returns ``y`` for ``x``."""
        return self._call_forward(x, name, **condition_kwargs)

    def inverse(self, y: Any, name: str = "inverse", **condition_kwargs: Any) -> Any:
        """Returns ``x`` for ``y``."""
        return self._call_inverse(y, name, **condition_kwargs)

    def inverse_log_det_jacobian(
        self, y: Any, event_ndims: Any, name: str = "inverse_log_det_jacobian", **condition_kwargs: Any
    ) -> Any:
        """Returns the log determinant of the Jacobian of ``inverse``, summed over ``event_ndims`` dimensions."""
        return self._call_inverse_log_det_jacobian(y, event_ndims, name, **condition_kwargs)

    def forward_log_det_jacobian(
        self, x: Any, event_ndims: Any, name: str = "forward_log_det_jacobian", **condition_kwargs: Any
    ) -> Any:
        """Returns the log determinant of the Jacobian of ``forward``, summed over ``event_ndims`` dimensions."""
        return self._call_forward_log_det_jacobian(x, event_ndims, name, **condition_kwargs)


class Inline(bijector.Bijector):  # type: ignore[misc]
    """A bijector of functions.

    Args:
        forward_fn: From ``x`` to ``y``.
        inverse_fn: From ``y`` to ``x``.
        inverse_log_det_jacobian_fn: From ``y`` to the log determinant of the Jacobian of ``inverse_fn``.
        forward_log_det_jacobian_fn: From ``x`` to that of ``forward_fn``.
        forward_event_shape_fn: From the shape of ``x`` to that of ``y``, by default the same.
        forward_event_shape_tensor_fn: The same for shape vectors.
        inverse_event_shape_fn: From the shape of ``y`` to that of ``x``.
        inverse_event_shape_tensor_fn: The same for shape vectors.
        is_constant_jacobian: Whether the Jacobian is the same everywhere.
        validate_args: Whether a run checks what cannot be checked before.
        forward_min_event_ndims: The number of dimensions that ``forward_fn`` works on.
        inverse_min_event_ndims: The same of ``inverse_fn``; one of both is given.
        name: The name scope.

    Raises:
        NotImplementedError: On the use of a function that is not given.
        ValueError: No number of dimensions is given.
    """

    def __init__(
        self,
        forward_fn: _Function | None = None,
        inverse_fn: _Function | None = None,
        inverse_log_det_jacobian_fn: _Function | None = None,
        forward_log_det_jacobian_fn: _Function | None = None,
        forward_event_shape_fn: _Function | None = None,
        forward_event_shape_tensor_fn: _Function | None = None,
        inverse_event_shape_fn: _Function | None = None,
        inverse_event_shape_tensor_fn: _Function | None = None,
        is_constant_jacobian: bool = False,
        validate_args: bool = False,
        forward_min_event_ndims: int | None = None,
        inverse_min_event_ndims: int | None = None,
        name: str = "inline",
    ) -> None:
        super().__init__(
            forward_min_event_ndims=forward_min_event_ndims,
            inverse_min_event_ndims=inverse_min_event_ndims,
            is_constant_jacobian=is_constant_jacobian,
            validate_args=validate_args,
            name=name,
        )
        self._functions = {
            "forward": forward_fn,
            "inverse": inverse_fn,
            "inverse_log_det_jacobian": inverse_log_det_jacobian_fn,
            "forward_log_det_jacobian": forward_log_det_jacobian_fn,
        }
        self._shape_functions = {
            "forward_event_shape": forward_event_shape_fn,
            "forward_event_shape_tensor": forward_event_shape_tensor_fn,
            "inverse_event_shape": inverse_event_shape_fn,
            "inverse_event_shape_tensor": inverse_event_shape_tensor_fn,
        }

    def _call(self, name: str, x: Any, options: dict[str, Any]) -> Any:
        function = self._functions[name]
        if not callable(function):
            raise NotImplementedError(f"{name}_fn is not a callable function.")
        return function(x, **options)

    def _shape(self, name: str, shape: Any) -> Any:
        function = self._shape_functions[name]
        return shape if function is None else function(shape)

    def _forward_event_shape(self, input_shape: Any) -> Any:
        return self._shape("forward_event_shape", input_shape)

    def _forward_event_shape_tensor(self, input_shape: Any) -> Any:
        return self._shape("forward_event_shape_tensor", input_shape)

    def _inverse_event_shape(self, output_shape: Any) -> Any:
        return self._shape("inverse_event_shape", output_shape)

    def _inverse_event_shape_tensor(self, output_shape: Any) -> Any:
        return self._shape("inverse_event_shape_tensor", output_shape)

    def _forward(self, x: Any, **options: Any) -> Any:
        return self._call("forward", x, options)

    def _inverse(self, y: Any, **options: Any) -> Any:
        return self._call("inverse", y, options)

    def _inverse_log_det_jacobian(self, y: Any, **options: Any) -> Any:
        return self._call("inverse_log_det_jacobian", y, options)

    def _forward_log_det_jacobian(self, x: Any, **options: Any) -> Any:
        return self._call("forward_log_det_jacobian", x, options)


class Invert(bijector.Bijector):  # type: ignore[misc]
    """The bijector whose ``forward`` is another's ``inverse``.

    Args:
        bijector: The other.
        validate_args: Whether a run checks what cannot be checked before.
        name: The name scope, by default ``invert_`` and that of the other.

    Raises:
        NotImplementedError: The other is not injective.
    """

    def __init__(self, bijector: Any, validate_args: bool = False, name: str | None = None) -> None:
        if not bijector._is_injective:
            raise NotImplementedError("Invert is not implemented for non-injective bijectors.")
        self.bijector = bijector
        super().__init__(
            graph_parents=bijector.graph_parents,
            forward_min_event_ndims=bijector.inverse_min_event_ndims,
            inverse_min_event_ndims=bijector.forward_min_event_ndims,
            is_constant_jacobian=bijector.is_constant_jacobian,
            validate_args=validate_args,
            dtype=bijector.dtype,
            name=name or f"invert_{bijector.name}",
        )

    def _forward_event_shape(self, input_shape: Any) -> Any:
        return self.bijector._inverse_event_shape(input_shape)

    def _forward_event_shape_tensor(self, input_shape: Any) -> Any:
        return self.bijector._inverse_event_shape_tensor(input_shape)

    def _inverse_event_shape(self, output_shape: Any) -> Any:
        return self.bijector._forward_event_shape(output_shape)

    def _inverse_event_shape_tensor(self, output_shape: Any) -> Any:
        return self.bijector._forward_event_shape_tensor(output_shape)

    def _forward(self, x: Any, **options: Any) -> Any:
        return self.bijector._inverse(x, **options)

    def _inverse(self, y: Any, **options: Any) -> Any:
        return self.bijector._forward(y, **options)

    def _inverse_log_det_jacobian(self, y: Any, **options: Any) -> Any:
        return self.bijector._forward_log_det_jacobian(y, **options)

    def _forward_log_det_jacobian(self, x: Any, **options: Any) -> Any:
        return self.bijector._inverse_log_det_jacobian(x, **options)


def _min_event_ndims(ranks: Iterable[tuple[int, int]]) -> int:
    """Returns the fewest dimensions that bijectors need, of each of which is known what it needs and what it leaves."""
    needed = available = 0
    for taken, left in ranks:
        needed += max(taken - available, 0)
        available = max(taken, available) - (taken - left)
    return needed


def _common_dtype(bijectors: Sequence[Any]) -> Any:
    dtypes = {each.dtype for each in bijectors}
    if len(dtypes) > 2:
        raise ValueError(f"incompatible dtypes: {list(dtypes)}")
    return next((dtype for dtype in dtypes if dtype is not None), None)


class Chain(bijector.Bijector):  # type: ignore[misc]
    """Several bijectors, of which the last is applied first: ``Chain([f, g]).forward(x)`` is ``f(g(x))``.

    Methods of a chain take a bijector's further arguments in a dict by its name.

    Args:
        bijectors: The bijectors, by default none.
        validate_args: Whether a run checks what cannot be checked before.
        name: The name scope, by default ``chain_of_`` and their names, ``identity`` for none.

    Raises:
        NotImplementedError: One of them is not injective.
        ValueError: They have several dtypes.
    """

    def __init__(
        self, bijectors: Sequence[Any] | None = None, validate_args: bool = False, name: str | None = None
    ) -> None:
        self.bijectors = () if bijectors is None else bijectors
        for each in self.bijectors:
            if not each._is_injective:
                raise NotImplementedError(f"Invert is not implemented for non-injective bijector ({each.name})")
        ranks = [(each.forward_min_event_ndims, each.inverse_min_event_ndims) for each in self.bijectors]
        names = ["chain", *(each.name for each in self.bijectors)]
        super().__init__(
            graph_parents=list(itertools.chain.from_iterable(each.graph_parents for each in self.bijectors)),
            forward_min_event_ndims=_min_event_ndims(reversed(ranks)),
            inverse_min_event_ndims=_min_event_ndims((left, taken) for taken, left in ranks),
            is_constant_jacobian=all(each.is_constant_jacobian for each in self.bijectors),
            validate_args=validate_args,
            dtype=_common_dtype(self.bijectors),
            name=name or ("_of_".join(names) if self.bijectors else "identity"),
        )

    def _in_order(self, direction: str) -> Iterable[Any]:
        return self.bijectors if direction == "inverse" else reversed(self.bijectors)

    def _shape(self, direction: str, suffix: str, shape: Any) -> Any:
        for each in self._in_order(direction):
            shape = getattr(each, f"{direction}_event_shape{suffix}")(shape)
        return shape

    def _forward_event_shape(self, input_shape: Any) -> Any:
        return self._shape("forward", "", input_shape)

    def _forward_event_shape_tensor(self, input_shape: Any) -> Any:
        return self._shape("forward", "_tensor", input_shape)

    def _inverse_event_shape(self, output_shape: Any) -> Any:
        return self._shape("inverse", "", output_shape)

    def _inverse_event_shape_tensor(self, output_shape: Any) -> Any:
        return self._shape("inverse", "_tensor", output_shape)

    def _apply(self, direction: str, x: Any, options: dict[str, Any]) -> Any:
        for each in self._in_order(direction):
            x = getattr(each, direction)(x, **options.get(each.name, {}))
        return x

    def _forward(self, x: Any, **options: Any) -> Any:
        return self._apply("forward", x, options)

    def _inverse(self, y: Any, **options: Any) -> Any:
        return self._apply("inverse", y, options)

    def _log_det_jacobian(self, direction: str, x: Any, options: dict[str, Any]) -> Any:
        x = ops.convert_to_tensor(x, name="y" if direction == "inverse" else "x")
        total = math_ops.cast(0.0, dtype=x.dtype.base_dtype)
        if not self.bijectors:
            return total
        ndims = self._maybe_get_static_event_ndims(getattr(self, f"{direction}_min_event_ndims"))
        if self._is_static(x, ndims):
            shape = x.shape[x.shape.ndims - ndims :]
        else:
            shape = array_ops.shape(x)[array_ops.rank(x) - ndims :]
        for each in self._in_order(direction):
            own = options.get(each.name, {})
            total += getattr(each, f"{direction}_log_det_jacobian")(x, event_ndims=ndims, **own)
            if self._is_static(x, ndims):
                shape = getattr(each, f"{direction}_event_shape")(shape)
                ndims = self._maybe_get_static_event_ndims(shape.ndims)
            else:
                shape = getattr(each, f"{direction}_event_shape_tensor")(shape)
                ndims = array_ops.size(shape)
                static = self._maybe_get_static_event_ndims(ndims)
                ndims = ndims if static is None else static
            x = getattr(each, direction)(x, **own)
        return total

    @staticmethod
    def _is_static(x: Any, ndims: Any) -> bool:
        return x.shape.is_fully_defined() and isinstance(ndims, int)

    def _inverse_log_det_jacobian(self, y: Any, **options: Any) -> Any:
        return self._log_det_jacobian("inverse", y, options)

    def _forward_log_det_jacobian(self, x: Any, **options: Any) -> Any:
        return self._log_det_jacobian("forward", x, options)
