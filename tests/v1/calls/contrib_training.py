"""Small uses of ``tf.contrib.training``."""

import numpy as np


def _hparams(tf, **more):
    return tf.contrib.training.HParams(rate=0.5, layers=[3, 4], name="a", deep=True, count=7, **more)


def _kept(use):
    """Returns what ``use`` makes of some hyperparameters, as text."""

    def call(tf):
        hparams = _hparams(tf)
        found = use(hparams)
        return [str(found), repr(hparams)]

    return call


def _message(tf):
    message = _hparams(tf, texts=["b", "c"], flags=[True, False], rates=[0.25]).to_proto()
    again = tf.contrib.training.HParams.from_proto(type(message).FromString(message.SerializeToString()))
    return [repr(again), sorted(message.hparam)]


def _parse(values, ignore_unknown=False):
    types = {"a": int, "b": float, "c": bool, "d": str}

    def call(tf):
        found = tf.contrib.training.parse_values(values, types, ignore_unknown)
        return [repr(sorted(found.items()))]

    return call


def _batches(tf, session, tensors, number):
    coordinator = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(session, coordinator)
    found = [session.run(tensors) for _ in range(number)]
    coordinator.request_stop()
    coordinator.join(threads, ignore_live_threads=True)
    return found


def _first_of_each(batches, bucket):
    """Returns the first batch of each bucket: which bucket is full first is up to the threads that fill them."""
    firsts = {}
    for batch in batches:
        firsts.setdefault(bucket(batch), batch)
    return [firsts[number] for number in sorted(firsts)]


def _sequences(tf):
    """Returns the length and values of sequences 1, 1 2, 1 2 3, ..., one after the other."""
    length = tf.train.range_input_producer(6, shuffle=False).dequeue() + 1
    return length, tf.range(1, length + 1)


def _bucketed(tf):
    length, values = _sequences(tf)
    found = tf.contrib.training.bucket_by_sequence_length(
        length, {"values": values, "twice": 2 * values}, 2, [3, 5], dynamic_pad=True, shapes=None
    )
    shapes = [found[1][key].shape.as_list() for key in sorted(found[1])]

    def run(session):
        batches = _batches(tf, session, found, 12)
        firsts = _first_of_each(batches, lambda batch: sum(batch[0][0] >= boundary for boundary in (3, 5)))
        return [shapes] + [[lengths.tolist(), content["twice"].tolist()] for lengths, content in firsts]

    return run


def _bucket(tf):
    length, values = _sequences(tf)
    number, found = tf.contrib.training.bucket(
        [length],
        length % 2,
        [2, 3],
        2,
        bucket_capacities=[8, 9],
        allow_smaller_final_batch=False,
        keep_input=length > 1,
    )

    def run(session):
        firsts = _first_of_each(_batches(tf, session, [number, found], 8), lambda batch: int(batch[0]))
        return [number.shape.as_list(), found.shape.as_list()] + [
            [int(which), batch.tolist()] for which, batch in firsts
        ]

    return run


def _bad_boundaries(boundaries):
    return lambda tf: tf.contrib.training.bucket_by_sequence_length(3, [tf.range(3)], 2, boundaries)


def _resampled(tf):
    tf.set_random_seed(3)
    return tf.contrib.training.resample_at_rate([tf.range(5), tf.ones([5, 2])], [0.0, 3.0, 1.0, 2.0, 0.5], seed=4)


def _weighted(tf):
    inputs = [tf.range(4), tf.ones([4, 2])]
    tf.set_random_seed(3)
    found, rates = tf.contrib.training.weighted_resample(
        inputs, tf.constant([1.0, 0.0, 2.0, 1.0]), 2.0, mean_decay=0.5, seed=4
    )
    return found, rates


