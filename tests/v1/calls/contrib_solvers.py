"""``tf.contrib.solvers``: equations, least squares and bidiagonalization."""

import numpy as np

RANDOM = np.random.RandomState(4)
MATRIX = RANDOM.normal(size=(6, 4))
SQUARE = MATRIX.T.dot(MATRIX) + 0.5 * np.eye(4)
RIGHT = RANDOM.normal(size=6)


def _operator(tf, matrix, known=True):
    tensor = tf.constant(matrix)
    if not known:
        tensor = tf.placeholder_with_default(tensor, [None, None])
    return tf.contrib.solvers.util.create_operator(tensor)


def _cg(known=True, preconditioned=False, begin=None, **options):
    def call(tf):
        solvers, operator = tf.contrib.solvers, _operator(tf, SQUARE, known)
        if preconditioned:
            inverse = tf.constant(np.diag(1 / np.diag(SQUARE)))
            options["preconditioner"] = solvers.util.create_operator(inverse)
        x = begin and tf.constant(begin, tf.float64)
        state = solvers.linear_equations.conjugate_gradient(operator, tf.constant(RIGHT[:4]), x=x, **options)
        return list(state) + list(state._fields) + [type(state).__name__]

    return call


def _cg_gradient(tf):
    matrix = tf.get_variable("matrix", [3, 3], tf.float64)
    operator = tf.contrib.solvers.util.create_operator(
        tf.matmul(matrix, matrix, transpose_a=True) + tf.eye(3, dtype=tf.float64)
    )
    return tf.contrib.solvers.linear_equations.conjugate_gradient(operator, tf.constant(RIGHT[:3]), max_iter=3).x


def _cgls(known=True, **options):
    def call(tf):
        state = tf.contrib.solvers.least_squares.cgls(_operator(tf, MATRIX, known), tf.constant(RIGHT), **options)
        return list(state) + list(state._fields) + [type(state).__name__]

    return call


def _lanczos(known=True, **options):
    def call(tf):
        operator = _operator(tf, MATRIX, known)
        start = tf.constant(RIGHT[:, np.newaxis])
        state = tf.contrib.solvers.lanczos.lanczos_bidiag(operator, 3, starting_vector=start, **options)
        return list(state) + [type(state).__name__]

    return call


def _lanczos_of_random(tf):
    tf.set_random_seed(3)
    state = tf.contrib.solvers.lanczos.lanczos_bidiag(_operator(tf, MATRIX.astype(np.float32)), 2, name="l")
    return list(state)


def _bidiag(columns, **options):
    def call(tf):
        alpha, beta = tf.constant([1.0, 2.0, 3.0]), tf.constant([4.0, 5.0, 6.0])
        return tf.contrib.solvers.lanczos.bidiag_matmul(tf.get_variable("m", [2, columns]), alpha, beta, **options)

    return call


def _util(tf):
    util, x = tf.contrib.solvers.util, tf.constant([3.0, 4.0])
    identity = util.identity_operator(tf.constant(MATRIX))
    norms = [util.dot(x, x), util.l2norm(x), util.l2norm_squared(x)] + list(util.l2normalize(x))
    complex_dot = util.dot(tf.constant([1 + 2j]), tf.constant([3 - 1j]))
    adjoint = _operator(tf, SQUARE + 1j * MATRIX[:4]).apply_adjoint(tf.constant(RIGHT[:4, np.newaxis] + 0j))
    parts = [tf.real(complex_dot), tf.imag(complex_dot), tf.real(adjoint), tf.imag(adjoint)]
    return norms + parts + [str(identity.shape), identity.apply(x), identity.apply_adjoint(x), type(identity).__name__]


CALLS = {
    "conjugate_gradient": _cg(),
    "conjugate_gradient of unknown shape": _cg(known=False, max_iter=2),
    "conjugate_gradient preconditioned": _cg(preconditioned=True, tol=1e-8, name="solve"),
    "conjugate_gradient from x": _cg(begin=[0.1, 0.2, 0.3, 0.4], tol=0.5),
    "conjugate_gradient has a gradient": _cg_gradient,
    "cgls": _cgls(),
    "cgls of unknown shape": _cgls(known=False, tol=1e-2, max_iter=3, name="least"),
    "lanczos_bidiag": _lanczos(),
    "lanczos_bidiag without orthogonalization": _lanczos(known=False, orthogonalize=False),
    "lanczos_bidiag of a random vector": _lanczos_of_random,
    "bidiag_matmul": _bidiag(4),
    "bidiag_matmul of the adjoint": _bidiag(3, adjoint_b=True),
    "util": _util,
}
