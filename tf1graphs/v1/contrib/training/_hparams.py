"""``HParams``: hyperparameters with types, as attributes."""

from __future__ import annotations

import json
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.util import compat

from tf1graphs.v1.contrib.training._hparam_proto import HParamDef
from tf1graphs.v1.contrib.training._hparam_values import _cast_to_type_if_compatible, parse_values


class HParams:
    """A set of hyperparameters, each an attribute whose type is that of its first value.

    Args:
        hparam_def: A message ``HParamDef`` with the values.
        model_structure: Kept for the caller.
        **kwargs: The values; a list has elements of one type.

    Raises:
        ValueError: A name is reserved, a list is empty, or there are both a message and values.
    """

    _HAS_DYNAMIC_ATTRIBUTES = True

    def __init__(self, hparam_def: Any = None, model_structure: Any = None, **kwargs: Any) -> None:
        self._hparam_types: dict[str, tuple[type, bool]] = {}
        self._model_structure = model_structure
        if hparam_def and kwargs:
            raise ValueError("hparam_def and initialization values are mutually exclusive")
        for name, value in (_values_of(hparam_def) if hparam_def else kwargs).items():
            self.add_hparam(name, value)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def add_hparam(self, name: str, value: Any) -> None:
        """Adds a hyperparameter.

        Raises:
            ValueError: The name is taken, or the list empty.
        """
        if getattr(self, name, None) is not None:
            raise ValueError(f"Hyperparameter name is reserved: {name}")
        is_list = isinstance(value, (list, tuple))
        if is_list and not value:
            raise ValueError(f"Multi-valued hyperparameters cannot be empty: {name}")
        self._hparam_types[name] = (type(value[0] if is_list else value), is_list)
        setattr(self, name, value)

    def set_hparam(self, name: str, value: Any) -> None:
        """Sets a hyperparameter, cast to its type.

        Raises:
            KeyError: There is none of that name.
            ValueError: The value does not fit the type.
        """
        kind, is_list = self._hparam_types[name]
        if isinstance(value, list) != is_list:
            needed = "a list for multi-valued" if is_list else "no list for single-valued"
            raise ValueError(f"Must pass {needed} parameter: {name}.")
        if is_list:
            setattr(self, name, [_cast_to_type_if_compatible(name, kind, each) for each in value])
        else:
            setattr(self, name, _cast_to_type_if_compatible(name, kind, value))

    def del_hparam(self, name: str) -> None:
        """Removes a hyperparameter, if it is there."""
        if hasattr(self, name):
            delattr(self, name)
            del self._hparam_types[name]

    def parse(self, values: str) -> HParams:
        """Sets hyperparameters given as text, such as ``"rate=0.1,layers=[3,4]"``; returns this object.

        Raises:
            ValueError: The text is malformed, or a value does not fit.
        """
        types = {name: kind for name, (kind, _) in self._hparam_types.items()}
        return self.override_from_dict(parse_values(values, types))

    def override_from_dict(self, values_dict: dict[str, Any]) -> HParams:
        """Sets hyperparameters; returns this object.

        Raises:
            KeyError: A name is unknown.
            ValueError: A value does not fit.
        """
        for name, value in values_dict.items():
            self.set_hparam(name, value)
        return self

    def set_from_map(self, values_map: dict[str, Any]) -> HParams:
        """The old name of ``override_from_dict``."""
        return self.override_from_dict(values_map)

    def set_model_structure(self, model_structure: Any) -> None:
        """Keeps a model structure for the caller."""
        self._model_structure = model_structure

    def get_model_structure(self) -> Any:
        """Returns the model structure that was given."""
        return self._model_structure

    def to_json(self, indent: Any = None, separators: Any = None, sort_keys: bool = False) -> str:
        """Returns the values as JSON."""
        return json.dumps(self.values(), indent=indent, separators=separators, sort_keys=sort_keys)

    def parse_json(self, values_json: str) -> HParams:
        """Sets hyperparameters given as JSON; returns this object."""
        return self.override_from_dict(json.loads(values_json))

    def values(self) -> dict[str, Any]:
        """Returns name -> value."""
        return {name: getattr(self, name) for name in self._hparam_types}

    def get(self, key: str, default: Any = None) -> Any:
        """Returns the value of ``key``, or ``default`` where there is none.

        Raises:
            ValueError: ``default`` is not of the type of the hyperparameter.
        """
        if key not in self._hparam_types:
            return default
        if default is not None:
            kind, is_list = self._hparam_types[key]
            if isinstance(default, list) != is_list:
                wanted = f"list<{kind}>" if is_list else str(kind)
                raise ValueError(f"Hparam {key!r} of type {wanted!r} is incompatible with default={default}")
            for each in default if is_list else [default]:
                _cast_to_type_if_compatible(key, kind, each)
        return getattr(self, key)

    def __contains__(self, key: str) -> bool:
        return key in self._hparam_types

    def __str__(self) -> str:
        return ",".join(f"{name}={value}" for name, value in self.values().items())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({sorted(self.values().items())})"

    @staticmethod
    def _get_kind_name(param_type: type, is_list: bool) -> str:
        """Returns the field of ``HParamDef`` for a type.

        Raises:
            ValueError: There is none.
        """
        kinds: list[tuple[Any, str]] = [(bool, "bool"), (int, "int64"), ((str, bytes), "bytes"), (float, "float")]
        for types, kind in kinds:
            if issubclass(param_type, types):
                return f"{kind}_{'list' if is_list else 'value'}"
        raise ValueError(f"Unsupported parameter type: {param_type}")

    def to_proto(self, export_scope: Any = None) -> Any:
        """Returns the values as message ``HParamDef``."""
        message = HParamDef()
        for name, (kind, is_list) in self._hparam_types.items():
            field, value = self._get_kind_name(kind, is_list), getattr(self, name)
            if is_list:
                values = [compat.as_bytes(each) for each in value] if field.startswith("bytes") else value
                getattr(message.hparam[name], field).value.extend(values)
            else:
                setattr(message.hparam[name], field, compat.as_bytes(value) if field.startswith("bytes") else value)
        return message

    @staticmethod
    def from_proto(hparam_def: Any, import_scope: Any = None) -> HParams:
        """Returns the hyperparameters in a message ``HParamDef``."""
        return HParams(hparam_def=hparam_def)


def _values_of(hparam_def: Any) -> dict[str, Any]:
    if not isinstance(hparam_def, HParamDef):
        raise AssertionError(f"hparam_def is no HParamDef: {type(hparam_def).__name__}")
    found = {}
    for name, message in hparam_def.hparam.items():
        kind = message.WhichOneof("kind")
        value = getattr(message, kind)
        values = [value] if kind.endswith("_value") else list(value.value)
        if kind.startswith("bytes"):
            values = [compat.as_str(each) for each in values]
        found[name] = values[0] if kind.endswith("_value") else values
    return found


ops.register_proto_function("hparams", proto_type=HParamDef, to_proto=HParams.to_proto, from_proto=HParams.from_proto)
