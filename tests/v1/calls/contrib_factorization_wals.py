"""Small uses of ``tf.contrib.factorization``: weighted alternating least squares."""

import os
import tempfile

import numpy as np
from answers import ops_in

from .inputs import contrib

RATINGS = np.float32(
    [
        [0.1, 0.0, 0.2, 0.0, 0.4, 0.5, 0.0],
        [0.0, 1.1, 0.0, 1.3, 1.4, 0.0, 1.6],
        [2.0, 0.0, 0.0, 2.3, 0.0, 2.5, 0.0],
        [3.0, 0.0, 3.2, 3.3, 0.0, 3.5, 0.0],
        [0.0, 4.1, 0.0, 0.0, 4.4, 0.0, 4.6],
    ]
)
USERS, ITEMS = RATINGS.shape
RANDOM = np.random.RandomState(6)
USER_FACTORS, ITEM_FACTORS = (RANDOM.normal(size=(number, 3)).astype(np.float32) for number in (USERS, ITEMS))
USER_WEIGHTS, ITEM_WEIGHTS = ([round(0.3 + 0.2 * each, 1) for each in range(number)] for number in (USERS, ITEMS))


def _sparse(tf, rows=None, cols=None, transposed=False, shuffled=False, ratings=RATINGS):
    """Returns rows, columns or all of the ratings, with their own indices."""
    indices = np.argwhere(ratings != 0)
    if rows is not None:
        indices = np.concatenate([indices[indices[:, 0] == row] for row in rows])
    if cols is not None:
        indices = np.concatenate([indices[indices[:, 1] == col] for col in cols])
    if shuffled:
        indices = indices[np.random.RandomState(2).permutation(len(indices))]
    values, shape = ratings[indices[:, 0], indices[:, 1]], ratings.shape
    if transposed:
        indices, shape = indices[:, ::-1], shape[::-1]
    return tf.SparseTensor(indices.astype(np.int64), values, shape)


def _model(tf, **options):
    start = {"row_init": USER_FACTORS, "col_init": ITEM_FACTORS, "regularization": 0.01}
    start.update(options)
    return tf.contrib.factorization.WALSModel(USERS, ITEMS, 3, **start)


def _in_its_own_graph(call):
    """The weights that the record sets would be negative ones, at which 1.15 ends the process."""

    def outer(tf):
        def run(unused_session):
            with tf.Graph().as_default(), tf.Session() as session:
                found = call(tf, session)
                return found + _names(tf) + [ops_in(tf.get_default_graph())]

        return run

    return outer


def _names(tf):
    groups = (tf.global_variables(), tf.local_variables(), tf.trainable_variables())
    return [[each.op.name for each in group] for group in groups]


def _swept(row_batches=(None,), col_batches=(None,), transposed=False, shuffled=False, seed=None, **options):
    """Updates by turns, twice, and gives what each step returns and what becomes of the factors."""

    def call(tf, session):
        tf.set_random_seed(seed)
        model = _model(tf, **options)
        rows = [
            model.update_row_factors(_sparse(tf, batch, None, transposed, shuffled), transpose_input=transposed)
            for batch in row_batches
        ]
        cols = [
            model.update_col_factors(_sparse(tf, None, batch, not transposed, shuffled), transpose_input=not transposed)
            for batch in col_batches
        ]
        after = tf.random_normal([2])
        _initialize(model, session)
        found = [] if seed is None else [session.run(after)]
        for _ in range(2):
            _prepare_rows(model, session)
            found += [part for step in rows for part in _run(session, step)]
            _prepare_cols(model, session)
            found += [part for step in cols for part in _run(session, step)]
        return found + session.run(model.row_factors + model.col_factors)

    return _in_its_own_graph(call)


def _initialize(model, session):
    session.run(model.initialize_op)
    session.run(model.worker_init)


def _prepare_rows(model, session):
    session.run(model.row_update_prep_gramian_op)
    session.run(model.initialize_row_update_op)


def _prepare_cols(model, session):
    session.run(model.col_update_prep_gramian_op)
    session.run(model.initialize_col_update_op)


def _run(session, step):
    values, update, loss, regularization, sum_weights = step
    return session.run([values, loss, regularization, sum_weights, update])[:-1]


