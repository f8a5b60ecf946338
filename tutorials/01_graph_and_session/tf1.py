"""Graph and session: what is written first only builds a graph; a session runs the parts of it that are asked for."""

from types import SimpleNamespace

from tf1graphs import figures, tutorial
import tf1graphs.v1 as tf


def build():
    hello = tf.constant("Hello, TensorFlow!")
    a = tf.constant(10)
    b = tf.constant(32)
    c = tf.add(a, b)
    # Named by us. The 2 becomes an operation as well: double/y.
    double = tf.multiply(c, 2, name="double")

    ranks = {
        "scalar": tf.constant(3, name="scalar"),
        "vector": tf.constant([1.0, 2.0, 3.0], name="vector"),
        "matrix": tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], name="matrix"),
        "cube": tf.constant([[[1.0, 2.0, 3.0]], [[7.0, 8.0, 9.0]]], name="cube"),
    }
    return SimpleNamespace(hello=hello, a=a, b=b, c=c, double=double, ranks=ranks)


def main(arguments=None):
    args = tutorial.parse(tutorial.parser(__file__, __doc__), arguments)
    graph = build()

    print("=== tensors ===")
    print(graph.hello)
    print(graph.c)
    print(graph.double)

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph):
        print("=== values ===")
        print(sess.run(graph.hello))
        print(*sess.run([graph.a, graph.b, graph.c]))
        print(sess.run(graph.double))

        print("=== ranks ===")
        for name, tensor in graph.ranks.items():
            print(f"{name}: rank {tensor.shape.ndims}, shape {tensor.shape}, dtype {tensor.dtype.name}")
            print(sess.run(tensor).tolist())

    print("=== operations ===")
    for operation in sess.graph.get_operations():
        print(operation.name, operation.type, [tensor.name for tensor in operation.inputs])
    figures.save_graph(args.logdir / "picture.png", sess.graph)


if __name__ == "__main__":
    tutorial.run(main)
