import numpy as np
import tensorflow as tf
from base import Model, Trainer


class Classifier(Model):
    def __init__(self, settings):
        super(Classifier, self).__init__(settings)
        self.build()
        self.saver = tf.train.Saver(max_to_keep=2)

    def build(self):
        self.x = tf.placeholder(tf.float32, [None, self.settings.features])
        self.labels = tf.placeholder(tf.int32, [None])
        hidden = tf.layers.dense(self.x, 8, activation=tf.nn.tanh, name="hidden")
        self.logits = tf.layers.dense(hidden, 3, name="logits")
        self.loss = tf.losses.sparse_softmax_cross_entropy(self.labels, self.logits)
        self.train_op = tf.train.AdamOptimizer(self.settings.rate).minimize(self.loss, global_step=self.step)


class ClassifierTrainer(Trainer):
    def train_epoch(self):
        losses = []
        for x, labels in self.data:
            feed_dict = {self.model.x: x, self.model.labels: labels}
            _, loss = self.sess.run([self.model.train_op, self.model.loss], feed_dict=feed_dict)
            losses.append(loss)
        print(self.model.step.eval(self.sess), np.mean(losses))
