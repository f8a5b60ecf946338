"""The static shape of what TensorFlow's functions compute.

Source: the shape functions of 1.15 (``tensorflow/core/ops``, ``tensorflow/core/framework/common_shape_fns.cc``).
"""

from __future__ import annotations

from tf1graphs.migrate.facts.shapes import sizes
from tf1graphs.migrate.facts.shapes.sizes import Shape, Size
from tf1graphs.migrate.facts.shapes.table import Given, rule

# Element by element.

_UNARY = """
    abs acos asin atan ceil clip_by_value cos cumprod cumsum debugging.check_numerics check_numerics erf exp floor
    identity is_finite is_inf is_nan lgamma log log1p log_sigmoid logical_not math.exp math.log math.sigmoid math.sqrt
    math.square math.tanh negative nn.elu nn.leaky_relu nn.log_softmax nn.relu nn.relu6 nn.selu nn.sigmoid nn.softmax
    nn.softplus nn.softsign nn.swish nn.tanh ones_like reciprocal rint round rsqrt sigmoid sign sin sqrt square
    stop_gradient tan tanh to_double to_float to_int32 to_int64 zeros_like cast saturate_cast clip_by_norm
    contrib.layers.l2_normalize nn.l2_normalize nn.lrn nn.local_response_normalization Print
    reverse math.abs math.negative math.cumsum
"""
rule(_UNARY, "x")(lambda given: given.shape("x", "input", "tensor", "features", "logits", "t", "value"))
for _name in ("nn.dropout", "layers.dropout", "contrib.layers.dropout", "contrib.slim.dropout"):
    rule(_name, "x")(lambda given: given.shape("x", "inputs"))
rule("layers.batch_normalization", "inputs")(lambda given: given.shape("inputs"))
for _module in ("contrib.layers", "contrib.slim"):
    rule(f"{_module}.batch_norm {_module}.layer_norm", "inputs")(lambda given: given.shape("inputs"))
rule(
    "add subtract multiply divide div realdiv truediv floordiv floor_div mod floormod maximum minimum pow"
    " squared_difference equal not_equal greater greater_equal less less_equal logical_and logical_or logical_xor"
    " math.add math.subtract math.multiply math.divide math.maximum math.minimum math.pow"
    " math.squared_difference atan2 div_no_nan",
    "x, y",
)(lambda given: sizes.broadcast([given.shape("x"), given.shape("y")]))
rule("nn.bias_add", "value, bias")(lambda given: given.shape("value"))


@rule("add_n accumulate_n", "inputs")
def _add_n(given: Given) -> Shape:
    first, *_ = given.listed("inputs") or [None]
    return first


rule("nn.sigmoid_cross_entropy_with_logits", "_sentinel, labels, logits")(lambda given: given.shape("logits"))


@rule(
    "nn.softmax_cross_entropy_with_logits nn.softmax_cross_entropy_with_logits_v2"
    " nn.sparse_softmax_cross_entropy_with_logits",
    "_sentinel, labels, logits",
)
def _of_classes(given: Given) -> Shape:
    shape = given.shape("logits")
    return None if shape is None or given.has("dim") or given.has("axis") else shape[:-1]


# What is made of sizes.


rule("zeros ones random_normal random_uniform truncated_normal", "shape")(lambda given: _sized(given, "shape"))
rule("random.normal random.uniform random.truncated_normal", "shape")(lambda given: _sized(given, "shape"))
rule("fill", "dims, value")(lambda given: _sized(given, "dims"))


def _sized(given: Given, name: str) -> Shape:
    return sizes.of_sizes(given.literal(name))


@rule("constant", "value, dtype, shape, name")
def _constant(given: Given) -> Shape:
    if given.has("shape") and given.literal("shape") is not None:
        return _sized(given, "shape")
    return _nested(given.literal("value"))


@rule("convert_to_tensor", "value")
def _converted(given: Given) -> Shape:
    return given.shape("value") if "value" in given.shapes else _nested(given.literal("value"))


