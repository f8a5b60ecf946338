"""Placeholders and variables: X is fed at every run, W and b keep their values between runs."""

from types import SimpleNamespace

import numpy as np

from tf1graphs import figures, tutorial
import tf1graphs.v1 as tf

x_data = [[1, 2, 3], [4, 5, 6]]


def build():
    # None: as many rows as are fed.
    X = tf.placeholder(tf.float32, [None, 3], name="X")

    W = tf.Variable(tf.random_normal([3, 2]), name="W")
    b = tf.Variable(tf.random_normal([2, 1]), name="b")
    # [2, 2] + [2, 1]: broadcasting adds the one column of b to each column.
    expr = tf.matmul(X, W) + b

    tf.summary.histogram("W", W)
    tf.summary.histogram("b", b)
    return SimpleNamespace(X=X, W=W, b=b, expr=expr)


def main(arguments=None):
    args = tutorial.parse(tutorial.parser(__file__, __doc__), arguments)
    tf.set_random_seed(args.seed)
    graph = build()
    merged = tf.summary.merge_all()
    print(graph.X)

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        W, b, expr = sess.run([graph.W, graph.b, graph.expr], {graph.X: x_data})
        writer.add_summary(sess.run(merged), 0)

    matrices = {"x_data": x_data, "W": W, "b": b, "expr": expr}
    for name, matrix in matrices.items():
        print(f"=== {name} ===")
        print(matrix)
    titled = {f"{name} {np.shape(matrix)}": matrix for name, matrix in matrices.items()}
    figures.save_matrices(args.logdir / "picture.png", titled)


if __name__ == "__main__":
    tutorial.run(main)
