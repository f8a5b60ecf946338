"""``tf.contrib.quantize.python.graph_matcher``: patterns of ops, matched from an op back along its inputs."""

from __future__ import annotations

import abc
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

__all__ = ["GraphMatcher", "MatchResult", "OneofPattern", "OpTypePattern", "Pattern"]

_MAX_INPUTS = 8


class Pattern(abc.ABC):
    """What an op, and the tensor of it that is used, may match."""

    @abc.abstractmethod
    def match(self, op: Any, tensor: Any) -> MatchResult | None:
        """Returns what matched which part of the pattern, or None."""


class OpTypePattern(Pattern):
    """An op of one of the types ``"A|B"`` (``"*"`` is any), with inputs that match the patterns of the inputs.

    Without ``inputs`` they may be any; with ``ordered_inputs=False`` they match in any order.
    """

    def __init__(
        self,
        op_type: str,
        name: str | None = None,
        inputs: Sequence[Pattern | str] | None = None,
        ordered_inputs: bool = True,
    ) -> None:
        inputs = inputs or []
        if len(inputs) > _MAX_INPUTS:
            raise ValueError("Only < 8 inputs are allowed when ordered_inputs is False.")
        self._op_type = op_type
        self._name = name
        self._inputs = [each if isinstance(each, Pattern) else OpTypePattern(each) for each in inputs]
        self._ordered_inputs = ordered_inputs

    @property
    def name(self) -> str | None:
        """The name by which a result finds what matched."""
        return self._name

    def match(self, op: Any, tensor: Any) -> MatchResult | None:
        """Returns what matched which part of the pattern, or None."""
        if self._op_type != "*" and op.type not in self._op_type.split("|"):
            return None
        result = MatchResult()
        result.add(self, op, tensor)
        if not self._inputs:
            return result
        if len(op.inputs) != len(self._inputs):
            return None
        orders = [self._inputs] if self._ordered_inputs else itertools.permutations(self._inputs)
        return result if any(_match_inputs(op, order, result) for order in orders) else None


def _match_inputs(op: Any, patterns: Iterable[Pattern], result: MatchResult) -> bool:
    for tensor, pattern in zip(op.inputs, patterns, strict=True):
        of_input = pattern.match(tensor.op, tensor)
        if of_input is None:
            return False
        result.merge_from(of_input)
    return True


class OneofPattern(Pattern):
    """The first of several patterns that matches."""

    def __init__(self, sub_patterns: Sequence[Pattern]) -> None:
        self._sub_patterns = sub_patterns

    def match(self, op: Any, tensor: Any) -> MatchResult | None:
        """Returns what matched which part of the pattern, or None."""
        results = (pattern.match(op, tensor) for pattern in self._sub_patterns)
        return next((result for result in results if result is not None), None)


class MatchResult:
    """Which op, and which of its outputs, matched each part of a pattern; a part may be asked for by its name."""

    def __init__(self) -> None:
        self._matched: dict[Pattern, tuple[Any, Any]] = {}
        self._named: dict[str, Pattern] = {}

    def add(self, pattern: OpTypePattern, op: Any, tensor: Any) -> None:
        """Notes what matched ``pattern``; raises ``ValueError`` if its name is that of another one."""
        self._matched[pattern] = op, tensor
        if pattern.name is not None:
            if pattern.name in self._named:
                raise ValueError(f"Name {pattern.name} is already bound to another pattern")
            self._named[pattern.name] = pattern

    def _find(self, pattern_or_name: Pattern | str) -> tuple[Any, Any]:
        if not isinstance(pattern_or_name, (Pattern, str)):
            raise ValueError(f"pattern_or_name has type {type(pattern_or_name)}. Expect Pattern or str.")
        pattern = self._named.get(pattern_or_name) if isinstance(pattern_or_name, str) else pattern_or_name
        return self._matched.get(pattern, (None, None)) if pattern else (None, None)

    def get_op(self, pattern_or_name: Pattern | str) -> Any:
        """Returns the op that matched, or None."""
        return self._find(pattern_or_name)[0]

    def get_tensor(self, pattern_or_name: Pattern | str) -> Any:
        """Returns the output of the op that the pattern above uses, None for the uppermost one or without a match."""
        return self._find(pattern_or_name)[1]

    def merge_from(self, other_match_result: MatchResult) -> None:
        """Adds all that another result has."""
        self._matched.update(other_match_result._matched)
        self._named.update(other_match_result._named)


class GraphMatcher:
    """Finds the ops that match a pattern."""

    def __init__(self, pattern: Pattern) -> None:
        self._pattern = pattern

    def match_op(self, op: Any) -> MatchResult | None:
        """Returns the result for an op that matches, or None."""
        return self._pattern.match(op, None)

    def match_ops(self, ops: Iterable[Any]) -> Iterator[MatchResult]:
        """Yields a result for each of the ops that matches."""
        for op in ops:
            result = self.match_op(op)
            if result is not None:
                yield result

    def match_graph(self, graph: Any) -> Iterator[MatchResult]:
        """Yields a result for each op of the graph that matches, in the order of their creation."""
        return self.match_ops(graph.get_operations())
