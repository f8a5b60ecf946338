"""Style transfer: a photograph is changed until a network sees in it the colours and strokes of another picture."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np

from tf1graphs import figures, tutorial
from tf1graphs.datasets import photo, pretrained, textures
import tf1graphs.v1 as tf

n_class = len(textures.NAMES)
side = 32
kernels = {"conv1": [5, 5, 3, 16], "conv2": [3, 3, 16, 32], "conv3": [3, 3, 32, 48], "conv4": [3, 3, 48, 64]}
# The layer whose activations are the content, and those whose Gram matrices are the style.
content_layer, style_layers = "conv4", ["conv1", "conv2", "conv3", "conv4"]
vgg_content_layer = "block5_conv2"
vgg_style_layers = ["block1_conv1", "block2_conv1", "block3_conv1", "block4_conv1", "block5_conv1"]
content_weight, style_weight, variation_weight = 1.0, 100.0, 0.5
# Every so many steps the losses are printed; so many textures measure the accuracy.
round_size = 50
test_size = 300
# The last layer must see more than one place, or nothing deviates there from the mean.
smallest = 32


def build():
    X = tf.placeholder(tf.float32, [None, None, None, 3], name="X")
    Y = tf.placeholder(tf.float32, [None, n_class], name="Y")

    weights = {}
    for name, shape in kernels.items():
        W = tf.Variable(tf.random_normal(shape, stddev=(2 / np.prod(shape[:3])) ** 0.5), name=name + "_W")
        weights[name] = W, tf.Variable(tf.zeros(shape[3:]), name=name + "_b")

    def network(x):
        layers = {}
        current = 2 * x - 1
        for name, (W, b) in weights.items():
            layers[name] = tf.nn.relu(tf.nn.conv2d(current, W, [1, 1, 1, 1], "SAME") + b)
            current = tf.nn.avg_pool(layers[name], [1, 2, 2, 1], [1, 2, 2, 1], "SAME")
        layers["last"] = current
        return layers

    W = tf.Variable(tf.random_normal([64, n_class], stddev=0.1), name="W")
    model = tf.matmul(tf.reduce_mean(network(X)["last"], axis=[1, 2]), W)

    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=model, labels=Y))
    train_op = tf.train.AdamOptimizer(0.003).minimize(cost)

    summaries = [tf.summary.scalar("cost", cost)]
    summaries += [tf.summary.histogram(variable.op.name, variable) for variable in tf.trainable_variables()]
    return SimpleNamespace(
        X=X,
        Y=Y,
        network=network,
        content_layer=content_layer,
        style_layers=style_layers,
        model=model,
        cost=cost,
        train_op=train_op,
        merged=tf.summary.merge(summaries),
    )


def vgg():
    vgg19 = tf.keras.applications.VGG19(include_top=False, weights=None)
    names = [vgg_content_layer, *vgg_style_layers]
    features = tf.keras.Model(vgg19.input, {name: vgg19.get_layer(name).output for name in names})
    return SimpleNamespace(
        X=tf.placeholder(tf.float32, [None, None, None, 3], name="X"),
        network=lambda x: features(tf.keras.applications.vgg19.preprocess_input(255 * x)),
        content_layer=vgg_content_layer,
        style_layers=vgg_style_layers,
        load_weights=vgg19.load_weights,
    )


def gram_matrix(layer):
    """Returns [channels, channels]: how strongly each two channels rise above their means at the same places."""
    channels = tf.reshape(layer, [-1, layer.shape[3]])
    # The means are so much larger than what a texture adds to them that they alone would be matched.
    channels -= tf.reduce_mean(channels, axis=0)
    return tf.matmul(channels, channels, transpose_a=True) / tf.cast(tf.shape(channels)[0], tf.float32)


def difference(found, target):
    """Returns the mean square of the difference, relative to the target's, so that all layers count alike."""
    return tf.reduce_mean(tf.square(found - target)) / tf.reduce_mean(tf.square(target))


