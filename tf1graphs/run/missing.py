"""What to do about a module that a program needs and this machine does not have."""

from __future__ import annotations

from tf1graphs.v1._gone import UnsupportedError

# Module -> what pip calls it, where the names differ.
_DISTRIBUTIONS = {
    "Image": "Pillow",
    "PIL": "Pillow",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "yaml": "PyYAML",
}
_PYTHON_2 = {"ConfigParser", "HTMLParser", "Queue", "StringIO", "Tkinter", "__builtin__", "cPickle", "cStringIO"}
_PYTHON_2 |= {"commands", "httplib", "thread", "urllib2", "urlparse", "xmlrpclib"}


def remedy(error: Exception) -> str | None:
    """Returns one line for an error that the user can mend outside the program, None for any other."""
    if isinstance(error, UnsupportedError):
        return str(error)
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return None
    name = error.name.partition(".")[0]
    if name in ("tensorflow", "keras"):
        return f"no module named {error.name} in TensorFlow 1.15"
    if name in _PYTHON_2:
        return f"no module named {error.name}: it is a module of Python 2; run the program with --py2"
    return f"no module named {error.name}: pip install {_DISTRIBUTIONS.get(name, name)}"
