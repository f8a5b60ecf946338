"""A single-shot detector of squares and crosses: slim nets under arg_scopes, anchors, hard negatives, queues."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf

import net

slim = tf.contrib.slim
tf.app.flags.DEFINE_integer('batch_size', 4, 'The number of samples in each batch.')
tf.app.flags.DEFINE_float('learning_rate', 0.004, 'Initial learning rate.')
tf.app.flags.DEFINE_float('end_learning_rate', 0.001, 'The minimal end learning rate of the decay.')
tf.app.flags.DEFINE_float('negative_ratio', 100., 'Negative anchors for each positive one.')
tf.app.flags.DEFINE_float('moving_average_decay', 0.9, 'The decay to use for the moving average.')
tf.app.flags.DEFINE_integer('max_number_of_steps', 60, 'The maximum number of training steps.')
FLAGS = tf.app.flags.FLAGS
SHAPE, PICTURES = 32, 24


def draw(rng):
    """A picture with one or two figures; labels and boxes as parts of the picture."""
    image = rng.uniform(0, 0.2, (SHAPE, SHAPE, 1)).astype(np.float32)
    labels, bboxes = [], []
    for half in range(rng.randint(1, 3)):
        size, kind = rng.randint(6, 13), rng.randint(1, 3)
        top, left = rng.randint(0, SHAPE - size), half * 16 + rng.randint(0, max(1, 16 - size))
        figure = image[top:top + size, left:left + size, 0]
        if kind == 1:
            figure[:] = 0.9
        else:
            middle = size // 2
            figure[middle - 1:middle + 1] = figure[:, middle - 1:middle + 1] = 0.9
        labels.append(kind)
        bboxes.append(np.array([top, left, top + size, left + size]) / float(SHAPE))
    return image, labels, bboxes


def write_records(path, seed):
    rng = np.random.RandomState(seed)
    with tf.python_io.TFRecordWriter(path) as writer:
        for _ in range(PICTURES):
            image, labels, bboxes = draw(rng)
            feature = {'image/raw': tf.train.Feature(bytes_list=tf.train.BytesList(value=[image.tobytes()])),
                       'image/object/bbox/label': tf.train.Feature(int64_list=tf.train.Int64List(value=labels))}
            for k, name in enumerate(['ymin', 'xmin', 'ymax', 'xmax']):
                feature['image/object/bbox/' + name] = tf.train.Feature(
                    float_list=tf.train.FloatList(value=[box[k] for box in bboxes]))
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())


class Raw(slim.tfexample_decoder.ItemHandler):
    def __init__(self):
        super(Raw, self).__init__('image/raw')

    def tensors_to_item(self, keys_to_tensors):
        return tf.reshape(tf.decode_raw(keys_to_tensors['image/raw'], tf.float32), [SHAPE, SHAPE, 1])


def get_dataset(path):
    keys_to_features = {'image/raw': tf.FixedLenFeature((), tf.string, default_value=''),
                        'image/object/bbox/label': tf.VarLenFeature(dtype=tf.int64)}
    for name in ['ymin', 'xmin', 'ymax', 'xmax']:
        keys_to_features['image/object/bbox/' + name] = tf.VarLenFeature(dtype=tf.float32)
    items_to_handlers = {
        'image': Raw(),
        'object/bbox': slim.tfexample_decoder.BoundingBox(['ymin', 'xmin', 'ymax', 'xmax'], 'image/object/bbox/'),
        'object/label': slim.tfexample_decoder.Tensor('image/object/bbox/label'),
    }
    return slim.dataset.Dataset(
        data_sources=path, reader=tf.TFRecordReader, num_samples=PICTURES, num_classes=3, items_to_descriptions={},
        decoder=slim.tfexample_decoder.TFExampleDecoder(keys_to_features, items_to_handlers))


def train(path, folder):
    with tf.Graph().as_default():
        tf.set_random_seed(2017)
        global_step = slim.create_global_step()
        ssd_net = net.SSDNet()
        print('%d anchors' % net.anchors_count(ssd_net))
        provider = slim.dataset_data_provider.DatasetDataProvider(
            get_dataset(path), num_readers=1, shuffle=False, common_queue_capacity=16, common_queue_min=4)
        image, glabels, gbboxes = provider.get(['image', 'object/label', 'object/bbox'])
        gclasses, glocalisations, gscores = ssd_net.bboxes_encode(glabels, gbboxes)
        tensors = [image] + gclasses + glocalisations + gscores
        batch = tf.train.batch(tensors, batch_size=FLAGS.batch_size, num_threads=1, capacity=8)
        layers = len(gclasses)
        parts = [batch[1 + k * layers:1 + (k + 1) * layers] for k in range(3)]

        with slim.arg_scope(ssd_net.arg_scope()):
            _, localisations, logits, _ = ssd_net.net(batch[0], is_training=True)
        # All negatives: which of them are the hardest few would hang on rounding.
        n_positives = net.ssd_losses(logits, localisations, *parts, negative_ratio=FLAGS.negative_ratio)
        update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
        learning_rate = tf.train.polynomial_decay(FLAGS.learning_rate, global_step, FLAGS.max_number_of_steps,
                                                  FLAGS.end_learning_rate)
        variable_averages = tf.train.ExponentialMovingAverage(FLAGS.moving_average_decay, global_step)
        optimizer = tf.train.RMSPropOptimizer(learning_rate, decay=0.9, momentum=0.5, epsilon=1.0)
        total_loss = tf.losses.get_total_loss()
        grads = optimizer.compute_gradients(total_loss)
        grad_updates = optimizer.apply_gradients(grads, global_step=global_step)
        with tf.control_dependencies(update_ops + [grad_updates]):
            averages_op = variable_averages.apply(slim.get_model_variables())
        with tf.control_dependencies([averages_op]):
            train_tensor = tf.identity(total_loss, name='train_op')
        print(len(slim.get_model_variables()), len(tf.losses.get_losses()), len(tf.losses.get_regularization_losses()))
        saver = tf.train.Saver()
        with tf.Session() as sess, slim.queues.QueueRunners(sess):
            sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
            losses = []
            for step in range(FLAGS.max_number_of_steps):
                loss, positives = sess.run([train_tensor, n_positives])
                losses.append(loss)
                if step % 10 == 9:
                    print('step %d loss %.3f mean %.3f' % (step + 1, loss, np.mean(losses[-10:])), int(positives))
            return saver.save(sess, os.path.join(folder, 'model.ckpt'))


def detect(checkpoint):
    with tf.Graph().as_default():
        ssd_net = net.SSDNet()
        picture = tf.placeholder(tf.float32, [SHAPE, SHAPE, 1])
        with slim.arg_scope(ssd_net.arg_scope(is_training=False)):
            predictions, localisations, _, _ = ssd_net.net(tf.expand_dims(picture, 0), is_training=False)
        found = ssd_net.detected(predictions, localisations)
        averages = tf.train.ExponentialMovingAverage(FLAGS.moving_average_decay)
        init = slim.assign_from_checkpoint_fn(checkpoint, averages.variables_to_restore(slim.get_model_variables()))
        rng = np.random.RandomState(1)
        with tf.Session() as sess:
            init(sess)
            for _ in range(3):
                image, labels, bboxes = draw(rng)
                print('drawn', [(int(label), np.round(box, 2).tolist()) for label, box in zip(labels, bboxes)])
                for label, (scores, places) in sorted(sess.run(found, {picture: image}).items()):
                    print(label, '%.2f' % scores[0], ' '.join('%.2f' % edge for edge in places[0]))


def main(_):
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, 'figures.tfrecord')
    write_records(path, seed=9)
    detect(train(path, folder))


if __name__ == '__main__':
    tf.app.run()
