import tensorflow as tf

import data
import model as m


def main():
    net = m.Classifier()
    with tf.Session() as sess:
        net.saver.restore(sess, tf.train.latest_checkpoint('ckpt'))
        for x, y in data.batches(2, seed=1):
            print(sess.run(net.accuracy, {net.x: x, net.y: y}))
            print(sess.run(net.prediction, {net.x: x}))


if __name__ == '__main__':
    main()
