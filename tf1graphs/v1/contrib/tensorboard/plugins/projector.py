"""``tf.contrib.tensorboard.plugins.projector``: what TensorBoard's embedding projector is to show."""

from __future__ import annotations

import os
from typing import Any

from google.protobuf import text_format
from tensorboard.plugins.projector import projector_config_pb2
from tensorflow.python.lib.io import file_io

__all__ = ["EmbeddingInfo", "ProjectorConfig", "SpriteMetadata", "projector_config_pb2", "visualize_embeddings"]

EmbeddingInfo = projector_config_pb2.EmbeddingInfo
ProjectorConfig = projector_config_pb2.ProjectorConfig
SpriteMetadata = projector_config_pb2.SpriteMetadata


def visualize_embeddings(summary_writer: Any, config: Any) -> None:
    """Writes ``config`` as ``projector_config.pbtxt`` into the directory of the writer.

    Args:
        summary_writer: a ``tf.summary.FileWriter``.
        config: a ``ProjectorConfig``; without a ``model_checkpoint_path`` the projector takes the latest checkpoint
            of the directory.

    Raises:
        ValueError: the writer has no directory.
    """
    logdir = summary_writer.get_logdir()
    if logdir is None:
        raise ValueError("the summary writer has no log directory, where projector_config.pbtxt would go")
    file_io.write_string_to_file(os.path.join(logdir, "projector_config.pbtxt"), text_format.MessageToString(config))
