import tensorflow as tf


class Model(object):
    """What all models do."""

    def __init__(self, settings):
        self.settings = settings
        with tf.variable_scope("counters"):
            self.step = tf.Variable(0, trainable=False, name="step")
            self.epoch = tf.Variable(0, trainable=False, name="epoch")
            self.next_epoch = tf.assign(self.epoch, self.epoch + 1)

    def build(self):
        raise NotImplementedError

    def store(self, sess):
        self.saver.save(sess, self.settings.path, self.step)

    def recover(self, sess):
        self.saver.restore(sess, tf.train.latest_checkpoint(self.settings.folder))


class Trainer(object):
    """Goes through the data, epoch by epoch."""

    def __init__(self, sess, model, data):
        self.sess = sess
        self.model = model
        self.data = data
        self.sess.run(tf.group(tf.global_variables_initializer(), tf.local_variables_initializer()))

    def train(self):
        while self.model.epoch.eval(self.sess) < self.model.settings.epochs:
            self.train_epoch()
            self.sess.run(self.model.next_epoch)
        self.model.store(self.sess)

    def train_epoch(self):
        raise NotImplementedError
