"""``tf.data.experimental.CheckpointInputPipelineHook``: training goes on with the input at which it was stopped."""

from __future__ import annotations

from typing import Any

from tensorflow.python.data.ops import iterator_ops
from tensorflow.python.framework import ops
from tensorflow.python.training import basic_session_run_hooks, checkpoint_management, saver, session_run_hook


class _IteratorSaver(saver.Saver):  # type: ignore[misc]
    """A saver that keeps its list of checkpoints beside that of the model."""

    def __init__(self, saveables: list[Any], latest_filename: str) -> None:
        super().__init__(saveables)
        self._latest_filename = latest_filename

    def save(self, sess: Any, save_path: str, global_step: Any = None, **options: Any) -> Any:
        """Saves as ``tf.train.Saver``."""
        options.setdefault("latest_filename", self._latest_filename)
        return super().save(sess, save_path, global_step, **options)


class CheckpointInputPipelineHook(session_run_hook.SessionRunHook):  # type: ignore[misc]
    """Saves the iterators of the graph as often as the estimator saves its model, and restores the last ones saved.

    Files are called ``input.ckpt`` and ``checkpoint_input``, with task type and number if there are several workers.

    Args:
        estimator: the estimator whose ``train`` the hook is given to.
    """

    def __init__(self, estimator: Any) -> None:
        config = estimator._config
        prefix = "input"
        if config.num_worker_replicas > 1:
            prefix += f"_{config.task_type}_{config.task_id}"
        # Not a base class: an estimator that is given a CheckpointSaverHook saves its model by no other.
        self._hook = basic_session_run_hooks.CheckpointSaverHook(
            estimator.model_dir,
            save_secs=config.save_checkpoints_secs,
            save_steps=config.save_checkpoints_steps,
            checkpoint_basename=f"{prefix}.ckpt",
        )
        self._latest_filename = f"checkpoint_{prefix}"
        self._is_first_run = True

    def begin(self) -> None:
        """Makes the saver of the iterators."""
        iterators = ops.get_collection(iterator_ops.GLOBAL_ITERATORS)
        self._hook._saver = _IteratorSaver([_saveable(each) for each in iterators], self._latest_filename)
        self._hook.begin()

    def before_run(self, run_context: Any) -> Any:
        """Before the first step restores the iterators, or saves them; other hooks have initialized them by then."""
        if self._is_first_run:
            self._restore_or_save(run_context.session)
            self._is_first_run = False
        return self._hook.before_run(run_context)

    def _restore_or_save(self, session: Any) -> None:
        latest = checkpoint_management.latest_checkpoint(self._hook._checkpoint_dir, self._latest_filename)
        if latest:
            self._hook._get_saver().restore(session, latest)
            return
        step = session.run(self._hook._global_step_tensor)
        self._hook._save(session, step)
        self._hook._timer.update_last_triggered_step(step)

    def after_run(self, run_context: Any, run_values: Any) -> None:
        """Saves the iterators if it is time."""
        self._hook.after_run(run_context, run_values)

    def end(self, session: Any) -> None:
        """Saves the iterators."""
        self._hook.end(session)


def _saveable(iterator: Any) -> Any:
    """Returns what saves the state of an iterator under the name that 1.15 gave it."""
    saveable = iterator_ops._IteratorSaveable(iterator, iterator.name)
    saveable.specs[0].name = f"{iterator.name}-state"
    return saveable