def _projected(axis, make=None, transposed=False, given=None, **options):
    """Projects two rows, or columns, that are not in the matrix."""
    ratings = {"row": NEW_USERS, "col": NEW_ITEMS}[axis]

    def call(tf, session):
        model = _model(tf, **options)
        rows = _sparse(tf, transposed=transposed, ratings=ratings)
        project = {"row": model.project_row_factors, "col": model.project_col_factors}[axis]
        weights = tf.constant(given) if make == "tensor" else given
        projected = project(sp_input=rows, transpose_input=transposed, projection_weights=weights)
        _initialize(model, session)
        (_prepare_rows if axis == "row" else _prepare_cols)(model, session)
        return [session.run(projected)]

    return _in_its_own_graph(call)


def _stale(tf, session):
    """Weights and factors that change after they were copied are not seen."""
    model = _model(tf)
    values = model.update_row_factors(_sparse(tf))[0]
    _initialize(model, session)
    _prepare_rows(model, session)
    first = session.run(values)
    session.run([each.assign(2 * each) for each in model.row_weights + model.col_factors])
    second = session.run(values)
    session.run(model.worker_init)
    third = session.run(values)
    session.run(model.initialize_row_update_op)
    return [first, second, third, session.run(values)]


def _ops(tf):
    def run(unused_session):
        with tf.Graph().as_default():
            model = _model(tf, num_row_shards=2, row_init="random", use_scoped_vars=True)
            parts = [model.initialize_op, model.worker_init, model.row_update_prep_gramian_op]
            parts += [model.col_update_prep_gramian_op, model.initialize_row_update_op, model.initialize_col_update_op]
            parts += [model.update_row_factors(_sparse(tf))[1], model.update_col_factors(_sparse(tf))[1]]
            shards = [model.row_factors, model.col_factors, model.row_weights, model.col_weights]
            static = [[each.shape.as_list(), each.dtype.name] for group in shards for each in group]
            return [[each.name, each.type] for each in parts] + static

    return run


def _seeded_after(tf):
    tf.set_random_seed(4)
    contrib(tf, GEN).masked_matmul(LEFT, RIGHT, [[0, 0]], False, False)
    _sides(tf)
    return tf.random_normal([3])


def _masked(left=None, right=None, indices=((0, 0), (2, 2), (0, 0), (1, 2)), transpose_a=False, transpose_b=False):
    def call(tf):
        left_, right_ = (LEFT if left is None else left), (RIGHT if right is None else right)
        return contrib(tf, GEN).masked_matmul(left_, right_, np.array(indices), transpose_a, transpose_b)

    return call


def _masked_of_another_dtype(tf):
    return contrib(tf, GEN).masked_matmul(tf.constant(LEFT, tf.float64), RIGHT, [[0, 0]], False, False)


def _masked_of_placeholders(tf):
    left, right = tf.placeholder(tf.float32), tf.placeholder(tf.float32)
    indices, transpose = tf.placeholder(tf.int64), tf.placeholder(tf.bool)
    product = contrib(tf, GEN).masked_matmul(left, right, indices, transpose, transpose)
    feed = {left: LEFT.T, right: RIGHT.T, indices: [[2, 1]], transpose: True}
    return lambda session: session.run(product, feed)


def _sides(tf, rows=(0, 0, 1), cols=(1, 2, 0), weights=(1, 2, 3), row_weights=(0.5, 0.25), entry_weights=(), **options):
    given = {"factors": LEFT, "unobserved": 0.1, "values": [1.0, 2.0, 3.0], "size": 2, "transposed": False}
    given.update(options)
    both = np.stack([cols, rows] if given["transposed"] else [rows, cols], axis=1)
    return contrib(tf, GEN).wals_compute_partial_lhs_and_rhs(
        given["factors"],
        np.float32(weights),
        given["unobserved"],
        np.float32(row_weights),
        given.get("indices", both),
        given["values"],
        np.float32(entry_weights),
        given["size"],
        given["transposed"],
    )


def _partial_sides(**options):
    return lambda tf: list(_sides(tf, **options))


def _names_of_sides(tf):
    sides = _sides(tf)
    return [list(sides._fields), sides.partial_lhs, sides.partial_rhs]


