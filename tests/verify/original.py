"""The legacy programs of which TensorFlow 1.15's runs are recorded.

Not among them are two whose runs differ on 1.15 itself from one to the next: ``contrib_training_helpers``, a hook of
which fetches the global step beside its increment, and ``queue_shuffle_batch_training``, whose queue draws the order
while other threads fill it.

Runs on Python 3.7 too: the script in ``tests/oracle/`` records the same programs.
"""

from pathlib import Path

LEGACY = Path(__file__).resolve().parents[1] / "legacy"
STEPS = 20
NAMES = [
    "actor_critic_spring",
    "autoencoder_tied_weights",
    "bidirectional_rnn_variable_length",
    "char_rnn_lstm",
    "collections_and_losses",
    "contrib_layers_mlp",
    "convnet_by_hand",
    "crf_tagger",
    "ctc_phonemes",
    "data_iterators",
    "data_tfrecord_training",
    "dqn_gridworld",
    "embedding_projector",
    "gan_gaussian",
    "gcn",
    "gradient_clipping",
    "gradient_override",
    "keras_in_graph",
    "labeled_tensor_weather",
    "language_model",
    "layers_cnn_batchnorm",
    "learning_rate_schedules",
    "legacy_seq2seq_models",
    "linear_regression",
    "mnist_fully_connected_feed",
    "model_pruning_mlp",
    "monitored_session_hooks",
    "moving_average_restore",
    "multi_tower_gradients",
    "old_names_0x",
    "optimizer_tour",
    "partitioned_variables",
    "policy_gradient_corridor",
    "py_func_numpy_bridge",
    "quantization_aware_training",
    "rbm_contrastive_divergence",
    "rnn_cell_zoo",
    "saver_partial_restore",
    "scan_map_fn",
    "seq2seq_attention_beam",
    "slim_arg_scope_net",
    "slim_learning_train",
    "softmax_mnist_idx",
    "spatial_transformer",
    "static_rnn_rows",
    "style_transfer_gram",
    "text_cnn",
    "transformer_attention",
    "vae_blobs",
    "word2vec_nce",
    "word2vec_sampled_softmax_cbow",
    "word2vec_skip_gram_sample",
]


def path_of(name):
    """Returns the file that runs a program: a script, or the main file of one of several files."""
    script = LEGACY / "scripts" / (name + ".py")
    return script if script.exists() else LEGACY / "programs" / name / "main.py"
