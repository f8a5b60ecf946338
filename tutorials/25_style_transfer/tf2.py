"""Style transfer in TensorFlow 2: the picture is a variable like any other, and painting it one compiled function."""

from pathlib import Path

import numpy as np

from tf1graphs import figures, optimizers, tutorial
from tf1graphs.datasets import photo, pretrained, textures
import tensorflow as tf

n_class = len(textures.NAMES)
side = 32
kernels = {"conv1": [5, 5, 3, 16], "conv2": [3, 3, 16, 32], "conv3": [3, 3, 32, 48], "conv4": [3, 3, 48, 64]}
# The layer whose activations are the content, and those whose Gram matrices are the style.
content_layer, style_layers = "conv4", ["conv1", "conv2", "conv3", "conv4"]
vgg_content_layer = "block5_conv2"
vgg_style_layers = ["block1_conv1", "block2_conv1", "block3_conv1", "block4_conv1", "block5_conv1"]
content_weight, style_weight, variation_weight = 1.0, 100.0, 0.5
# So many steps are one call, then the losses are printed; so many textures measure the accuracy.
round_size = 50
test_size = 300
# The last layer must see more than one place, or nothing deviates there from the mean.
smallest = 32


class Model(tf.Module):
    content_layer, style_layers = content_layer, style_layers

    def __init__(self):
        super().__init__()
        self.weights = {}
        for name, shape in kernels.items():
            W = tf.Variable(tf.random.normal(shape, stddev=(2 / np.prod(shape[:3])) ** 0.5), name=name + "_W")
            self.weights[name] = W, tf.Variable(tf.zeros(shape[3:]), name=name + "_b")
        self.W = tf.Variable(tf.random.normal([64, n_class], stddev=0.1), name="W")
        self.optimizer = optimizers.Adam(self.trainable_variables, learning_rate=0.003)

    def network(self, x):
        layers = {}
        current = 2 * x - 1
        for name, (W, b) in self.weights.items():
            layers[name] = tf.nn.relu(tf.nn.conv2d(current, W, 1, "SAME") + b)
            current = tf.nn.avg_pool2d(layers[name], 2, 2, "SAME")
        layers["last"] = current
        return layers

    def __call__(self, x):
        return tf.reduce_mean(self.network(x)["last"], axis=[1, 2]) @ self.W

    def cost(self, x, y):
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=self(x)))

    def restore_tf1(self, path):
        """Loads the weights of a checkpoint that the TF1 version's Saver wrote; the names are the same."""
        tf.train.Checkpoint(model=self).restore(path).expect_partial()

    @tf.function
    def train(self, xs, ys):
        """Takes one step per batch, [steps, batch, ...]; returns the cost before each."""
        costs = tf.TensorArray(tf.float32, size=len(xs))
        for step in tf.range(len(xs)):
            with tf.GradientTape() as tape:
                cost = self.cost(xs[step], ys[step])
            gradients = tape.gradient(cost, self.trainable_variables)
            self.optimizer.apply(gradients)
            costs = costs.write(step, cost)
        return costs.stack()


class Vgg(tf.Module):
    content_layer, style_layers = vgg_content_layer, vgg_style_layers

    def __init__(self, weights):
        super().__init__()
        vgg19 = tf.keras.applications.VGG19(include_top=False, weights=str(weights))
        names = [vgg_content_layer, *vgg_style_layers]
        self.features = tf.keras.Model(vgg19.input, {name: vgg19.get_layer(name).output for name in names})

    def network(self, x):
        return self.features(tf.keras.applications.vgg19.preprocess_input(255 * x))


def gram_matrix(layer):
    """Returns [channels, channels]: how strongly each two channels rise above their means at the same places."""
    channels = tf.reshape(layer, [-1, layer.shape[3]])
    # The means are so much larger than what a texture adds to them that they alone would be matched.
    channels -= tf.reduce_mean(channels, axis=0)
    return tf.matmul(channels, channels, transpose_a=True) / tf.cast(tf.shape(channels)[0], tf.float32)


def difference(found, target):
    """Returns the mean square of the difference, relative to the target's, so that all layers count alike."""
    return tf.reduce_mean(tf.square(found - target)) / tf.reduce_mean(tf.square(target))


