"""Writes the datasets that take the place of queues, readers and the threads that fill them."""

from __future__ import annotations

import ast
from collections.abc import Iterator as Iterates

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts.datasets import Element
from tf1graphs.migrate.facts.items import Item
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.queues import Batches, Coordinator, Filenames, Reader, Records, Threads, given
from tf1graphs.migrate.facts.values import Host, Value, flat
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import in_order, needed
from tf1graphs.migrate.source import indent
from tf1graphs.migrate.writing.functions import Functions
from tf1graphs.migrate.writing.pipelines import Pipelines
from tf1graphs.migrate.writing.texts import Texts

_METHODS = frozenset({"request_stop", "should_stop", "join"})


class Queues:
    """Writes what takes the place of the queues of one file."""

    def __init__(self, facts: Facts, texts: Texts, functions: Functions, pipelines: Pipelines) -> None:
        self.facts = facts
        self.texts = texts
        self.functions = functions
        self.pipelines = pipelines
        self._is_threaded = any(isinstance(value, Threads) for value in facts.values.values())
        self._check_coordinator()
        self._batched: dict[Records, Batches] = {}
        for value in list(facts.values.values()):
            for batches in self._of(value, Batches):
                for example in self._examples(batches):
                    self._batched[example] = batches

    def _of(self, value: Value | None, kind: type) -> Iterates:  # type: ignore[type-arg]
        for each in flat(value) if value is not None else ():
            if isinstance(each, Element) and each.draw is not None and isinstance(each.draw.iterator, kind):
                yield each.draw.iterator

    def _elements(self, batches: Batches) -> list[Element]:
        """Returns the records that the examples of a batch are computed from."""
        assert batches.call is not None
        found: dict[Element, None] = {}
        nodes: list[ast.AST] = [given("train.batch", batches.call)["tensors"]]
        nodes += [item.node for item in in_order(needed(batches.reads))]
        for child in [child for node in nodes for child in trees.walk(node)]:
            value = self.facts.values.get(child)
            if isinstance(child, (ast.Name, ast.Attribute)) and isinstance(value, Element):
                found[value] = None
        return list(found)

    def _examples(self, batches: Batches) -> list[Records]:
        return [each for element in self._elements(batches) for each in self._of(element, Records)]

    def _check_coordinator(self) -> None:
        """Refuses a coordinator that is there for more than the threads that fill queues."""
        known = {
            child
            for node in self.facts.source.nodes
            if isinstance(node, ast.Call)
            and (self._coordinates(node) or isinstance(self.facts.values.get(node), Threads))
            for child in trees.walk(node)
        }
        for node in self.facts.source.nodes if self._is_threaded else ():
            is_read = isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load)
            if is_read and isinstance(self.facts.values.get(node), (Coordinator, Threads)) and node not in known:
                reason = "it is there for more than the threads that fill queues"
                self._refuse(node, "tf.train.Coordinator", reason, "do the rest without it")

    def _coordinates(self, node: ast.Call) -> bool:
        owner = self.facts.values.get(node.func.value) if isinstance(node.func, ast.Attribute) else None
        return isinstance(owner, Coordinator) and isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS

    # Statements.

    def statement(self, node: ast.stmt) -> list[str] | None:
        """Returns the statements that take the place of one about queues; None for other statements."""
        if not isinstance(node, (ast.Assign, ast.Expr)):
            return None
        value = self.facts.values.get(node.value)
        if isinstance(value, (Filenames, Reader, Threads)) or (self._is_threaded and isinstance(value, Coordinator)):
            return []
        if self._is_threaded and isinstance(node.value, ast.Call) and self._coordinates(node.value):
            return []
        for batches in self._of(value, Batches):
            return list(self._batches(batches)) if batches.call is node.value else None
        for records in self._of(value, Records):
            if records.call is node.value:
                return [] if records in self._batched else list(self._created(records, self._records(records)))
        return None

    def expression(self, node: ast.expr) -> str | None:
        """Returns what takes the place of ``coord.should_stop()``; None for others."""
        is_not = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
        call = node.operand if isinstance(node, ast.UnaryOp) and is_not else node
        if not self._is_threaded or not isinstance(call, ast.Call) or not self._coordinates(call):
            return None
        if self._stops_itself():
            self._refuse(call, "tf.train.Coordinator", "it stops a loop from within", "leave the loop by break")
        return str(is_not)

    def _stops_itself(self) -> bool:
        """Says whether a loop asks its coordinator to stop: nothing but the end of the data ends the others."""
        loops = [node for node in self.facts.source.nodes if isinstance(node, ast.While)]
        inside = [child for loop in loops for statement in loop.body for child in trees.walk(statement)]
        calls = [child for child in inside if isinstance(child, ast.Call) and self._coordinates(child)]
        return any(isinstance(call.func, ast.Attribute) and call.func.attr == "request_stop" for call in calls)

    # Datasets.

    def _created(self, iterator: Records | Batches, dataset: str) -> Iterates[str]:
        yield f"{self.pipelines.made(iterator)} = iter({dataset})"

    def _records(self, records: Records) -> str:
        """Returns the dataset of the records."""
        tf = self.texts.tf
        assert records.producer is not None
        producer = "train.string_input_producer" if records.reader else "train.slice_input_producer"
        arguments = given(producer, records.producer)
        if records.reader is None:
            rows = arguments["tensor_list"]
            parts = [self.texts.text(each) for each in rows.elts] if isinstance(rows, (ast.List, ast.Tuple)) else []
            text = f"({', '.join(parts)}{',' * (len(parts) == 1)})" if parts else f"tuple({self.texts.text(rows)})"
            if len(parts) == 1 and records in self._batched:
                text = parts[0]
            return f"{tf}.data.Dataset.from_tensor_slices({text}){self._repeat(arguments)}"
        names, reader = self.texts.text(arguments["string_tensor"]), records.reader
        assert reader.call is not None
        skipped = (
            given("TextLineReader", reader.call).get("skip_header_lines")
            if reader.dataset == "TextLineDataset"
            else None
        )
        if skipped is None:
            return f"{tf}.data.{reader.dataset}({names}){self._repeat(arguments)}"
        lines = f"{tf}.data.TextLineDataset(file).skip({self.texts.text(skipped)})"
        return f"{tf}.data.Dataset.from_tensor_slices({names}).flat_map(lambda file: {lines}){self._repeat(arguments)}"

    def _repeat(self, arguments: dict[str, ast.expr]) -> str:
        epochs = arguments.get("num_epochs")
        value = self.facts.values.get(epochs) if epochs is not None else Host(literal=None)
        if epochs is None or (isinstance(value, Host) and value.literal is None):
            return ".repeat()"
        return f".repeat({self.texts.text(epochs)})"

    def _batches(self, batches: Batches) -> Iterates[str]:
        """Yields the function that makes an example of a record, and the statements that batch examples."""
        assert batches.call is not None
        elements, sources = self._elements(batches), list(dict.fromkeys(self._examples(batches)))
        if len(sources) != 1 or any(self._batched[each] is not batches for each in sources):
            self._refuse(
                batches.call, "tf.train.batch", "it does not read one queue by itself", "use a tf.data.Dataset"
            )
            return
        records = sources[0]
        arguments = given("train.batch", batches.call)
        dataset = self._records(records)
        parameters = [self.functions.parameter(each) for each in self._parts(records)]
        items = in_order(needed(batches.reads))
        tensors = arguments["tensors"]
        whole = (
            isinstance(tensors, (ast.List, ast.Tuple))
            and [self.facts.values.get(each) for each in tensors.elts] == elements
        )
        if items or not whole:
            name = self.texts.free("parse_example")
            yield from ["", "", *self._function(name, parameters, items, tensors), "", ""]
            dataset += f".map({name})"
        size = self.texts.text(arguments["batch_size"])
        smaller = (
            self.facts.values.get(arguments["allow_smaller_final_batch"])
            if "allow_smaller_final_batch" in arguments
            else None
        )
        is_whole = not (isinstance(smaller, Host) and smaller.literal is True)
        name = self.texts.free("dataset")
        yield f"{name} = {dataset}.batch({size}{', drop_remainder=True' * is_whole})"
        yield from self._created(batches, name)

    def _parts(self, records: Records) -> list[Element]:
        """Returns the parts of a record, in order."""
        found = [each for value in self.facts.values.values() for each in flat(value) if isinstance(each, Element)]
        draws = [each.draw for each in found if each.draw is not None and each.draw.iterator is records]
        return list(draws[0].parts.values())

    def _function(self, name: str, parameters: list[str], items: list[Item], tensors: ast.expr) -> list[str]:
        self.texts.is_inside = True
        body = [self.functions.statement(item) for item in items]
        results = tensors.elts if isinstance(tensors, (ast.List, ast.Tuple)) else [tensors]
        body.append(f"return {', '.join(self.texts.text(each) for each in results)}")
        self.texts.is_inside = False
        return [f"def {name}({', '.join(parameters)}):", *(indent(text, 4) for text in body)]

    def _refuse(self, node: ast.AST, construct: str, reason: str, remedy: str) -> None:
        self.facts.refusals.add(Refusal(node.lineno, construct, reason, remedy))  # type: ignore[attr-defined]
