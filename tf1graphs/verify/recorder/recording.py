"""Everything that watches a program, put together: installed before it, finished after it."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import versions

from . import datasets, draws, host_random, prints
from .clock import Clock
from .facts import Facts
from .outputs import Outputs
from .run import Run
from .sessions import Sessions


class Recording:
    """Records this process from ``install`` to ``finish``."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._clock = Clock(run)
        self._facts = Facts(run)
        self._sessions = Sessions(run, self._clock, self._facts)
        self._outputs = Outputs(run)
        self._variables: Any = None
        self._prints: Any = None

    def install(self) -> None:
        """Changes the process: TensorFlow is imported, nothing of the program has run."""
        host_random.install()
        draws.install(self._run, self._clock)
        datasets.install()
        self._facts.install()
        self._sessions.install()
        self._outputs.install()
        if not versions.VERSION.startswith("1."):
            self._install_for_2()
        self._prints = prints.install(self._run)

    def _install_for_2(self) -> None:
        from . import eager_variables, functions, generators, keras_datasets, tapes

        self._variables = eager_variables.EagerVariables(self._run)
        self._variables.install()
        tapes.Tapes(self._run, self._clock, self._variables).install()
        functions.Functions(self._run).install()
        self._outputs.install_for_2()
        generators.install()
        keras_datasets.install()

    def watch_keras_3(self) -> None:
        """Watches Keras 3, which a program of TensorFlow 1 style never sees."""
        from . import keras3

        keras3.install(self._variables)

    def finish(self) -> None:
        """Records what the program leaves behind."""
        self._prints.finish()
        if self._run.has_gone_too_far():
            # A loop inside a function ends when it wants to; what it leaves is of a later step.
            return
        self._sessions.finish_all()
        if self._variables:
            self._variables.finish()
        self._outputs.finish()