class Painting(tf.Module):
    def __init__(self, model, content, style):
        super().__init__()
        self.model = model
        self.content_target = model.network(content[np.newaxis])[model.content_layer]
        of_style = model.network(style[np.newaxis])
        self.style_targets = [gram_matrix(of_style[name]) for name in model.style_layers]
        self.picture = tf.Variable(content[np.newaxis], name="picture")
        self.optimizer = optimizers.Adam([self.picture], learning_rate=0.03)

    def losses(self):
        of_picture = self.model.network(self.picture)
        content_loss = difference(of_picture[self.model.content_layer], self.content_target)
        style_losses = [
            difference(gram_matrix(of_picture[name]), target)
            for name, target in zip(self.model.style_layers, self.style_targets)
        ]
        style_loss = tf.add_n(style_losses) / len(style_losses)
        picture = self.picture
        variation_loss = tf.reduce_mean(tf.square(picture[:, 1:] - picture[:, :-1])) + tf.reduce_mean(
            tf.square(picture[:, :, 1:] - picture[:, :, :-1])
        )
        return content_loss, style_loss, variation_loss

    def loss(self):
        content_loss, style_loss, variation_loss = self.losses()
        return content_weight * content_loss + style_weight * style_loss + variation_weight * variation_loss

    @tf.function
    def paint(self, steps):
        """Changes the picture in so many steps; returns the loss before the last."""
        loss = 0.0
        for _ in tf.range(steps):
            with tf.GradientTape() as tape:
                loss = self.loss()
            self.optimizer.apply([tape.gradient(loss, self.picture)])
        return loss


def train(model, args):
    random = np.random.RandomState(args.seed)
    for done in tutorial.progress(range(0, args.steps, round_size), "Training"):
        count = min(round_size, args.steps - done)
        batches = [textures.batch(random, args.batch_size, side) for _ in range(count)]
        xs, ys = (np.stack(arrays) for arrays in zip(*batches))
        costs = model.train(xs, ys).numpy()
        print("Step:", "%04d" % (done + count), "cost =", "{:.3f}".format(costs[-1]))
        tf.summary.scalar("cost", model.cost(xs[-1], ys[-1]), done + count)
        for variable in model.trainable_variables:
            tf.summary.histogram(variable.name, variable, done + count)

    xs, ys = textures.batch(random, test_size, side)
    predictions = tf.argmax(model(xs), axis=1).numpy()
    print("Accuracy:", np.mean(predictions == np.argmax(ys, axis=1)))


def paint(canvas, args):
    tf.summary.graph(canvas.paint.get_concrete_function(tf.TensorSpec([], tf.int32)).graph)
    for done in tutorial.progress(range(0, args.strokes, round_size), "Painting"):
        step = min(done + round_size, args.strokes)
        loss = canvas.paint(tf.constant(step - done))
        losses = canvas.losses()
        print("Stroke:", "%04d" % step, "loss =", "{:.4f}".format(loss))
        print("Content, style, variation:", *("{:.4f}".format(loss) for loss in losses))
        tf.summary.scalar("content", losses[0], step)
        tf.summary.scalar("style", losses[1], step)
        tf.summary.histogram("picture", canvas.picture, step)
    return canvas.picture[0].numpy()


def main(arguments=None):
    quick = {"steps": 60, "batch_size": 8, "size": 48, "strokes": 50}
    options = tutorial.parser(__file__, __doc__, quick=quick, steps=1000, batch_size=32, size=240, strokes=200)
    options.add_argument("--image", type=Path, metavar="FILE", help="the content, a photograph; default: Grace Hopper")
    options.add_argument("--style", type=Path, metavar="FILE", help="the style, a picture; default: a mosaic")
    args = tutorial.parse(options, arguments)
    content = photo.read(args.image, args.size)
    mosaic = textures.mosaic(np.random.RandomState(args.seed), args.size)
    style = photo.read(args.style, args.size) if args.style else mosaic
    for picture in (content, style):
        if min(picture.shape[:2]) < smallest:
            tutorial.fail("{} by {} pixels are too small, a side needs {}".format(*picture.shape[:2], smallest))
    tf.random.set_seed(args.seed)
    weights = pretrained.weights("VGG19")

    with tf.summary.create_file_writer(str(args.logdir)).as_default():
        model = Vgg(weights) if weights else Model()
        if not weights:
            train(model, args)
        canvas = Painting(model, content, style)
        picture = paint(canvas, args)
    pictures = {"content": content, "style": style, "both": picture}
    figures.save_pictures(args.logdir / "picture.png", pictures)


if __name__ == "__main__":
    tutorial.run(main)
