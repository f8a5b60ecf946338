"""States of models: repeated for a batch, and kept in tables from one batch to the next."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, control_flow_ops
from tensorflow.python.util import nest

from tf1graphs.v1.contrib import lookup


def batch_start_time(times: Any) -> Any:
    """Returns the first times ``[batch]`` of ``[batch, time]``."""
    return times[:, 0]


def batch_end_time(times: Any) -> Any:
    """Returns the last times ``[batch]`` of ``[batch, time]``."""
    return times[:, -1]


def replicate_state(start_state: Any, batch_size: Any) -> Any:
    """Returns a nested state with a batch dimension before its own, in which all are equal."""

    def replicated(part: Any) -> Any:
        ones = array_ops.ones([array_ops.rank(part)], dtype=dtypes.int32)
        return array_ops.tile(array_ops.expand_dims(part, 0), array_ops.concat([[batch_size], ones], 0))

    return nest.pack_sequence_as(start_state, [replicated(part) for part in nest.flatten(start_state)])


class TensorValuedMutableDenseHashTable(lookup.MutableDenseHashTable):  # type: ignore[misc]
    """A table of tensors of any shape, in which a ``MutableDenseHashTable`` has vectors.

    Args:
        key_dtype: The dtype of the keys.
        value_dtype: The dtype of the values.
        default_value: The value of a key that is not there; its shape is that of all values.
        *args: See ``MutableDenseHashTable``.
        **kwargs: See ``MutableDenseHashTable``.
    """

    def __init__(self, key_dtype: Any, value_dtype: Any, default_value: Any, *args: Any, **kwargs: Any) -> None:
        self._non_vector_value_shape = array_ops.shape(default_value)
        super().__init__(
            *args,
            key_dtype=key_dtype,
            value_dtype=value_dtype,
            default_value=array_ops.reshape(default_value, [-1]),
            **kwargs,
        )

    def insert(self, keys: Any, values: Any, name: str | None = None) -> Any:
        """Returns the op that enters values ``[*shape of keys, ...]``."""
        keys = ops.convert_to_tensor(keys, dtype=self._key_dtype)
        flat = array_ops.reshape(keys, [-1])
        return super().insert(keys=flat, values=array_ops.reshape(values, [array_ops.shape(flat)[0], -1]), name=name)

    def lookup(self, keys: Any, name: str | None = None) -> Any:
        """Returns values ``[*shape of keys, ...]``."""
        flat = array_ops.reshape(ops.convert_to_tensor(keys, dtype=self._key_dtype), [-1])
        found = super().lookup(keys=flat, name=name)
        shape = array_ops.concat([array_ops.shape(keys), self._non_vector_value_shape], 0)
        return array_ops.reshape(found, shape)


class TupleOfTensorsLookup(lookup.LookupInterface):  # type: ignore[misc]
    """A table of nested structures of tensors.

    Args:
        key_dtype: The dtype of the keys.
        default_values: The structure for a key that is not there.
        empty_key: A key that is never used.
        deleted_key: Another one.
        name: The beginning of the names of the tables.
        checkpoint: Whether checkpoints hold them.
    """

    def __init__(
        self, key_dtype: Any, default_values: Any, empty_key: Any, deleted_key: Any, name: str, checkpoint: bool = True
    ) -> None:
        tables = [
            TensorValuedMutableDenseHashTable(
                key_dtype=key_dtype,
                value_dtype=default.dtype.base_dtype,
                default_value=default,
                empty_key=empty_key,
                deleted_key=deleted_key,
                name=f"{name}_{number}",
                checkpoint=checkpoint,
            )
            for number, default in enumerate(nest.flatten(default_values))
        ]
        self._hash_tables = nest.pack_sequence_as(default_values, tables)
        self._name = name

    def lookup(self, keys: Any) -> Any:
        """Returns the structures at keys, each tensor ``[*shape of keys, ...]``."""
        found = [table.lookup(keys) for table in nest.flatten(self._hash_tables)]
        return nest.pack_sequence_as(self._hash_tables, found)

    def insert(self, keys: Any, values: Any) -> Any:
        """Returns the op that enters structures once all of their tensors are computed."""
        nest.assert_same_structure(self._hash_tables, values)
        flat = [array_ops.identity(value) for value in nest.flatten(values)]
        with ops.control_dependencies(flat):
            tables = nest.flatten(self._hash_tables)
            inserts = [table.insert(keys, value) for table, value in zip(tables, flat, strict=True)]
        return control_flow_ops.group(*inserts)

    def check_table_dtypes(self, key_dtype: Any, value_dtype: Any) -> None:
        """Checks nothing: each table checks its own."""
