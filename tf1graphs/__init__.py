"""Legacy TensorFlow 1.x code on today's TensorFlow.

Importing this package imports no TensorFlow; ``import tf1graphs.v1 as tf`` is the TensorFlow 1.15 API, and
``tf1graphs.install()`` gives that API to everything that says ``import tensorflow`` from then on.
"""

__version__ = "0.1.0"


def install() -> None:
    """Makes this process, such as a notebook's, one in which TensorFlow 1.x code runs unmodified.

    Raises:
        ImportError: TensorFlow is not installed.
        GraphModeError: TensorFlow 2 operations have already run eagerly in this process.
    """
    from tf1graphs.run import environment

    environment.prepare("notebook")
