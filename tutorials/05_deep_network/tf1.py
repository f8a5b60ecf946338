"""A deep network: with a hidden layer of ten neurons, all animals are told apart by fur and wings."""

from types import SimpleNamespace

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf

classes = ["other", "mammal", "bird"]
combinations = {"neither": [0, 0], "fur": [1, 0], "wings": [0, 1], "fur and wings": [1, 1]}


def build():
    X = tf.placeholder(tf.float32, [None, 2], name="X")
    Y = tf.placeholder(tf.float32, [None, 3], name="Y")

    W1 = tf.Variable(tf.random_uniform([2, 10], -1.0, 1.0), name="W1")
    W2 = tf.Variable(tf.random_uniform([10, 3], -1.0, 1.0), name="W2")
    b1 = tf.Variable(tf.zeros([10]), name="b1")
    b2 = tf.Variable(tf.zeros([3]), name="b2")

    L1 = tf.nn.relu(tf.add(tf.matmul(X, W1), b1))
    model = tf.add(tf.matmul(L1, W2), b2)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=Y, logits=model))
    train_op = tf.train.AdamOptimizer(learning_rate=0.01).minimize(cost)

    prediction = tf.argmax(model, 1)
    target = tf.argmax(Y, 1)
    accuracy = tf.reduce_mean(tf.cast(tf.equal(prediction, target), tf.float32))

    tf.summary.scalar("cost", cost)
    for weights in (W1, W2, b1, b2):
        tf.summary.histogram(weights.op.name, weights)
    return SimpleNamespace(
        X=X, Y=Y, model=model, cost=cost, train_op=train_op, prediction=prediction, target=target, accuracy=accuracy
    )


def main(arguments=None):
    options = tutorial.parser(__file__, __doc__, steps=100)
    tutorial.add_data(options, "a table with the columns fur, wings, other, mammal, bird")
    args = tutorial.parse(options, arguments)
    x_data, y_data = datasets.animals(args.data)
    tf.set_random_seed(args.seed)
    graph = build()
    merged = tf.summary.merge_all()

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        animals = {graph.X: x_data, graph.Y: y_data}
        for step in range(args.steps):
            writer.add_summary(sess.run(merged, animals), step)
            _, cost_val = sess.run([graph.train_op, graph.cost], animals)
            if (step + 1) % 10 == 0:
                print(step + 1, cost_val)

        print("Predictions:", sess.run(graph.prediction, {graph.X: x_data}))
        print("Targets:", sess.run(graph.target, {graph.Y: y_data}))
        print("Accuracy: %.2f" % (100 * sess.run(graph.accuracy, animals)))
        probabilities = sess.run(tf.nn.softmax(graph.model), {graph.X: list(combinations.values())})
    figures.save_matrices(
        args.logdir / "picture.png", {"probability": probabilities}, rows=combinations, columns=classes, limits=(0, 1)
    )


if __name__ == "__main__":
    tutorial.run(main)
