"""``tf.contrib.model_pruning``: layers and cells with masks, and their updates."""

from .inputs import contrib, normal

IMAGES, VECTORS = normal(2, 6, 6, 3), normal(4, 5)


def _with_collections(tf, output):
    pruning = tf.contrib.model_pruning
    parts = [pruning.get_masks(), pruning.get_weights(), pruning.get_thresholds(), pruning.get_masked_weights()]
    names = [each.name for part in parts for each in part]
    return [output] + names + [variable.op.name for variable in tf.model_variables()]


def _layer(name, inputs, *arguments, **options):
    def call(tf):
        output = getattr(tf.contrib.model_pruning, name)(inputs(tf), *arguments, **options)
        return _with_collections(tf, output)

    return call


def _normalized(tf):
    params = {"is_training": True, "scale": True}
    options = {"normalizer_fn": tf.contrib.layers.batch_norm, "normalizer_params": params}
    net = tf.contrib.model_pruning.masked_conv2d(IMAGES(tf), 4, 3, scope="conv", **options)
    net = tf.contrib.model_pruning.masked_fully_connected(
        tf.reshape(net, [2, -1]),
        3,
        scope="dense",
        activation_fn=None,
        normalizer_fn=tf.contrib.layers.layer_norm,
        variables_collections={"weights": ["w"]},
        outputs_collections="outs",
    )
    names = [each.op.name for each in tf.get_collection("w")] + [each.name for each in tf.get_collection("outs")]
    return _with_collections(tf, net) + names


def _in_scope(tf):
    pruning = tf.contrib.model_pruning
    with tf.contrib.framework.arg_scope([pruning.masked_fully_connected], activation_fn=tf.nn.tanh):
        first = pruning.masked_fully_connected(VECTORS(tf), 5, scope="layer")
        return _with_collections(tf, pruning.masked_fully_connected(first, 5, scope="layer", reuse=True))


def _class(kind, inputs, *arguments, **options):
    def call(tf):
        layer = getattr(contrib(tf, "model_pruning.python.layers.core_layers"), kind)(*arguments, **options)
        return [layer.apply(inputs(tf)), str(layer.compute_output_shape(inputs(tf).shape)), layer.mask.op.name]

    return call


def _cell(kind, *arguments, **options):
    def call(tf):
        cell = getattr(tf.contrib.model_pruning, kind)(*arguments, **options)
        outputs, state = tf.nn.dynamic_rnn(cell, normal(2, 4, 3)(tf), dtype=tf.float32)
        return _with_collections(tf, outputs) + [state]

    return call


def _graph(tf):
    """A layer by each means, with weights that are the same at every call."""
    pruning = tf.contrib.model_pruning
    weights = tf.get_variable("own", [5, 4])
    net = tf.matmul(VECTORS(tf), pruning.apply_mask(weights, "own"))
    return pruning.masked_fully_connected(net, 6, activation_fn=None, scope="dense")


def _updated(text="", steps=(0,), sparsity=None, conditional=False):
    """The masks, thresholds and sparsities after updates at global steps."""

    def call(tf):
        pruning = tf.contrib.model_pruning
        _graph(tf)
        step = tf.placeholder(tf.int64, [])
        hparams = pruning.get_pruning_hparams().parse(text)
        pruned = pruning.Pruning(hparams, global_step=step, sparsity=sparsity and tf.constant(sparsity))
        update = pruned.conditional_mask_update_op() if conditional else pruned.mask_update_op()
        parts = pruning.get_masks() + pruning.get_thresholds() + pruning.get_weight_sparsity()
        last = tf.global_variables()[-1]

        def run(session):
            found = [update.name, last.op.name]
            for value in steps:
                session.run(update, {step: value})
                found += session.run(parts + [last])
            return found

        return run

    return call


def _partitioned(tf):
    pruning = tf.contrib.model_pruning
    with tf.variable_scope("parts", partitioner=tf.fixed_size_partitioner(2)):
        weights = tf.get_variable("w", [6, 4])
        pruning.apply_mask(weights, tf.get_variable_scope())
    update = pruning.Pruning(global_step=tf.constant(100)).mask_update_op()
    masks = [list(mask) for mask in pruning.get_masks()]
    return lambda session: [session.run(update), session.run(masks)][1]


def _twice(tf):
    _graph(tf)
    step = tf.train.get_or_create_global_step()
    first = tf.contrib.model_pruning.Pruning()
    second = tf.contrib.model_pruning.Pruning()
    names = [first.mask_update_op().name, first.mask_update_op().name, second.mask_update_op().name]
    return names + [variable.op.name for variable in tf.global_variables()] + [step]


def _summaries(tf):
    _graph(tf)
    tf.contrib.model_pruning.Pruning(global_step=tf.constant(5)).add_pruning_summaries()
    return [tensor.name for tensor in tf.get_collection(tf.GraphKeys.SUMMARIES)]


def _spec(**values):
    def call(tf):
        hparams = tf.contrib.model_pruning.get_pruning_hparams()
        for name, value in values.items():
            hparams.set_hparam(name, value)
        return tf.contrib.model_pruning.Pruning(hparams, global_step=tf.constant(0)).mask_update_op().name

    return call


def _named(**values):
    def call(tf):
        _graph(tf)
        return _spec(**values)(tf)

    return call


def _error(call):
    """Returns the text of the error."""

    def described(tf):
        try:
            return call(tf)
        except ValueError as error:
            return str(error)

    return described


def _utils(function, *arguments, **options):
    def call(tf):
        return getattr(contrib(tf, "model_pruning.python.pruning_utils"), function)(
            tf.get_variable("x", [4, 6]), *arguments, **options
        )

    return call


