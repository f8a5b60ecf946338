"""Every form predicts without the source, and ``serve.py`` answers as TensorFlow Serving does.

The answers are compared with what real TensorFlow 1.15 recorded with its SavedModels, with the outputs that the
tutorial's scripts saved, and with the examples of TensorFlow Serving's own page, ``api_rest.md``.
"""

from __future__ import annotations

import base64
import http.client
import io
import json
import re
import shutil
import signal
import tarfile
import urllib.parse
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import serving_client
import short
import warm
from serving_client import Client

NAME = "29_saving_models"
GRAPHS = Path(__file__).resolve().parents[1] / "fixtures" / "tf115" / "convert_graphs"

# A model with inputs and outputs of many dtypes and shapes, which gives back what it gets.
ECHO = """
import tensorflow as tf

class Echo(tf.Module):
    @tf.function(input_signature=[tf.TensorSpec([None, None], tf.float32, name="x")])
    def one(self, x):
        return {"y": x}

    @tf.function(input_signature=[
        tf.TensorSpec([None], tf.string, name="text"),
        tf.TensorSpec([None, 2], tf.int32, name="pair"),
        tf.TensorSpec([None], tf.bool, name="flag"),
    ])
    def several(self, text, pair, flag):
        return {"text": text, "raw_bytes": text, "sum": tf.reduce_sum(pair, 1), "flag": flag}

    @tf.function(input_signature=[tf.TensorSpec([], tf.float64, name="scalar")])
    def scalar(self, scalar):
        return {"doubled": 2 * scalar}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="inputs")])
    def examples(self, inputs):
        spec = {"x": tf.io.FixedLenFeature([], tf.float32), "n": tf.io.FixedLenFeature([], tf.int64, 7)}
        parsed = tf.io.parse_example(inputs, spec)
        return {"outputs": parsed["x"] + tf.cast(parsed["n"], tf.float32)}

def main(arguments):
    echo = Echo()
    signatures = {name: getattr(echo, name) for name in ("several", "scalar", "examples")}
    tf.saved_model.save(echo, arguments[0], {"serving_default": echo.one, **signatures})
"""


@pytest.fixture(scope="module")
def call() -> Iterator[Callable[..., Any]]:
    with warm.process() as started:
        yield started


