"""``read_data_sets`` of TensorFlow 1's tutorials becomes a function in the file, which gives the same batches."""

from __future__ import annotations

from dataclasses import replace

from tf1graphs.migrate.calls import Argument, Call, Outcome, Refuse, Replace
from tf1graphs.migrate.definitions.mnist import READ_DATA_SETS
from tf1graphs.migrate.rules import rule

_DIRECTORY = {"train_dir": Argument('"MNIST-data"', "MNIST-data")}
_MNIST = "tf.contrib.learn.datasets.mnist"
# Where there are the same files that Keras has.
_SOURCES = (
    None,
    "",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "http://yann.lecun.com/exdb/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
)
# What 1.15 takes seeds modulo.
_SEEDS = 2**31 - 1


@rule(
    "tf.examples.tutorials.mnist.input_data.read_data_sets",
    f"{_MNIST}.read_data_sets",
    signature="""train_dir, fake_data=False, one_hot=False, dtype=tf.float32, reshape=True, validation_size=5000,
        seed=None, source_url='https://storage.googleapis.com/cvdf-datasets/mnist/'""",
    becomes="a function over `tf.keras.datasets.mnist`, with the same batches",
)
def _read_data_sets(call: Call) -> Outcome:
    if call.value("source_url") not in _SOURCES:
        return Refuse("it downloads other data than MNIST", "put the files into `train_dir`, leave `source_url` out")
    seed = _seed(call)
    if isinstance(seed, Refuse):
        return seed
    kept = {name: each.text for name, each in call.arguments.items() if name not in ("train_dir", "seed", "source_url")}
    if call.value("fake_data") is False:
        del kept["fake_data"]
    if seed is not None:
        kept["seed"] = seed.text
    arguments = [call.text("train_dir"), *(f"{name}={text}" for name, text in kept.items())]
    return Replace(f"read_data_sets({', '.join(arguments)})", (READ_DATA_SETS,))


def _seed(call: Call) -> Argument | Refuse | None:
    """Returns what 1.15 seeds NumPy's generator with: the seed of the call, else that of the graph."""
    own = call.arguments.get("seed")
    graph: Argument | None = call.graph_seed
    if own is not None and graph is not None and _hangs_on(own, graph):
        return Refuse("what its seed means hangs on that of the graph", "give one of them alone")
    seed = graph if own is None or own.value is None else own
    if seed is not None and isinstance(seed.value, int) and not 0 <= seed.value < _SEEDS:
        return Refuse("1.15 takes its seed modulo 2**31 - 1", "give a smaller one")
    return seed


def _hangs_on(own: Argument, graph: Argument) -> bool:
    """Says whether the seed of a graph may change what another one means: one that may be None, or two of 0."""
    return own.value is ... or (own.value == 0 and graph.value in (0, ...))


@rule(f"{_MNIST}.load_mnist", signature="train_dir='MNIST-data'", becomes="the same as `read_data_sets`")
def _load_mnist(call: Call) -> Outcome:
    return _read_data_sets(replace(call, arguments={**_DIRECTORY, **call.arguments}))


@rule(
    "tf.contrib.learn.datasets.load_dataset",
    signature="name, size='small', test_with_fake_data=False",
    becomes='of `"mnist"`, the same as `read_data_sets`',
)
def _load_dataset(call: Call) -> Outcome:
    if call.value("name") != "mnist":
        return Refuse("it is not known to be MNIST", "read the data with a library that has it, such as scikit-learn")
    return _read_data_sets(replace(call, arguments=_DIRECTORY))
