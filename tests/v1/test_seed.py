"""A graph seed gives the numbers that TensorFlow 1.15 gave."""

import tf1graphs.v1 as tf


def test_graph_seed_gives_the_numbers_of_115():
    with tf.Graph().as_default(), tf.Session() as session:
        tf.set_random_seed(777)
        W = tf.Variable(tf.random_normal([1]), name="weight")
        b = tf.Variable(tf.random_normal([1]), name="bias")
        session.run(tf.global_variables_initializer())
        # Printed by TensorFlow 1.15.5 for the same lines.
        assert [float(value[0]) for value in session.run([W, b])] == [2.208669424057007, -0.8204182386398315]


def seeds(tensor):
    kernel = tensor.graph.get_operation_by_name(f"{tensor.op.name}/RandomStandardNormal")
    return kernel.get_attr("seed"), kernel.get_attr("seed2")


def test_op_seed_and_no_seed_are_left_alone():
    with tf.Graph().as_default():
        assert seeds(tf.random_normal([1], name="unseeded")) == (0, 0)
        assert seeds(tf.random_normal([1], seed=5, name="seeded")) == (87654321, 5)


def test_op_seed_is_the_number_of_ops_before_it():
    with tf.Graph().as_default() as graph:
        tf.set_random_seed(777)
        tf.random_normal([1], name="first")
        before = len(graph.get_operations())
        # The op's shape, mean and standard deviation are made before the op that draws.
        assert seeds(tf.random_normal([1], name="second")) == (777, before + 3)
