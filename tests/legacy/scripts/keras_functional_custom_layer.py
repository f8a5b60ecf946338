"""tf.keras functional API with two inputs, a custom layer, a Lambda, a custom loss and train_on_batch."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K

np.random.seed(77)
tf.set_random_seed(77)


class Highway(keras.layers.Layer):
    """y = t * h(x) + (1 - t) * x"""

    def __init__(self, bias=-1.0, **kwargs):
        self.bias = bias
        super(Highway, self).__init__(**kwargs)

    def build(self, input_shape):
        size = int(input_shape[-1])
        self.w_t = self.add_weight(name='w_t', shape=(size, size), initializer='glorot_uniform', trainable=True)
        self.w_h = self.add_weight(name='w_h', shape=(size, size), initializer='orthogonal', trainable=True)
        self.b_t = self.add_weight(name='b_t', shape=(size,), initializer=keras.initializers.Constant(self.bias))
        super(Highway, self).build(input_shape)

    def call(self, x):
        gate = K.sigmoid(K.dot(x, self.w_t) + self.b_t)
        return gate * K.relu(K.dot(x, self.w_h)) + (1 - gate) * x

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        config = super(Highway, self).get_config()
        config['bias'] = self.bias
        return config


def huber(y_true, y_pred):
    error = K.abs(y_true - y_pred)
    return K.mean(tf.where(error < 1.0, 0.5 * K.square(error), error - 0.5))


words = keras.Input(shape=(5,), dtype='int32', name='words')
extra = keras.Input(shape=(4,), name='extra')
embedded = keras.layers.Embedding(20, 4, name='embedding')(words)
pooled = keras.layers.Lambda(lambda t: K.mean(t, axis=1), name='mean')(embedded)
merged = keras.layers.concatenate([pooled, extra], name='merged')
out = keras.layers.Dense(1, name='score')(Highway(name='highway')(merged))
model = keras.Model(inputs=[words, extra], outputs=out)
model.compile(optimizer=keras.optimizers.Adam(lr=0.02), loss=huber, metrics=['mae'])

for layer in model.layers:
    print(layer.name, [tuple(w.shape.as_list()) for w in layer.weights])

w = np.random.randint(0, 20, (32, 5))
e = np.random.randn(32, 4).astype('float32')
target = (w.mean(axis=1) / 10. + e[:, 0])[:, None]
for step in range(12):
    loss, mae = model.train_on_batch({'words': w, 'extra': e}, target)
    if step % 3 == 0:
        print('step %d: huber %.6f, mae %.6f' % (step, loss, mae))

features = keras.Model(model.inputs, model.get_layer('highway').output)
print(features.predict([w[:2], e[:2]]).tolist())
config = model.get_config()
print(sorted(config), [layer['class_name'] for layer in config['layers']])
