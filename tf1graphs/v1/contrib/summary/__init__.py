"""``tf.contrib.summary``: summaries that an op writes itself, in a graph or eagerly.

Unlike ``tf.summary``, nothing is written before ``always_record_summaries`` or
``record_summaries_every_n_global_steps`` says so.
"""

from __future__ import annotations

import functools
import getpass
import re
import time
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import gen_summary_ops, summary_ops_v2
from tensorflow.python.ops.summary_ops_v2 import (
    SummaryWriter,
    always_record_summaries,
    audio,
    create_file_writer,
    create_summary_file_writer,
    eval_dir,
    generic,
    histogram,
    image,
    import_event,
    initialize,
    never_record_summaries,
    record_summaries_every_n_global_steps,
    scalar,
    summary_writer_initializer_op,
)
from tensorflow.python.ops.summary_ops_v2 import _legacy_contrib_should_record_summaries as should_record_summaries
from tensorflow.python.ops.summary_ops_v2 import all_v2_summary_ops as all_summary_ops
from tensorflow.python.ops.summary_ops_v2 import graph_v1 as graph
from tensorflow.python.ops.summary_ops_v2 import legacy_raw_flush as flush

__all__ = [
    "SummaryWriter",
    "all_summary_ops",
    "always_record_summaries",
    "audio",
    "create_db_writer",
    "create_file_writer",
    "create_summary_file_writer",
    "eval_dir",
    "flush",
    "generic",
    "graph",
    "histogram",
    "image",
    "import_event",
    "initialize",
    "never_record_summaries",
    "record_summaries_every_n_global_steps",
    "scalar",
    "should_record_summaries",
    "summary_writer_initializer_op",
]

_EXPERIMENT = re.compile(r"[^\x00-\x1F<>]{0,256}")
_RUN = re.compile(r"[^\x00-\x1F<>]{0,512}")
_USER = re.compile(r"([a-z]([-a-z0-9]{0,29}[a-z0-9])?)?", re.IGNORECASE)


def create_db_writer(
    db_uri: Any, experiment_name: Any = None, run_name: Any = None, user_name: Any = None, name: str | None = None
) -> Any:
    """Returns a writer into an SQLite database, whose tables it creates.

    Args:
        db_uri: file of the database.
        experiment_name: the day if not given; "" for no experiment.
        run_name: the time of day if not given; "" for no run.
        user_name: the user of the system if not given; "" for none.
        name: shared name of the writer's resource.

    Raises:
        ValueError: a name is too long or has characters that the tables do not allow.
    """
    experiment = _checked("experiment_name", time.strftime("%Y-%m-%d"), experiment_name, _EXPERIMENT)
    run = _checked("run_name", time.strftime("%H:%M:%S"), run_name, _RUN)
    user = _checked("user_name", getpass.getuser(), user_name, _USER)
    with ops.device("cpu:0"):
        create = functools.partial(
            gen_summary_ops.create_summary_db_writer,
            db_uri=db_uri,
            experiment_name=ops.convert_to_tensor(experiment, dtypes.string),
            run_name=ops.convert_to_tensor(run, dtypes.string),
            user_name=ops.convert_to_tensor(user, dtypes.string),
        )
        resource = gen_summary_ops.summary_writer(shared_name=name)
        return summary_ops_v2._LegacyResourceSummaryWriter(resource=resource, init_op_fn=create)


def _checked(argument: str, default: str, value: Any, allowed: re.Pattern[str]) -> Any:
    value = default if value is None else value
    if isinstance(value, str) and not allowed.fullmatch(value):
        raise ValueError(f"{argument} {value!r} must match {allowed.pattern}")
    return value
