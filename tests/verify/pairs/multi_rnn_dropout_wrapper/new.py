import keras
import numpy as np
import tensorflow as tf

glorot = keras.initializers.GlorotUniform()


class CharModel(tf.Module):
    def __init__(self, vocab, size, layers):
        super().__init__()
        self.embedding = tf.Variable(glorot([vocab, size]), name="embedding")
        self.cells = []
        for number in range(layers):
            kernel = tf.Variable(glorot([2 * size, 4 * size]), name=f"cell_{number}/kernel")
            self.cells.append((kernel, tf.Variable(tf.zeros([4 * size]), name=f"cell_{number}/bias")))
        self.softmax_w = tf.Variable(glorot([size, vocab]), name="softmax_w")
        self.softmax_b = tf.Variable(keras.initializers.GlorotUniform()([vocab]), name="softmax_b")

    def __call__(self, tokens, states, keep_prob):
        inputs, outputs, states = tf.nn.embedding_lookup(self.embedding, tokens), [], list(states)
        for t in range(tokens.shape[1]):
            x = inputs[:, t]
            for number, (kernel, bias) in enumerate(self.cells):
                c, h = states[number]
                i, j, f, o = tf.split(tf.concat([x, h], 1) @ kernel + bias, 4, 1)
                c = tf.sigmoid(f + 1) * c + tf.sigmoid(i) * tf.tanh(j)
                h = tf.sigmoid(o) * tf.tanh(c)
                states[number] = c, h
                x = tf.nn.dropout(h, rate=1 - keep_prob)
            outputs.append(x)
        return tf.reshape(tf.stack(outputs, 1), [-1, self.softmax_w.shape[0]]) @ self.softmax_w + self.softmax_b, states


model = CharModel(7, 6, 2)


@tf.function
def train(tokens, targets, states):
    with tf.GradientTape() as tape:
        logits, states = model(tokens, states, 0.5)
        entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.reshape(targets, [-1]), logits)
        cost = tf.reduce_sum(entropy) / 4
    slopes, _ = tf.clip_by_global_norm(tape.gradient(cost, model.trainable_variables), 1.0)
    for variable, slope in zip(model.trainable_variables, slopes):
        variable.assign_sub(0.5 * tf.convert_to_tensor(slope))
    return cost, states


states = [(tf.zeros([4, 6]), tf.zeros([4, 6])) for _ in range(2)]
for b in range(8):
    x = np.random.randint(0, 7, [4, 5])
    train_loss, states = train(tf.constant(x), tf.constant((x + 1) % 7), states)
    print(f"{b}/8, train_loss = {train_loss.numpy():.3f}")
