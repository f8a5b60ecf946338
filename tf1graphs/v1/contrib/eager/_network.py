"""``tfe.Network`` and ``tfe.Sequential``: layers of ``tf.layers`` put together, whose variables have its prefix."""

from __future__ import annotations

import collections
import weakref
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from tensorflow.python.ops import variable_scope
from tensorflow.python.util import function_utils

from tf1graphs.v1._tf_keras import keras

_Layer: Any = keras.__internal__.legacy.layers.Layer


class Network(_Layer):  # type: ignore[misc]
    """Layers, which ``track_layer`` adds and ``call`` uses; variables are named ``network/layer/variable``.

    Args:
        name: the name, which has to be unique in the network or scope that this one is in; by default that of the
            class with a number.

    Raises:
        ValueError: ``name`` is a variable scope or has a slash in it.
    """

    _name: str | None
    _scope: Any
    built: bool

    def __init__(self, name: str | None = None) -> None:
        if isinstance(name, variable_scope.VariableScope):
            raise ValueError("VariableScopes are not valid Network names.")
        if name is not None and "/" in name:
            raise ValueError("Forward slashes ('/') are not allowed in Network names.")
        super().__init__(name=name)
        self._layers: list[Any] = []
        self._sub_layer_name_uids: dict[Any, int] = collections.defaultdict(int)
        # The network that this one was added to first; False once it is known that there is none.
        self._first_parent: weakref.ref[Network] | bool | None = None
        self._non_network_sublayers: list[Any] = []
        self._owned_layers: dict[str, Any] = {}
        self._default_parent_variable_scope = variable_scope.get_variable_scope()
        # That of the scope which is open now: it may be closed when the network gets its own.
        self._scope_counts = variable_scope.get_variable_scope_store().variable_scopes_count

    def _gather_saveables_for_checkpoint(self) -> NoReturn:
        raise NotImplementedError(
            "tfe.Network does not support object-based checkpointing: inherit from tf.keras.Model."
        )

    def _init_set_name(self, name: str | None) -> None:
        # A network without a name gets one when it is known what it is part of.
        self._name, self._base_name = name, None

    @property
    def name(self) -> str:
        """The name; ``ValueError`` if the network has none yet."""
        if self._name is None:
            raise ValueError(
                "The network does not yet have a final name, but a name was requested for it. Networks get a name when "
                "they are added to another Network via track_layer, or when they are first called/built."
            )
        return self._name

    def _parent(self) -> Network | None:
        return self._first_parent() if isinstance(self._first_parent, weakref.ref) else None

    def _finalize_name(self, parent_network: Network | None) -> None:
        """Gives the network a name if it has none, and lets it stay what it is: part of another one, or of none."""
        if not self._name:
            outside = self._default_parent_variable_scope.name
            self._name, self._base_name = self._make_unique_name(
                name_uid_map=None if parent_network is None else parent_network._sub_layer_name_uids,
                avoid_names=self._names_in(outside) if parent_network is None else parent_network._owned_layers,
                namespace=outside,
                zero_based=True,
            )
        if self._first_parent is not False and self._parent() is None:
            self._first_parent = False if parent_network is None else weakref.ref(parent_network)

    def _names_in(self, scope: str) -> set[str]:
        """Returns what scopes are called below a scope."""
        prefix = f"{scope}/" if scope else ""
        return {name[len(prefix) :] for name in self._scope_counts if name and name.startswith(prefix)}

    def _set_scope(self, scope: Any = None) -> None:
        if self._scope is not None:
            return
        parent = self._parent()
        if parent is None and self._first_parent is not False:
            self._finalize_name(None)
        if scope is not None:
            raise ValueError("Networks may not be created with explicit scopes.")
        if parent is not None:
            parent._set_scope()
        outside = self._default_parent_variable_scope if parent is None else parent._scope
        with variable_scope.variable_scope(outside) as outer:
            if f"{outer.name}/{self._name}" in self._scope_counts:
                raise ValueError(self._not_unique())
            with variable_scope.variable_scope(None, use_resource=True, default_name=self._name) as own:
                self._scope = own
                self._check_scope(own.name, parent)
        for layer in self._non_network_sublayers:
            self._set_scope_of(layer)

    def _not_unique(self) -> str:
        return (
            f"A Network named '{self._name}' already exists (or a variable_scope was created with this name). "
            "Names must be unique."
        )

    def _check_scope(self, scope_name: str, parent: Network | None) -> None:
        prefix, _, last = scope_name.rpartition("/")
        if last != self._name:
            raise ValueError(self._not_unique())
        if parent is not None and prefix != parent.scope_name:
            raise ValueError(
                f"Network variable names must match a nesting of sub-Network names. Expected prefix "
                f"'{parent.scope_name}' from parent network, but got '{prefix}' when attempting to create a "
                f"variable_scope for Network '{self._name}'. Likely an explicit variable_scope was inserted into the "
                "nesting."
            )
        if parent is None and prefix:
            self._name = scope_name

    def _set_scope_of(self, layer: Any) -> None:
        """Lets a layer that is no network have its variables below the network that it was added to first."""
        if layer._scope is not None:
            return
        parent = layer._first_parent()
        if parent is None:
            raise ValueError(
                f"The parent of a Layer added to Network {self.name} was garbage collected before the Layer was built."
            )
        parent._set_scope()
        with (
            variable_scope.variable_scope(parent._scope),
            variable_scope.variable_scope(None, use_resource=True, default_name=layer.name) as scope,
        ):
            layer._scope = scope

    def track_layer(self, layer: Any) -> Any:
        """Adds a layer of ``tf.layers`` or a network, and returns it.

        Raises:
            RuntimeError: the constructor of ``Network`` has not been called.
            TypeError: it is no such layer.
            ValueError: there is another layer with its name.
        """
        if not hasattr(self, "_layers"):
            raise RuntimeError("Need to call Network.__init__ before adding layers")
        if not isinstance(layer, _Layer):
            raise TypeError(f"Network.track_layer() passed type {type(layer)}, not a tf.layers.Layer")
        layer._use_resource_variables = True
        if isinstance(layer, Network):
            layer._finalize_name(self)
        elif not layer.built:
            self._adopt(layer)
        first_parent = getattr(layer, "_first_parent", None)
        if not layer.built and first_parent and first_parent() is self:
            known = self._owned_layers.setdefault(layer.name, layer)
            if known is not layer:
                raise ValueError(f"Attempt to add two Layers with the name '{layer.name}' to the same Network.")
            if any(each is layer for each in self._layers):
                return layer
        self._layers.append(layer)
        return layer

    def _adopt(self, layer: Any) -> None:
        """Names a layer by this network, unless it has a name given or belongs to another network."""
        if getattr(layer, "_first_parent", lambda: None)() is None:
            if layer._name != layer._base_name:
                layer._name, layer._base_name = layer._make_unique_name(
                    name_uid_map=self._sub_layer_name_uids, avoid_names=self._owned_layers, zero_based=True
                )
            layer._first_parent = weakref.ref(self)
        self._non_network_sublayers.append(layer)

    def get_layer(self, name: str | None = None, index: int | None = None) -> Any:
        """Returns the first layer of a name, or the one at an index.

        Raises:
            ValueError: there is none, or not just one of ``name`` and ``index`` is given.
        """
        if index is not None:
            if name is not None:
                raise ValueError("Exactly one of 'index' or 'name' must be provided")
            if len(self._layers) <= index:
                count = len(self._layers)
                raise ValueError(f"Was asked to retrieve layer at index {index} but model only has {count} layers.")
            return self._layers[index]
        if not name:
            raise ValueError("Provide either a layer name or layer index.")
        for layer in self._layers:
            if layer.name == name:
                return layer
        raise ValueError(f"No such layer: {name}")

    @property
    def layers(self) -> list[Any]:
        """The layers in the order in which they were added."""
        return self._layers

    @property
    def weights(self) -> list[Any]:
        """The variables of all layers."""
        return [weight for layer in self._layers for weight in layer.weights]

    @property
    def trainable_weights(self) -> list[Any]:
        """The trainable variables of all layers."""
        return [weight for layer in self._layers for weight in layer.trainable_weights]

    @property
    def non_trainable_weights(self) -> list[Any]:
        """The other variables of all layers."""
        return [weight for layer in self._layers for weight in layer.non_trainable_weights]

    @property
    def losses(self) -> list[Any]:
        """The losses of all layers, such as those of regularizers."""
        return [loss for layer in self._layers for loss in layer.losses]

    @property
    def trainable(self) -> bool:
        """True; setting anything else raises ``AttributeError``."""
        return True

    @trainable.setter
    def trainable(self, value: bool) -> None:
        if not value:
            raise AttributeError("cannot mark Network as not trainable")

    def add_variable(self, *arguments: Any, **options: Any) -> NoReturn:
        """Raises ``RuntimeError``: layers have the variables."""
        raise RuntimeError("add_variable not supported in Network class yet.")

    def add_loss(self, losses: Any, inputs: Any = None) -> NoReturn:
        """Raises ``RuntimeError``: layers have the losses."""
        raise RuntimeError("add_loss is not supported in Network class yet.")