def _estimated(
    steps=None, row_batches=(None,), col_batches=(None,), project_row=True, given=None, twice=False, **options
):
    """Trains, evaluates and projects with the estimator."""

    def call(tf):
        def run(unused_session):
            tf.logging.set_verbosity(tf.logging.ERROR)
            factorization = tf.contrib.factorization.WALSMatrixFactorization
            folder = tempfile.mkdtemp()
            start = {"row_init": USER_FACTORS, "col_init": ITEM_FACTORS, "regularization_coeff": 0.01}
            start.update(options)
            config = tf.contrib.learn.RunConfig(tf_random_seed=3)
            model = factorization(USERS, ITEMS, 3, model_dir=folder, config=config, **start)

            def train():
                rows = _batch(tf, [_sparse(tf, batch) for batch in row_batches])
                cols = _batch(tf, [_sparse(tf, None, batch, transposed=True) for batch in col_batches])
                return {model.INPUT_ROWS: rows, model.INPUT_COLS: cols}, None

            def features(rows, cols):
                found = {
                    model.INPUT_ROWS: rows,
                    model.INPUT_COLS: cols,
                    model.PROJECT_ROW: tf.constant(project_row),
                }
                if given is not None:
                    found[model.PROJECTION_WEIGHTS] = tf.constant(given)
                return found, None

            def evaluated():
                return features(_sparse(tf), _sparse(tf, transposed=True))

            def projected():
                return features(_sparse(tf, ratings=NEW_USERS), _sparse(tf, transposed=True, ratings=NEW_ITEMS))

            model.fit(input_fn=train, steps=steps)
            if twice:
                model.fit(input_fn=train, steps=steps)
            scores = model.evaluate(input_fn=evaluated, steps=1)
            predicted = model.get_projections(input_fn=projected)
            found = model.get_row_factors() + model.get_col_factors() + [next(predicted), next(predicted)]
            found += [scores[key] for key in sorted(scores)] + [sorted(scores)]
            names = sorted(model.get_variable_names())
            kept = [model.COMPLETED_SWEEPS, model.LOSS, model.RWSE, "is_row_sweep", "is_sweep_done", "global_step"]
            found += [model.get_variable_value(name) for name in kept + ["processed_rows", "processed_cols"]] + names
            return found + sorted(name for name in os.listdir(folder) if name.endswith(("index", "meta", "pbtxt")))

        return run

    return call


def _batch(tf, batches):
    """Returns the only batch, or one of two by turns."""
    if len(batches) == 1:
        return batches[0]
    first, second = batches
    turn = tf.train.range_input_producer(2, shuffle=False).dequeue()
    return tf.SparseTensor(*tf.cond(tf.equal(turn, 0), lambda: _parts(tf, first), lambda: _parts(tf, second)))


def _parts(tf, batch):
    return [tf.identity(batch.indices), tf.identity(batch.values), tf.identity(batch.dense_shape)]


def _of_workers(tf):
    os.environ["TF_CONFIG"] = (
        '{"cluster": {"chief": ["a:1"], "ps": ["b:1"], "worker": ["c:1", "d:1"]}, '
        '"task": {"type": "chief", "index": 0}, "environment": "cloud"}'
    )
    try:
        return tf.contrib.factorization.WALSMatrixFactorization(
            USERS, ITEMS, 3, config=tf.contrib.learn.RunConfig(), model_dir=tempfile.mkdtemp()
        )
    finally:
        del os.environ["TF_CONFIG"]


NEW_USERS = np.float32([[0, 2, 0, 1, 0, 3, 0], [1, 0, 0, 0, 4, 0, 0.5]])
NEW_ITEMS = np.float32([[1, 0], [0, 2], [3, 0.5], [0, 4], [0.25, 0]])
LEFT, RIGHT = np.float32([[1, 2], [3, 4], [5, 6]]), np.float32([[1, 2, 1], [0, 1, 1]])
GEN = "factorization.python.ops.gen_factorization_ops"
SHARDS = {"num_row_shards": 2, "num_col_shards": 3}
SHARDED = dict(
    SHARDS,
    row_init=[USER_FACTORS[:3], USER_FACTORS[3:]],
    col_init=[ITEM_FACTORS[:3], ITEM_FACTORS[3:5], ITEM_FACTORS[5:]],
)
ALL_ALIKE = {"row_weights": None, "col_weights": None}
ONE_BY_ONE = {"row_batches": [[3, 0], [2, 4, 1]], "col_batches": [[6, 5, 0, 2], [1, 3, 4]]}

