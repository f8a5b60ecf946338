"""Errors as TensorFlow Serving answers them: each of TensorFlow's error codes is one of HTTP's.

Source: ``ToHTTPStatusCode`` in ``tensorflow_serving/model_servers/http_server.cc``.
"""

from http import HTTPStatus

import tf1graphs.v1 as tf

_STATUS = {
    tf.errors.INVALID_ARGUMENT: HTTPStatus.BAD_REQUEST,
    tf.errors.FAILED_PRECONDITION: HTTPStatus.BAD_REQUEST,
    tf.errors.OUT_OF_RANGE: HTTPStatus.BAD_REQUEST,
    tf.errors.NOT_FOUND: HTTPStatus.NOT_FOUND,
    tf.errors.RESOURCE_EXHAUSTED: HTTPStatus.TOO_MANY_REQUESTS,
    tf.errors.UNIMPLEMENTED: HTTPStatus.NOT_IMPLEMENTED,
    tf.errors.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}


def invalid(message):
    return tf.errors.InvalidArgumentError(None, None, message)


def not_found(message):
    return tf.errors.NotFoundError(None, None, message)


def http_status(error):
    """Returns the HTTP code of one of TensorFlow's errors."""
    return _STATUS.get(error.error_code, HTTPStatus.INTERNAL_SERVER_ERROR)
