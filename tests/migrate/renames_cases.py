"""Expressions of TensorFlow 1.15 whose values its tests record, and what they are computed from.

They run on Python 3.7 too: ``tests/oracle/record_renames.py`` records what each gives on TensorFlow 1.15.
"""

import numpy as np


def _sines(*shape):
    return np.sin(np.arange(1, 1 + np.prod(shape))).reshape(shape).astype(np.float32)


def names(tf):
    """Returns what the expressions may use; the first three are what gradients are taken of."""
    return {
        "x": tf.constant(_sines(3, 4)),
        "y": tf.constant(np.abs(_sines(3, 4)) + 0.25),
        "images": tf.constant(_sines(2, 5, 6, 3)),
        "tf": tf,
        "np": np,
        "vector": tf.constant(_sines(4)),
        "integers": tf.constant([[5, -7, 9, 2], [3, 1, -4, 8], [6, 2, 7, -5]]),
        "flags": tf.constant([[True, False, True, True], [False, False, True, False], [True, True, True, True]]),
        "rows": tf.constant([True, False, True]),
        "ids": tf.constant([2, 0, 1, 2]),
        "classes": tf.constant([3, 0, 2]),
        "onehot": tf.constant(np.eye(4, dtype=np.float32)[[3, 0, 2]]),
        "square": tf.constant(_sines(3, 3) @ _sines(3, 3).T + 3 * np.eye(3, dtype=np.float32)),
        "complexes": tf.constant(_sines(2, 4) + 1j * _sines(2, 4) ** 2),
        "filters": tf.constant(_sines(3, 3, 3, 4)),
        "depthwise": tf.constant(_sines(3, 3, 3, 2)),
        "pointwise": tf.constant(_sines(1, 1, 6, 5)),
        "transposed": tf.constant(_sines(3, 3, 4, 3)),
        "line": tf.constant(_sines(2, 8, 3)),
        "line_filters": tf.constant(_sines(3, 3, 4)),
        "volume": tf.constant(_sines(1, 4, 4, 4, 2)),
        "volume_filters": tf.constant(_sines(2, 2, 2, 2, 3)),
        "words": tf.constant(["a bc d", "", "e  f"]),
        "digits": tf.constant(["1.5", "-2", "30"]),
        "table": tf.constant(_sines(3, 2)),
        "sparse": tf.SparseTensor([[0, 1], [1, 0], [2, 3]], [1.5, -2.0, 3.0], [3, 4]),
        "sparse_ids": tf.SparseTensor([[0, 0], [0, 1], [2, 0]], np.array([1, 2, 0], np.int64), [3, 2]),
        "sparse_labels": tf.SparseTensor([[0, 0], [0, 1], [1, 0], [2, 0]], [1, 2, 0, 1], [3, 2]),
        "boxes": tf.constant([[0.1, 0.2, 0.7, 0.9], [0.0, 0.0, 0.5, 0.5]]),
        "weights": tf.constant([[0.5], [0.0], [2.0]]),
        "byte_images": tf.constant((np.abs(_sines(2, 4, 4, 3)) * 255).astype(np.uint8)),
    }