def _stripped(tf):
    output = tf.identity(_graph(tf), name="out")
    pruned = tf.contrib.model_pruning.Pruning(global_step=tf.constant(100))
    update = pruned.mask_update_op()

    def run(session):
        session.run(update)
        frozen = tf.graph_util.convert_variables_to_constants(
            session, tf.get_default_graph().as_graph_def(), [output.op.name]
        )
        graph_def = tf.contrib.model_pruning.strip_pruning_vars_fn(frozen, ["out"])
        kinds = [" ".join([node.name, node.op] + list(node.input)) for node in graph_def.node]
        with tf.Graph().as_default() as graph:
            tf.import_graph_def(graph_def, name="")
            with tf.Session() as other:
                return kinds + [other.run("out:0"), len(graph.get_operations())]

    return run


CALLS = {
    "masked_conv2d": _layer("masked_conv2d", IMAGES, 4, 3),
    "masked_convolution with options": _layer(
        "masked_convolution", IMAGES, 4, [2, 3], stride=2, padding="VALID", biases_initializer=None, scope="c"
    ),
    "masked_conv2d of rate 2": _layer("masked_conv2d", IMAGES, 2, 3, rate=2, activation_fn=None),
    "masked_conv2d refuses rank 3": _layer("masked_conv2d", normal(2, 4, 3), 4, 3),
    "masked_conv2d refuses a format": _layer("masked_conv2d", IMAGES, 4, 3, data_format="NHCW"),
    "masked_conv2d refuses a format of volumes": _layer("masked_conv2d", IMAGES, 4, 3, data_format="NDHWC"),
    "masked_fully_connected": _layer("masked_fully_connected", VECTORS, 3),
    "masked_fully_connected of rank 3": _layer("masked_fully_connected", normal(2, 3, 4), 3, activation_fn=None),
    "masked_fully_connected refuses a float": _layer("masked_fully_connected", VECTORS, 3.0),
    "normalized": _normalized,
    "arg_scope and reuse": _in_scope,
    "MaskedConv2D": _class("MaskedConv2D", IMAGES, 2, 3, name="conv"),
    "MaskedFullyConnected": _class("MaskedFullyConnected", VECTORS, 2, use_bias=False),
    "MaskedBasicLSTMCell": _cell("MaskedBasicLSTMCell", 3),
    "MaskedBasicLSTMCell with options": _cell(
        "MaskedBasicLSTMCell", 3, forget_bias=0.5, state_is_tuple=False, name="cell"
    ),
    "MaskedLSTMCell": _cell("MaskedLSTMCell", 3),
    "MaskedLSTMCell with options": _cell(
        "MaskedLSTMCell", 3, use_peepholes=True, cell_clip=0.5, num_proj=3, proj_clip=0.2
    ),
    "MaskedLSTMCell without tuples": _cell("MaskedLSTMCell", 3, state_is_tuple=False, num_proj=3),
    "MaskedLSTMCell refuses another size of projection": _cell("MaskedLSTMCell", 3, num_proj=2),
    "hparams": lambda tf: tf.contrib.model_pruning.get_pruning_hparams().to_json(sort_keys=True),
    "mask_update_op": _updated(steps=(0, 10, 50, 200)),
    "mask_update_op with a sparsity": _updated(sparsity=0.25),
    "mask_update_op with decay": _updated("threshold_decay=0.5,target_sparsity=0.75", (100, 100)),
    "mask_update_op by names": _updated("weight_sparsity_map=[own:0.9,dense:0.3],sparsity_function_end_step=10", (10,)),
    "mask_update_op by blocks": _updated("block_height=2,block_width=3,target_sparsity=0.6", (100,)),
    "mask_update_op by largest of blocks": _updated("block_width=-1,block_pooling_function=MAX", (100,)),
    "mask_update_op by blocks of names": _updated("block_dims_map=[dense:2x2]", (100,)),
    "mask_update_op by blocks on a TPU": _updated("block_height=2,block_width=2,use_tpu=true", (100,)),
    "conditional_mask_update_op": _updated(
        "begin_pruning_step=5,end_pruning_step=30,pruning_frequency=8", (0, 8, 12, 16, 40), conditional=True
    ),
    "partitioned": _partitioned,
    "twice": _twice,
    "summaries": _summaries,
    "stripped": _stripped,
    "no weights": _spec(),
    "refuses to begin before 0": _error(_spec(begin_pruning_step=-1)),
    "refuses an end before the beginning": _error(_spec(begin_pruning_step=5, end_pruning_step=5)),
    "refuses a function before 0": _error(_spec(sparsity_function_begin_step=-1)),
    "refuses a function without steps": _error(_spec(sparsity_function_begin_step=100)),
    "refuses a decay": _error(_spec(threshold_decay=1.0)),
    "refuses a sparsity": _error(_spec(target_sparsity=1.0)),
    "refuses a sparsity of a name": _error(_spec(weight_sparsity_map=["dense:1.5"])),
    "refuses blocks": _error(_spec(block_dims_map=["dense:2"])),
    "refuses a pooling": _error(_named(block_height=2, block_pooling_function="MIN")),
    "refuses two sparsities": _error(_named(weight_sparsity_map=["dense:0.5", "weights:0.2"])),
    "kronecker_product": lambda tf: contrib(tf, "model_pruning.python.pruning_utils").kronecker_product(
        tf.get_variable("x", [2, 3]), tf.constant([[1.0, 2.0]])
    ),
    "expand_tensor": _utils("expand_tensor", [2, 3]),
    "expand_tensor refuses three sizes": _utils("expand_tensor", [2, 3, 1]),
    "factorized_pool": _utils("factorized_pool", [2, 3], "AVG", [2, 2], "SAME", name="pool"),
}
