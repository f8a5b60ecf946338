"""What an estimator remembers of its features and labels: kinds and shapes, for the checks of later calls."""

from __future__ import annotations

from typing import Any, NamedTuple

from tensorflow.python.framework import dtypes, sparse_tensor
from tensorflow.python.ops import array_ops, math_ops, parsing_ops

# tf.Example has one kind of integers and one of floating point numbers.
_IN_EXAMPLES = {dtypes.int32: dtypes.int64, dtypes.float64: dtypes.float32}


class _Fields(NamedTuple):
    dtype: Any
    shape: Any
    is_sparse: bool


class TensorSignature(_Fields):
    """The dtype of a tensor, its shape unless it is sparse, and whether it is sparse."""

    def __new__(cls, tensor: Any) -> TensorSignature:
        """Takes the signature of a ``Tensor`` or ``SparseTensor``."""
        if isinstance(tensor, sparse_tensor.SparseTensor):
            return super().__new__(cls, dtype=tensor.values.dtype, shape=None, is_sparse=True)
        return super().__new__(cls, dtype=tensor.dtype, shape=tensor.get_shape(), is_sparse=False)

    def is_compatible_with(self, other: TensorSignature) -> bool:
        """Whether both have the same kind, and the same shape but for the size of the batch."""
        if self.is_sparse or other.is_sparse or not self.dtype.is_compatible_with(other.dtype):
            return self.is_sparse and other.is_sparse and self.dtype.is_compatible_with(other.dtype)
        if self.shape.rank is None or other.shape.rank is None:
            return True
        same_rank: bool = self.shape.rank == other.shape.rank
        return same_rank and all(map(_fit, self.shape.dims[1:], other.shape.dims[1:]))

    def get_placeholder(self) -> Any:
        """Returns a placeholder for such tensors with a batch of any size."""
        if self.is_sparse:
            return array_ops.sparse_placeholder(dtype=self.dtype)
        return array_ops.placeholder(dtype=self.dtype, shape=[None, *self.shape[1:]])

    def get_feature_spec(self) -> Any:
        """Returns what ``tf.parse_example`` is told of such a feature."""
        dtype = _IN_EXAMPLES.get(self.dtype, self.dtype)
        if self.is_sparse:
            return parsing_ops.VarLenFeature(dtype=dtype)
        return parsing_ops.FixedLenFeature(shape=self.shape[1:], dtype=dtype)


def _fit(size: Any, other: Any) -> bool:
    compatible: bool = size.is_compatible_with(other)
    return compatible


def tensors_compatible(tensors: Any, signatures: Any) -> bool:
    """Whether tensors, one or by name, are compatible with signatures; there may be more names than signatures."""
    if tensors is None or signatures is None:
        return tensors is None and signatures is None
    if isinstance(tensors, dict) != isinstance(signatures, dict):
        return False
    if isinstance(tensors, dict):
        return all(
            key in tensors and TensorSignature(tensors[key]).is_compatible_with(signature)
            for key, signature in signatures.items()
        )
    return TensorSignature(tensors).is_compatible_with(signatures)


def create_signatures(tensors: Any) -> Any:
    """Returns the signature of a tensor, or of each of a dictionary; None for None."""
    if isinstance(tensors, dict):
        return {key: TensorSignature(tensor) for key, tensor in tensors.items()}
    return None if tensors is None else TensorSignature(tensors)


def create_placeholders_from_signatures(signatures: Any) -> Any:
    """Returns a placeholder for a signature, or for each of a dictionary; None for None."""
    if isinstance(signatures, dict):
        return {key: signature.get_placeholder() for key, signature in signatures.items()}
    return None if signatures is None else signatures.get_placeholder()


def create_example_parser_from_signatures(
    signatures: Any, examples_batch: Any, single_feature_name: str = "feature"
) -> Any:
    """Returns the features that serialized ``tf.Example`` messages have, as the signatures describe them.

    Args:
        signatures: A signature, or a dictionary of them.
        examples_batch: The messages, strings ``[batch]``.
        single_feature_name: The feature in the messages that a signature without a name describes.
    """
    by_name = signatures if isinstance(signatures, dict) else {single_feature_name: signatures}
    specs = {name: signature.get_feature_spec() for name, signature in by_name.items()}
    features = parsing_ops.parse_example(examples_batch, specs)
    for name, feature in features.items():
        if not by_name[name].dtype.is_compatible_with(feature.dtype):
            features[name] = math_ops.cast(feature, by_name[name].dtype)
    return features if isinstance(signatures, dict) else features[single_feature_name]