def painting(graph, photograph):
    of_X = graph.network(graph.X)
    content = of_X[graph.content_layer]
    style = [gram_matrix(of_X[name]) for name in graph.style_layers]
    content_target = tf.placeholder(tf.float32, content.shape, name="content_target")
    style_targets = [tf.placeholder(tf.float32, gram.shape) for gram in style]

    picture = tf.Variable(photograph[np.newaxis], name="picture")
    of_picture = graph.network(picture)
    content_loss = difference(of_picture[graph.content_layer], content_target)
    style_losses = [
        difference(gram_matrix(of_picture[name]), target) for name, target in zip(graph.style_layers, style_targets)
    ]
    style_loss = tf.add_n(style_losses) / len(style_losses)
    variation_loss = tf.reduce_mean(tf.square(picture[:, 1:] - picture[:, :-1])) + tf.reduce_mean(
        tf.square(picture[:, :, 1:] - picture[:, :, :-1])
    )
    loss = content_weight * content_loss + style_weight * style_loss + variation_weight * variation_loss
    paint_op = tf.train.AdamOptimizer(0.03).minimize(loss, var_list=[picture])

    summaries = [tf.summary.scalar("content", content_loss), tf.summary.scalar("style", style_loss)]
    return SimpleNamespace(
        content=content,
        style=style,
        content_target=content_target,
        style_targets=style_targets,
        picture=picture,
        loss=loss,
        losses=[content_loss, style_loss, variation_loss],
        paint_op=paint_op,
        merged=tf.summary.merge([*summaries, tf.summary.histogram("picture", picture)]),
    )


def train(sess, graph, writer, args):
    random = np.random.RandomState(args.seed)
    for step in tutorial.progress(range(1, args.steps + 1), "Training"):
        xs, ys = textures.batch(random, args.batch_size, side)
        _, cost_val = sess.run([graph.train_op, graph.cost], {graph.X: xs, graph.Y: ys})
        if step % round_size == 0 or step == args.steps:
            print("Step:", "%04d" % step, "cost =", "{:.3f}".format(cost_val))
            writer.add_summary(sess.run(graph.merged, {graph.X: xs, graph.Y: ys}), step)

    xs, ys = textures.batch(random, test_size, side)
    predictions = np.argmax(sess.run(graph.model, {graph.X: xs}), axis=1)
    print("Accuracy:", np.mean(predictions == np.argmax(ys, axis=1)))


def paint(sess, graph, canvas, content, style, writer, args):
    targets = {canvas.content_target: sess.run(canvas.content, {graph.X: content[np.newaxis]})}
    targets.update(zip(canvas.style_targets, sess.run(canvas.style, {graph.X: style[np.newaxis]})))
    for step in tutorial.progress(range(1, args.strokes + 1), "Painting"):
        _, loss_val = sess.run([canvas.paint_op, canvas.loss], targets)
        if step % round_size == 0 or step == args.strokes:
            print("Stroke:", "%04d" % step, "loss =", "{:.4f}".format(loss_val))
            print("Content, style, variation:", *("{:.4f}".format(loss) for loss in sess.run(canvas.losses, targets)))
            writer.add_summary(sess.run(canvas.merged, targets), step)
    return sess.run(canvas.picture)[0]


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
    tf.set_random_seed(args.seed)
    weights = pretrained.weights("VGG19")
    graph = vgg() if weights else build()
    canvas = painting(graph, content)

    with tf.Session() as sess, tf.summary.FileWriter(str(args.logdir), sess.graph) as writer:
        sess.run(tf.global_variables_initializer())
        if weights:
            graph.load_weights(str(weights))
        else:
            train(sess, graph, writer, args)
        picture = paint(sess, graph, canvas, content, style, writer, args)
    pictures = {"content": content, "style": style, "both": picture}
    figures.save_pictures(args.logdir / "picture.png", pictures)


if __name__ == "__main__":
    tutorial.run(main)
