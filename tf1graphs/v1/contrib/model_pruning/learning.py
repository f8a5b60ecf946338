"""``tf.contrib.model_pruning.python.learning``: the training loop of ``tf.contrib.slim``, with an update of masks."""

# ruff: noqa: I001 (tf_slim is importable once _tf_slim is)
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tf1graphs.v1 import _tf_slim  # noqa: F401
from tf_slim import learning

__all__ = ["train", "train_step"]

train_step = learning.train_step

_USE_DEFAULT = 0


def train(
    train_op: Any,
    logdir: str | None,
    mask_update_op: Any,
    train_step_fn: Callable[..., Any] = train_step,
    train_step_kwargs: Any = _USE_DEFAULT,
    log_every_n_steps: int = 1,
    graph: Any = None,
    master: str = "",
    is_chief: bool = True,
    global_step: Any = None,
    number_of_steps: int | None = None,
    init_op: Any = _USE_DEFAULT,
    init_feed_dict: Any = None,
    local_init_op: Any = _USE_DEFAULT,
    init_fn: Any = None,
    ready_op: Any = _USE_DEFAULT,
    summary_op: Any = _USE_DEFAULT,
    save_summaries_secs: float = 600,
    summary_writer: Any = _USE_DEFAULT,
    startup_delay_steps: int = 0,
    saver: Any = None,
    save_interval_secs: float = 600,
    sync_optimizer: Any = None,
    session_config: Any = None,
    trace_every_n_steps: int | None = None,
) -> Any:
    """Trains as ``tf.contrib.slim.learning.train`` does, and runs ``mask_update_op`` after each step.

    Returns:
        The loss of the last step.

    Raises:
        ValueError: As that function does.
    """

    def step_and_update(session: Any, train_op: Any, global_step: Any, train_step_kwargs: Any) -> tuple[Any, Any]:
        total_loss, should_stop = train_step_fn(session, train_op, global_step, train_step_kwargs)
        session.run(mask_update_op)
        return total_loss, should_stop

    # 1.15 took the loss for a pair, and so failed once training was done.
    return learning.train(
        train_op,
        logdir,
        train_step_fn=step_and_update,
        train_step_kwargs=train_step_kwargs,
        log_every_n_steps=log_every_n_steps,
        graph=graph,
        master=master,
        is_chief=is_chief,
        global_step=global_step,
        number_of_steps=number_of_steps,
        init_op=init_op,
        init_feed_dict=init_feed_dict,
        local_init_op=local_init_op,
        init_fn=init_fn,
        ready_op=ready_op,
        summary_op=summary_op,
        save_summaries_secs=save_summaries_secs,
        summary_writer=summary_writer,
        startup_delay_steps=startup_delay_steps,
        saver=saver,
        save_interval_secs=save_interval_secs,
        sync_optimizer=sync_optimizer,
        session_config=session_config,
        trace_every_n_steps=trace_every_n_steps,
    )