def _nested(value: object) -> Shape:
    """Returns the shape of a number or of nested lists of them."""
    if value is ... or value is None:
        return None
    if not isinstance(value, (list, tuple)):
        return ()
    inner = [_nested(each) for each in value]
    return (len(value), *inner[0]) if inner and None not in inner and inner[0] is not None else None


# Matrices.


@rule("matmul linalg.matmul batch_matmul", "a, b, transpose_a, transpose_b, adjoint_a, adjoint_b")
def _matmul(given: Given) -> Shape:
    a, b = given.shape("a", "x"), given.shape("b", "y")
    if a is None or b is None or len(a) < 2 or len(b) < 2:
        return None
    flipped = [
        [given.literal(f"{kind}_{which}", default=False) for kind in ("transpose", "adjoint")] for which in ("a", "b")
    ]
    if any(each not in (True, False) for pair in flipped for each in pair):
        return None
    rows = a[-1] if any(flipped[0]) else a[-2]
    columns = b[-2] if any(flipped[1]) else b[-1]
    batch = sizes.broadcast([a[:-2], b[:-2]])
    return None if batch is None else (*batch, rows, columns)


@rule("nn.xw_plus_b nn.relu_layer", "x, weights, biases")
def _affine(given: Given) -> Shape:
    x, weights = given.shape("x"), given.shape("weights")
    return (x[0], weights[1]) if x and weights and len(x) == len(weights) == 2 else None


# Axes.


@rule("transpose", "a, perm")
def _transpose(given: Given) -> Shape:
    shape, order = given.shape("a"), given.literal("perm")
    if shape is None:
        return None
    if order is None:
        return shape[::-1]
    if not isinstance(order, (list, tuple)) or sorted(map(str, order)) != sorted(map(str, range(len(shape)))):
        return (...,) * len(shape)
    return tuple(shape[each] for each in order)


@rule("expand_dims", "input, axis, name, dim")
def _expand(given: Given) -> Shape:
    shape, axis = given.shape("input"), given.literal("axis", "dim")
    if shape is None or type(axis) is not int or not -len(shape) - 1 <= axis <= len(shape):
        return None
    place = axis % (len(shape) + 1)
    return (*shape[:place], 1, *shape[place:])


@rule("squeeze", "input, axis, name, squeeze_dims")
def _squeeze(given: Given) -> Shape:
    shape, axis = given.shape("input"), given.literal("axis", "squeeze_dims")
    if shape is None or (axis is None and not all(type(size) is int for size in shape)):
        return None
    gone = {place for place, size in enumerate(shape) if size == 1} if axis is None else sizes.axes(axis, len(shape))
    return None if gone is None else tuple(size for place, size in enumerate(shape) if place not in gone)


@rule(
    "reduce_sum reduce_mean reduce_max reduce_min reduce_prod reduce_any reduce_all reduce_logsumexp"
    " math.reduce_sum math.reduce_mean math.reduce_max math.reduce_min",
    "input_tensor, axis, keepdims, name, reduction_indices, keep_dims",
)
def _reduce(given: Given) -> Shape:
    shape, keeps = given.shape("input_tensor"), given.literal("keepdims", "keep_dims")
    if shape is None or keeps not in (True, False, None):
        return None
    gone = sizes.axes(given.literal("axis", "reduction_indices"), len(shape))
    if gone is None:
        return None
    return tuple(1 if place in gone else size for place, size in enumerate(shape) if keeps or place not in gone)


@rule("argmax argmin arg_max arg_min math.argmax", "input, axis, name, dimension")
def _arg(given: Given) -> Shape:
    shape, axis = given.shape("input"), given.literal("axis", "dimension", default=0)
    gone = sizes.axes(axis, len(shape)) if shape is not None and type(axis) is int else None
    return None if shape is None or gone is None else tuple(s for place, s in enumerate(shape) if place not in gone)


