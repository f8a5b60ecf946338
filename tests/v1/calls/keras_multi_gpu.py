"""Small uses of ``tf.keras.utils.multi_gpu_model``.

The machine has no GPU: where a session is said to have two, soft placement runs their ops on the CPU.
"""

import collections

import numpy as np

_Device = collections.namedtuple("_Device", ["name"])


def _with_gpus(tf, build, devices=("CPU:0", "GPU:0", "GPU:1")):
    """Returns what ``build()`` gives while sessions list devices of these names."""
    before = tf.Session.list_devices
    tf.Session.list_devices = lambda self: [
        _Device("/job:localhost/replica:0/task:0/device:" + name) for name in devices
    ]
    try:
        return build()
    finally:
        tf.Session.list_devices = before


def _model(tf, outputs=1):
    x = tf.keras.Input([3], name="x")
    return tf.keras.Model(x, [tf.keras.layers.Dense(2, name="dense%d" % i)(x) for i in range(outputs)])


def _set(model):
    shapes = [weight.shape for weight in model.get_weights()]
    model.set_weights([np.sin(np.arange(1.0, np.prod(shape) + 1)).reshape(shape) for shape in shapes])


def _rows(number):
    return np.cos(np.arange(3.0 * number)).reshape(number, 3)


def _placed(tf, model):
    """Returns the names and devices of the ops that compute the outputs."""
    graph = tf.get_default_graph()
    ops = [
        op for op in graph.get_operations() if op.type in ("MatMul", "Slice", "ConcatV2") and "gpu" in op.device.lower()
    ]
    return [str([op.name, op.device]) for op in ops + [tensor.op for tensor in model.outputs]]


def _in_own_graph(run):
    def call(tf):
        with tf.Graph().as_default(), tf.Session(config=tf.ConfigProto(allow_soft_placement=True)):
            return run(tf)

    return call


def _predicted(gpus, rows=5, outputs=1, **options):
    def run(tf):
        template = _model(tf, outputs)
        model = _with_gpus(tf, lambda: tf.keras.utils.multi_gpu_model(template, gpus, **options))
        _set(model)
        names = [model.output_names, [layer.name for layer in model.layers], _placed(tf, model)]
        return names + [model.predict(_rows(rows), batch_size=rows)]

    return _in_own_graph(run)


def _trained(tf):
    template = _model(tf)
    model = _with_gpus(tf, lambda: tf.keras.utils.multi_gpu_model(template, 2))
    model.compile("sgd", "mse")
    _set(template)
    losses = [model.train_on_batch(_rows(4), np.ones([4, 2])) for _ in range(3)]
    return losses + template.get_weights()


def _refused(gpus):
    return lambda tf: tf.keras.utils.multi_gpu_model(_model(tf), gpus)


def _error(gpus):
    def call(tf):
        try:
            _with_gpus(tf, lambda: tf.keras.utils.multi_gpu_model(_model(tf), gpus), ["CPU:0", "GPU:0"])
        except ValueError as error:
            return str(error)

    return call


CALLS = {
    "multi_gpu_model": _predicted(2),
    "multi_gpu_model of a list": _predicted([1, 0], rows=4),
    "multi_gpu_model of two outputs": _predicted(2, outputs=2),
    "multi_gpu_model merged on a GPU": _predicted(2, cpu_merge=False),
    "multi_gpu_model relocated": _predicted(2, cpu_relocation=True),
    "multi_gpu_model trained": _in_own_graph(_trained),
    "multi_gpu_model refuses a machine without GPUs": _refused(2),
    "multi_gpu_model refuses one": _refused(1),
    "multi_gpu_model says what is missing": _error(2),
    "multi_gpu_model says that one is too few": _error(1),
    "multi_gpu_model says that a list is too short": _error([0]),
}
