"""``projector_config.pbtxt``, which the embedding projector reads."""

from __future__ import annotations

import pytest

import tf1graphs.v1 as tf

projector = tf.contrib.tensorboard.plugins.projector


def config() -> projector.ProjectorConfig:
    made = projector.ProjectorConfig(model_checkpoint_path="model.ckpt")
    made.embeddings.add(tensor_name="words:0", metadata_path="words.tsv")
    made.embeddings[0].sprite.CopyFrom(projector.SpriteMetadata(image_path="s.png", single_image_dim=[2, 3]))
    return made


def test_the_config_is_written_beside_the_events(tmp_path):
    with tf.Graph().as_default(), tf.summary.FileWriter(str(tmp_path)) as writer:
        projector.visualize_embeddings(writer, config())
    # Byte for byte what TensorFlow 1.15 writes.
    assert (tmp_path / "projector_config.pbtxt").read_text() == (
        'model_checkpoint_path: "model.ckpt"\n'
        "embeddings {\n"
        '  tensor_name: "words:0"\n'
        '  metadata_path: "words.tsv"\n'
        "  sprite {\n"
        '    image_path: "s.png"\n'
        "    single_image_dim: 2\n"
        "    single_image_dim: 3\n"
        "  }\n"
        "}\n"
    )


def test_a_writer_without_a_directory_is_refused():
    class Writer:
        def get_logdir(self):
            return None

    with pytest.raises(ValueError, match="log directory"):
        projector.visualize_embeddings(Writer(), config())