@rule("concat", "values, axis")
def _concat(given: Given) -> Shape:
    listed, axis = given.listed("values"), given.literal("axis", "concat_dim")
    known = [shape for shape in listed if shape is not None]
    if not known or len(known) < len(listed) or len({len(shape) for shape in known}) > 1:
        return None
    rank = len(known[0])
    if type(axis) is not int or not -rank <= axis < rank:
        return (...,) * rank
    place = axis % rank
    return tuple(
        _sum([shape[each] for shape in known]) if each == place else _agreed([shape[each] for shape in known])
        for each in range(rank)
    )


def _sum(parts: list[Size]) -> Size:
    if ... in parts:
        return ...
    return None if None in parts else sum(size for size in parts if isinstance(size, int))


def _agreed(several: list[Size]) -> Size:
    """Returns a size that several tensors must have in common."""
    numbers = [size for size in several if type(size) is int]
    return numbers[0] if numbers else ... if ... in several else None


@rule("stack pack", "values, axis")
def _stack(given: Given) -> Shape:
    listed, axis = given.listed("values"), given.literal("axis", default=0)
    known = [shape for shape in listed if shape is not None]
    if not known or len(known) < len(listed) or len({len(shape) for shape in known}) > 1 or type(axis) is not int:
        return None
    place = axis % (len(known[0]) + 1)
    common = tuple(_agreed(list(each)) for each in zip(*known, strict=True))
    return (*common[:place], len(known), *common[place:])


@rule("reshape", "tensor, shape")
def _reshape(given: Given) -> Shape:
    wanted = given.literal("shape")
    wanted = [wanted] if type(wanted) is int else wanted
    if not isinstance(wanted, (list, tuple)):
        return None
    old = given.shape("tensor")
    found = list(sizes.of_sizes(wanted) or ())
    if list(wanted).count(-1) == 1:
        found[list(wanted).index(-1)] = _rest(old, [size for size in found if size is not None])
    return tuple(found)


def _rest(old: Shape, others: list[Size]) -> Size:
    """Returns the size for which -1 stands."""
    whole = ... if old is None else sizes.total(old)
    inner = sizes.total(others)
    return whole // inner if type(whole) is int and type(inner) is int and inner else None if whole is None else ...


@rule("tile", "input, multiples")
def _tile(given: Given) -> Shape:
    shape, times = given.shape("input"), given.literal("multiples")
    if shape is None or not isinstance(times, (list, tuple)) or len(times) != len(shape):
        return None
    return tuple(
        None if size is None else size * time if type(size) is type(time) is int else ...
        for size, time in zip(shape, times, strict=True)
    )


@rule("pad", "tensor, paddings")
def _pad(given: Given) -> Shape:
    shape, widths = given.shape("tensor"), given.literal("paddings")
    if shape is None or not isinstance(widths, (list, tuple)) or len(widths) != len(shape):
        return None
    pairs = [pair if isinstance(pair, (list, tuple)) and len(pair) == 2 else (..., ...) for pair in widths]
    return tuple(_sum([size, *pair]) for size, pair in zip(shape, pairs, strict=True))


@rule("one_hot", "indices, depth, on_value, off_value, axis")
def _one_hot(given: Given) -> Shape:
    shape, depth, axis = given.shape("indices"), given.literal("depth"), given.literal("axis", default=-1)
    if shape is None or axis not in (-1, None):
        return None
    return (*shape, depth if type(depth) is int else ...)


@rule("nn.embedding_lookup", "params, ids")
def _lookup(given: Given) -> Shape:
    params, ids = given.shape("params"), given.shape("ids")
    return None if params is None or ids is None else (*ids, *params[1:])


@rule("gather", "params, indices, validate_indices, name, axis")
def _gather(given: Given) -> Shape:
    params, indices = given.shape("params"), given.shape("indices")
    is_plain = given.literal("axis", default=0) in (0, None) and not given.has("batch_dims")
    return (*indices, *params[1:]) if is_plain and params is not None and indices is not None else None