def _rejection(tf):
    value = tf.train.range_input_producer(10, shuffle=False).dequeue()
    found = tf.contrib.training.rejection_sample(
        [tf.cast(value, tf.float32)],
        lambda parts: tf.cast(parts[0] > 4.5, tf.float32),
        5,
        runtime_checks=True,
    )
    return lambda session: _batches(tf, session, found, 2)


def _rejection_of_many(tf):
    found = tf.contrib.training.rejection_sample(
        [tf.range(4), tf.range(4) * 2], lambda parts: tf.cast(parts[0] > 1, tf.float32), 2, enqueue_many=True
    )
    return lambda session: _batches(tf, session, found, 2)


def _stratified(**options):
    def call(tf):
        labels = tf.constant([0, 1, 1, 0])
        (data,), found = tf.contrib.training.stratified_sample(
            [tf.range(4) + 10], labels, [0.0, 1.0], 3, enqueue_many=True, **options
        )
        return lambda session: [sorted(set(np.ravel(batch))) for batch in _batches(tf, session, [data, found], 2)[0]]

    return call


def _load(tf):
    strategy = tf.contrib.training.GreedyLoadBalancingStrategy(2, tf.contrib.training.byte_size_load_fn)
    ops = [tf.zeros(shape).op for shape in ([10], [4], [3], [2, 8], [1])]
    random = tf.contrib.training.RandomStrategy(3, seed=5)
    return [[int(strategy(op)) for op in ops], [random(op) for op in ops]]


def _train_op(**options):
    def call(tf):
        weight = tf.get_variable("weight", [3])
        step = tf.train.get_or_create_global_step()
        tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_add(tf.get_variable("seen", initializer=0), 1).op)
        train_op = tf.contrib.training.create_train_op(
            tf.reduce_sum(tf.square(weight)), tf.train.GradientDescentOptimizer(0.1), **options
        )
        summaries = len(tf.get_collection(tf.GraphKeys.SUMMARIES))

        def run(session):
            # The loss that it gives is read before or after the update.
            session.run(train_op)
            return session.run([weight, step]) + [summaries]

        return run

    return call


def _multiplied(tf):
    weight = tf.get_variable("weight", [2])
    pairs = [(tf.constant([1.0, 2.0]), weight)]
    return tf.contrib.training.multiply_gradients(pairs, {weight: 3.0})[0][0]


def _fed(tf):
    queue = tf.FIFOQueue(10, [tf.int32], [[]])
    value = tf.placeholder(tf.int32, [])
    numbers = list(range(3))

    def feed():
        if not numbers:
            raise tf.errors.OutOfRangeError(None, None, "no more")
        return {value: numbers.pop(0)}

    runner = tf.contrib.training.FeedingQueueRunner(queue, [queue.enqueue(value)], feed_fns=[feed])
    tf.train.add_queue_runner(runner)
    return lambda session: _batches(tf, session, queue.dequeue(), 3)


