"""TensorBoard: name scopes fold the graph into layers; cost and weights of the first layer are written at each step."""

from types import SimpleNamespace

from tf1graphs import datasets, figures, tutorial
import tf1graphs.v1 as tf


def build():
    X = tf.placeholder(tf.float32, [None, 2], name="X")
    Y = tf.placeholder(tf.float32, [None, 3], name="Y")
    global_step = tf.Variable(0, trainable=False, name="global_step")

    with tf.name_scope("layer1"):
        W1 = tf.Variable(tf.random_uniform([2, 10], -1.0, 1.0), name="W1")
        L1 = tf.nn.relu(tf.matmul(X, W1))

    with tf.name_scope("layer2"):
        W2 = tf.Variable(tf.random_uniform([10, 20], -1.0, 1.0), name="W2")
        L2 = tf.nn.relu(tf.matmul(L1, W2))

    with tf.name_scope("output"):
        W3 = tf.Variable(tf.random_uniform([20, 3], -1.0, 1.0), name="W3")
        model = tf.matmul(L2, W3)

    with tf.name_scope("optimizer"):
        cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=Y, logits=model))
        train_op = tf.train.AdamOptimizer(learning_rate=0.01).minimize(cost, global_step=global_step)

    # Outside the scope, whose name would come before the tags: "optimizer/cost".
    tf.summary.scalar("cost", cost)
    tf.summary.histogram("Weights", W1)
    return SimpleNamespace(X=X, Y=Y, global_step=global_step, model=model, cost=cost, train_op=train_op)


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
        costs = []
        for _ in range(args.steps):
            summary, cost_val, step = sess.run([merged, graph.cost, graph.global_step], animals)
            writer.add_summary(summary, step)
            sess.run(graph.train_op, animals)
            print("Step: %d," % step, "Cost: %.3f" % cost_val)
            costs.append(cost_val)
    print("Look at it with: tensorboard --logdir", args.logdir)
    figures.save_curves(args.logdir / "picture.png", {"cost": costs}, x="step", y="cost")


if __name__ == "__main__":
    tutorial.run(main)
