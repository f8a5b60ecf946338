"""Small uses of ``tf.contrib.specs``: networks of expressions, their texts, and parameters."""

import importlib
import random

from .inputs import IMAGES, VECTORS


def _specs(tf):
    """Returns the module; 1.15 has to be asked for it."""
    is_115 = tf.__name__ == "tensorflow"
    return importlib.import_module("tensorflow.contrib.specs.python") if is_115 else tf.contrib.specs


def _net(spec, inputs=VECTORS, **environment):
    def call(tf):
        return _specs(tf).create_net(spec, inputs(tf), environment)

    return call


def _structure(spec, shape=(2, 6, 6, 2), **options):
    def call(tf):
        return _specs(tf).tf_spec_structure(spec, input_shape=shape, **options)

    return call


def _shapes(tf):
    net = _specs(tf).create_net("net = Cr(4, [3, 3]) | Flat | Fs(2)", IMAGES(tf))
    return _specs(tf).tf_structure(net, include_shapes=True)


def _printed(name, **options):
    def call(tf):
        lines = []
        net = _specs(tf).create_net("net = Cr(4, [3, 3]) | Mp([2, 2]) | Cs(2, [1, 1])", IMAGES(tf))
        getattr(_specs(tf), name)(net, printer=lines.append, **options)
        return lines

    return call


def _params(tf):
    random.seed(3)
    text = "a = Uf(1.0, 2.0); b = Ui(3, 9); c = Lf(1.0, 100.0); d = Li(2, 50); e_ = Nt(0.0, 1.0, 0.5); f = sqrt(k)"
    found = _specs(tf).eval_params(text, {"k": 9.0})
    return [float(found[key]) for key in ("a", "b", "c", "d", "e_", "f", "k")]


def _imported(tf):
    name = "Fs" in globals()
    with importlib.import_module(_specs(tf).__name__ + ".specs").ops:
        net = globals()["Fs"](3) | globals()["Relu"]
    return net.funcall(VECTORS(tf)), [name, "Fs" in globals()]


def _positional(tf):
    get = _specs(tf).get_positional
    args, kw = get([1, None], {"_1": 5, "_0": 7, "_3": 8, "name": "x"})
    over, _ = get([1, None], {"_0": 7}, True)
    return [str(args), str(kw), str(over)]


def _counted(tf):
    specs = _specs(tf)
    net = specs.create_net("net = Fs(5) | Fs(2)", VECTORS(tf))
    left, right = specs.tf_left_split(net.op)
    return [specs.tf_num_params(net), left.op.name, str(len(right)), [row[0] for row in specs.tf_parameter_iter(net)]]


CALLS = {
    "a layer": _net("net = Fs(5)"),
    "layers": _net("net = Cr(4, [3, 3]) | Mp([2, 2]) | Flat | Fm(3)", IMAGES),
    "layers of all kinds": _net(
        "net = Cs(3, [3, 3]) | Ct(3, 3) | Cm(3, 3) | Cl(3, 3) | Cx(2, 3) | Ap([2, 2]) | Lrn | Flat | Ft(4) | Fr(2)",
        IMAGES,
    ),
    "pointwise": _net("net = Dws(3) | Dwm(2) | Unit | Squeeze | Expand(0) | Squeeze([0])", IMAGES),
    "normalized": _net("net = Bn(is_training=True) | Do(0.5, is_training=False) | Relu", IMAGES),
    "shapes": _net("net = Reshape([2, 6]) | Transpose([1, 0]) | Id | Idx() | Sig | Tanh | Smax"),
    "a sum and a product": _net("net = (Fs(3) + Ft(3)) * Relu"),
    "concatenated": _net("net = Conc(1, Fs(2), Ft(3), Idx())"),
    "a power": _net("net = Fs(3) ** 3"),
    "a power of zero": _net("net = Fs(3) ** 0"),
    "shared": _net("s = Shared(Fs(3)); net = s | s"),
    "shared by a name": _net("net = Shared(Fs(3), name='x')"),
    "shared in no scope": _net("net = Shared(Fs(3), scope='x')"),
    "a variable": _net("net = Fs(3) + Var('v', [3])"),
    "external": _net("net = External('operator', 'neg') | Fs(2)"),
    "external of no function": _net("net = External('math', 'none')"),
    "imported": _net("net = Import('f = lambda x: x * 2.0') | Fs(2)"),
    "imported of no function": _net("net = Import('g = 1')"),
    "an environment": _net("net = Fs(size)", size=3),
    "positional by number": _net("net = Reshape(_0=[6, 2])"),
    "no net": _net("other = Fs(3)"),
    "a keyword": _net("import os"),
    "a keyword in a string": _net("net = Fs(3, scope='import x')", VECTORS),
    "no function": lambda tf: _specs(tf).Function(3),
    "structure": _structure("net = Cr(4, [3, 3]) | Mp([2, 2]) | Flat | Fs(2)"),
    "structure of what is used twice": _structure("net = Idx() + Idx()", (2, 3)),
    "structure with shapes": _shapes,
    "printed": _printed("tf_print"),
    "summary": _printed("tf_parameter_summary"),
    "summary of all": _printed("tf_parameter_summary", combine=False),
    "parameters": _params,
    "parameters with a keyword": lambda tf: _specs(tf).eval_params("while True: a = 1"),
    "names in a module": _imported,
    "get_positional": _positional,
    "counted": _counted,
}
