import tensorflow as tf

flags = tf.app.flags
flags.DEFINE_integer('hidden', 6, 'Units of the hidden layer.')
flags.DEFINE_float('rate', 0.05, 'Learning rate.')
FLAGS = flags.FLAGS