EXPRESSIONS = [
    # Reductions and products
    *(
        f"tf.reduce_{name}({arguments})"
        for name in ("sum", "mean", "max", "min", "prod", "logsumexp")
        for arguments in ("x", "x, 1", "x, [0], True", "x, reduction_indices=[1], keep_dims=True", "x, axis=-1")
    ),
    *(
        f"tf.reduce_{name}(flags, {arguments})"
        for name in ("all", "any")
        for arguments in ("0", "reduction_indices=1, keep_dims=True")
    ),
    "tf.argmax(x, 1)",
    "tf.argmax(x)",
    "tf.argmax(x, dimension=1)",
    "tf.argmin(x, axis=0, output_type=tf.int32)",
    "tf.argmin(x, 1, 'lowest')",
    "tf.arg_max(x, 1)",
    "tf.arg_min(x, dimension=0)",
    "tf.math.argmax(x, 1)",
    "tf.count_nonzero(integers)",
    "tf.count_nonzero(integers, 1, keep_dims=True)",
    "tf.math.count_nonzero(integers, reduction_indices=[0], dtype=tf.int32)",
    "tf.norm(x)",
    "tf.norm(x, axis=1, keep_dims=True)",
    "tf.norm(x, 1, 0)",
    "tf.confusion_matrix([0, 1, 1], [0, 1, 0], 2, tf.float32, None, [0.5, 2.0, 1.0])",
    "tf.confusion_matrix(ids, ids, weights=vector)",
    "tf.bincount(ids)",
    "tf.bincount(ids, vector, 5)",
    "tf.matmul(x, y, False, True)",
    "tf.matmul(x, y, transpose_b=True)",
    "tf.sparse_matmul(x, y, False, True, b_is_sparse=True)",
    "tf.cumsum(x, 1, exclusive=True)",
    "tf.cumprod(x, axis=1, reverse=True)",
    "tf.accumulate_n([x, y])",
    "tf.add_n([x, y, x])",
    "tf.trace(square)",
    "tf.tensordot(x, y, [[1], [1]])",
    "tf.einsum('ij,kj->ik', x, y)",
    # Elementwise
    *(
        f"tf.{name}(x)"
        for name in [
            "abs",
            "negative",
            "sign",
            "square",
            "exp",
            "sin",
            "cos",
            "tan",
            "tanh",
            "sigmoid",
            "floor",
            "ceil",
            "round",
            "rint",
            "erf",
            "erfc",
            "expm1",
        ]
    ),
    *(
        f"tf.{name}(y)"
        for name in [
            "log",
            "log1p",
            "sqrt",
            "rsqrt",
            "reciprocal",
            "lgamma",
            "digamma",
            "asin",
            "acos",
            "atan",
            "asinh",
        ]
    ),
    *(
        f"tf.{name}(x, y)"
        for name in ["add", "subtract", "multiply", "divide", "maximum", "minimum", "pow", "squared_difference"]
    ),
    *(
        f"tf.{name}(x, y)"
        for name in ["mod", "floormod", "floordiv", "truediv", "div", "realdiv", "div_no_nan", "atan2"]
    ),
    *(
        f"tf.{name}(integers, 4)"
        for name in ["div", "floordiv", "mod", "truediv", "floor_div", "truncatediv", "truncatemod"]
    ),
    "tf.div(x, 2.0)",
    "tf.div(integers, [[2], [3], [-4]])",
    "tf.lbeta(y)",
    "tf.igamma(y, y)",
    "tf.betainc(y, y, tf.minimum(y, 0.9))",
    "tf.zeta(y + 1.0, y)",
    "tf.polygamma(2.0, y)",
    "tf.is_nan(x / 0.0)",
    "tf.is_inf(x / 0.0)",
    "tf.is_finite(x)",
    "tf.logical_xor(flags, True)",
    "tf.real(complexes)",
    "tf.imag(complexes)",
    "tf.conj(complexes)",
    "tf.angle(complexes)",
    "tf.cross(x[:, :3], y[:, :3])",
    "tf.clip_by_value(x, -0.5, 0.5)",
    "tf.clip_by_norm(x, 1.0, [1])",
    "tf.clip_by_global_norm([x, y], 1.0)",
    "tf.global_norm([x, y])",
    "tf.lin_space(0.0, 1.0, 7)",
    "tf.linspace(-1.0, 3.0, 5)",
    "tf.is_non_decreasing(vector)",
    "tf.is_strictly_increasing([1, 2, 3])",
    "tf.invert_permutation([2, 0, 1])",
    "tf.scalar_mul(2.5, x)",
    # Types and shapes
    *(f"tf.to_{name}(x)" for name in ["float", "double", "int32", "int64", "bfloat16"]),
    "tf.to_complex64(x)",
    "tf.to_float(x=integers)",
    "tf.saturate_cast(x * 300.0, tf.uint8)",
    "tf.expand_dims(x, 1)",
    "tf.expand_dims(x, dim=-1)",
    "tf.squeeze(x[:1], [0])",
    "tf.squeeze(x[:, :1], squeeze_dims=1)",
    "tf.shape(x, out_type=tf.int64)",
    "tf.shape(images)",
    "tf.size(x, None, tf.int64)",
    "tf.rank(images)",
    "tf.transpose(images, [0, 2, 1, 3])",
    "tf.transpose(complexes, conjugate=True)",
    "tf.matrix_transpose(images)",
    "tf.zeros_like(x, tf.int32)",
    "tf.ones_like(tensor=x)",
    "tf.pad(x, [[1, 0], [0, 2]], 'CONSTANT', None, 1.5)",
    "tf.pad(x, [[1, 1], [1, 1]], mode='REFLECT')",
    "tf.gather(x, ids)",
    "tf.gather(x, ids, axis=1)",
    "tf.gather(x, [[0, 1], [2, 3], [1, 1]], None, None, 1, 1)",
    "tf.gather_nd(x, [[0, 1], [2, 3]])",
    "tf.batch_gather(x, [[0, 1], [2, 3], [1, 1]])",
    "tf.boolean_mask(x, rows)",
    "tf.boolean_mask(x, [True, False, True, True], 'mask', 1)",
    "tf.reverse_sequence(x, [2, 4, 1], 1, 0)",
    "tf.reverse_sequence(x, [2, 4, 1], seq_dim=1, batch_dim=0)",
    "tf.scatter_nd([[1], [3]], [5.0, 6.0], [5])",
    "tf.batch_to_space_nd(tf.space_to_batch_nd(images[:, :4], [2, 3], [[0, 0], [0, 0]]), [2, 3], [[0, 0], [0, 0]])",
    "tf.space_to_batch(images[:, :4], [[0, 0], [0, 0]], 2)",
    "tf.batch_to_space(tf.space_to_batch(images[:, :4], [[0, 0], [0, 0]], 2), [[0, 0], [0, 0]], 2)",
    "tf.space_to_depth(images[:, :4], 2)",
    "tf.depth_to_space(tf.space_to_depth(images[:, :4], 2), 2)",
    "tf.nn.space_to_depth(images[:, :4], block_size=2, data_format='NHWC')",
    "tf.convert_to_tensor([1, 2], preferred_dtype=tf.float32)",
    "tf.convert_to_tensor([1, 2], tf.int64, 'pair')",
    "tf.constant(3.0, tf.float32, [2, 2], 'c', False)",
    "tf.concat([x, y], 1)",
    "tf.stack([x, y], axis=1)",
    "tf.unstack(x, 3)",
    "tf.split(x, 2, 1)",
    "tf.split(x, [1, 3], axis=1)",
    "tf.reverse(x, [1])",
    "tf.reverse_v2(x, axis=[0, 1])",
    "tf.tile(x, [2, 1])",
    "tf.one_hot(classes, 4)",
    "tf.sequence_mask([1, 3], 4)",
    "tf.diag(vector)",
    "tf.diag_part(square)",
    "tf.matrix_diag(x)",
    "tf.matrix_diag_part(square)",
    "tf.matrix_set_diag(square, [1.0, 2.0, 3.0])",
    "tf.matrix_band_part(square, 1, 0)",
    "tf.setdiff1d([1, 2, 3, 4], [2, 4])",
    "tf.unique(ids)",
    "tf.where(flags)",
    "tf.where(x > 0.0, x, y)",
    "tf.where(tf.greater(x, 0), tf.zeros_like(x), x)",
    "tf.where(rows, x, y)",
    "tf.where(flags, x, y)",
    "tf.where(tf.constant(True), x, y)",
    "tf.segment_sum(x, [0, 0, 1])",
    "tf.segment_mean(x, [0, 0, 1])",
    "tf.unsorted_segment_sum(x, [1, 0, 1], 2)",
    "tf.unsorted_segment_max(x, [1, 0, 1], num_segments=2)",
    "tf.dynamic_partition(x, [0, 1, 0], 2)",
    "tf.tensor_scatter_update(vector, [[1]], [9.0])",
    "tf.tensor_scatter_add(vector, [[1]], [9.0])",
    "tf.manip.roll(x, 1, 1)",
    "tf.meshgrid([1, 2], [3, 4, 5])",
    # Matrices
    "tf.matrix_inverse(square)",
    "tf.matrix_determinant(square)",
    "tf.matrix_solve(square, x)",
    "tf.matrix_triangular_solve(square, x)",
    "tf.matrix_solve_ls(square, x)",
    "tf.cholesky(square)",
    "tf.cholesky_solve(tf.cholesky(square), x)",
    "tf.self_adjoint_eigvals(square)",
    "tf.self_adjoint_eig(square)[0]",
    "tf.svd(square, compute_uv=False)",
    "tf.qr(square)[1]",
    "tf.fft(complexes)",
    "tf.spectral.rfft(x)",
    "tf.spectral.dct(x)",
    # Activations, normalization, convolutions, pooling
    "tf.nn.softmax(x)",
    "tf.nn.softmax(x, 0)",
    "tf.nn.softmax(x, dim=0)",
    "tf.nn.log_softmax(x, dim=-1)",
    *(
        f"tf.nn.{name}(x)"
        for name in ["relu", "relu6", "elu", "selu", "crelu", "softplus", "softsign", "leaky_relu", "l2_loss"]
    ),
    "tf.nn.crelu(x, None, 0)",
    "tf.log_sigmoid(x)",
    "tf.nn.l2_normalize(x, 1)",
    "tf.nn.l2_normalize(x, dim=0)",
    "tf.nn.moments(x, [0])",
    "tf.nn.moments(x, [0], keep_dims=True)",
    "tf.nn.weighted_moments(x, [0], y, None, True)",
    "tf.nn.sufficient_statistics(x, [1])",
    "tf.nn.batch_normalization(x, 0.1, 2.0, 0.3, 1.5, 1e-3)",
    "tf.nn.batch_norm_with_global_normalization(images, y[0, :3], y[1, :3], y[2, :3], x[0, :3], 1e-3, True)",
    "tf.nn.lrn(images, 1, bias=1.0, alpha=0.1, beta=0.5)",
    "tf.nn.xw_plus_b(x, tf.transpose(y), [1.0, 2.0, 3.0])",
    "tf.nn.relu_layer(x, tf.transpose(y), [1.0, -2.0, 3.0])",
    "tf.nn.bias_add(x, vector)",
    "tf.nn.zero_fraction(tf.nn.relu(x))",
    "tf.nn.conv2d(images, filters, [1, 1, 1, 1], 'SAME')",
    "tf.nn.conv2d(images, filter=filters, strides=[1, 2, 2, 1], padding='VALID', use_cudnn_on_gpu=True)",
    "tf.stop_gradient(tf.nn.conv2d(images, filters, [1, 1, 1, 1], 'VALID', True, 'NHWC', [1, 2, 2, 1]))",
    "tf.nn.conv1d(line, line_filters, 2, 'SAME')",
    "tf.nn.conv1d(value=line, filters=line_filters, stride=1, padding='VALID')",
    "tf.nn.conv3d(volume, volume_filters, [1, 1, 1, 1, 1], 'VALID')",
    "tf.nn.conv2d_transpose(images, transposed, [2, 10, 12, 4], [1, 2, 2, 1])",
    "tf.nn.conv2d_transpose(value=images, filter=transposed, output_shape=[2, 5, 6, 4], strides=[1, 1, 1, 1])",
    "tf.nn.convolution(images, filters, 'SAME')",
    "tf.nn.convolution(images, filters, padding='VALID', dilation_rate=[2, 2])",
    "tf.nn.atrous_conv2d(images, filters, 2, 'SAME')",
    "tf.nn.depthwise_conv2d(images, depthwise, [1, 1, 1, 1], 'SAME')",
    "tf.nn.depthwise_conv2d(images, depthwise, [1, 1, 1, 1], 'VALID', [2, 2])",
    "tf.nn.depthwise_conv2d_native(images, depthwise, [1, 2, 2, 1], 'SAME')",
    "tf.nn.separable_conv2d(images, depthwise, pointwise, [1, 1, 1, 1], 'SAME', rate=[1, 1])",
    "tf.nn.conv2d_backprop_input([2, 5, 6, 3], filters, tf.ones([2, 5, 6, 4]), [1, 1, 1, 1], 'SAME')",
    "tf.nn.conv2d_backprop_filter(images, [3, 3, 3, 4], tf.ones([2, 5, 6, 4]), [1, 1, 1, 1], 'SAME')",
    "tf.nn.dilation2d(images, filters[..., 0], [1, 1, 1, 1], [1, 1, 1, 1], 'SAME')",
    "tf.nn.erosion2d(images, filters[..., 0], [1, 1, 1, 1], [1, 2, 2, 1], 'SAME')",
    "tf.nn.max_pool(images, [1, 2, 2, 1], [1, 2, 2, 1], 'SAME')",
    "tf.nn.max_pool(value=images, ksize=[1, 3, 3, 1], strides=[1, 1, 1, 1], padding='VALID', data_format='NHWC')",
    "tf.nn.avg_pool(images, [1, 2, 2, 1], [1, 1, 1, 1], 'SAME', name='pool')",
    "tf.nn.max_pool_with_argmax(images, [1, 2, 2, 1], [1, 2, 2, 1], 'VALID')",
    "tf.nn.max_pool_with_argmax(images, [1, 2, 2, 1], [1, 2, 2, 1], 'VALID', Targmax=tf.int64)",
    "tf.nn.pool(images, [2, 2], 'AVG', 'SAME')",
    "tf.nn.pool(images, [2, 2], 'MAX', 'VALID', None, [2, 1])",
    "tf.nn.dropout(x, 1.0)",
    "tf.nn.dropout(x, rate=0.0)",
    "tf.extract_image_patches(images, [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], 'VALID')",
    "tf.image.extract_image_patches(images, sizes=[1, 3, 3, 1], strides=[1, 1, 1, 1], rates=[1, 1, 1, 1], "
    "padding='SAME')",
    # Losses
    "tf.nn.softmax_cross_entropy_with_logits(labels=onehot, logits=x)",
    "tf.nn.softmax_cross_entropy_with_logits(labels=tf.nn.softmax(y), logits=x)",
    "tf.nn.softmax_cross_entropy_with_logits(labels=onehot, logits=x, dim=1)",
    "tf.nn.softmax_cross_entropy_with_logits_v2(labels=tf.nn.softmax(y), logits=x)",
    "tf.nn.softmax_cross_entropy_with_logits_v2(onehot, x, dim=0)",
    "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=classes, logits=x)",
    "tf.nn.sigmoid_cross_entropy_with_logits(labels=onehot, logits=x)",
    "tf.nn.weighted_cross_entropy_with_logits(onehot, x, 2.0)",
    "tf.nn.weighted_cross_entropy_with_logits(targets=onehot, logits=x, pos_weight=2.0)",
    "tf.nn.log_poisson_loss(y, x)",
    "tf.nn.in_top_k(x, classes, 2)",
    "tf.nn.in_top_k(predictions=x, targets=classes, k=1)",
    "tf.nn.top_k(x, 2)",
    "tf.nn.ctc_loss(sparse_labels, tf.stack([x, y, x, y]), [4, 4, 4])",
    "tf.nn.ctc_greedy_decoder(tf.stack([x, y, x, y]), [4, 4, 4])[1]",
    *(
        f"tf.losses.{name}({arguments})"
        for name in ["absolute_difference", "mean_squared_error", "hinge_loss", "huber_loss", "log_loss"]
        for arguments in ("onehot, y", "onehot, y, 0.5", "onehot, y, weights", "onehot, y, weights=2, scope='loss'")
    ),
    *(
        f"tf.losses.mean_squared_error(onehot, y, weights, reduction=tf.losses.Reduction.{name})"
        for name in ["NONE", "SUM", "SUM_OVER_BATCH_SIZE", "SUM_BY_NONZERO_WEIGHTS", "SUM_OVER_NONZERO_WEIGHTS"]
    ),
    "tf.losses.mean_squared_error(labels=onehot, predictions=x * 2.0, weights=weights + 0.0)",
    "tf.losses.huber_loss(onehot, x, delta=0.5)",
    "tf.losses.log_loss(onehot, tf.sigmoid(x), epsilon=1e-4)",
    "tf.losses.cosine_distance(onehot, x, 1)",
    "tf.losses.cosine_distance(onehot, x, dim=1, weights=weights)",
    "tf.losses.softmax_cross_entropy(onehot, x)",
    "tf.losses.softmax_cross_entropy(onehot_labels=tf.nn.softmax(y), logits=x)",
    "tf.losses.softmax_cross_entropy(onehot, x, label_smoothing=0.1)",
    "tf.losses.softmax_cross_entropy(onehot, x, [0.5, 0.0, 2.0])",
    "tf.losses.sparse_softmax_cross_entropy(classes, x)",
    "tf.losses.sparse_softmax_cross_entropy(labels=classes, logits=x, weights=[1.0, 0.0, 3.0])",
    "tf.losses.sigmoid_cross_entropy(onehot, x)",
    "tf.losses.sigmoid_cross_entropy(onehot, x, label_smoothing=0.2)",
    "tf.losses.compute_weighted_loss(x, weights)",
    "tf.nn.embedding_lookup(table, ids)",
    "tf.nn.embedding_lookup(table, ids, max_norm=0.5)",
    "tf.nn.embedding_lookup_sparse(table, sparse_ids, None)",
    "tf.nn.embedding_lookup_sparse(table, sparse_ids, None, combiner='sum')",
    "tf.nn.nce_loss(table, vector[:3], tf.constant([[1], [2]], tf.int64), x[:2, :2], 2, 3, "
    "sampled_values=(tf.constant([0, 2], tf.int64), tf.constant([[0.5], [0.25]]), tf.constant([0.5, 0.25])))",
    "tf.nn.sampled_softmax_loss(table, vector[:3], tf.constant([[1], [2]], tf.int64), x[:2, :2], 2, 3, "
    "sampled_values=(tf.constant([0, 2], tf.int64), tf.constant([[0.5], [0.25]]), tf.constant([0.5, 0.25])))",
    # Control flow and functions of Python
    "tf.cond(x[0, 0] > 0.0, lambda: x, lambda: y)",
    "tf.cond(x[0, 0] > 9.0, fn1=lambda: x, fn2=lambda: y * x)",
    "tf.case([(x[0, 0] > 9.0, lambda: x)], default=lambda: y)",
    "tf.while_loop(lambda i: i < 5, lambda i: i * 2, [1])",
    "tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a * x), [0, x], parallel_iterations=1)",
    "tf.map_fn(lambda row: row * 2.0, x)",
    "tf.scan(lambda a, row: a + row, x)",
    "tf.foldl(lambda a, row: a * row, x)",
    "tf.py_func(lambda a: a * 2, [x], tf.float32)",
    "tf.tuple([x, y])",
    "tf.identity_n([x, y])",
    "tf.Print(x, [y], 'values')",
    "tf.stop_gradient(x) * y",
    # Strings and images
    "tf.string_to_number(digits)",
    "tf.string_to_number(digits, tf.float64)",
    "tf.string_to_hash_bucket(words, 7)",
    "tf.string_to_hash_bucket_fast(words, 7)",
    "tf.substr(words, 0, 0)",
    "tf.strings.length(words)",
    "tf.string_join([words, digits], '-')",
    "tf.string_split(words)",
    "tf.string_split(words, delimiter='c', skip_empty=False)",
    "tf.strings.split(words)",
    "tf.strings.split(source=words, sep=' ')",
    "tf.reduce_join(words, 0)",
    "tf.reduce_join(words, reduction_indices=[0], separator='|')",
    "tf.regex_replace(words, ' +', '_')",
    "tf.as_string(x[0], precision=2)",
    "tf.decode_csv(['1,2.5,a', '3,,b'], [[0], [0.5], ['']])",
    "tf.decode_raw(tf.constant(['abcd', 'efgh']), tf.uint8)",
    "tf.encode_base64(words)",
    "tf.image.resize_images(images, [3, 4])",
    "tf.image.resize_images(images, [7, 9], 1)",
    "tf.image.resize_images(images, [7, 9], tf.image.ResizeMethod.BICUBIC)",
    "tf.stop_gradient(tf.image.resize_images(images, [4, 3], method=tf.image.ResizeMethod.AREA))",
    "tf.image.resize_images(images[0], [7, 9], align_corners=True)",
    "tf.image.resize_images(byte_images, [7, 9])",
    "tf.image.resize_bilinear(images, [7, 9])",
    "tf.image.resize_bilinear(images, [7, 9], True)",
    "tf.image.resize_nearest_neighbor(images, [7, 9])",
    "tf.image.resize_bicubic(images, [7, 9])",
    "tf.stop_gradient(tf.image.resize_area(images, [3, 2]))",
    "tf.image.resize_image_with_crop_or_pad(images, 4, 8)",
    "tf.image.crop_and_resize(images, boxes, [0, 1], [3, 3])",
    "tf.image.crop_and_resize(images, boxes, box_ind=[1, 0], crop_size=[2, 2])",
    "tf.image.draw_bounding_boxes(images, tf.stack([boxes, boxes]))",
    "tf.image.extract_glimpse(images, [2, 2], [[0.0, 0.0], [0.5, -0.5]])",
    "tf.image.per_image_standardization(images)",
    "tf.image.transpose_image(images)",
    "tf.image.rgb_to_grayscale(images)",
    "tf.image.flip_left_right(images)",
    "tf.stop_gradient(tf.image.adjust_contrast(images, 0.5))",
    "tf.image.adjust_brightness(images, 0.1)",
    "tf.image.adjust_saturation(byte_images, 0.5)",
    "tf.image.central_crop(images, 0.5)",
    "tf.image.convert_image_dtype(byte_images, tf.float32)",
    # Sparse tensors
    "tf.sparse_tensor_to_dense(sparse)",
    "tf.sparse_to_dense([[0, 1], [2, 3]], [3, 4], [5.0, 6.0])",
    "tf.sparse_to_dense([1, 3], [5], 1.0, 0.5, False)",
    "tf.sparse_tensor_dense_matmul(sparse, tf.transpose(x))",
    "tf.sparse_add(sparse, sparse)",
    "tf.sparse_add(sparse, sparse, thresh=3.5)",
    "tf.sparse_concat(1, [sparse, sparse])",
    "tf.sparse_concat(axis=0, sp_inputs=[sparse, sparse])",
    "tf.sparse_reduce_sum(sparse, 1)",
    "tf.sparse_reduce_sum(sparse, reduction_axes=0, keep_dims=True)",
    "tf.sparse_reduce_max(sparse, 1)",
    "tf.sparse_reduce_sum_sparse(sparse, 1)",
    "tf.sparse_retain(sparse, [True, False, True])",
    "tf.sparse_split(sp_input=sparse, num_split=2, axis=1)",
    "tf.sparse_segment_sum(x, [0, 1], [0, 0])",
    "tf.sparse_segment_mean(x, [0, 1], [0, 1], None, 3)",
    "tf.sparse_reorder(sparse)",
    "tf.sparse_reshape(sparse, [4, 3])",
    "tf.sparse_slice(sparse, [0, 0], [2, 2])",
    "tf.sparse_transpose(sparse)",
    "tf.edit_distance(sparse_ids, sparse_ids)",
    # Initializers that draw nothing
    "tf.zeros_initializer()([2, 3])",
    "tf.ones_initializer(dtype=tf.float32)([2])",
    "tf.constant_initializer(2.5)([2, 2])",
    "tf.constant_initializer([1, 2, 3, 4])([2, 2])",
    "tf.initializers.identity(2.0)([3, 3])",
    # Names that are no functions
    "tf.cast([1.5], tf.int32)",
    "[tf.VERSION[:0], tf.saved_model.tag_constants.SERVING, tf.compat.as_text(b'a')]",
    "tf.dimension_value(4)",
]
# They create variables, which a function may do only once.
KERAS = [
    *(
        f"tf.keras.layers.{name}(3, kernel_initializer='ones', recurrent_initializer='ones'{options})(line)"
        for name in ("LSTM", "GRU")
        for options in ("", ", recurrent_activation='sigmoid'", ", return_sequences=True, go_backwards=True")
    ),
    "tf.keras.layers.GRU(3, kernel_initializer='ones', recurrent_initializer='ones', reset_after=True)(line)",
    "tf.keras.layers.LSTM(3, 'hard_sigmoid', kernel_initializer='ones', recurrent_initializer='ones')(line)",
    "tf.keras.layers.RNN(tf.keras.layers.LSTMCell(2, kernel_initializer='ones', recurrent_initializer='ones'))(line)",
    "tf.keras.layers.Dense(3, 'relu', True, 'ones')(x)",
    "tf.keras.layers.Conv2D(2, 3, (1, 1), 'same', None, (1, 1), 'relu', kernel_initializer='ones')(images)",
    "tf.keras.layers.DepthwiseConv2D(3, (1, 1), 'valid', 1, None, 'relu', depthwise_initializer='ones')(images)",
    "tf.keras.layers.AveragePooling2D()(images)",
    "tf.keras.layers.MaxPooling2D(2, 1, 'same')(images)",
    "tf.keras.layers.LeakyReLU()(x)",
    "tf.keras.layers.LeakyReLU(alpha=0.1)(x)",
    "tf.keras.layers.ReLU(1.0, 0.2)(x)",
    "tf.keras.layers.Embedding(5, 2, 'ones', input_length=4)(ids)",
    "tf.keras.layers.LayerNormalization()(x)",
    "tf.keras.layers.dot([x, y], 1, True)",
    "tf.keras.layers.Flatten()(images)",
    "tf.keras.activations.relu(x, 0.1, 0.5)",
    "tf.keras.regularizers.l2(0.1)(x)",
    "tf.keras.regularizers.l1(l=0.1)(x)",
    "tf.keras.regularizers.l1_l2()(x)",
    "tf.keras.losses.mean_squared_error(y, x)",
    "tf.keras.losses.BinaryCrossentropy(True, 0.1)(onehot, x)",
    "tf.keras.losses.CategoricalCrossentropy(from_logits=True)(onehot, x)",
    "tf.keras.losses.sparse_categorical_crossentropy(classes, tf.nn.softmax(x))",
    "tf.keras.losses.Huber()(y, x)",
    "tf.keras.utils.to_categorical([1, 0, 2])",
    "tf.keras.utils.to_categorical([1, 0, 2], num_classes=4, dtype='int32')",
    "tf.keras.initializers.Zeros()([2, 2])",
    "tf.keras.initializers.Constant(2.0)([2])",
    "tf.keras.backend.sum(x, 1)",
    "tf.keras.metrics.categorical_accuracy(onehot, x)",
]
# Their numbers differ from those of TensorFlow 2, their distributions may not.
DISTRIBUTIONS = [
    "tf.random_normal([20000], 1.0, 2.0)",
    "tf.random_uniform([20000], -1.0, 3.0)",
    "tf.random_uniform([20000], maxval=5, dtype=tf.int32)",
    "tf.truncated_normal([20000], stddev=0.1)",
    "tf.random_gamma([20000], 2.0)",
    "tf.random_poisson(3.0, [20000])",
    "tf.multinomial([[0.0, 1.0, 2.0]], 20000)",
    "tf.multinomial(logits=[[0.0, 1.0]], num_samples=20000, output_dtype=tf.int32)",
    "tf.random_shuffle(tf.range(20000))",
    "tf.nn.dropout(tf.ones([20000]), 0.8)",
    "tf.nn.dropout(tf.ones([20000]), keep_prob=tf.constant(0.3))",
    "tf.random_normal_initializer()([100, 200])",
    "tf.random_normal_initializer(1.0, 0.1)([100, 200])",
    "tf.random_uniform_initializer()([100, 200])",
    "tf.random_uniform_initializer(-1, 1)([100, 200])",
    "tf.truncated_normal_initializer()([100, 200])",
    "tf.truncated_normal_initializer(stddev=0.1)([100, 200])",
    "tf.glorot_uniform_initializer()([100, 200])",
    "tf.glorot_normal_initializer()([3, 3, 10, 200])",
    "tf.variance_scaling_initializer()([100, 200])",
    "tf.variance_scaling_initializer(2.0, 'fan_out', 'uniform')([100, 200])",
    "tf.variance_scaling_initializer(distribution='normal')([100, 200])",
    "tf.initializers.he_normal()([100, 200])",
    "tf.initializers.he_uniform()([100, 200])",
    "tf.initializers.lecun_normal()([100, 200])",
    "tf.initializers.lecun_uniform()([3, 3, 10, 200])",
    "tf.orthogonal_initializer(2.0)([100, 200])",
    "tf.keras.initializers.RandomNormal()([100, 200])",
    "tf.keras.initializers.RandomUniform(seed=3)([100, 200])",
    "tf.keras.initializers.VarianceScaling(2.0)([100, 200])",
    "tf.keras.initializers.he_normal()([100, 200])",
    "tf.contrib.layers.xavier_initializer()([100, 200])",
    "tf.contrib.layers.xavier_initializer(uniform=False)([100, 200])",
    "tf.contrib.layers.variance_scaling_initializer()([100, 200])",
    "tf.contrib.layers.variance_scaling_initializer(1.0, 'FAN_AVG', True)([3, 3, 10, 200])",
]


