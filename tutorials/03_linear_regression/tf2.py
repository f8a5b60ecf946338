"""Linear regression in TensorFlow 2: a module owns W and b, and one compiled function takes all the steps."""

from tf1graphs import figures, optimizers, tutorial
import tensorflow as tf

x_data = [1.0, 2.0, 3.0]
y_data = [1.0, 2.0, 3.0]


class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.W = tf.Variable(tf.random.uniform([1], -1.0, 1.0), name="W")
        self.b = tf.Variable(tf.random.uniform([1], -1.0, 1.0), name="b")
        self.optimizer = optimizers.GradientDescent(self.trainable_variables, learning_rate=0.1)

    def __call__(self, x):
        return self.W * x + self.b

    def cost(self, x, y):
        return tf.reduce_mean(tf.square(self(x) - y))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        tf.train.Checkpoint(model=self).restore(path).expect_partial()

    @tf.function
    def train(self, xs, ys):
        """Takes one step per batch, [steps, batch]; returns a row for each: the cost before it, W and b after it."""
        history = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            with tf.GradientTape() as tape:
                cost = self.cost(xs[step], ys[step])
            gradients = tape.gradient(cost, self.trainable_variables)
            self.optimizer.apply(gradients)
            history = history.write(step, tf.concat([[cost], self.W, self.b], axis=0))
        return history.stack()


def main(arguments=None):
    args = tutorial.parse(tutorial.parser(__file__, __doc__, steps=100), arguments)
    tf.random.set_seed(args.seed)
    model = Model()
    batches = [tf.stack([data] * args.steps) for data in (x_data, y_data)]

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        tf.summary.graph(model.train.get_concrete_function(*batches).graph)
        history = model.train(*batches).numpy()
        for step, (cost, W, b) in enumerate(history):
            print(step, cost, W, b)
            tf.summary.scalar("cost", cost, step)
        tf.summary.histogram("W", history[:, 1], args.steps)
        tf.summary.histogram("b", history[:, 2], args.steps)

    print("X: 5, Y:", model(5.0).numpy())
    print("X: 2.5, Y:", model(2.5).numpy())
    figures.save_curves(args.logdir / "picture.png", {"cost": history[:, 0]}, x="step", y="cost", yscale="log")


if __name__ == "__main__":
    tutorial.run(main)
