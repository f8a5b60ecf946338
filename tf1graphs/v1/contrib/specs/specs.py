"""``contrib.specs.specs``: makes networks and parameters of expressions."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from tf1graphs.v1.contrib.specs import params_ops, specs_lib, specs_ops

__all__ = ["LocalImport", "create_net", "create_net_fun", "eval_params", "eval_spec", "exec_"]

exec_ = exec


def _bindings(expressions: str, known: Any, environment: Mapping[str, Any] | None) -> dict[str, Any]:
    specs_lib.check_keywords(expressions)
    bindings = dict(environment or {})
    exec(expressions, vars(known), bindings)
    return bindings


def eval_params(params: str, environment: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Returns what assignments of parameters bind, and ``environment``; they may use ``params_ops``.

    Raises:
        ValueError: The text has a keyword such as ``import``.
    """
    return _bindings(params, params_ops, environment)


def eval_spec(spec: str, environment: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Returns what assignments of networks bind, and ``environment``; they may use ``specs_ops``.

    Raises:
        ValueError: The text has a keyword such as ``import``.
    """
    return _bindings(spec, specs_ops, environment)


def create_net_fun(spec: str, environment: Mapping[str, Any] | None = None) -> Callable[[Any], Any]:
    """Returns the function ``net`` that an expression defines; raises ``ValueError`` if it does not."""
    net = eval_spec(spec, environment).get("net")
    if net is None:
        raise ValueError(f"spec failed to create 'net': {spec}")
    function: Callable[[Any], Any] = net.funcall
    return function


def create_net(spec: str, inputs: Any, environment: Mapping[str, Any] | None = None) -> Any:
    """Returns the output of the network ``net`` that an expression defines, for a tensor."""
    return create_net_fun(spec, environment)(inputs)


class LocalImport:
    """Puts names into the globals of the caller for the time of a ``with``.

    Args:
        names: A dictionary, or a module.
    """

    def __init__(self, names: Any) -> None:
        self.names = names if isinstance(names, dict) else vars(names)

    def __enter__(self) -> None:
        frame = inspect.currentframe()
        assert frame is not None and frame.f_back is not None
        self._globals = frame.f_back.f_globals
        self.old = {name: self._globals.get(name) for name in self.names}
        self._globals.update(self.names)

    def __exit__(self, *error: Any) -> None:
        for name, value in self.old.items():
            if value is None:
                del self._globals[name]
            else:
                self._globals[name] = value


# What "with specs.ops:" puts into a module.
ops = LocalImport(specs_ops)
