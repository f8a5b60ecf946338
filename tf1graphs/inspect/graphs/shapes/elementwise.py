"""Shapes of operations that work element by element, and of those that only pass a tensor on."""

from __future__ import annotations

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.shapes.operation import Operation, ShapeRule, Unknown, common, merged

_UNARY = (
    *("Identity", "StopGradient", "PreventGradient", "CheckNumerics", "Cast", "Print", "Snapshot"),
    *("Abs", "Neg", "Reciprocal", "Inv", "Square", "Sqrt", "Rsqrt", "Exp", "Expm1", "Log", "Log1p", "Sign", "Floor"),
    *("Ceil", "Round", "Rint", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Tanh", "Asinh", "Acosh"),
    *("Atanh", "Sigmoid", "Erf", "Erfc", "Lgamma", "Digamma", "IsNan", "IsInf", "IsFinite", "LogicalNot", "Invert"),
    *("Relu", "Relu6", "Elu", "Selu", "LeakyRelu", "Softplus", "Softsign", "Softmax", "LogSoftmax", "LRN"),
    *("Real", "Imag", "Conj", "ComplexAbs", "Angle", "ZerosLike", "OnesLike", "ReverseV2", "Reverse", "Roll"),
    *(
        "ReverseSequence",
        "MatrixInverse",
        "Cholesky",
        "MatrixBandPart",
        "MatrixSetDiag",
        "RandomShuffle",
        "ClipByValue",
    ),
    *(
        "FakeQuantWithMinMaxArgs",
        "FakeQuantWithMinMaxVars",
        "FakeQuantWithMinMaxVarsPerChannel",
        "QuantizeAndDequantize",
    ),
    *("QuantizeAndDequantizeV2", "QuantizeAndDequantizeV3", "Dequantize", "BiasAdd", "BiasAddV1", "Cumsum", "Cumprod"),
    *(
        "InvertPermutation",
        "CheckNumericsV2",
        "AsString",
        "StringToNumber",
        "DecodeBase64",
        "EncodeBase64",
        "Bucketize",
    ),
    *("FFT", "IFFT", "FFT2D", "IFFT2D", "TensorScatterUpdate", "TensorScatterAdd", "StringStrip"),
    *("StringToHashBucketFast", "StringToHashBucket", "AdjustContrastv2", "AdjustHue", "AdjustSaturation", "RGBToHSV"),
    # What they give is the variable that they change.
    *(
        "AssignAdd",
        "AssignSub",
        "ScatterAdd",
        "ScatterSub",
        "ScatterMul",
        "ScatterDiv",
        "ScatterUpdate",
        "ScatterNdUpdate",
    ),
    *(
        "ApplyGradientDescent",
        "ApplyMomentum",
        "ApplyAdam",
        "ApplyAdagrad",
        "ApplyRMSProp",
        "ApplyFtrl",
        "ApplyAdadelta",
    ),
    *("ApplyCenteredRMSProp", "ApplyFtrlV2", "ApplyAdagradDA", "ApplyProximalAdagrad", "ApplyProximalGradientDescent"),
    *("ApplyAddSign", "ApplyPowerSign", "ApplyAdaMax", "SparseApplyAdagrad", "SparseApplyMomentum", "SparseApplyFtrl"),
    *("SparseApplyRMSProp", "SparseApplyAdadelta", "SparseApplyCenteredRMSProp", "SparseApplyProximalAdagrad"),
    *("SparseApplyAdagradDA", "SparseApplyProximalGradientDescent", "ApplyAdagradV2", "SparseApplyAdagradV2"),
)
_BINARY = (
    *("Add", "AddV2", "Sub", "Mul", "MulNoNan", "Div", "DivNoNan", "RealDiv", "FloorDiv", "TruncateDiv", "FloorMod"),
    *("Mod", "TruncateMod", "Pow", "Maximum", "Minimum", "SquaredDifference", "Xdivy", "Xlogy", "Atan2", "Complex"),
    *("Greater", "GreaterEqual", "Less", "LessEqual", "Equal", "NotEqual", "ApproximateEqual", "LogicalAnd"),
    *("LogicalOr", "BitwiseAnd", "BitwiseOr", "BitwiseXor", "LeftShift", "RightShift", "Igamma", "Igammac", "Zeta"),
    "Polygamma",
)
# The gradient of an op of one argument has the shape of its two inputs.
_GRADIENTS = (
    *("ReluGrad", "Relu6Grad", "EluGrad", "SeluGrad", "LeakyReluGrad", "SoftplusGrad", "SoftsignGrad", "SigmoidGrad"),
    *("TanhGrad", "SqrtGrad", "RsqrtGrad", "ReciprocalGrad", "InvGrad"),
)


def broadcast(first: Shape, second: Shape) -> Shape:
    """The shape of an op on two tensors. A size that is not known can be that of the other, or 1."""
    if first is None or second is None:
        return None
    rank = max(len(first), len(second))
    pairs = zip((1,) * (rank - len(first)) + first, (1,) * (rank - len(second)) + second, strict=True)
    return tuple(_broadcast_size(one, other) for one, other in pairs)


def _broadcast_size(first: int | None, second: int | None) -> int | None:
    if first == 1 or first == second:
        return second
    if second == 1:
        return first
    if first is None or second is None:
        # One of them is over 1 or 0, and the other, which is not known, must fit.
        return second if first is None else first
    raise Unknown


def _unary(operation: Operation) -> list[Shape]:
    return [operation.shape(0)]


def _binary(operation: Operation) -> list[Shape]:
    return [broadcast(operation.shape(0), operation.shape(1))]


def _gradient(operation: Operation) -> list[Shape]:
    return [merged(operation.shape(0), operation.shape(1))]


def _each_its_own(operation: Operation) -> list[Shape]:
    return [known.shape for known in operation.inputs]


def _add_n(operation: Operation) -> list[Shape]:
    shape = operation.shape(0)
    for known in operation.inputs[1:]:
        shape = merged(shape, known.shape)
    return [shape]


def _select(operation: Operation) -> list[Shape]:
    return [merged(operation.shape(1), operation.shape(2))]


def _select_v2(operation: Operation) -> list[Shape]:
    return [broadcast(operation.shape(0), broadcast(operation.shape(1), operation.shape(2)))]


def _switch(operation: Operation) -> list[Shape]:
    return [operation.shape(0)] * 2


def _merge(operation: Operation) -> list[Shape]:
    shape = operation.shape(0)
    for known in operation.inputs[1:]:
        shape = common(shape, known.shape)
    return [shape, ()]


RULES: dict[str, ShapeRule] = {
    **dict.fromkeys(_UNARY, _unary),
    **dict.fromkeys(_BINARY, _binary),
    **dict.fromkeys(_GRADIENTS, _gradient),
    **dict.fromkeys(
        ("Enter", "RefEnter", "Exit", "RefExit", "NextIteration", "RefNextIteration", "RefIdentity"), _unary
    ),
    **dict.fromkeys(("Switch", "RefSwitch"), _switch),
    **dict.fromkeys(("Merge", "RefMerge"), _merge),
    "IdentityN": _each_its_own,
    "AddN": _add_n,
    "AccumulateNV2": _add_n,
    "Select": _select,
    "SelectV2": _select_v2,
}
