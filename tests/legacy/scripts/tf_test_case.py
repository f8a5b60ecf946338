"""tf.test.TestCase: test_session, assertAllClose, gradient checks, temporary directories, expected failures."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import os
import sys
import unittest

import numpy as np
import tensorflow as tf


def softplus_loss(x, scale):
    return tf.reduce_sum(tf.nn.softplus(x * scale) - x)


class SoftplusLossTest(tf.test.TestCase):

    def setUp(self):
        super(SoftplusLossTest, self).setUp()
        self.x = np.array([-1.0, 0.0, 2.0], dtype=np.float32)

    def testValue(self):
        with self.test_session():
            loss = softplus_loss(tf.constant(self.x), 2.0)
            self.assertAllClose(np.sum(np.log1p(np.exp(2 * self.x)) - self.x), loss.eval(), rtol=1e-5)
            self.assertEqual([], loss.get_shape().as_list())

    def testGradient(self):
        with self.cached_session():
            x = tf.constant(self.x)
            error = tf.test.compute_gradient_error(x, [3], softplus_loss(x, 2.0), [], x_init_value=self.x)
            self.assertLess(error, 1e-2)
            analytic, numeric = tf.test.compute_gradient(x, [3], softplus_loss(x, 2.0), [], x_init_value=self.x)
            self.assertAllClose(analytic, numeric, atol=1e-2)
            self.assertShapeEqual(np.zeros((3, 1)), tf.constant(analytic))

    def testSeed(self):
        with self.session(graph=tf.Graph()) as sess:
            tf.set_random_seed(87654321)
            draws = sess.run(tf.random_normal([3]))
        print('draws', draws.tolist())
        self.assertAllEqual(draws.shape, (3,))

    def testFiles(self):
        path = os.path.join(self.get_temp_dir(), 'x.txt')
        with tf.gfile.FastGFile(path, 'w') as f:
            f.write('content')
        self.assertTrue(tf.gfile.Exists(path))
        self.assertStartsWith(tf.gfile.GFile(path).read(), 'con')

    def testErrors(self):
        with self.test_session():
            with self.assertRaisesOpError('Expected a value'):
                tf.check_numerics(tf.constant(np.nan), 'Expected a value').eval()
            with self.assertRaisesRegexp(ValueError, 'Dimensions must be equal'):
                tf.add(tf.zeros([2]), tf.zeros([3]))
            with self.assertRaises(tf.errors.InvalidArgumentError):
                tf.placeholder(tf.float32).eval()

    def testProto(self):
        config = tf.ConfigProto(intra_op_parallelism_threads=3)
        self.assertProtoEquals('intra_op_parallelism_threads: 3', config)
        self.assertAllInRange([0.1, 0.9], 0.0, 1.0)
        self.assertNear(1.0, 1.0001, 0.01)
        self.assertNotAllClose([1.0], [2.0])


if __name__ == '__main__':
    suite = unittest.TestLoader().loadTestsFromTestCase(SoftplusLossTest)
    result = unittest.TextTestRunner(stream=sys.stderr).run(suite)
    print('ran %d, failures %d, errors %d' % (result.testsRun - len(result.skipped), len(result.failures), len(result.errors)))
    for case, trace in result.failures + result.errors:
        print(case.id(), trace)
    print('gpu', tf.test.is_gpu_available(), 'cuda name', repr(tf.test.gpu_device_name()))
