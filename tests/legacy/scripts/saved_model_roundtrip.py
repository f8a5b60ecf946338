"""SavedModelBuilder with signatures and a vocabulary asset, loader.load by tag, and simple_save."""
from __future__ import print_function

import os
import tempfile

import tensorflow as tf

base = tempfile.mkdtemp()
vocabulary = os.path.join(base, 'vocab.txt')
with open(vocabulary, 'w') as f:
    f.write('\n'.join(['good', 'bad', 'film']))

export_path = os.path.join(base, 'model', '1')
with tf.Graph().as_default(), tf.Session() as sess:
    tf.set_random_seed(80)
    words = tf.placeholder(tf.string, [None], name='words')
    table = tf.contrib.lookup.index_table_from_file(tf.constant(vocabulary), num_oov_buckets=1)
    embedding = tf.get_variable('embedding', [4, 2], initializer=tf.random_normal_initializer())
    vectors = tf.nn.embedding_lookup(embedding, table.lookup(words), name='vectors')
    score = tf.sigmoid(tf.reduce_sum(vectors, axis=1), name='score')
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
    print(sess.run(score, {words: ['good', 'film', 'unknown']}).tolist())

    signature = tf.saved_model.signature_def_utils.build_signature_def(
        inputs={'words': tf.saved_model.utils.build_tensor_info(words)},
        outputs={'scores': tf.saved_model.utils.build_tensor_info(score)},
        method_name=tf.saved_model.signature_constants.PREDICT_METHOD_NAME)
    vector_signature = tf.saved_model.signature_def_utils.predict_signature_def({'words': words}, {'vectors': vectors})
    builder = tf.saved_model.builder.SavedModelBuilder(export_path)
    builder.add_meta_graph_and_variables(
        sess, [tf.saved_model.tag_constants.SERVING],
        signature_def_map={tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY: signature,
                           'vectors': vector_signature},
        assets_collection=tf.get_collection(tf.GraphKeys.ASSET_FILEPATHS),
        legacy_init_op=tf.group(tf.tables_initializer(), name='legacy_init_op'))
    builder.save()

print(sorted(os.listdir(export_path)), os.listdir(os.path.join(export_path, 'assets')))
print(tf.saved_model.loader.maybe_saved_model_directory(export_path))

with tf.Session(graph=tf.Graph()) as sess:
    meta_graph_def = tf.saved_model.loader.load(sess, [tf.saved_model.tag_constants.SERVING], export_path)
    for key in sorted(meta_graph_def.signature_def):
        signature = meta_graph_def.signature_def[key]
        print(key, sorted(signature.inputs), sorted(signature.outputs), signature.method_name)
    signature = meta_graph_def.signature_def['serving_default']
    fetch, feed = signature.outputs['scores'].name, signature.inputs['words'].name
    print(fetch, sess.run(fetch, {feed: ['good', 'bad']}).tolist())

try:
    with tf.Session(graph=tf.Graph()) as sess:
        tf.saved_model.loader.load(sess, ['train'], export_path)
except RuntimeError as e:
    print('RuntimeError', 'could not be found in SavedModel' in str(e))

with tf.Session(graph=tf.Graph()) as sess:
    x = tf.placeholder(tf.float32, [None])
    y = x * tf.get_variable('scale', initializer=2.5)
    sess.run(tf.global_variables_initializer())
    tf.saved_model.simple_save(sess, os.path.join(base, 'simple'), inputs={'x': x}, outputs={'y': y})
predictor = tf.contrib.predictor.from_saved_model(os.path.join(base, 'simple'))
print(predictor({'x': [1., 2.]})['y'].tolist())