CALLS = {
    "HParams": _kept(lambda hparams: hparams),
    "HParams.parse": _kept(lambda hparams: hparams.parse("rate=2,layers=[5, 6,7],name=x y,deep=false")),
    "HParams.parse of unknown": _kept(lambda hparams: hparams.parse("speed=2")),
    "HParams.parse of float": _kept(lambda hparams: hparams.parse("count=2.5")),
    "HParams.parse of index": _kept(lambda hparams: hparams.parse("layers[1]=2")),
    "HParams.set_hparam": _kept(lambda hparams: hparams.set_hparam("rate", 3)),
    "HParams.set_hparam of float": _kept(lambda hparams: hparams.set_hparam("count", 3.5)),
    "HParams.set_hparam of bool": _kept(lambda hparams: hparams.set_hparam("count", True)),
    "HParams.set_hparam of list": _kept(lambda hparams: hparams.set_hparam("count", [3])),
    "HParams.set_hparam of no list": _kept(lambda hparams: hparams.set_hparam("layers", 3)),
    "HParams.set_hparam of unknown": _kept(lambda hparams: hparams.set_hparam("speed", 3)),
    "HParams.add_hparam": _kept(lambda hparams: hparams.add_hparam("speed", (1, 2))),
    "HParams.add_hparam of taken": _kept(lambda hparams: hparams.add_hparam("values", 2)),
    "HParams.add_hparam of empty list": _kept(lambda hparams: hparams.add_hparam("speed", [])),
    "HParams.add_hparam of None": _kept(
        lambda hparams: [hparams.add_hparam("speed", None), hparams.add_hparam("speed", 3)]
    ),
    "HParams.del_hparam": _kept(lambda hparams: [hparams.del_hparam("rate"), hparams.del_hparam("none")]),
    "HParams.to_json": _kept(lambda hparams: hparams.to_json(sort_keys=True, indent=1)),
    "HParams.parse_json": _kept(lambda hparams: hparams.parse_json('{"rate": 1, "layers": [1]}')),
    "HParams.get": _kept(
        lambda hparams: [hparams.get("rate", 1), hparams.get("x", 5), "rate" in hparams, "x" in hparams]
    ),
    "HParams.get of other type": _kept(lambda hparams: hparams.get("count", 1.5)),
    "HParams.override_from_dict": _kept(lambda hparams: hparams.override_from_dict({"rate": 4, "layers": [1]})),
    "HParams without such": _kept(lambda hparams: hparams.speed),
    "HParams model structure": lambda tf: tf.contrib.training.HParams(model_structure="m").get_model_structure(),
    "HParams as message": _message,
    "parse_values": _parse("a=1,b=2,c=1,d=x"),
    "parse_values of lists": _parse("a=[1,2],d[2]=y, d[0]=x"),
    "parse_values of unknown": _parse("z=1"),
    "parse_values of ignored": _parse("z=1,a=2", True),
    "parse_values twice": _parse("a=1,a=2"),
    "parse_values malformed": _parse("a:1"),
    "parse_values of bad bool": _parse("c=maybe"),
    "bucket": _bucket,
    "bucket of none": lambda tf: tf.contrib.training.bucket([], 0, 2, 3),
    "bucket of bad capacities": lambda tf: tf.contrib.training.bucket([tf.zeros([])], 0, 2, 3, bucket_capacities=[1]),
    "bucket_by_sequence_length": _bucketed,
    "bucket_by_sequence_length of none": _bad_boundaries([]),
    "bucket_by_sequence_length of falling": _bad_boundaries([3, 2]),
    "bucket_by_sequence_length of floats": _bad_boundaries([3.0, 4.0]),
    "resample_at_rate": _resampled,
    "weighted_resample": _weighted,
    "rejection_sample": _rejection,
    "rejection_sample of many": _rejection_of_many,
    "stratified_sample": _stratified(init_probs=[0.5, 0.5]),
    "stratified_sample of unknown": _stratified(),
    "stratified_sample of other number": _stratified(init_probs=[0.5, 0.25, 0.25]),
    "load balancing": _load,
    "create_train_op": _train_op(),
    "create_train_op with norms": _train_op(transform_grads_fn=None, summarize_gradients=True, check_numerics=False),
    "multiply_gradients": _multiplied,
    "multiply_gradients of none": lambda tf: tf.contrib.training.multiply_gradients([], {}),
    "clip_gradient_norms": lambda tf: tf.contrib.training.clip_gradient_norms([(tf.constant([3.0, 4.0]), None)], 1.0)[
        0
    ][0],
    "clip_gradient_norms_fn": lambda tf: tf.contrib.training.clip_gradient_norms_fn(2.0)(
        [(tf.constant([3.0, 4.0]), None)]
    )[0][0],
    "get_or_create_eval_step": lambda tf: tf.contrib.training.get_or_create_eval_step(),
    "SummaryAtEndHook of nothing": lambda tf: tf.contrib.training.SummaryAtEndHook(),
    "FeedingQueueRunner": _fed,
}
