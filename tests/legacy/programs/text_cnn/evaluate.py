"""Evaluates a checkpoint: the network comes from its meta graph, the words from the saved vocabulary."""
import csv
import os

import numpy as np
import tensorflow as tf
from tensorflow.contrib import learn

import data_helpers

SENTENCES = ['the plot is a joy', "every scene doesn't work", 'its music shines', 'the unknown drags on']


def evaluate(checkpoint_dir, batch_size=3):
    x_raw = [data_helpers.clean_str(sentence) for sentence in SENTENCES]
    y_test = [1, 0, 1, 0]
    vocab_path = os.path.join(checkpoint_dir, '..', 'vocab')
    vocab_processor = learn.preprocessing.VocabularyProcessor.restore(vocab_path)
    x_test = np.array(list(vocab_processor.transform(x_raw)))
    print(x_test[:, :5].tolist())

    checkpoint_file = tf.train.latest_checkpoint(checkpoint_dir)
    graph = tf.Graph()
    with graph.as_default():
        sess = tf.Session()
        with sess.as_default():
            saver = tf.train.import_meta_graph('{}.meta'.format(checkpoint_file))
            saver.restore(sess, checkpoint_file)
            input_x = graph.get_operation_by_name('input_x').outputs[0]
            dropout_keep_prob = graph.get_operation_by_name('dropout_keep_prob').outputs[0]
            predictions = graph.get_operation_by_name('output/predictions').outputs[0]
            scores = graph.get_tensor_by_name('output/scores:0')
            all_predictions = np.array([], int)
            for x_test_batch in data_helpers.batch_iter(list(x_test), batch_size, 1, shuffle=False):
                feed_dict = {input_x: x_test_batch.astype(np.int32), dropout_keep_prob: 1.0}
                batch_predictions, batch_scores = sess.run([predictions, scores], feed_dict)
                all_predictions = np.concatenate([all_predictions, batch_predictions])
                print(np.array2string(batch_scores, formatter={'float': '{:.4f}'.format}))
    print('Accuracy: {:g}'.format(np.mean(all_predictions == y_test)))

    out_path = os.path.join(checkpoint_dir, '..', 'prediction.csv')
    with open(out_path, 'w') as f:
        csv.writer(f).writerows(zip(SENTENCES, all_predictions))
    with open(out_path) as f:
        print(f.read())
