import tempfile

import numpy as np
import tensorflow as tf

tf.set_random_seed(7)
rng = np.random.RandomState(0)


def feed_dict(train):
    if train:
        xs, k = rng.rand(20, 16), 0.9
    else:
        xs, k = np.linspace(0.0, 1.0, 10 * 16).reshape([10, 16]), 1.0
    return {x: xs, y_: (xs.sum(1) > 8.0).astype(np.int64), keep_prob: k}


with tf.name_scope('input'):
    x = tf.placeholder(tf.float32, [None, 16], name='x-input')
    y_ = tf.placeholder(tf.int64, [None], name='y-input')

with tf.name_scope('input_reshape'):
    image_shaped_input = tf.reshape(x, [-1, 4, 4, 1])
    tf.summary.image('input', image_shaped_input, 2)


def weight_variable(shape):
    """Create a weight variable with appropriate initialization."""
    initial = tf.random_uniform(shape, minval=-0.1, maxval=0.1, seed=3)
    return tf.Variable(initial)


def bias_variable(shape):
    """Create a bias variable with appropriate initialization."""
    initial = tf.constant(0.1, shape=shape)
    return tf.Variable(initial)


def variable_summaries(var):
    """Attach a lot of summaries to a Tensor (for TensorBoard visualization)."""
    with tf.name_scope('summaries'):
        mean = tf.reduce_mean(var)
        tf.summary.scalar('mean', mean)
        with tf.name_scope('stddev'):
            stddev = tf.sqrt(tf.reduce_mean(tf.square(var - mean)))
        tf.summary.scalar('stddev', stddev)
        tf.summary.scalar('max', tf.reduce_max(var))
        tf.summary.scalar('min', tf.reduce_min(var))
        tf.summary.histogram('histogram', var)


def nn_layer(input_tensor, input_dim, output_dim, layer_name, act=tf.nn.relu):
    """Reusable code for making a simple neural net layer."""
    # Adding a name scope ensures logical grouping of the layers in the graph.
    with tf.name_scope(layer_name):
        # This Variable will hold the state of the weights for the layer
        with tf.name_scope('weights'):
            weights = weight_variable([input_dim, output_dim])
            variable_summaries(weights)
        with tf.name_scope('biases'):
            biases = bias_variable([output_dim])
            variable_summaries(biases)
        with tf.name_scope('Wx_plus_b'):
            preactivate = tf.matmul(input_tensor, weights) + biases
            tf.summary.histogram('pre_activations', preactivate)
        activations = act(preactivate, name='activation')
        tf.summary.histogram('activations', activations)
        return activations


hidden1 = nn_layer(x, 16, 8, 'layer1')

with tf.name_scope('dropout'):
    keep_prob = tf.placeholder(tf.float32)
    tf.summary.scalar('dropout_keep_probability', keep_prob)
    scaled = hidden1 * keep_prob

# Do not apply softmax activation yet, see below.
y = nn_layer(scaled, 8, 2, 'layer2', act=tf.identity)

with tf.name_scope('cross_entropy'):
    with tf.name_scope('total'):
        cross_entropy = tf.losses.sparse_softmax_cross_entropy(labels=y_, logits=y)
tf.summary.scalar('cross_entropy', cross_entropy)

with tf.name_scope('train'):
    train_step = tf.train.AdamOptimizer(0.01).minimize(cross_entropy)

with tf.name_scope('accuracy'):
    with tf.name_scope('correct_prediction'):
        correct_prediction = tf.equal(tf.argmax(y, 1), y_)
    with tf.name_scope('accuracy'):
        accuracy = tf.reduce_mean(tf.cast(correct_prediction, tf.float32))
tf.summary.scalar('accuracy', accuracy)

sess = tf.InteractiveSession()
merged = tf.summary.merge_all()
log_dir = tempfile.mkdtemp()
train_writer = tf.summary.FileWriter(log_dir + '/train', sess.graph)
test_writer = tf.summary.FileWriter(log_dir + '/test')
tf.global_variables_initializer().run()

for i in range(6):
    if i % 3 == 0:
        summary, acc = sess.run([merged, accuracy], feed_dict=feed_dict(False))
        test_writer.add_summary(summary, i)
        print('Accuracy at step %s: %s' % (i, acc))
    else:
        # Not both in one run, where 1.15 shows some variables as they were before the step and some as after it.
        sess.run(train_step, feed_dict=feed_dict(True))
        summary, loss = sess.run([merged, cross_entropy], feed_dict=feed_dict(True))
        train_writer.add_summary(summary, i)
        print('Loss at step %s: %s' % (i, loss))
train_writer.close()
test_writer.close()
