"""What calls stand for that read examples through queues and batch them, in an order that a dataset has too."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tf1graphs.migrate.facts.datasets import Draw, Element, Iterator, part
from tf1graphs.migrate.facts.items import Item
from tf1graphs.migrate.facts.values import Elements, Host, Stage, Tensor, Unknown, Value, flat

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

# The parameters of each function in 1.15.
PARAMETERS = {
    "train.string_input_producer": "string_tensor num_epochs shuffle seed capacity shared_name name cancel_op",
    "train.slice_input_producer": "tensor_list num_epochs shuffle seed capacity shared_name name",
    "train.batch": """tensors batch_size num_threads capacity enqueue_many shapes dynamic_pad allow_smaller_final_batch
        shared_name name""",
    "TextLineReader": "skip_header_lines name",
    "TFRecordReader": "name options",
}
_READERS = {"TextLineReader": "TextLineDataset", "TFRecordReader": "TFRecordDataset"}
_REFUSED = """train.shuffle_batch train.batch_join train.shuffle_batch_join train.range_input_producer
    train.input_producer train.maybe_batch train.maybe_shuffle_batch train.QueueRunner train.add_queue_runner
    FixedLengthRecordReader WholeFileReader IdentityReader LMDBReader FIFOQueue PaddingFIFOQueue PriorityQueue
    RandomShuffleQueue queue.FIFOQueue queue.PaddingFIFOQueue queue.PriorityQueue queue.RandomShuffleQueue"""
_REMEDY = "use a tf.data.Dataset"


@dataclass(eq=False)
class Filenames(Value):
    """A queue of the names of files, and the call that made it."""

    call: ast.Call | None = None


@dataclass(eq=False)
class Reader(Value):
    """A reader of records, by the dataset that reads the same, and the call that made it."""

    dataset: str = ""
    call: ast.Call | None = None


@dataclass(eq=False)
class Records(Iterator):
    """An iterator over the records of files, or the rows of tensors.

    Attributes:
        producer: the call that says what is read, and how often.
        reader: the reader; None for rows of tensors.
    """

    producer: ast.Call | None = None
    reader: Reader | None = None


@dataclass(eq=False)
class Batches(Iterator):
    """An iterator over batches of examples.

    Attributes:
        reads: the statements that compute the examples.
    """

    reads: set[Item] = field(default_factory=set)


@dataclass(eq=False)
class Coordinator(Value):
    """What stops the threads that fill queues."""


@dataclass(eq=False)
class Threads(Value):
    """The threads that fill queues, which a dataset does not have."""


def given(name: str, node: ast.Call) -> dict[str, ast.expr]:
    """Returns the arguments of a call by their parameters."""
    return dict(zip(PARAMETERS[name].split(), node.args, strict=False)) | {
        each.arg or "**": each.value for each in node.keywords
    }


def called(self: Expressions, short: str, node: ast.Call) -> Value | None:
    """Returns what a call stands for, by the symbol without ``tf.``; None if it has nothing to do with queues."""
    if short in _REFUSED.split():
        self.arguments(node)
        self.refuse(node, f"tf.{short}", "threads of the graph fill queues, in an order that is not known", _REMEDY)
        return Unknown()
    if short in _READERS:
        self.arguments(node)
        _check(self, short, node, {"skip_header_lines": None, "name": None, "options": (None,)})
        return Reader(dataset=_READERS[short], call=node)
    if short in _CALLS:
        return _CALLS[short](self, short, node)
    return None


def _check(self: Expressions, short: str, node: ast.Call, known: dict[str, tuple[Any, ...] | None]) -> None:
    """Refuses arguments that are not among those with known values; None stands for any value."""
    for parameter, argument in given(short, node).items():
        value = self.facts.values.get(argument)
        literal = value.literal if isinstance(value, Host) else ...
        values = known.get(parameter, ())
        if values is not None and literal not in values:
            self.refuse(node, f"tf.{short}", f"its argument {parameter} is not migrated", _REMEDY)


_IDLE = dict.fromkeys(("capacity", "shared_name", "name", "num_epochs", "seed", "string_tensor", "tensor_list"))


def _check_order(self: Expressions, short: str, node: ast.Call) -> None:
    arguments = given(short, node)
    _check(self, short, node, {**_IDLE, "shuffle": None, "cancel_op": (None,)})
    shuffled = self.facts.values.get(arguments["shuffle"]) if "shuffle" in arguments else Host(literal=True)
    read = self.facts.values.get(next(iter(arguments.values()))) if arguments else None
    is_one = short == "train.string_input_producer" and isinstance(read, Elements) and len(read.elements) == 1
    if not is_one and not (isinstance(shuffled, Host) and shuffled.literal is False):
        self.refuse(node, f"tf.{short}", "it reads in a random order", "give it shuffle=False, or use Dataset.shuffle")
    if read is not None and any(isinstance(each, Tensor) and each.stage is not Stage.FIXED for each in flat(read)):
        self.refuse(node, f"tf.{short}", "what it reads is known only in a run", "give it lists or arrays")


def _filenames(self: Expressions, short: str, node: ast.Call) -> Value:
    self.arguments(node)
    _check_order(self, short, node)
    return Filenames(call=node)


def _slices(self: Expressions, short: str, node: ast.Call) -> Value:
    known = self.facts.values.get(node)
    if isinstance(known, Elements):
        return known
    self.arguments(node)
    _check_order(self, short, node)
    rows = self.facts.values.get(given(short, node)["tensor_list"])
    if not isinstance(rows, Elements):
        self.refuse(node, f"tf.{short}", "how many tensors it slices is not known", "write them in a list")
        return Unknown()
    element = _drawn(self, Records(producer=node), node)
    return Elements(Stage.LATER, tuple(part(element, number) for number in range(len(rows.elements))))


def _drawn(self: Expressions, iterator: Iterator, node: ast.Call) -> Element:
    iterator.call, iterator.owner, iterator.is_started = node, self.owner, True
    if self.scope is not self.owner.scope or self.calling and self.item.is_local:
        self.refuse(node, "a queue", "a function that is called to compute something else reads it", _REMEDY)
    draw = Draw(iterator, node)
    element = draw.parts[()] = Element(Stage.LATER, call=node, draw=draw)
    return element


def _read(self: Expressions, owner: Value, node: ast.Call) -> Value:
    known = self.facts.values.get(node)
    if isinstance(known, Elements):
        return known
    arguments, _ = self.arguments(node)
    assert isinstance(owner, Reader)
    if len(arguments) != 1 or not isinstance(arguments[0], Filenames):
        self.refuse(node, "read", "from which queue it reads is not known", _REMEDY)
        return Unknown()
    element = _drawn(self, Records(producer=arguments[0].call, reader=owner), node)
    return Elements(Stage.LATER, (Unknown(Stage.LATER), element))


def _batch(self: Expressions, short: str, node: ast.Call) -> Value:
    known = self.facts.values.get(node)
    if isinstance(known, (Element, Elements)):
        return known
    stage, reads, self.item.reads = self.item.stage, self.item.reads, set()
    self.arguments(node)
    behind, self.item.reads, self.item.stage = self.item.reads, reads, stage
    anything = dict.fromkeys(("tensors", "batch_size", "num_threads", "capacity", "shared_name", "name"))
    no = (False,)
    _check(
        self,
        short,
        node,
        {
            **anything,
            "enqueue_many": no,
            "shapes": (None,),
            "dynamic_pad": no,
            "allow_smaller_final_batch": (False, True),
        },
    )
    tensors = given(short, node).get("tensors")
    value = self.facts.values.get(tensors) if tensors is not None else None
    if not isinstance(tensors, (ast.List, ast.Tuple, ast.Name)) or not isinstance(value, (Elements, Tensor)):
        self.refuse(node, "tf.train.batch", "what it batches is not known by reading", "write the tensors in a list")
        return Unknown()
    element = _drawn(self, Batches(reads=behind), node)
    if isinstance(value, Elements) and len(value.elements) > 1:
        return Elements(Stage.LATER, tuple(part(element, number) for number in range(len(value.elements))))
    return element


def _coordinator(self: Expressions, short: str, node: ast.Call) -> Value:
    self.arguments(node)
    return Coordinator()


def _threads(self: Expressions, short: str, node: ast.Call) -> Value:
    self.arguments(node)
    return Threads()


_CALLS: dict[str, Callable[[Any, str, ast.Call], Value]] = {
    "train.string_input_producer": _filenames,
    "train.slice_input_producer": _slices,
    "train.batch": _batch,
    "train.Coordinator": _coordinator,
    "train.start_queue_runners": _threads,
}
METHODS: dict[str, Callable[[Any, Value, ast.Call], Value]] = {"read": _read}
