"""Graph and session in TensorFlow 2: each line has a value at once; tf.function makes graphs of Python functions."""

from tf1graphs import figures, tutorial
import tensorflow as tf


@tf.function
def add_and_double(a, b):
    c = tf.add(a, b)
    return tf.multiply(c, 2, name="double")


def main(arguments=None):
    args = tutorial.parse(tutorial.parser(__file__, __doc__), arguments)
    hello = tf.constant("Hello, TensorFlow!")
    a = tf.constant(10)
    b = tf.constant(32)
    c = tf.add(a, b)
    double = add_and_double(a, b)

    print("=== tensors ===")
    print(hello)
    print(c)
    print(double)

    print("=== values ===")
    print(hello.numpy())
    print(a.numpy(), b.numpy(), c.numpy())
    print(double.numpy())

    ranks = {
        "scalar": tf.constant(3),
        "vector": tf.constant([1.0, 2.0, 3.0]),
        "matrix": tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]),
        "cube": tf.constant([[[1.0, 2.0, 3.0]], [[7.0, 8.0, 9.0]]]),
    }
    print("=== ranks ===")
    for name, tensor in ranks.items():
        print(f"{name}: rank {tensor.shape.ndims}, shape {tensor.shape}, dtype {tensor.dtype.name}")
        print(tensor.numpy().tolist())

    graph = add_and_double.get_concrete_function(a, b).graph
    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        tf.summary.graph(graph)
    print("=== operations ===")
    for operation in graph.get_operations():
        print(operation.name, operation.type, [tensor.name for tensor in operation.inputs])
    figures.save_graph(args.logdir / "picture.png", graph)


if __name__ == "__main__":
    tutorial.run(main)