def kept(value):
    """Returns a value as what JSON can hold: lists of shapes and numbers."""
    if hasattr(value, "dense_shape"):
        value = [value.indices, value.values, value.dense_shape]
    if isinstance(value, (list, tuple)):
        return [kept(each) for each in value]
    if isinstance(value, str):
        return value
    array = np.asarray(value)
    if array.dtype.kind in "OS":
        return [array.shape, [each.decode() if isinstance(each, bytes) else each for each in array.ravel().tolist()]]
    if array.dtype.kind == "c":
        array = np.stack([array.real, array.imag])
    numbers = array.astype(np.float64 if array.dtype.kind not in "iub" else array.dtype).ravel()
    return [list(array.shape), [float(f"{each:.8g}") for each in numbers.tolist()]]


def moments(value):
    """Returns the type of random numbers, and how they are distributed."""
    array = np.asarray(value)
    found = [*np.percentile(array, [1, 25, 75, 99]), np.mean(array), np.std(array)]
    return [str(array.dtype), array.size] + [float(f"{each:.8g}") for each in found]


def flat(value):
    """Returns the parts of nested lists and tuples."""
    if isinstance(value, (list, tuple)) and not hasattr(value, "dense_shape"):
        return [part for each in value for part in flat(each)]
    return [value]
