"""TextLineReader and decode_csv over two files, a train.batch pipeline and a WholeFileReader."""
from __future__ import print_function

import os
import tempfile

import tensorflow as tf

folder = tempfile.mkdtemp()
rows = [(1.5, 2, 'red'), (0.25, 7, 'blue'), (-3., 1, 'red'), (8., 4, 'green'), (2.5, 9, 'blue'), (4., 6, 'green')]
for part in range(2):
    with open(os.path.join(folder, 'part-%d.csv' % part), 'w') as f:
        f.write('weight,count,color\n')
        for row in rows[part * 3:part * 3 + 3]:
            f.write('%g,%d,%s\n' % row if row[0] > 0 else ',%d,%s\n' % row[1:])

files = sorted(tf.gfile.Glob(os.path.join(folder, '*.csv')))
print([os.path.basename(f) for f in files])
filename_queue = tf.train.string_input_producer(files, shuffle=False)

reader = tf.TextLineReader(skip_header_lines=1)
key, value = reader.read(filename_queue)
weight, count, color = tf.decode_csv(value, record_defaults=[[-1.0], [0], ['none']])
features = tf.stack([weight, tf.cast(count, tf.float32)])
feature_batch, color_batch = tf.train.batch([features, color], batch_size=4, num_threads=1, capacity=8)

whole_queue = tf.train.string_input_producer(files[1:], shuffle=False)
name, content = tf.WholeFileReader().read(whole_queue)

with tf.Session() as sess:
    coord = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(coord=coord)
    for i in range(3):
        f, c = sess.run([feature_batch, color_batch])
        print(i, f.tolist(), [word.decode('utf-8') for word in c])
    n, text = sess.run([name, content])
    print(os.path.basename(n.decode()), len(text), text.decode().split('\n')[1])
    coord.request_stop()
    coord.join(threads)
print([op.type for op in tf.get_default_graph().get_operations() if 'Queue' in op.type and 'Enqueue' not in op.type])
