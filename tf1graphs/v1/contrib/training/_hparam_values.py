"""Hyperparameters as text: ``name=value,name=[value,value],name[index]=value``."""

from __future__ import annotations

import numbers
import re
from collections.abc import Callable
from typing import Any, NoReturn

_ASSIGNMENT = re.compile(
    r"(?P<name>[a-zA-Z][\w.]*)(\[\s*(?P<index>\d+)\s*\])?\s*=\s*((?P<val>[^,\[]*)|\[(?P<vals>[^\]]*)\])($|,\s*)"
)
_BOOLS = {"true": True, "True": True, "false": False, "False": False}


def _fail(name: str, kind: type, value: Any, values: str) -> NoReturn:
    raise ValueError(f"Could not parse hparam {name!r} of type {kind.__name__!r} with value {value!r} in {values}")


def _reuse_fail(name: str, values: str) -> NoReturn:
    raise ValueError(f"Multiple assignments to variable {name!r} in {values}")


def _parse_bool(text: str) -> bool:
    return _BOOLS[text] if text in _BOOLS else bool(int(text))


def _assign(results: dict[str, Any], name: str, index: str | None, value: Any, values: str) -> None:
    if index is None:
        if name in results:
            _reuse_fail(name, values)
        results[name] = value
        return
    by_index = results.setdefault(name, {})
    if not isinstance(by_index, dict):
        _reuse_fail(name, values)
    if int(index) in by_index:
        _reuse_fail(f"{name}[{index}]", values)
    by_index[int(index)] = value


def parse_values(values: str, type_map: dict[str, type], ignore_unknown: bool = False) -> dict[str, Any]:
    """Returns the values of hyperparameters given as text.

    Args:
        values: Such as ``"rate=0.1,layers=[3,4],names[1]=b"``.
        type_map: The type of each hyperparameter, of a list that of its elements.
        ignore_unknown: Whether names that have no type are left out.

    Returns:
        Name -> value, list, or for ``name[index]`` a dictionary index -> value.

    Raises:
        ValueError: The text is malformed, a value is not of its type, or a name is unknown or assigned twice.
    """
    results: dict[str, Any] = {}
    position = 0
    while position < len(values):
        match = _ASSIGNMENT.match(values, position)
        if not match:
            raise ValueError(f"Malformed hyperparameter value: {values[position:]}")
        position = match.end()
        name = match["name"]
        if name in type_map:
            _parse_one(match, type_map[name], results, values)
        elif not ignore_unknown:
            raise ValueError(f"Unknown hyperparameter type for {name}")
    return results


def _parse_one(match: re.Match[str], kind: type, results: dict[str, Any], values: str) -> None:
    parse: Callable[[str], Any] = _parse_bool if kind is bool else kind
    name, single = match["name"], match["val"]
    try:
        if single is not None:
            value: Any = parse(single)
        elif match["index"] is not None:
            raise ValueError("Assignment of a list to a list index.")
        else:
            value = [parse(element) for element in re.split("[ ,]", match["vals"]) if element]
    except ValueError:
        _fail(name, kind, match["vals"] if single is None else single, values)
    _assign(results, name, match["index"], value, values)


def _cast_to_type_if_compatible(name: str, param_type: Any, value: Any) -> Any:
    """Returns ``value`` as ``param_type`` where nothing is lost by that.

    Raises:
        ValueError: The types do not fit, such as a float for an integer or a number for a bool.
    """
    if type(value) is param_type or issubclass(param_type, type(None)):
        return value
    texts = (str, bytes)
    unfit = (
        (issubclass(param_type, texts) and not isinstance(value, texts))
        or issubclass(param_type, bool) != isinstance(value, bool)
        or (issubclass(param_type, numbers.Integral) and not isinstance(value, numbers.Integral))
        or (issubclass(param_type, numbers.Number) and not isinstance(value, numbers.Number))
    )
    if unfit:
        raise ValueError(f"Could not cast hparam {name!r} of type {str(param_type)!r} from value {value!r}")
    return param_type(value)
