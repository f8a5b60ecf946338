"""Evaluation in TensorFlow 2: metrics are objects that see batch after batch."""

import curves
import figure
import numpy as np
import scenes
import tf2_metrics
from early_stopping import EarlyStopping

from tf1graphs import datasets, optimizers, tutorial
import tensorflow as tf

# Test images go through the metrics in batches of this size.
test_batch_size = 50
# The classifier's "positive" digit.
positive = 8


# The layers' names are those that tf.layers gave, so that a TF1 checkpoint fits.
def classifier():
    X = tf.keras.Input([784])
    L1 = tf.keras.layers.Dense(64, activation="relu", name="dense")(X)
    return tf.keras.Model(X, tf.keras.layers.Dense(10, name="dense_1")(L1))


def segmenter():
    X = tf.keras.Input([scenes.SIDE, scenes.SIDE, 1])
    L1 = tf.keras.layers.Conv2D(8, 3, padding="same", activation="relu", name="conv2d")(X)
    L2 = tf.keras.layers.Conv2D(16, 5, 2, padding="same", activation="relu", name="conv2d_1")(L1)
    L3 = tf.keras.layers.Conv2D(32, 5, 2, padding="same", activation="relu", name="conv2d_2")(L2)
    L4 = tf.keras.layers.Conv2D(32, 5, padding="same", activation="relu", name="conv2d_3")(L3)
    # What is where comes from L4, the outlines from L1.
    L5 = tf.keras.layers.Conv2DTranspose(8, 8, 4, padding="same", activation="relu", name="conv2d_transpose")(L4)
    L6 = tf.keras.layers.Concatenate(axis=3)([L1, L5])
    return tf.keras.Model(X, tf.keras.layers.Conv2D(len(scenes.CLASSES), 3, padding="same", name="conv2d_4")(L6))


tasks = {"classification": classifier, "segmentation": segmenter}


class Model(tf.keras.Model):
    def __init__(self, task="classification"):
        super().__init__()
        self.network = tasks[task]()
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.002)

    def call(self, x):
        return self.network(x)

    def cost(self, x, y):
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=self(x)))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        checkpoint = tf.train.load_checkpoint(path)
        for variable in self.trainable_variables:
            variable.assign(checkpoint.get_tensor(variable.path))

    @tf.function
    def train(self, xs, ys):
        """Takes one step per batch, [steps, batch, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            with tf.GradientTape() as tape:
                cost = self.cost(xs[step], ys[step])
            gradients = tape.gradient(cost, self.trainable_variables)
            self.optimizer.apply(gradients)
            costs = costs.write(step, cost)
        return costs.stack()


def train(model, task, data, args):
    """Trains until the validation cost has not fallen for some epochs; leaves the weights of the best epoch."""
    stopping = EarlyStopping(args.patience)
    total_batch = tutorial.batches(data.train.num_examples, args.batch_size)

    with tf.summary.create_file_writer(str(args.logdir / task)).as_default():
        for epoch in tutorial.progress(range(args.epochs), task):
            batches = data.train.next_batches(total_batch, args.batch_size)
            if epoch == 0:
                tf.summary.graph(model.train.get_concrete_function(*batches).graph)
            model.train(*batches)
            cost = model.cost(data.validation.images, data.validation.labels).numpy()
            tf.summary.scalar("validation_cost", cost, epoch)
            for variable in model.trainable_variables:
                tf.summary.histogram(variable.path, variable, epoch)
            print("Epoch:", "%04d" % (epoch + 1), "Validation cost =", "{:.4f}".format(cost))
            if stopping.is_best(cost):
                best = model.get_weights()
            if stopping.is_over():
                break
    print("Best epoch:", stopping.best_epoch)
    model.set_weights(best)


def evaluate(model, metrics, test):
    """Returns name -> value of the metrics on the test set, and the probabilities of all its examples."""
    probabilities = []
    for start in range(0, test.num_examples, test_batch_size):
        batch = slice(start, start + test_batch_size)
        answer = tf.nn.softmax(model(test.images[batch]))
        metrics.update(test.labels[batch], answer)
        probabilities.append(answer)
    return metrics.results(), np.concatenate(probabilities)


def print_metrics(values):
    for name, value in values.items():
        if not np.ndim(value):
            print("{}: {:.4f}".format(name, value))


def classify(mnist, args):
    """Trains and evaluates the classifier."""
    model = Model("classification")
    train(model, "classification", mnist, args)
    values, probabilities = evaluate(model, tf2_metrics.Classification(positive), mnist.test)

    is_positive, scores = mnist.test.labels[:, positive] > 0.5, probabilities[:, positive]
    values["AUC"] = curves.roc_auc(is_positive, scores)
    values["average precision"] = curves.average_precision(is_positive, scores)
    print_metrics(values)
    roc, precision_recall = curves.roc(is_positive, scores), curves.precision_recall(is_positive, scores)
    figure.save_evaluation(args.logdir / "picture.png", values["confusion matrix"], roc, precision_recall, values)


def segment(mnist, args):
    """Trains and evaluates the segmentation."""
    data = scenes.sets(mnist, args.scenes, args.seed)
    model = Model("segmentation")
    train(model, "segmentation", data, args)
    values, probabilities = evaluate(model, tf2_metrics.Segmentation(len(scenes.CLASSES)), data.test)

    print_metrics(values)
    truth, answers = np.argmax(data.test.labels[:6], axis=3), np.argmax(probabilities[:6], axis=3)
    path = args.logdir / "segmentations.png"
    figure.save_segmentations(path, data.test.images[:6], truth, answers, scenes.CLASSES)


def main(arguments=None):
    quick = {"epochs": 4, "scenes": 150}
    options = tutorial.parser(__file__, __doc__, quick=quick, epochs=25, batch_size=50, patience=3, scenes=450)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, validation_size=300, seed=args.seed)
    for evaluation in (classify, segment):
        # Keras' initializers take their seeds from Python's generator, which tf.random.set_seed leaves alone.
        tf.keras.utils.set_random_seed(args.seed)
        evaluation(mnist, args)


if __name__ == "__main__":
    tutorial.run(main)
