"""train_and_evaluate with exporters, and a second model that starts from the weights of the first."""

import os
import tempfile

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
folder = tempfile.mkdtemp()
WORDS = ["good", "bad", "fine", "poor"]
rng = np.random.RandomState(0)
words = rng.randint(0, 4, 64)
x = rng.randn(64, 2).astype(np.float32)
y = ((words % 2 == 0) ^ (x[:, 0] > 1.2)).astype(np.int32)


def input_fn(start, end, repeat):
    features = {"word": np.array(WORDS)[words[start:end]], "x": x[start:end]}
    return tf.data.Dataset.from_tensor_slices((features, y[start:end])).repeat(repeat).batch(8)


def columns(names):
    word = tf.feature_column.categorical_column_with_vocabulary_file("word", vocabulary(names), len(names))
    return [tf.feature_column.embedding_column(word, 3), tf.feature_column.numeric_column("x", [2])]


def vocabulary(names):
    path = os.path.join(folder, "words%d.txt" % len(names))
    with open(path, "w") as f:
        f.write("\n".join(names) + "\n")
    return path


def make(name, names, **options):
    config = tf.estimator.RunConfig(
        os.path.join(folder, name), tf_random_seed=4, save_checkpoints_steps=20, keep_checkpoint_max=2
    )
    optimizer = tf.train.GradientDescentOptimizer(0.2)
    return tf.estimator.DNNClassifier([4], columns(names), optimizer=optimizer, config=config, **options)


def serving_input_receiver_fn():
    words = tf.placeholder(tf.string, [None], name="words")
    numbers = tf.placeholder(tf.float32, [None, 2], name="numbers")
    features = {"word": words, "x": numbers}
    return tf.estimator.export.ServingInputReceiver(features, {"word": words, "x": numbers})


first = make("first", WORDS)
parse = tf.estimator.export.build_parsing_serving_input_receiver_fn(
    tf.feature_column.make_parse_example_spec(columns(WORDS))
)
exporters = [
    tf.estimator.BestExporter("best", serving_input_receiver_fn, exports_to_keep=1),
    tf.estimator.LatestExporter("latest", parse, exports_to_keep=2),
    tf.estimator.FinalExporter("final", serving_input_receiver_fn),
]
train_spec = tf.estimator.TrainSpec(lambda: input_fn(0, 48, None), max_steps=60)
eval_spec = tf.estimator.EvalSpec(
    lambda: input_fn(48, 64, 1), steps=None, exporters=exporters, start_delay_secs=0, throttle_secs=0
)
result, exported = tf.estimator.train_and_evaluate(first, train_spec, eval_spec)
for key in sorted(result):
    print("%s %.5f" % (key, result[key]))
print([path is not None for path in exported])
for name in ("best", "latest", "final"):
    path = os.path.join(folder, "first", "export", name)
    print(name, len(os.listdir(path)), sorted(os.listdir(os.path.join(path, sorted(os.listdir(path))[-1]))))

final = os.path.join(folder, "first", "export", "final")
predict = tf.contrib.predictor.from_saved_model(os.path.join(final, os.listdir(final)[0]), signature_def_key="predict")
answer = predict({"word": ["good", "poor"], "x": [[0.0, 0.5], [0.1, -0.5]]})
print("probabilities", " ".join("%.5f" % p for p in answer["probabilities"].ravel()))
latest = os.path.join(folder, "first", "export", "latest")
latest = os.path.join(latest, sorted(os.listdir(latest))[-1])
example = tf.train.Example()
example.features.feature["word"].bytes_list.value.append(b"bad")
example.features.feature["x"].float_list.value.extend([0.2, 0.3])
answer = tf.contrib.predictor.from_saved_model(latest)({"inputs": [example.SerializeToString()]})
print("scores", " ".join("%.5f" % p for p in answer["scores"].ravel()))

more = ["fine", "new", "good", "bad", "poor"]
settings = tf.estimator.WarmStartSettings(
    ckpt_to_initialize_from=first.model_dir,
    vars_to_warm_start=".*(input_layer|hiddenlayer_0).*",
    var_name_to_vocab_info={
        "dnn/input_from_feature_columns/input_layer/word_embedding/embedding_weights": tf.estimator.VocabInfo(
            new_vocab=vocabulary(more),
            new_vocab_size=5,
            num_oov_buckets=0,
            old_vocab=vocabulary(WORDS),
            old_vocab_size=4,
            backup_initializer=tf.zeros_initializer(),
        )
    },
)
second = make("second", more, warm_start_from=settings)
second.train(lambda: input_fn(0, 8, 1), steps=1)
for name in sorted(second.get_variable_names()):
    value = second.get_variable_value(name)
    print(name, value.shape, "%.5f" % np.sum(value))
third = make("third", WORDS, warm_start_from=os.path.join(folder, "first"))
third.train(lambda: input_fn(0, 8, 1), steps=1)
print("third %.5f" % third.evaluate(lambda: input_fn(48, 64, 1))["loss"])
