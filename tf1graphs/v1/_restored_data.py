"""Options of ``tf.data`` that have left: how fast a pipeline runs, never what it gives, hangs on them.

They can be set and read as in 1.15; today's TensorFlow decides such things itself.
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.data.util import options

from tf1graphs.v1 import _restored_statistics


class MapVectorizationOptions(options.OptionsBase):  # type: ignore[misc]
    """Whether functions of ``Dataset.map`` may be applied to whole batches."""

    enabled = options.create_option("enabled", bool, "Whether to vectorize map transformations.")
    use_choose_fastest = options.create_option("use_choose_fastest", bool, "Whether to keep the faster variant.")


# Class in tensorflow.python.data.ops.options -> option -> type.
_HINTS: dict[str, dict[str, type]] = {
    "OptimizationOptions": {
        "autotune": bool,
        "autotune_algorithm": int,
        "autotune_buffers": bool,
        "autotune_cpu_budget": int,
        "filter_with_random_uniform_fusion": bool,
        "hoist_random_uniform": bool,
        "map_vectorization": MapVectorizationOptions,
        "prefetch_to_device": str,
    },
    "Options": {"experimental_stateful_whitelist": list},
}


def restore(module: Any) -> None:
    """Gives the option classes of ``tensorflow.python.data.ops.options`` the options that they have lost."""
    for owner, hints in _HINTS.items():
        for name, kind in hints.items():
            default = kind if kind is MapVectorizationOptions else lambda: None
            hint = options.create_option(name, kind, "Kept for TensorFlow 1.15; without effect.", default)
            setattr(getattr(module, owner), name, hint)

    module.Options.experimental_stats = options.create_option(
        "experimental_stats", _restored_statistics.StatsOptions, "The statistics.", _restored_statistics.StatsOptions
    )
    policy = module.AutoShardPolicy

    def is_sharded(self: Any) -> bool:
        return bool(self.auto_shard_policy is not policy.OFF)

    def shard(self: Any, value: bool) -> None:
        self.auto_shard_policy = policy.AUTO if value else policy.OFF

    module.DistributeOptions.auto_shard = property(is_sharded, shard)
