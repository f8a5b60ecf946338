import tensorflow as tf

from data import batches
from model import Classifier


def main():
    tf.set_random_seed(1)
    model = Classifier()
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for x, y in batches(20):
            _, loss, step = sess.run([model.train_op, model.loss, model.global_step], {model.x: x, model.y: y})
            if step % 5 == 0:
                print(step, loss)
        model.saver.save(sess, 'ckpt/model', global_step=model.global_step)


if __name__ == '__main__':
    main()
