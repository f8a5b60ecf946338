"""Serves a SavedModel over HTTP in TensorFlow Serving's REST form.

FOLDER holds versions as sub-folders with numbers as names; the newest is served, and a newer one is taken up.

example: python tutorials/29_saving_models/serve.py logs/29_saving_models/tf1/saved_model --name digits
"""

import argparse
import json
import re
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import bodies
from errors import http_status, invalid, not_found
from google.protobuf import json_format
from servables import Model

from tf1graphs import tutorial
import tf1graphs.v1 as tf

_MODEL = r"(?i)/v1/models/(?P<name>[^/:]+)(?:/versions/(?P<version>\d+)|/labels/(?P<label>[^/:]+))?"
_ASK = re.compile(_MODEL + ":(?P<verb>predict|classify|regress)")
_SHOW = re.compile(_MODEL + "(?P<metadata>/metadata)?")


def predict(servable, signature, request):
    dtypes = {name: tf.as_dtype(info.dtype) for name, info in signature.inputs.items()}
    inputs = bodies.predict_inputs(request, dtypes)
    return bodies.predict_answer(request, servable.run(signature, inputs, signature.outputs))


def of_examples(outputs_of, answer):
    """Returns what answers a verb whose input is tf.Examples and whose outputs have given names."""

    def run(servable, signature, request):
        outputs = [name for name in outputs_of if name in signature.outputs]
        if list(signature.inputs) != ["inputs"] or not outputs:
            raise invalid(f"Expected a signature with the input 'inputs' and one of the outputs {outputs_of}")
        return answer(servable.run(signature, {"inputs": bodies.examples(request)}, outputs))

    return run


VERBS = {
    "predict": predict,
    "classify": of_examples(["classes", "scores"], bodies.classify_answer),
    "regress": of_examples(["outputs"], bodies.regress_answer),
}


def metadata(model, version, servable):
    """Returns the signatures in the form of ``GetModelMetadataResponse``."""
    signatures = {
        name: json_format.MessageToDict(
            signature, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
        )
        for name, signature in servable.signatures.items()
    }
    return {
        "model_spec": {"name": model.name, "signature_name": "", "version": str(version)},
        "metadata": {"signature_def": {"signature_def": signatures}},
    }


def answer(model, method, path, body):
    """Returns the JSON object that answers a request.

    Raises:
        OpError: one of TensorFlow's errors.
    """
    ask, show = _ASK.fullmatch(path), _SHOW.fullmatch(path)
    found = ask if method == "POST" else show
    if not found:
        outside = not path.lower().startswith("/v1/")
        raise (not_found if outside else invalid)(f"Malformed request: {method} {path}")
    version = found["version"] and int(found["version"])
    if found["name"] != model.name:
        raise not_found(f"Could not find any versions of model {found['name']}")
    if method == "GET" and not found["metadata"]:
        return model.status(version, found["label"])
    number, servable = model.version(version, found["label"])
    if method == "GET":
        return metadata(model, number, servable)
    request = bodies.parse(body)
    signature = servable.signature(request.get("signature_name") or "serving_default")
    return VERBS[ask["verb"].lower()](servable, signature, request)


class Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection, each connection in a thread of its own."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body go out together

    def _read_body(self):
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdecimal():
            self.close_connection = True  # where the body ends is not known, so what follows it cannot be read
            raise invalid("A body needs a Content-Length")
        return self.rfile.read(int(length))

    def _reply(self):
        try:
            body = self._read_body()
            status, found = HTTPStatus.OK, answer(self.server.model, self.command, self.path, body)
        except tf.errors.OpError as error:
            status, found = http_status(error), {"error": error.message}
        content = json.dumps(found, indent=1).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = _reply

    def log_message(self, format, *arguments):
        """Keeps the lines about each request away."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address, model):
        super().__init__(address, Handler)
        self.model = model


def poll(model, seconds, stopped):
    while not stopped.wait(seconds):
        model.poll()


def label(text):
    """Returns (label, version) of ``LABEL=VERSION``."""
    name, _, version = text.partition("=")
    if not name or not version.isdecimal():
        raise argparse.ArgumentTypeError(f"must be LABEL=VERSION, not {text}")
    return name, int(version)


def main(arguments=None):
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, metavar="FOLDER")
    options.add_argument("--name", default="model", help="of the model in requests; default: model")
    options.add_argument("--label", type=label, action="append", default=[], help="LABEL=VERSION, for .../labels/LABEL")
    options.add_argument("--host", default="127.0.0.1", help="who may ask; default: 127.0.0.1, this machine alone")
    options.add_argument("--port", type=int, default=8501, help="0 for any that is free; default: 8501")
    options.add_argument("--poll", type=float, default=1.0, metavar="SECONDS", help="between looks for new versions")
    args = options.parse_args(arguments)

    if not args.folder.is_dir():
        tutorial.fail(f"{args.folder} is no folder: run tf1.py or tf2.py first")
    model = Model(args.name, args.folder, dict(args.label))
    model.poll()
    try:
        server = Server((args.host, args.port), model)
    except OSError as error:
        tutorial.fail(f"cannot listen on {args.host}:{args.port}: {error.strerror}")
    print(f"http://{args.host}:{server.server_port}/v1/models/{args.name}", flush=True)

    stopped = threading.Event()
    threading.Thread(target=poll, args=(model, args.poll, stopped), daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("stopped")
    finally:
        stopped.set()
        server.server_close()


if __name__ == "__main__":
    tutorial.run(main)
