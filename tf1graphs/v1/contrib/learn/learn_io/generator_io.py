"""Input functions of generators."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Container
from types import FunctionType, GeneratorType
from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401 (it prepares TensorFlow for the estimators)


def generator_input_fn(
    x: Callable[[], Any],
    target_key: Any = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool = True,
    queue_capacity: int = 1000,
    num_threads: int = 1,
    pad_value: Any = None,
) -> Callable[[], Any]:
    """Returns an input function of what a generator yields, through a queue.

    Args:
        x: A function that returns a generator of dictionaries of arrays, one for each example.
        target_key: The key of the label, or several; without it the input function gives features alone.
        batch_size: The size of a batch.
        num_epochs: The number of epochs, None for no end.
        shuffle: Whether the queue shuffles.
        queue_capacity: The size of the queue.
        num_threads: The number of threads that fill the queue.
        pad_value: What pads arrays of different lengths in a batch.

    Raises:
        TypeError: ``x`` is no function, or returns no generator of dictionaries, or a target is no string.
        KeyError: A target is not in the dictionaries.
    """
    keys = sorted(_first(x))
    targets = _targets(target_key, keys)
    feeding = importlib.import_module("tensorflow_estimator.python.estimator.inputs.queues.feeding_functions")

    def input_fn() -> Any:
        queue = feeding._enqueue_data(
            x,
            queue_capacity,
            shuffle=shuffle,
            num_threads=num_threads,
            enqueue_size=batch_size,
            num_epochs=num_epochs,
            pad_value=pad_value,
        )
        found = queue.dequeue_many(batch_size) if num_epochs is None else queue.dequeue_up_to(batch_size)
        features = dict(zip(keys, found if isinstance(found, list) else [found], strict=False))
        if targets is None:
            return features
        labels = {key: features.pop(key) for key in targets}
        return features, labels if len(targets) > 1 else labels[targets[0]]

    return input_fn


def _first(x: Any) -> dict[str, Any]:
    if not isinstance(x, FunctionType):
        raise TypeError(f"x must be generator function; got {type(x).__name__}")
    generator = x()
    if not isinstance(generator, GeneratorType):
        raise TypeError(f"x() must be generator; got {type(generator).__name__}")
    example = next(generator)
    if not isinstance(example, dict):
        raise TypeError(f"x() must yield dict; got {type(example).__name__}")
    return example


def _targets(target_key: Any, keys: list[str]) -> Any:
    if target_key is None or isinstance(target_key, str):
        return None if target_key is None else [target_key]
    others = [] if isinstance(target_key, Container) else [target_key]
    others += [key for key in target_key if not isinstance(key, str)] if not others else []
    if others:
        raise TypeError(f"target_key must be str or Container of str; got {type(others[0]).__name__}")
    for key in target_key:
        if key not in keys:
            raise KeyError(f"target_key not in yielded dict. Expected {keys} keys; got {key}")
    return target_key
