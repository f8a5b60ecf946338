"""A classifier: from fur and wings, one layer tells mammals, birds and others apart."""

from types import SimpleNamespace

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf

classes = ["other", "mammal", "bird"]
combinations = {"neither": [0, 0], "fur": [1, 0], "wings": [0, 1], "fur and wings": [1, 1]}


def build():
    X = tf.placeholder(tf.float32, [None, 2], name="X")
    Y = tf.placeholder(tf.float32, [None, 3], name="Y")

    W = tf.Variable(tf.random_uniform([2, 3], -1.0, 1.0), name="W")
    b = tf.Variable(tf.zeros([3]), name="b")
    L = tf.nn.relu(tf.add(tf.matmul(X, W), b))
    model = tf.nn.softmax(L)

    cost = tf.reduce_mean(-tf.reduce_sum(Y * tf.log(model), axis=1))
    train_op = tf.train.GradientDescentOptimizer(learning_rate=0.01).minimize(cost)

    prediction = tf.argmax(model, 1)
    target = tf.argmax(Y, 1)
    accuracy = tf.reduce_mean(tf.cast(tf.equal(prediction, target), tf.float32))

    tf.summary.scalar("cost", cost)
    tf.summary.histogram("W", W)
    tf.summary.histogram("b", b)
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
        probabilities = sess.run(graph.model, {graph.X: list(combinations.values())})
    figures.save_matrices(
        args.logdir / "picture.png", {"probability": probabilities}, rows=combinations, columns=classes, limits=(0, 1)
    )


if __name__ == "__main__":
    tutorial.run(main)
