"""Linear regression: gradient descent finds the line through three points, which then predicts 5 and 2.5."""

from types import SimpleNamespace

from tf1graphs import figures, tutorial
import tf1graphs.v1 as tf

x_data = [1.0, 2.0, 3.0]
y_data = [1.0, 2.0, 3.0]


def build():
    X = tf.placeholder(tf.float32, name="X")
    Y = tf.placeholder(tf.float32, name="Y")

    W = tf.Variable(tf.random_uniform([1], -1.0, 1.0), name="W")
    b = tf.Variable(tf.random_uniform([1], -1.0, 1.0), name="b")
    hypothesis = W * X + b

    cost = tf.reduce_mean(tf.square(hypothesis - Y))
    train_op = tf.train.GradientDescentOptimizer(learning_rate=0.1).minimize(cost)

    tf.summary.scalar("cost", cost)
    tf.summary.histogram("W", W)
    tf.summary.histogram("b", b)
    return SimpleNamespace(X=X, Y=Y, W=W, b=b, model=hypothesis, cost=cost, train_op=train_op)


def main(arguments=None):
    args = tutorial.parse(tutorial.parser(__file__, __doc__, steps=100), arguments)
    tf.set_random_seed(args.seed)
    graph = build()
    merged = tf.summary.merge_all()

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        costs = []
        for step in range(args.steps):
            writer.add_summary(sess.run(merged, {graph.X: x_data, graph.Y: y_data}), step)
            _, cost_val = sess.run([graph.train_op, graph.cost], {graph.X: x_data, graph.Y: y_data})
            print(step, cost_val, sess.run(graph.W), sess.run(graph.b))
            costs.append(cost_val)

        print("X: 5, Y:", sess.run(graph.model, {graph.X: 5}))
        print("X: 2.5, Y:", sess.run(graph.model, {graph.X: 2.5}))
    figures.save_curves(args.logdir / "picture.png", {"cost": costs}, x="step", y="cost", yscale="log")


if __name__ == "__main__":
    tutorial.run(main)