class Sequential(Network):
    """Layers and functions that are called one after the other.

    Args:
        layers_funcs: layers of ``tf.layers``, networks, and functions of a tensor.
        name: the name, see ``Network``.
    """

    def __init__(self, layers_funcs: Iterable[Any] | None = None, name: str | None = None) -> None:
        super().__init__(name=name)
        # Each with whether it has an argument ``training``.
        self._layers_funcs: list[tuple[bool, Callable[..., Any]]] = []
        for each in layers_funcs or ():
            self.add(each)

    def add(self, layer_func: Any) -> None:
        """Adds a layer or function as the last one; ``TypeError`` for anything else."""
        if isinstance(layer_func, _Layer):
            arguments = function_utils.fn_args(layer_func.call)
            self.track_layer(layer_func)
        elif callable(layer_func):
            arguments = function_utils.fn_args(layer_func)
        else:
            raise TypeError(
                "Sequential.add() takes only tf.layers.Layer objects or callables; "
                f"not '{layer_func}' of type '{type(layer_func)}'."
            )
        self._layers_funcs.append(("training" in arguments, layer_func))

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        """Returns what the last one gives; those that have an argument ``training`` get it unless it is None."""
        for has_training, each in self._layers_funcs:
            inputs = each(inputs, training) if has_training and training is not None else each(inputs)
        return inputs
