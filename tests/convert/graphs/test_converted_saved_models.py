"""SavedModels of TensorFlow 1.15 keep their signatures, tables and assets."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import converting
import numpy as np
import pytest

FEATURE_TABLE = "dnn/input_from_feature_columns/input_layer/kind_indicator/kind_lookup/hash_table"


@pytest.fixture
def letters(tmp_path: Path, converter: Any) -> Path:
    """A converted SavedModel with three signatures, moved away from what it was made of."""
    folder = converting.unpacked("signatures", tmp_path)
    report = converter(converting.convert, folder / "saved_model", tmp_path / "out")
    assert not isinstance(report, str), report
    shutil.rmtree(folder / "saved_model")
    return tmp_path


def test_signatures(letters: Path, server: Any) -> None:
    assert server(converting.described, letters / "out")["signatures"] == {
        "serving_default": ({"in_letters": ("(None,)", "string")}, {"rows/of": "float32"}),
        "classify_letters": ({"inputs": ("(None,)", "string")}, {"scores": "float32"}),
        "with_extra": (
            {
                "letters": ("(None,)", "string"),
                "extra_indices": ("(None, 2)", "int64"),
                "extra_values": ("(None,)", "float32"),
                "extra_dense_shape": ("(2,)", "int64"),
            },
            {"scores": "float32"},
        ),
    }


def test_tables_read_their_assets(letters: Path, server: Any) -> None:
    folder = letters / "signatures"
    inputs = {"in_letters": converting.recorded(folder, "in")["in_letters"]}
    served = server(converting.serve, letters / "out", inputs)
    np.testing.assert_allclose(served["rows/of"], converting.recorded(folder, "out")["rows/of"], rtol=1e-5)
    assert (letters / "out" / "assets" / "vocabulary.txt").read_text() == "a\nb\n"


def test_sparse_inputs(letters: Path, server: Any) -> None:
    weights = converting.recorded(letters / "signatures", "variable")["weights"]
    sparse = {
        "extra_indices": np.array([[1, 0]]),
        "extra_values": np.array([5], np.float32),
        "extra_dense_shape": np.array([2, 2]),
    }
    served = server(converting.serve, letters / "out", {"letters": [b"b", b"?"], **sparse}, "with_extra")
    np.testing.assert_allclose(served["scores"], weights[[1, 2]] + np.array([[0, 0], [5, 0]]), rtol=1e-6)


def test_methods_of_serving(letters: Path, converter: Any) -> None:
    assert converter(converting.methods, letters / "out") == {
        "serving_default": "tensorflow/serving/predict",
        "with_extra": "tensorflow/serving/predict",
        "classify_letters": "tensorflow/serving/classify",
    }


def test_tags_choose_a_graph(tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("signatures", tmp_path)
    report = converter(converting.convert, folder / "saved_model", tmp_path / "out", tags=["train"])
    assert [signature.name for signature in report.signatures] == ["loss"]
    refusal = converter(converting.convert, folder / "saved_model", tmp_path / "other", tags=["gpu"])
    assert refusal.endswith("has no graph with the tags gpu; its graphs have: serve; train")


def test_what_an_estimator_exports(tmp_path: Path, converter: Any, server: Any) -> None:
    folder = converting.unpacked("estimator", tmp_path)
    report = converter(converting.convert, folder / "saved_model", tmp_path / "out")
    assert [signature.name for signature in report.signatures] == ["classification", "predict", "serving_default"]
    examples = [row.tobytes() for row in converting.recorded(folder, "in")["inputs"]]
    expected = converting.recorded(folder, "out")
    for signature, key in [("serving_default", "inputs"), ("predict", "examples")]:
        served = server(converting.serve, tmp_path / "out", {key: examples}, signature)
        scores = served["scores" if signature == "serving_default" else "probabilities"]
        np.testing.assert_allclose(scores, expected["scores"], rtol=1e-5)
    assert served["classes"].astype("S").tolist() == [
        [expected["classes"][row, column]] for row, column in enumerate(expected["scores"].argmax(1))
    ]


def test_outputs_may_be_named_in_a_saved_model(tmp_path: Path, converter: Any, server: Any) -> None:
    folder = converting.unpacked("estimator", tmp_path)
    report = converter(
        converting.convert, folder / "saved_model", tmp_path / "out", outputs=["logits=dnn/logits/BiasAdd"]
    )
    assert not isinstance(report, str), report
    assert list(report.signatures[0].outputs) == ["logits"]
    assert [table.rpartition("/")[0] for table in report.tables] == [FEATURE_TABLE]
