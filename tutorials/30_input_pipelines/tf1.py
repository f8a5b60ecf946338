"""Input pipelines: feed_dict, queues with readers, and tf.data bring the same digits to the same network."""

import contextlib
from types import SimpleNamespace

import tf1_pipelines
import throughput

from tf1graphs import datasets, tutorial
import tf1graphs.v1 as tf

file_count = 4
# What is trained through; the order of the examples is that of the files.
trained = {"feed_dict": None, "queues": tf1_pipelines.queues, "tf.data": tf1_pipelines.plain}


def build(batch=None):
    if batch:
        X, Y = batch
    else:
        X = tf.placeholder(tf.float32, [None, 784], name="X")
        Y = tf.placeholder(tf.float32, [None, 10], name="Y")

    # With seeds of their own the weights start the same whatever stands before the network.
    W1 = tf.Variable(tf.random_normal([784, 64], stddev=0.05, seed=1), name="W1")
    L1 = tf.nn.relu(tf.matmul(X, W1))

    W2 = tf.Variable(tf.random_normal([64, 10], stddev=0.05, seed=2), name="W2")
    model = tf.matmul(L1, W2)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    train_op = tf.train.AdamOptimizer(0.001).minimize(cost)

    # The cost is fetched with a training step: to fetch it alone would take a batch of its own from a queue.
    summary = tf.summary.scalar("cost", cost, collections=[])
    for weights in (W1, W2):
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(X=X, Y=Y, model=model, cost=cost, train_op=train_op, summary=summary)


@contextlib.contextmanager
def running():
    """A session with initialized variables, in which the threads of all queues run."""
    with tf.Session() as sess:
        # string_input_producer counts epochs in a local variable.
        sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        coord = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(sess, coord)
        try:
            yield sess
        finally:
            coord.request_stop()
            # What went wrong in a thread is raised here; the session only sees a queue without examples.
            coord.join(threads)


def train(name, data, paths, args):
    """Trains the network through one of the pipelines, as a run of its own in TensorBoard."""
    tf.set_random_seed(args.seed)
    pipeline = trained[name]
    graph = build(pipeline and pipeline(paths, args.epochs, args.batch_size))
    weights = tf.summary.merge_all()
    total_batch = data.num_examples // args.batch_size

    with running() as sess, tf.summary.FileWriter(str(args.logdir / name), sess.graph) as writer:
        for epoch in tutorial.progress(range(args.epochs), name):
            total_cost = 0.0
            for _ in range(total_batch):
                batch = {}
                if not pipeline:
                    batch_xs, batch_ys = data.next_batch(args.batch_size, shuffle=False)
                    batch = {graph.X: batch_xs, graph.Y: batch_ys}
                _, cost_val, summary = sess.run([graph.train_op, graph.cost, graph.summary], batch)
                total_cost += cost_val
            writer.add_summary(summary, epoch)
            writer.add_summary(sess.run(weights), epoch)
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.3f}".format(total_cost / total_batch))


def read(name, data, paths, args):
    """Reads all batches through one of the pipelines, of which only a sum comes back; returns examples per second."""
    pipeline = tf1_pipelines.PIPELINES.get(name)
    if pipeline:
        images, labels = pipeline(paths, args.passes, args.batch_size)
    else:
        images, labels = tf.placeholder(tf.float32, [None, 784]), tf.placeholder(tf.float32, [None, 10])
    total = tf.reduce_sum(images) + tf.reduce_sum(labels)
    with running() as sess:

        def run():
            for _ in range(data.num_examples * args.passes // args.batch_size):
                batch = {}
                if not pipeline:
                    batch = dict(zip((images, labels), data.next_batch(args.batch_size, shuffle=False)))
                sess.run(total, batch)

        return data.num_examples * args.passes / throughput.seconds(run)


def main(arguments=None):
    options = tutorial.parser(
        __file__,
        __doc__,
        quick={"epochs": 1, "batch_size": 25, "passes": 1, "rounds": 1},
        epochs=5,
        batch_size=100,
        passes=5,
        rounds=2,
    )
    tutorial.add_data(options, "a directory with *.tfrecord files, whose examples have image (784 bytes) and label")
    args = tutorial.parse(options, arguments)
    # Without the many lines in which TensorFlow says that tf.data has replaced queues.
    tf.logging.set_verbosity(tf.logging.ERROR)
    if args.data:
        paths = sorted(str(path) for path in args.data.glob("*.tfrecord"))
    else:
        raw = datasets.raw_mnist()
        paths = tf1_pipelines.write_files(args.logdir, raw.train_images, raw.train_labels, file_count)
    data = datasets.DataSet(*tf1_pipelines.read_files(paths))
    if data.num_examples < args.batch_size:
        tutorial.fail(f"{args.data}: {data.num_examples} examples are no batch of {args.batch_size}")

    for name in trained:
        with tf.Graph().as_default():
            train(name, data, paths, args)
    rates = {name: [] for name in ("feed_dict", *tf1_pipelines.PIPELINES)}
    for _ in tutorial.progress(range(args.rounds), "Reading"):
        for name, of_rounds in rates.items():
            with tf.Graph().as_default():
                of_rounds.append(read(name, data, paths, args))
    throughput.save(rates, args.logdir)


if __name__ == "__main__":
    tutorial.run(main)
