"""A SavedModel in a session, and the versions of a model in a folder, of which the newest is served.

As TensorFlow Serving does by default: version policy "latest", a folder with a number as name for each version, and the
old one stays until the new one is loaded.
"""

import threading

from errors import invalid, not_found

import tf1graphs.v1 as tf


class Servable:
    """One version of a model.

    Attributes:
        signatures: name -> SignatureDef.
    """

    def __init__(self, path):
        self._session = tf.Session(graph=tf.Graph())
        with self._session.graph.as_default():
            loaded = tf.saved_model.load(self._session, [tf.saved_model.tag_constants.SERVING], str(path))
        self.signatures = {
            name: signature for name, signature in loaded.signature_def.items() if not name.startswith("__saved_model_")
        }

    def signature(self, name):
        """Returns a SignatureDef.

        Raises:
            InvalidArgumentError: there is none of this name.
        """
        if name not in self.signatures:
            raise invalid(f'Serving signature name: "{name}" not found in signature def')
        return self.signatures[name]

    def run(self, signature, inputs, outputs):
        """Runs a signature; sessions are safe to run from many threads at once.

        Args:
            signature: the SignatureDef.
            inputs: input name -> array.
            outputs: names of the outputs to compute.

        Returns:
            Output name -> array.

        Raises:
            InvalidArgumentError: an input has another shape than the signature says.
        """
        feed = {}
        for name, array in inputs.items():
            info = signature.inputs[name]
            if info.WhichOneof("encoding") != "name":
                raise invalid(f"Input {name} is no dense tensor: only such can be written in JSON")
            shape = tf.TensorShape(info.tensor_shape)
            if not shape.is_compatible_with(array.shape):
                raise invalid(f"Input {name} is to have the shape {shape}, but got {list(array.shape)}")
            feed[info.name] = array
        return self._session.run({name: signature.outputs[name].name for name in outputs}, feed)


class Model:
    """The versions of a model, as ``poll`` last found them.

    Args:
        name: what the model is called in requests.
        folder: where its versions are.
        labels: label -> version, other names for versions.
    """

    def __init__(self, name, folder, labels):
        self.name = name
        self._folder = folder
        self._labels = labels
        self._lock = threading.Lock()
        self._served = {}
        self._states = {}

    def poll(self):
        """Takes up the newest version and lets go of the older; a version that cannot be loaded changes nothing."""
        versions = [int(path.name) for path in self._folder.iterdir() if path.name.isdecimal() and path.is_dir()]
        newest = max(versions, default=None)
        if newest is None or newest in self._served:
            return
        self._states[newest] = ("LOADING", "OK", "")
        try:
            servable = Servable(self._folder / str(newest))
        except Exception as error:  # TensorFlow's errors about missing and damaged files have many types
            self._states[newest] = ("END", "UNKNOWN", f"{type(error).__name__}: {error}")
            return
        with self._lock:
            # Requests that run in the old version keep it until they end.
            ended = dict.fromkeys(self._served, ("END", "OK", ""))
            self._states = {**self._states, **ended, newest: ("AVAILABLE", "OK", "")}
            self._served = {newest: servable}

    def version(self, asked, label):
        """Returns (number, Servable) of a version, of a label, or of the newest.

        Raises:
            InvalidArgumentError: there is no such label.
            NotFoundError: the version is not served.
        """
        if label is not None:
            if label not in self._labels:
                raise invalid(f"Unrecognized servable version label: {label}")
            asked = self._labels[label]
        with self._lock:
            number = max(self._served, default=None) if asked is None else asked
            if number not in self._served:
                which = f"Latest({self.name})" if asked is None else f"Specific({self.name}, {asked})"
                raise not_found(f"Servable not found for request: {which}")
            return number, self._served[number]

    def status(self, asked, label):
        """Returns the state of all versions, or of one, in the form of ``GetModelStatusResponse``."""
        if label is not None:
            asked, _ = self.version(None, label)
        states = dict(self._states)
        if asked is not None:
            if asked not in states:
                raise not_found(f"Could not find version {asked} of model {self.name}")
            states = {asked: states[asked]}
        return {
            "model_version_status": [
                {"version": str(number), "state": state, "status": {"error_code": code, "error_message": message}}
                for number, (state, code, message) in sorted(states.items(), reverse=True)
            ]
        }
