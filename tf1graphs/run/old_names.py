"""Names and argument orders that left TensorFlow before 1.15: those of 0.x, which 1.0 changed."""

from __future__ import annotations

import functools
import importlib
import inspect
import re
from collections.abc import Callable
from typing import Any

from tf1graphs.run import notes

# Name in TensorFlow 0.x, or in a contrib of 1.0 to 1.4 -> name in 1.15; the arguments are the same.
RENAMED = {
    "batch_cholesky": "cholesky",
    "batch_cholesky_solve": "cholesky_solve",
    "batch_fft": "fft",
    "batch_fft2d": "fft2d",
    "batch_fft3d": "fft3d",
    "batch_ifft": "ifft",
    "batch_ifft2d": "ifft2d",
    "batch_ifft3d": "ifft3d",
    "batch_matrix_band_part": "matrix_band_part",
    "batch_matrix_determinant": "matrix_determinant",
    "batch_matrix_diag": "matrix_diag",
    "batch_matrix_diag_part": "matrix_diag_part",
    "batch_matrix_inverse": "matrix_inverse",
    "batch_matrix_set_diag": "matrix_set_diag",
    "batch_matrix_solve": "matrix_solve",
    "batch_matrix_solve_ls": "matrix_solve_ls",
    "batch_matrix_transpose": "matrix_transpose",
    "batch_matrix_triangular_solve": "matrix_triangular_solve",
    "batch_self_adjoint_eig": "self_adjoint_eig",
    "batch_svd": "svd",
    "complex_abs": "abs",
    "audio_summary": "contrib.deprecated.audio_summary",
    "contrib.data.Dataset": "data.Dataset",
    "contrib.data.FixedLengthRecordDataset": "data.FixedLengthRecordDataset",
    "contrib.data.Iterator": "data.Iterator",
    "contrib.data.TFRecordDataset": "data.TFRecordDataset",
    "contrib.data.TextLineDataset": "data.TextLineDataset",
    "contrib.rnn.core_rnn": "contrib.rnn",
    "contrib.rnn.core_rnn_cell": "contrib.rnn",
    "histogram_summary": "contrib.deprecated.histogram_summary",
    "image.per_image_whitening": "image.per_image_standardization",
    "image_summary": "contrib.deprecated.image_summary",
    "inv": "reciprocal",
    "list_diff": "setdiff1d",
    "listdiff": "setdiff1d",
    "merge_all_summaries": "summary.merge_all",
    "merge_summary": "summary.merge",
    "mul": "multiply",
    "neg": "negative",
    "nn.bidirectional_rnn": "nn.static_bidirectional_rnn",
    "nn.deconv2d": "nn.conv2d_transpose",
    "nn.rnn": "nn.static_rnn",
    "nn.rnn_cell.EmbeddingWrapper": "contrib.rnn.EmbeddingWrapper",
    "nn.rnn_cell.InputProjectionWrapper": "contrib.rnn.InputProjectionWrapper",
    "nn.rnn_cell.OutputProjectionWrapper": "contrib.rnn.OutputProjectionWrapper",
    "nn.seq2seq": "contrib.legacy_seq2seq",
    "nn.state_saving_rnn": "nn.static_state_saving_rnn",
    "pack": "stack",
    "scalar_summary": "contrib.deprecated.scalar_summary",
    "select": "where",
    "sub": "subtract",
    "train.SummaryWriter": "summary.FileWriter",
    "unpack": "unstack",
}


def _api(name: str) -> Any:
    return functools.reduce(getattr, name.split("."), importlib.import_module("tf1graphs.v1"))


def _is_integer(value: Any) -> bool:
    """Whether a value is an axis: a number or a scalar tensor of integers."""
    dtype = getattr(value, "dtype", None)
    if dtype is not None:
        is_integer = getattr(dtype, "is_integer", None)
        return bool(is_integer if is_integer is not None else dtype.kind in "iu") and len(value.shape) == 0
    return isinstance(value, int) and not isinstance(value, bool)


def _is_integer_tensor(value: Any) -> bool:
    return bool(_api("convert_to_tensor")(value).dtype.is_integer)


def _batch_matmul(x: Any, y: Any, adj_x: bool = False, adj_y: bool = False, name: str | None = None) -> Any:
    return _api("matmul")(x, y, adjoint_a=adj_x, adjoint_b=adj_y, name=name)