@pytest.fixture(scope="module")
def echo(call: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("echo")
    script = folder / "save.py"
    script.write_text(ECHO)
    done = call(warm.run, script, [str(folder / "versions" / "3")])
    assert done.code == 0, done.err
    with serving_client.server(folder / "versions", "--label", "stable=3", "--label", "gone=2") as client:
        yield client


def _logdir(version: str, pair_of: Callable[[str], Any]) -> Path:
    logdir: Path = getattr(pair_of(NAME), version).logdir
    return logdir


def _expected(logdir: Path) -> dict[str, np.ndarray]:
    with np.load(logdir / "expected.npz") as arrays:
        return dict(arrays)


@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_every_form_predicts_the_same_without_the_source(version, pair_of, python, tmp_path):
    for name in (f"{version}_load.py", "forms.py"):
        shutil.copy(short.TUTORIALS / NAME / name, tmp_path)
    logdir = _logdir(version, pair_of)
    done = python(str(tmp_path / f"{version}_load.py"), "--logdir", str(logdir))
    assert done.returncode == 0, done.stderr
    differences = [float(number) for number in re.findall("largest difference: (.*)", done.stdout)]
    assert len(differences) == 7
    assert max(differences) <= 1e-6
    for name in ("frozen.pb", "network.h5", "network.json"):
        assert f"{name:32} {(logdir / name).stat().st_size:8d} bytes" in done.stdout


@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_a_missing_and_a_damaged_file_are_named_in_one_line(version, pair_of, python, tmp_path):
    script = str(short.TUTORIALS / NAME / f"{version}_load.py")
    done = python(script, "--logdir", str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"run {version}.py first" in done.stderr
    copy = Path(shutil.copytree(_logdir(version, pair_of), tmp_path / "copy"))
    (copy / "model.ckpt.index").write_bytes(b"rubbish")
    done = python(script, "--logdir", str(copy))
    assert (done.returncode, done.stderr.strip().count("\n")) == (2, 0), done.stderr
    assert str(copy / "model.ckpt.index") in done.stderr


@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_each_version_is_served(version, pair_of, python):
    logdir = _logdir(version, pair_of)
    expected = _expected(logdir)
    images, logits = expected["images"][:5], expected["outputs"][:5]
    examples = [{"pixels": image.tolist()} for image in images]
    scores = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    with serving_client.server(logdir / "saved_model") as client:
        code, answer = client.post(":predict", instances=images.tolist())
        assert code == 200
        np.testing.assert_allclose([row["logits"] for row in answer["predictions"]], logits, rtol=1e-5, atol=1e-5)
        assert [row["digit"] for row in answer["predictions"]] == logits.argmax(axis=1).tolist()

        code, answer = client.post(":predict", inputs={"images": images.tolist()})
        assert code == 200
        np.testing.assert_allclose(answer["outputs"]["logits"], logits, rtol=1e-5, atol=1e-5)

        code, answer = client.post(":classify", signature_name="classify", examples=examples)
        assert code == 200
        assert [[label for label, _ in row] for row in answer["results"]] == [list("0123456789")] * 5
        np.testing.assert_allclose([[score for _, score in row] for row in answer["results"]], scores, rtol=1e-4)

        code, answer = client.post(":regress", signature_name="confidence", examples=examples)
        assert code == 200
        np.testing.assert_allclose(answer["results"], scores.max(axis=1), rtol=1e-4)

        asked = python(str(short.TUTORIALS / NAME / "ask.py"), client.url)
        assert asked.returncode == 0, asked.stderr
        digits = _expected(logdir)["outputs"][:10].argmax(axis=1).tolist()
        assert f"Predict:    {digits}\nClassify:   {digits}\n" in asked.stdout


def _unpacked(name: str, folder: Path) -> tuple[Path, dict[str, np.ndarray]]:
    """Unpacks a SavedModel of TensorFlow 1.15 as version 1; returns the versions and what 1.15 computed with it."""
    with tarfile.open(GRAPHS / f"{name}.tar.gz") as archive:
        archive.extractall(folder / name, filter="data")
    (folder / name / "versions").mkdir()
    (folder / name / "saved_model").rename(folder / name / "versions" / "1")
    with np.load(io.BytesIO((folder / name / "recorded.npz").read_bytes())) as arrays:
        return folder / name / "versions", dict(arrays)


def test_a_saved_model_of_real_tensorflow_1_15_answers_what_it_answered_there(tmp_path):
    versions, recorded = _unpacked("signatures", tmp_path)
    letters = recorded["in/in_letters"].tolist()
    with serving_client.server(versions) as client:
        code, answer = client.post(":predict", instances=letters)
        assert code == 200
        named = [{"in/letters": letter} for letter in letters]
        assert client.post(":predict", instances=named) == (200, answer)
        np.testing.assert_allclose(answer["predictions"], recorded["out/rows/of"], rtol=1e-6)
        code, answer = client.post(":predict", signature_name="with_extra", inputs={"letters": ["a"], "extra": [1.0]})
        assert code == 400 and "no dense tensor" in answer["error"]


def test_an_estimator_of_real_tensorflow_1_15_classifies(tmp_path):
    versions, recorded = _unpacked("estimator", tmp_path)
    request = {"examples": [{"size": [0.5, -1.0], "kind": "x"}, {"size": [2.0, 0.0], "kind": "y"}]}
    with serving_client.server(versions) as client:
        code, answer = client.post(":classify", **request)
        assert code == 200
        assert [[label for label, _ in row] for row in answer["results"]] == [["a", "b", "c"]] * 2
        assert [sum(score for _, score in row) for row in answer["results"]] == pytest.approx([1, 1])
        # The serialized examples of the recording, each a row of bytes.
        instances = [{"b64": base64.b64encode(row.tobytes()).decode()} for row in recorded["in/inputs"]]
        _, answer = client.post(":predict", instances=instances)
        scores = [row["scores"] for row in answer["predictions"]]
        np.testing.assert_allclose(scores, recorded["out/scores"], rtol=1e-5)


def test_the_status_names_versions_by_number_and_label(echo):
    status = {
        "model_version_status": [
            {"version": "3", "state": "AVAILABLE", "status": {"error_code": "OK", "error_message": ""}}
        ]
    }
    for path in ("", "/versions/3", "/labels/stable"):
        assert echo.get(path) == (200, status)
    assert echo.get("/versions/4") == (404, {"error": "Could not find version 4 of model m"})
    assert echo.get("/labels/none") == (400, {"error": "Unrecognized servable version label: none"})
    assert echo.get("/labels/gone")[0] == 404


def test_the_metadata_has_the_signatures(echo):
    code, answer = echo.get("/metadata")
    assert (code, answer["model_spec"]) == (200, {"name": "m", "signature_name": "", "version": "3"})
    signatures = answer["metadata"]["signature_def"]["signature_def"]
    assert signatures.keys() == {"serving_default", "several", "scalar", "examples"}
    assert signatures["serving_default"]["method_name"] == "tensorflow/serving/predict"
    pair = signatures["several"]["inputs"]["pair"]
    assert pair["dtype"] == "DT_INT32"
    assert [size["size"] for size in pair["tensor_shape"]["dim"]] == ["-1", "2"]


ROWS = [
    {"text": "foo", "pair": [1, 2], "flag": True},
    {"text": {"b64": "AP8="}, "pair": [-3, 4], "flag": False},
]


def test_rows_and_columns_of_several_inputs_give_several_outputs(echo):
    rows = [{**ROWS[0]}, {**ROWS[1], "text": "b\u00e4r"}]
    code, answer = echo.post("/versions/3:predict", signature_name="several", instances=rows)
    expected = [
        {"flag": True, "raw_bytes": {"b64": "Zm9v"}, "sum": 3, "text": "foo"},
        {"flag": False, "raw_bytes": {"b64": "YsOkcg=="}, "sum": 1, "text": "b\u00e4r"},
    ]
    assert (code, answer) == (200, {"predictions": expected})
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    code, answer = echo.post("/labels/stable:predict", signature_name="several", inputs=columns)
    assert (code, answer) == (200, {"outputs": {name: [row[name] for row in expected] for name in expected[0]}})


def test_bytes_that_are_no_text_come_back_only_under_a_name_for_bytes(echo):
    code, answer = echo.post(":predict", signature_name="several", instances=ROWS)
    assert code == 400 and "_bytes" in answer["error"]


def test_one_output_has_no_name_and_floats_are_short(echo):
    assert echo.post(":predict", instances=[[0.1, 2], [-3.5, 1e-7]]) == (
        200,
        {"predictions": [[0.1, 2.0], [-3.5, 1e-7]]},
    )
    assert echo.post(":predict", inputs={"x": [[0.2]]}) == (200, {"outputs": [[0.2]]})
    assert echo.post(":predict", inputs=[[0.2]]) == (200, {"outputs": [[0.2]]})


def test_nan_and_infinity_are_tokens(echo):
    code, answer = echo.request(":predict", b'{"instances": [[NaN, Infinity, -Infinity]]}')
    assert code == 200
    assert str(answer["predictions"]) == "[[nan, inf, -inf]]"


def test_a_scalar_needs_columns(echo):
    assert echo.post(":predict", signature_name="scalar", inputs=1.25) == (200, {"outputs": 2.5})
    assert echo.post(":predict", signature_name="scalar", instances=[1.25])[0] == 400


def test_regression_of_examples_with_a_context(echo):
    request = {"signature_name": "examples", "examples": [{"x": 1.5}, {"x": [-2.0]}]}
    assert echo.post(":regress", **request) == (200, {"results": [8.5, 5.0]})
    assert echo.post(":regress", **request, context={"n": 1}) == (200, {"results": [2.5, -1.0]})


REFUSED = {
    "no JSON": (b'{"instances": [1', "JSON Parse error"),
    "empty": (b"", "JSON Parse error"),
    "no object": (b"[1]", "Is not object"),
    "too deep": (b'{"instances": ' + b"[" * 100_000, "JSON Parse error"),
    "no UTF-8": (b'{"instances": ["\xff"]}', "JSON Parse error"),
    "no inputs": (b"{}", "'inputs' or 'instances'"),
    "both": (b'{"instances": [[1]], "inputs": [[1]]}', "'inputs' or 'instances'"),
    "no rows": (b'{"instances": []}', "one or more"),
    "no list": (b'{"instances": 1}', "list"),
    "ragged": (b'{"instances": [[1, 2], [3]]}', "Expected a list of 2"),
    "deeper": (b'{"instances": [[1], [[2]]]}', "unexpected level"),
    "of another shape": (b'{"instances": [1, 2]}', "shape"),
    "text for a number": (b'{"instances": [["1"]]}', "expected type: float32"),
    "truth for a number": (b'{"instances": [[true]]}', "expected type: float32"),
    "nothing for a number": (b'{"instances": [[null]]}', "expected type: float32"),
    "inexact": (b'{"instances": [[16777217]]}', "loss of precision"),
    "too great": (b'{"instances": [[1e39]]}', "loss of precision"),
    "unknown input": (b'{"inputs": {"z": [[1]]}}', "the inputs are ['x']"),
    "unknown signature": (b'{"signature_name": "other", "instances": [[1]]}', "not found in signature def"),
    "signature of another type": (b'{"signature_name": 1, "instances": [[1]]}', "must be a string"),
    "bare rows": (b'{"signature_name": "several", "instances": [1]}', "expecting list of objects"),
    "bare columns": (b'{"signature_name": "several", "inputs": [1]}', "expecting an object"),
    "incomplete row": (b'{"signature_name": "several", "instances": [{"text": "a"}]}', "keys must be equal"),
    "mixed rows": (b'{"instances": [[1], {"x": [1]}]}', "got object"),
    "decimal for an integer": (
        b'{"signature_name": "several", "instances": [{"text": "a", "pair": [1.0, 2], "flag": true}]}',
        "expected type: int32",
    ),
    "beyond int32": (
        b'{"signature_name": "several", "instances": [{"text": "a", "pair": [1, 3000000000], "flag": true}]}',
        "expected type: int32",
    ),
    "no base64": (
        b'{"signature_name": "several", "instances": [{"text": {"b64": "*"}, "pair": [1, 2], "flag": true}]}',
        "base64",
    ),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_prediction_is_refused_with_400(reason, echo):
    body, message = REFUSED[reason]
    code, answer = echo.request(":predict", body)
    assert code == 400
    assert answer.keys() == {"error"} and message in answer["error"]


@pytest.mark.parametrize(
    ("request_body", "message"),
    [
        ({}, "'examples'"),
        ({"examples": []}, "'examples'"),
        ({"examples": [1]}, "must be JSON object"),
        ({"examples": [{"x": None}]}, "unexpected JSON type"),
        ({"examples": [{"x": [[1.0]]}]}, "unexpected JSON type"),
        ({"examples": [{"x": [1, 1.5]}]}, "mixes"),
        ({"examples": [{"x": 1.5, "n": 2**63}]}, "int64"),
        ({"examples": [{"x": 1.5}], "context": {"x": 2.5}}, "context"),
        ({"examples": [{"n": 1}]}, "x"),
    ],
)
def test_examples_are_refused_with_400(request_body, message, echo):
    code, answer = echo.post(":regress", signature_name="examples", **request_body)
    assert code == 400 and message in answer["error"]


def test_a_verb_needs_a_signature_of_its_form(echo):
    assert echo.post(":classify", signature_name="examples", examples=[{"x": 1.0}])[0] == 400
    assert echo.post(":regress", examples=[{"x": 1.0}])[0] == 400


def test_what_is_not_there_is_404_and_what_is_no_request_400(echo):
    root = echo.url.rsplit("/v1/", 1)[0]
    others = {"/v1/models/other": 404, "/v1/models/m/versions/x": 400, "/v1/models/": 400, "/v2/models/m": 404}
    for path, code in others.items():
        assert Client(root + path, echo.process).get()[0] == code, path
    assert echo.post("/versions/9:predict", instances=[[1]])[1] == {
        "error": "Servable not found for request: Specific(m, 9)"
    }
    assert echo.post(":explain", instances=[[1]])[0] == 400


def test_a_connection_is_kept_after_an_error_and_closed_where_a_body_has_no_length(echo):
    parts = urllib.parse.urlsplit(echo.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=serving_client.SECONDS)
    for body, code in ((b"rubbish", 400), (b'{"instances": [[1]]}', 200)):
        connection.request("POST", parts.path + ":predict", body)
        reply = connection.getresponse()
        assert (reply.status, reply.headers["Content-Type"]) == (code, "application/json")
        reply.read()
    connection.request("POST", parts.path + ":predict", iter([b"{}"]), {"Transfer-Encoding": "chunked"})
    reply = connection.getresponse()
    assert (reply.status, json.load(reply)) == (400, {"error": "A body needs a Content-Length"})
    connection.close()


def test_concurrent_requests_get_their_own_answers(echo):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: echo.post(":predict", instances=[[float(n)] * 50]), range(100)))
    assert answers == [(200, {"predictions": [[float(n)] * 50]}) for n in range(100)]


def test_a_newer_version_is_taken_up_a_broken_one_is_not_and_ctrl_c_ends(pair_of, tmp_path):
    saved = _logdir("tf1", pair_of) / "saved_model" / "1"
    other = _logdir("tf2", pair_of) / "saved_model" / "1"
    versions = tmp_path / "versions"
    versions.mkdir()
    images = _expected(_logdir("tf1", pair_of))["images"][:3].tolist()

    def served() -> Any:
        return client.post(":predict", instances=images)

    def add(version: str, source: Path) -> None:
        # A version appears as a whole.
        shutil.copytree(source, tmp_path / "copy")
        (tmp_path / "copy").rename(versions / version)

    with serving_client.server(versions) as client:
        assert served() == (404, {"error": "Servable not found for request: Latest(m)"})
        add("1", saved)
        client.wait_for_state("1", "AVAILABLE")
        (versions / "notes").mkdir()
        first = served()
        assert first[0] == 200

        (versions / "2").mkdir()
        assert "SavedModel" in client.wait_for_state("2", "END")["status"]["error_message"]
        assert served() == first

        add("10", other)
        client.wait_for_state("10", "AVAILABLE")
        client.wait_for_state("1", "END")
        assert client.post("/versions/1:predict", instances=images)[0] == 404
        assert served() == client.post("/versions/10:predict", instances=images) != first

        client.process.send_signal(signal.SIGINT)
        assert client.process.wait(serving_client.SECONDS) == 0


def test_a_missing_folder_and_a_taken_port_end_with_one_line(echo, python, tmp_path):
    done = python(str(serving_client.SCRIPT), str(tmp_path / "none"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    port = str(urllib.parse.urlsplit(echo.url).port)
    done = python(str(serving_client.SCRIPT), str(tmp_path), "--port", port)
    assert done.returncode == 2 and f"127.0.0.1:{port}" in done.stderr.splitlines()[-1]
