"""Autoencoder: a 784-256-784 network learns without labels to give back the image that it was shown."""

from types import SimpleNamespace

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf

learning_rate = 0.01
n_input = 28 * 28
n_hidden = 256
sample_size = 10


def build():
    X = tf.placeholder(tf.float32, [None, n_input], name="X")

    # Much larger weights would drive the sigmoids into their flat ends, where gradients vanish.
    W_encode = tf.Variable(tf.random_normal([n_input, n_hidden], stddev=0.1), name="W_encode")
    b_encode = tf.Variable(tf.random_normal([n_hidden], stddev=0.1), name="b_encode")
    encoder = tf.nn.sigmoid(tf.add(tf.matmul(X, W_encode), b_encode))

    W_decode = tf.Variable(tf.random_normal([n_hidden, n_input], stddev=0.1), name="W_decode")
    b_decode = tf.Variable(tf.random_normal([n_input], stddev=0.1), name="b_decode")
    decoder = tf.nn.sigmoid(tf.add(tf.matmul(encoder, W_decode), b_decode))

    cost = tf.reduce_mean(tf.pow(X - decoder, 2))
    train_op = tf.train.RMSPropOptimizer(learning_rate).minimize(cost)

    tf.summary.scalar("cost", cost)
    for variable in (W_encode, b_encode, W_decode, b_decode):
        tf.summary.histogram(variable.op.name, variable)
    return SimpleNamespace(X=X, encoder=encoder, decoder=decoder, cost=cost, train_op=train_op)


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, quick={"epochs": 2, "batch_size": 25}, epochs=50, batch_size=100)
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = tutorial.parse(options, arguments)
    mnist = datasets.mnist(args.data, seed=args.seed)
    tf.set_random_seed(args.seed)
    graph = build()
    merged = tf.summary.merge_all()

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        total_batch = tutorial.batches(mnist.train.num_examples, args.batch_size)

        for epoch in tutorial.progress(range(args.epochs), "Training"):
            total_cost = 0.0
            for _ in range(total_batch):
                batch_xs, _ = mnist.train.next_batch(args.batch_size)
                _, cost_val = sess.run([graph.train_op, graph.cost], {graph.X: batch_xs})
                total_cost += cost_val
            print("Epoch:", "%04d" % (epoch + 1), "Avg. cost =", "{:.4f}".format(total_cost / total_batch))
            writer.add_summary(sess.run(merged, {graph.X: batch_xs}), epoch)
        print("Optimization finished")

        print("Cost on test images:", sess.run(graph.cost, {graph.X: mnist.test.images}))
        originals = mnist.test.images[:sample_size]
        samples = sess.run(graph.decoder, {graph.X: originals})
    figures.save_digits(args.logdir / "picture.png", originals, samples)


if __name__ == "__main__":
    tutorial.run(main)