# Name in TensorFlow 0.x -> (name in 1.15, function with the arguments of 0.x).
REPLACED: dict[str, tuple[str, Callable[..., Any]]] = {"batch_matmul": ("matmul", _batch_matmul)}


def _concat(options: dict[str, Any]) -> dict[str, Any] | None:
    axis, values = options.get("values"), options.get("axis")
    return {"values": values, "axis": axis} if _is_integer(axis) and values is not None else None


def _split(options: dict[str, Any]) -> dict[str, Any] | None:
    axis, value = options.get("value"), options.get("axis")
    return {"value": value, "axis": axis} if _is_integer(axis) and value is not None else None


def _reverse(options: dict[str, Any]) -> dict[str, Any] | None:
    dims = options.get("axis")
    if not isinstance(dims, (list, tuple)) or not dims or not all(isinstance(dim, bool) for dim in dims):
        return None
    return {"axis": [number for number, reversed_ in enumerate(dims) if reversed_]}


def _resize(options: dict[str, Any]) -> dict[str, Any] | None:
    height, width = options.get("size"), options.get("method")
    if not _is_integer(height):
        return None
    # resize_images(images, height, width, method=0, align_corners=False)
    method, align = options.get("align_corners", 0), options.get("preserve_aspect_ratio", False)
    return {"size": [height, width], "method": method, "align_corners": align, "preserve_aspect_ratio": False}


def _sampled(options: dict[str, Any]) -> dict[str, Any] | None:
    first, second = options.get("labels"), options.get("inputs")
    if first is None or second is None or _is_integer_tensor(first) or not _is_integer_tensor(second):
        return None
    return {"labels": second, "inputs": first}


def _cross_entropy(options: dict[str, Any]) -> dict[str, Any] | None:
    logits, labels = options.get("_sentinel"), options.get("labels")
    return None if logits is None else {"_sentinel": None, "logits": logits, "labels": labels}


# Function of 1.15 -> what its arguments are if they are in the order of 0.x, else None.
REORDERED: dict[str, Callable[[dict[str, Any]], dict[str, Any] | None]] = {
    "concat": _concat,
    "image.resize_images": _resize,
    "nn.nce_loss": _sampled,
    "nn.sampled_softmax_loss": _sampled,
    "nn.sigmoid_cross_entropy_with_logits": _cross_entropy,
    "nn.softmax_cross_entropy_with_logits": _cross_entropy,
    "nn.sparse_softmax_cross_entropy_with_logits": _cross_entropy,
    "reverse": _reverse,
    "split": _split,
}
# Keywords of 0.x -> keywords of 1.15.
_KEYWORDS = {
    "concat": {"concat_dim": "axis"},
    "reverse": {"dims": "axis"},
    "split": {"split_dim": "axis", "num_split": "num_or_size_splits"},
}


def resolve(name: str) -> Any:
    """Returns what the dotted name below ``tf`` was, with a note; raises ``KeyError`` if there was no such."""
    if re.fullmatch(r"contrib\.[\w.]+\.python", name):
        return importlib.import_module(f"tensorflow.{name}")
    new, function = REPLACED.get(name, (RENAMED.get(name), None))
    if new is None:
        raise KeyError(name)
    notes.say(f"tf.{name} left TensorFlow before 1.15; it runs as tf.{new}")
    return function or _api(new)


def _with_old_order(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(function)
    keywords = _KEYWORDS.get(name, {})

    @functools.wraps(function)
    def either(*arguments: Any, **options: Any) -> Any:
        options = {keywords.get(key, key): value for key, value in options.items()}
        given = signature.bind_partial(*arguments, **options).arguments
        changed = REORDERED[name](given)
        if changed is None:
            return function(*arguments, **options)
        notes.say(f"tf.{name} is called with its arguments in the order of TensorFlow 0.x")
        return function(**(given | changed))

    return either


def accept_old_order() -> None:
    """Makes the functions whose arguments 1.0 changed take both orders."""
    for name in REORDERED:
        module, _, attribute = name.rpartition(".")
        owner = _api(module) if module else importlib.import_module("tf1graphs.v1")
        setattr(owner, attribute, _with_old_order(name, getattr(owner, attribute)))
