"""ConfigProto, RunOptions and RunMetadata with a timeline, make_callable, partial_run, feeding and overriding tensors."""
from __future__ import print_function

import json

import numpy as np
import tensorflow as tf
from tensorflow.python.client import device_lib, timeline

config = tf.ConfigProto(allow_soft_placement=True, log_device_placement=False,
                        inter_op_parallelism_threads=1, intra_op_parallelism_threads=1, device_count={'CPU': 1})
config.gpu_options.allow_growth = True
config.gpu_options.per_process_gpu_memory_fraction = 0.4
config.graph_options.optimizer_options.global_jit_level = tf.OptimizerOptions.OFF
print(config.device_count['CPU'], config.gpu_options.allow_growth, [d.device_type for d in device_lib.list_local_devices()][:1])

a = tf.placeholder(tf.float32, shape=[], name='a')
b = tf.placeholder(tf.float32, shape=[], name='b')
c = tf.placeholder(tf.float32, shape=[], name='c')
r1 = tf.subtract(a, b, name='r1')
r2 = tf.multiply(r1, c, name='r2')
noise = tf.random_normal([2], seed=1234)
total = tf.reduce_sum(noise) + r2

sess = tf.Session('', config=config)
handle = sess.partial_run_setup([r1, r2], [a, b, c])
half_way = sess.partial_run(handle, r1, feed_dict={a: 9, b: 2})
print('partial', half_way, sess.partial_run(handle, r2, feed_dict={c: half_way + 1}))

print('override', sess.run(r2, {r1: 7, c: 2}), sess.run('r2:0', {'r1:0': 1, 'c:0': np.float64(2.5)}))
call = sess.make_callable(total, feed_list=[a, b, c])
print('callable', [float(call(1, 1, i)) for i in range(3)])

run_metadata = tf.RunMetadata()
value = sess.run(total, {a: 0, b: 0, c: 0}, options=tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE),
                 run_metadata=run_metadata)
trace = json.loads(timeline.Timeline(run_metadata.step_stats).generate_chrome_trace_format())
print('traced', float(value), any(e.get('args', {}).get('op') == 'RandomStandardNormal' for e in trace['traceEvents']))
print('fetch structures', sess.run([r1, {'twice': (r1, a)}, [b]], {a: 1, b: 2}))
print('empty fetch', sess.run([]), sess.run(tf.no_op()), sess.run([tf.no_op(), a], {a: 3}))
print('feedable', sess.graph.is_feedable(a), sess.graph.is_fetchable(a))

with tf.Session(config=tf.ConfigProto(operation_timeout_in_ms=300)) as slow:
    queue = tf.FIFOQueue(1, tf.float32)
    try:
        slow.run(queue.dequeue())
    except tf.errors.DeadlineExceededError as e:
        print(type(e).__name__)
sess.close()
with tf.Session() as first:
    with tf.Session(graph=tf.Graph()) as second:
        print(tf.get_default_session() is second, tf.get_default_graph() is second.graph)
    print(tf.get_default_session() is first)
print(tf.get_default_session())
