import tensorflow as tf

import vocab_utils


class Model(object):
    """Encoder and attentive decoder; what is built depends on the mode."""

    def __init__(self, hparams, mode, iterator, target_vocab_table, reverse_target_vocab_table=None):
        self.mode, self.iterator, self.hparams = mode, iterator, hparams
        self.tgt_vocab_table = target_vocab_table
        self.time_major = hparams.time_major
        initializer = tf.random_uniform_initializer(-hparams.init_weight, hparams.init_weight,
                                                    seed=hparams.random_seed)
        tf.get_variable_scope().set_initializer(initializer)
        with tf.variable_scope('embeddings', dtype=tf.float32):
            with tf.variable_scope('encoder'):
                self.embedding_encoder = tf.get_variable('embedding_encoder',
                                                         [hparams.src_vocab_size, hparams.num_units])
            with tf.variable_scope('decoder'):
                self.embedding_decoder = tf.get_variable('embedding_decoder',
                                                         [hparams.tgt_vocab_size, hparams.num_units])
        self.batch_size = tf.size(iterator.source_sequence_length)
        with tf.variable_scope('build_network'):
            with tf.variable_scope('decoder/output_projection'):
                self.output_layer = tf.layers.Dense(hparams.tgt_vocab_size, use_bias=False, name='output_projection')
        with tf.variable_scope('dynamic_seq2seq', dtype=tf.float32):
            encoder_outputs, encoder_state = self._build_encoder()
            logits, self.sample_id = self._build_decoder(encoder_outputs, encoder_state)
            if mode != tf.contrib.learn.ModeKeys.INFER:
                self.loss = self._compute_loss(logits)
        if mode == tf.contrib.learn.ModeKeys.INFER:
            self.sample_words = reverse_target_vocab_table.lookup(tf.to_int64(self.sample_id))
        else:
            self.predict_count = tf.reduce_sum(iterator.target_sequence_length)
        self.global_step = tf.Variable(0, trainable=False)
        if mode == tf.contrib.learn.ModeKeys.TRAIN:
            self._build_update()
        self.saver = tf.train.Saver(tf.global_variables(), max_to_keep=hparams.num_keep_ckpts)

    def _build_update(self):
        params = tf.trainable_variables()
        self.learning_rate = tf.cond(
            self.global_step < self.hparams.start_decay_step, lambda: tf.constant(self.hparams.learning_rate),
            lambda: tf.train.exponential_decay(self.hparams.learning_rate,
                                               self.global_step - self.hparams.start_decay_step, 10, 0.5,
                                               staircase=True), name='learning_rate_decay_cond')
        opt = tf.train.AdamOptimizer(self.learning_rate)
        gradients = tf.gradients(self.loss, params, colocate_gradients_with_ops=True)
        clipped, self.grad_norm = tf.clip_by_global_norm(gradients, self.hparams.max_gradient_norm)
        self.update = opt.apply_gradients(zip(clipped, params), global_step=self.global_step)
        self.train_summary = tf.summary.merge([tf.summary.scalar('lr', self.learning_rate),
                                               tf.summary.scalar('train_loss', self.loss),
                                               tf.summary.scalar('grad_norm', self.grad_norm)])

    def _cell(self, layers):
        dropout = self.hparams.dropout if self.mode == tf.contrib.learn.ModeKeys.TRAIN else 0.0
        cells = []
        for i in range(layers):
            cell = tf.contrib.rnn.BasicLSTMCell(self.hparams.num_units, forget_bias=1.0)
            if dropout > 0.0:
                cell = tf.contrib.rnn.DropoutWrapper(cell=cell, input_keep_prob=1.0 - dropout)
            if i > 0:
                cell = tf.contrib.rnn.ResidualWrapper(cell)
            cells.append(tf.contrib.rnn.DeviceWrapper(cell, '/cpu:0'))
        return cells[0] if layers == 1 else tf.contrib.rnn.MultiRNNCell(cells)

    def _build_encoder(self):
        source = tf.transpose(self.iterator.source) if self.time_major else self.iterator.source
        with tf.variable_scope('encoder') as scope:
            inputs = tf.nn.embedding_lookup(self.embedding_encoder, source)
            layers = self.hparams.num_layers // 2
            outputs, states = tf.nn.bidirectional_dynamic_rnn(
                self._cell(layers), self._cell(layers), inputs, dtype=scope.dtype,
                sequence_length=self.iterator.source_sequence_length, time_major=self.time_major, swap_memory=True)
            return tf.concat(outputs, -1), states

    def _build_decoder(self, encoder_outputs, encoder_state):
        hparams = self.hparams
        tgt_sos_id, tgt_eos_id = [tf.cast(self.tgt_vocab_table.lookup(tf.constant(word)), tf.int32)
                                  for word in (vocab_utils.SOS, vocab_utils.EOS)]
        with tf.variable_scope('decoder') as decoder_scope:
            cell, initial_state = self._build_decoder_cell(encoder_outputs, encoder_state)
            if self.mode != tf.contrib.learn.ModeKeys.INFER:
                target_input = self.iterator.target_input
                if self.time_major:
                    target_input = tf.transpose(target_input)
                inputs = tf.nn.embedding_lookup(self.embedding_decoder, target_input)
                helper = tf.contrib.seq2seq.TrainingHelper(inputs, self.iterator.target_sequence_length,
                                                           time_major=self.time_major)
                decoder = tf.contrib.seq2seq.BasicDecoder(cell, helper, initial_state)
                outputs, _, _ = tf.contrib.seq2seq.dynamic_decode(decoder, output_time_major=self.time_major,
                                                                  swap_memory=True, scope=decoder_scope)
                return self.output_layer(outputs.rnn_output), outputs.sample_id
            start_tokens = tf.fill([self.batch_size], tgt_sos_id)
            maximum = 2 * tf.reduce_max(self.iterator.source_sequence_length)
            if hparams.beam_width > 0:
                decoder = tf.contrib.seq2seq.BeamSearchDecoder(
                    cell=cell, embedding=self.embedding_decoder, start_tokens=start_tokens, end_token=tgt_eos_id,
                    initial_state=initial_state, beam_width=hparams.beam_width, output_layer=self.output_layer,
                    length_penalty_weight=hparams.length_penalty_weight)
            else:
                helper = tf.contrib.seq2seq.GreedyEmbeddingHelper(self.embedding_decoder, start_tokens, tgt_eos_id)
                decoder = tf.contrib.seq2seq.BasicDecoder(cell, helper, initial_state, output_layer=self.output_layer)
            outputs, _, _ = tf.contrib.seq2seq.dynamic_decode(
                decoder, maximum_iterations=maximum, output_time_major=self.time_major, scope=decoder_scope)
            if hparams.beam_width > 0:
                return tf.no_op(), outputs.predicted_ids
            return outputs.rnn_output, outputs.sample_id

    def _build_decoder_cell(self, encoder_outputs, encoder_state):
        hparams = self.hparams
        memory = tf.transpose(encoder_outputs, [1, 0, 2]) if self.time_major else encoder_outputs
        lengths, batch_size = self.iterator.source_sequence_length, self.batch_size
        if self.mode == tf.contrib.learn.ModeKeys.INFER and hparams.beam_width > 0:
            memory, lengths, encoder_state = [tf.contrib.seq2seq.tile_batch(each, multiplier=hparams.beam_width)
                                              for each in (memory, lengths, encoder_state)]
            batch_size = self.batch_size * hparams.beam_width
        mechanism = tf.contrib.seq2seq.LuongAttention(hparams.num_units, memory, memory_sequence_length=lengths,
                                                      scale=True)
        cell = tf.contrib.seq2seq.AttentionWrapper(
            self._cell(hparams.num_layers), mechanism, attention_layer_size=hparams.num_units,
            alignment_history=self.mode == tf.contrib.learn.ModeKeys.INFER and hparams.beam_width == 0,
            output_attention=True, name='attention')
        return cell, cell.zero_state(batch_size, tf.float32).clone(cell_state=encoder_state)

    def _compute_loss(self, logits):
        target_output = self.iterator.target_output
        if self.time_major:
            target_output = tf.transpose(target_output)
        max_time = target_output.shape[0 if self.time_major else 1].value
        max_time = max_time or tf.shape(target_output)[0 if self.time_major else 1]
        crossent = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=target_output, logits=logits)
        weights = tf.sequence_mask(self.iterator.target_sequence_length, max_time, dtype=logits.dtype)
        if self.time_major:
            weights = tf.transpose(weights)
        return tf.reduce_sum(crossent * weights) / tf.to_float(self.batch_size)
