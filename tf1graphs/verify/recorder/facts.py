"""Records which of TensorFlow's parts a program uses and with which settings: they explain why numbers differ."""

from __future__ import annotations

import functools
import inspect
import sys
import weakref
from types import ModuleType
from typing import Any, Callable, Dict, Iterable, List, MutableMapping, Tuple

from tensorflow.python.framework import ops

from . import after_import, op_facts, settings
from .run import Run
from .settings import Known

_Function = Callable[..., Any]

_DIGITS = 6


class Facts:
    """Notes settings where the program gives them; those that are tensors of a graph are read as it trains."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._read: MutableMapping[Any, List[Tuple[Any, Known, str]]] = weakref.WeakKeyDictionary()

    def install(self) -> None:
        """Watches every class, function and op of ``settings`` from now on."""
        for loaded in list(sys.modules.values()):
            self._watch_classes(loaded)
        after_import.call(self._watch_classes, settings.ROOTS)
        self._watch_functions()
        op_facts.install(self._run)

    def to_read(self, graph: Any) -> List[Tuple[Any, Known, str]]:
        """Returns (tensor, ``settings.Known``, setting) of the settings that tensors of ``graph`` give."""
        return self._read.get(graph, [])

    def has_read(self, known: Known, setting: str, value: Any) -> None:
        """Notes what such a tensor has given."""
        self._run.fact(known.topic, known.name, **{setting: plain(value.item())})

    def _watch_classes(self, module: ModuleType) -> None:
        name = getattr(module, "__name__", "")
        if not isinstance(name, str) or not name.startswith(settings.ROOTS):
            return
        known: List[Any] = [
            found
            for found in vars(module).values()
            if inspect.isclass(found) and found.__module__ == name and found.__name__ in settings.CLASSES
        ]
        for found in known:
            implied = settings.IMPLIED_BY_CLASS.get(found.__name__, {})
            found.__init__ = self._noting(found.__init__, settings.CLASSES[found.__name__], implied.items())

    def _watch_functions(self) -> None:
        noting = {}
        for (module, name), known in settings.FUNCTIONS.items():
            original = getattr(sys.modules.get(module), name, None)
            if original is not None:
                noting[id(original)] = self._noting(original, known)
                setattr(sys.modules[module], name, noting[id(original)])
        for name, holder in list(sys.modules.items()):
            if name == "tensorflow" or name.startswith(settings.HOMES):
                for alias, held in list(vars(holder).items()):
                    if id(held) in noting:
                        setattr(holder, alias, noting[id(held)])

    def _noting(self, original: _Function, known: Known, implied: Iterable[Tuple[str, Any]] = ()) -> _Function:
        signature = inspect.signature(original)

        @functools.wraps(original)
        def call(*arguments: Any, **options: Any) -> Any:
            if not self._run.is_paused:
                self._note(known, dict(implied), signature, arguments, options)
            return original(*arguments, **options)

        # Keras asks its classes for their arguments without looking behind wrappers.
        setattr(call, "__signature__", signature)  # noqa: B010 a function of functools has no such attribute
        return call

    def _note(
        self, known: Known, noted: Dict[str, Any], signature: inspect.Signature, arguments: Any, options: Any
    ) -> None:
        try:
            bound = signature.bind(*arguments, **options)
        except TypeError:  # the program's mistake, which the call itself will tell
            return
        bound.apply_defaults()
        given = dict(bound.arguments)
        given.update(given.pop("kwargs", {}))
        for argument, value in given.items():
            common = settings.COMMON.get(argument, argument)
            if common in known.settings:
                noted.update(settings.IMPLIED.get(argument, {}))
                noted[common] = self._setting(known, common, value)
        self._run.fact(known.topic, known.name, **noted)

    def _setting(self, known: Known, name: str, value: Any) -> Any:
        # Not those of eager code, nor of functions, which no session can fetch, nor of a branch that may not run.
        if type(getattr(value, "graph", None)) is ops.Graph:
            if value.op._get_control_flow_context() is None:
                self._read.setdefault(value.graph, []).append((value, known, name))
            return "computed"
        return plain(value)


def plain(value: Any) -> Any:
    """Returns a setting as a number, text, truth value or None."""
    if hasattr(value, "numpy"):
        value = value.numpy()
    if hasattr(value, "item") and getattr(value, "size", 0) == 1:
        value = value.item()
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, (int, float)):
        return float("%.*g" % (_DIGITS, value))
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return ", ".join(str(plain(element)) for element in value)
    return getattr(value, "__name__", type(value).__name__)
