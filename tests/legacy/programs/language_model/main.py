"""Trains a small language model on an embedded text, and lets it continue a prompt."""
import json
import os
import tempfile

import numpy as np
import tensorflow as tf

import encoder
import model
import sample

TEXT = """The fox ran down to the river, and the river ran down to the sea.
"What does the sea say?" asked the fox. "It says what the river says," said the otter.
The otter swam down to the sea, and the sea said what the river said.
"What does the river say?" asked the sea. "It says what the rain says," said the otter.
The rain ran down to the river, and the fox ran home; the otter's home is the river.
"""
BATCH, LENGTH, STEPS, SEED = 8, 16, 60, 2019


def batches(tokens, rng):
    while True:
        starts = rng.randint(0, len(tokens) - LENGTH, BATCH)
        yield np.stack([tokens[start:start + LENGTH] for start in starts])


def main():
    np.random.seed(SEED)
    tf.set_random_seed(SEED)
    enc = encoder.get_encoder(TEXT)
    models_dir = tempfile.mkdtemp()
    with open(os.path.join(models_dir, 'hparams.json'), 'w') as f:
        json.dump({'n_vocab': len(enc.encoder), 'n_layer': 2}, f)
    hparams = model.default_hparams()
    with open(os.path.join(models_dir, 'hparams.json')) as f:
        hparams.override_from_dict(json.load(f))
    print(hparams.to_json(sort_keys=True))
    tokens = np.array(enc.encode(TEXT))
    print('%d characters, %d tokens' % (len(TEXT), len(tokens)), enc.decode(tokens) == TEXT)
    print([enc.decode([i]) for i in tokens[:8]])

    with tf.Session(graph=tf.get_default_graph()) as sess:
        context = tf.placeholder(tf.int32, [BATCH, None])
        output = model.model(hparams=hparams, X=context)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=context[:, 1:], logits=output['logits'][:, :-1]))
        tf_sample = sample.sample_sequence(hparams=hparams, length=14, context=context, batch_size=BATCH,
                                           temperature=0.8, top_k=5)
        train_vars = [v for v in tf.trainable_variables() if 'model' in v.name]
        print(len(train_vars), sum(int(np.prod(v.shape.as_list())) for v in train_vars))
        opt = tf.train.AdamOptimizer(learning_rate=3e-3)
        grads, _ = tf.clip_by_global_norm(tf.gradients(loss, train_vars), 1.0)
        opt_apply = opt.apply_gradients(zip(grads, train_vars))
        summary_loss = tf.summary.scalar('loss', loss)
        saver = tf.train.Saver(var_list=train_vars, max_to_keep=5)
        sess.run(tf.global_variables_initializer())
        summary_log = tf.summary.FileWriter(os.path.join(models_dir, 'log'))
        data = batches(tokens, np.random.RandomState(SEED))
        avg_loss = (0.0, 0.0)
        for counter in range(1, STEPS + 1):
            _, v_loss, v_summary = sess.run((opt_apply, loss, summary_loss), feed_dict={context: next(data)})
            summary_log.add_summary(v_summary, counter)
            avg_loss = (avg_loss[0] * 0.9 + v_loss, avg_loss[1] * 0.9 + 1.0)
            if counter % 10 == 0:
                print('[%d] loss=%.4f avg=%.4f' % (counter, v_loss, avg_loss[0] / avg_loss[1]))
        summary_log.close()
        saver.save(sess, os.path.join(models_dir, 'model'), global_step=STEPS)

        sess.run(tf.global_variables_initializer())
        saver.restore(sess, tf.train.latest_checkpoint(models_dir))
        prompt = enc.encode('The otter ran')
        out = sess.run(tf_sample, feed_dict={context: [prompt for _ in range(BATCH)]})
        for row in out[:4]:
            print(row[len(prompt):].tolist(), repr(enc.decode(row)))
        past, = sess.run([output['present']], {context: [prompt for _ in range(BATCH)]})
        print(past.shape, '%.4f' % np.abs(past).mean())


if __name__ == '__main__':
    main()