CALLS = {
    "WALSModel": _swept(),
    "WALSModel of a transposed matrix": _swept(transposed=True),
    "WALSModel of entries in any order": _swept(shuffled=True),
    "WALSModel of a transposed matrix in any order": _swept(shuffled=True, transposed=True),
    "WALSModel in batches": _swept(**ONE_BY_ONE),
    "WALSModel in shards": _swept(seed=3, **SHARDED),
    "WALSModel in shards and batches": _swept(**dict(SHARDED, **ONE_BY_ONE)),
    "WALSModel in shards without caches": _swept(
        use_factors_weights_cache=False, use_gramian_cache=False, transposed=True, **SHARDED
    ),
    "WALSModel of random factors": _swept(seed=5, row_init="random", col_init="random"),
    "WALSModel of random factors in shards": _swept(seed=5, row_init="random", col_init="random", **SHARDS),
    "WALSModel of factors by functions": _swept(row_init=lambda: USER_FACTORS, col_init=lambda: [ITEM_FACTORS]),
    "WALSModel of equal weights": _swept(seed=3, **ALL_ALIKE),
    "WALSModel of equal weights, transposed": _swept(transposed=True, **ALL_ALIKE),
    "WALSModel of equal weights in shards": _swept(**dict(SHARDED, **ALL_ALIKE)),
    "WALSModel of equal weights without regularization": _swept(regularization=None, **ALL_ALIKE),
    "WALSModel without regularization": _swept(regularization=None),
    "WALSModel of another unobserved weight": _swept(unobserved_weight=1),
    "WALSModel without caches": _swept(use_factors_weights_cache=False, use_gramian_cache=False),
    "WALSModel without a cache of factors": _swept(use_factors_weights_cache=False),
    "WALSModel without a cache of gramians": _swept(use_gramian_cache=False),
    "WALSModel in scopes": _swept(use_scoped_vars=True, seed=3),
    "WALSModel of weights": _swept(row_weights=USER_WEIGHTS, col_weights=[ITEM_WEIGHTS], regularization=1),
    "WALSModel of weights of one side": _swept(row_weights=np.float32(USER_WEIGHTS), col_weights=0.5, regularization=1),
    "WALSModel of weights in shards": _swept(
        row_weights=[USER_WEIGHTS[:3], USER_WEIGHTS[3:]],
        col_weights=[ITEM_WEIGHTS[:3], ITEM_WEIGHTS[3:5], ITEM_WEIGHTS[5:]],
        regularization=1.0,
        **SHARDED,
    ),
    "WALSModel keeps copies": _in_its_own_graph(_stale),
    "WALSModel names its ops": _ops,
    "WALSModel refuses weights of one side alone": lambda tf: _model(tf, row_weights=None),
    "WALSModel refuses a negative weight": lambda tf: _model(tf, row_weights=-1),
    "WALSModel refuses another weight": lambda tf: _model(tf, row_weights=1j),
    "WALSModel refuses weights of other shards": lambda tf: _model(tf, row_weights=[[1.0]] * 3),
    "WALSModel refuses factors of other shards": lambda tf: _model(tf, **dict(SHARDED, num_row_shards=3)),
    "WALSModel refuses another start": lambda tf: _model(tf, row_init="zeros"),
    "WALSModel refuses a dense matrix": lambda tf: _model(tf).update_row_factors(RATINGS),
    "WALSModel refuses no matrix": lambda tf: _model(tf).project_col_factors(),
    "project_row_factors": _projected("row"),
    "project_row_factors of a transposed matrix": _projected("row", transposed=True),
    "project_row_factors of a weight": _projected("row", given=0.5),
    "project_row_factors of a whole weight": _projected("row", given=2),
    "project_row_factors of weights": _projected("row", given=np.float32([0.5, 2])),
    "project_row_factors of a tensor of weights": _projected("row", "tensor", given=[0.5, 2], **SHARDED),
    "project_row_factors of equal weights": _projected("row", **ALL_ALIKE),
    "project_row_factors refuses a matrix of weights": _projected("row", given=np.float32([[0.5, 2]])),
    "project_col_factors": _projected("col"),
    "project_col_factors of a transposed matrix": _projected("col", transposed=True, use_gramian_cache=False),
    "project_col_factors of a weight": _projected("col", "tensor", given=0.5, regularization=None),
    "masked_matmul": _masked(),
    "masked_matmul, the left one transposed": _masked(left=LEFT.T, transpose_a=True),
    "masked_matmul, the right one transposed": _masked(right=RIGHT.T, transpose_b=True),
    "masked_matmul, both transposed": _masked(left=LEFT.T, right=RIGHT.T, transpose_a=True, transpose_b=True),
    "masked_matmul of nothing": _masked(indices=np.zeros([0, 2], np.int64)),
    "masked_matmul of unknown shapes": _masked_of_placeholders,
    "masked_matmul refuses other depths": _masked(right=RIGHT.T),
    "masked_matmul refuses a vector": _masked(left=LEFT[0]),
    "masked_matmul refuses a vector of indices": _masked(indices=[0, 1]),
    "masked_matmul refuses indices of three": _masked(indices=[[0, 1, 2]]),
    "masked_matmul of float64": _masked(left=np.float64(LEFT)),
    "masked_matmul refuses a tensor of float64": _masked_of_another_dtype,
    "masked_matmul of fractions": _masked(indices=[[0.5, 1]]),
    "masked_matmul refuses several transpositions": _masked(transpose_a=[False, True]),
    "wals_compute_partial_lhs_and_rhs": _partial_sides(),
    "wals_compute_partial_lhs_and_rhs has names": _names_of_sides,
    "wals_compute_partial_lhs_and_rhs, transposed": _partial_sides(transposed=True),
    "wals_compute_partial_lhs_and_rhs, an entry twice": _partial_sides(cols=(1, 1, 0)),
    "wals_compute_partial_lhs_and_rhs, an empty row": _partial_sides(size=3, row_weights=(0.5, 0.25, 1)),
    "wals_compute_partial_lhs_and_rhs of entries' weights": _partial_sides(
        weights=(), row_weights=(), entry_weights=(1, 2, 3)
    ),
    "wals_compute_partial_lhs_and_rhs refuses both weights": _partial_sides(entry_weights=(1, 2, 3)),
    "wals_compute_partial_lhs_and_rhs refuses few weights of factors": _partial_sides(weights=(1, 2)),
    "wals_compute_partial_lhs_and_rhs refuses few weights of entries": _partial_sides(
        weights=(), row_weights=(), entry_weights=(1,)
    ),
    "wals_compute_partial_lhs_and_rhs refuses a vector of factors": _partial_sides(factors=LEFT[0]),
    "wals_compute_partial_lhs_and_rhs refuses several unobserved weights": _partial_sides(unobserved=[0.1]),
    "wals_compute_partial_lhs_and_rhs refuses few values": _partial_sides(values=[1.0]),
    "wals_compute_partial_lhs_and_rhs refuses a matrix of values": _partial_sides(values=[[1.0, 2.0, 3.0]]),
    "wals_compute_partial_lhs_and_rhs refuses several sizes": _partial_sides(size=[2]),
    "wals_compute_partial_lhs_and_rhs refuses a matrix of weights": _partial_sides(row_weights=[[0.5, 0.25]]),
    "seeds after": _seeded_after,
    "WALSMatrixFactorization": _estimated(max_sweeps=4),
    "WALSMatrixFactorization of steps": _estimated(steps=3, project_row=False),
    "WALSMatrixFactorization goes on": _estimated(steps=1, twice=True, row_init="random", col_init="random"),
    "WALSMatrixFactorization in batches": _estimated(max_sweeps=3, **ONE_BY_ONE),
    "WALSMatrixFactorization in shards": _estimated(
        max_sweeps=2, use_factors_weights_cache_for_training=False, **SHARDED
    ),
    "WALSMatrixFactorization of weights": _estimated(
        max_sweeps=2, row_weights=USER_WEIGHTS, col_weights=ITEM_WEIGHTS, given=[0.5, 2], regularization_coeff=1.0
    ),
    "WALSMatrixFactorization of equal weights": _estimated(
        max_sweeps=3, use_gramian_cache_for_training=False, regularization_coeff=None, **ALL_ALIKE
    ),
    "WALSMatrixFactorization refuses workers": _of_workers,
}
