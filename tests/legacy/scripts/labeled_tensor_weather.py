"""Tensors with named axes: a regression of temperatures by station, in which no axis is given by its number."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import labeled_tensor as lt

STATIONS = ['north', 'east', 'south', 'west']
INPUTS = ['sun', 'wind', 'rain']

rng = np.random.RandomState(8)
weather = rng.uniform(0, 1, (30, 4, 3)).astype(np.float32)
true_weights = np.array([4.0, -2.0, -1.0], np.float32)
offsets = np.array([-3.0, 0.0, 3.0, 1.0], np.float32)
temperature = weather.dot(true_weights) + offsets + rng.normal(0, 0.1, (30, 4)).astype(np.float32)

tf.set_random_seed(3)
x = lt.placeholder(tf.float32, ['day', ('station', STATIONS), ('input', INPUTS)], name='x')
y = lt.placeholder(tf.float32, ['day', ('station', STATIONS)], name='y')

weights = lt.LabeledTensor(tf.get_variable('weights', [3])[:], [('input', INPUTS)])
by_station = lt.LabeledTensor(
    tf.get_variable('offsets', [4], initializer=tf.zeros_initializer())[:], [('station', STATIONS)])

predicted = lt.reduce_sum(x * weights, 'input') + by_station
error = lt.reduce_mean(lt.squared_difference(predicted, y), name='error')
by_place = lt.sqrt(lt.reduce_mean(lt.square(predicted - y), 'day'))
train = tf.train.AdamOptimizer(0.1).minimize(error.tensor)

print('predicted', list(predicted.axes.keys()), 'labels', predicted.axes['station'].labels)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feed = {x.tensor: weather, y.tensor: temperature}
    for step in range(101):
        loss, _ = sess.run([error, train], feed)
        if step % 20 == 0:
            print('step %d loss %.5f' % (step, loss))
    print('weights', np.round(sess.run(weights), 3).tolist())
    print('by station', np.round(sess.run(by_place, feed), 3).tolist())

    south = lt.select(y, {'station': 'south'})
    edges = lt.select(y, {'station': ['west', 'north']})
    print('south', list(south.axes), np.round(sess.run(lt.reduce_mean(south), feed), 4))
    print('edges', edges.axes['station'].labels, np.round(sess.run(edges[0, :], feed), 4).tolist())

    wide = lt.reshape(x, ['station', 'input'], [('feature', 12)])
    print('wide', sess.run(wide, feed).shape)
    padded = lt.pad(by_station, {'station': (['top'], [])})
    print('padded', padded.axes['station'].labels)
    mixed = lt.transpose(x, ['input', 'day', 'station'])
    try:
        mixed + x
    except lt.AxisOrderError as error:
        print('refused:', type(error).__name__)
    with lt.axis_order_scope(['day', 'station', 'input']):
        total = lt.impose_axis_order(mixed) + x
        print('ordered', list(total.axes), np.round(sess.run(lt.reduce_sum(total), feed), 2))
    try:
        lt.select(y, {'station': 'center'})
    except KeyError as error:
        print('no station', error)
