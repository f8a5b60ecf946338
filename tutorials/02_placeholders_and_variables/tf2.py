"""Inputs and variables in TensorFlow 2: a function's argument is the input, and a module keeps the variables."""

import numpy as np

from tf1graphs import figures, tutorial
import tensorflow as tf

x_data = [[1, 2, 3], [4, 5, 6]]
# None: as many rows as are passed.
X = tf.TensorSpec([None, 3], tf.float32, name="X")


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.W = tf.Variable(tf.random.normal([3, 2]), name="W")
        self.b = tf.Variable(tf.random.normal([2, 1]), name="b")

    @tf.function(input_signature=[X])
    def __call__(self, x):
        # [2, 2] + [2, 1]: broadcasting adds the one column of b to each column.
        return x @ self.W + self.b

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        tf.train.Checkpoint(model=self).restore(path).expect_partial()


def main(arguments=None):
    args = tutorial.parse(tutorial.parser(__file__, __doc__), arguments)
    tf.random.set_seed(args.seed)
    model = Model()
    print(X)

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        tf.summary.graph(model.__call__.get_concrete_function().graph)
        for variable in model.trainable_variables:
            tf.summary.histogram(variable.name, variable, step=0)

    expr = model(tf.constant(x_data, tf.float32))
    matrices = {"x_data": x_data, "W": model.W.numpy(), "b": model.b.numpy(), "expr": expr.numpy()}
    for name, matrix in matrices.items():
        print(f"=== {name} ===")
        print(matrix)
    titled = {f"{name} {np.shape(matrix)}": matrix for name, matrix in matrices.items()}
    figures.save_matrices(args.logdir / "picture.png", titled)


if __name__ == "__main__":
    tutorial.run(main)
