"""``gc``: which exports to keep."""

from tf1graphs.v1.contrib.learn.utils.gc import *  # noqa: F403 (1.15 had the same functions at both paths)
