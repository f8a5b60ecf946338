"""Weights of ImageNet come from the cache or a mirror; where there are none one line says so."""

import hashlib
import importlib.util
from pathlib import Path

import pytest

from tf1graphs.datasets import DatasetError, cache, pretrained

MODULES = {"InceptionV3": "inception_v3.py", "VGG19": "vgg19.py"}
CONTENT = b"some weights"


@pytest.fixture(params=MODULES)
def network(request):
    return request.param


@pytest.fixture
def published(monkeypatch, mirror):
    """A function that publishes the content under a network's name, with an MD5 as Keras gives it."""

    def publish(network, fault=None):
        wanted = pretrained._WEIGHTS[network]
        address, asked = mirror({wanted.file: CONTENT}, fault)
        digits = hashlib.md5(CONTENT).hexdigest()
        monkeypatch.setitem(pretrained._WEIGHTS, network, wanted._replace(checksum=f"md5:{digits}", mirrors=[address]))
        return cache.directory("keras") / wanted.file

    return publish


def test_the_checksums_are_those_in_keras(network):
    keras = Path(importlib.util.find_spec("keras").origin).parent
    text = (keras / "src" / "applications" / MODULES[network]).read_text()
    wanted = pretrained._WEIGHTS[network]
    algorithm, digits = wanted.checksum.split(":")
    assert algorithm == "md5" and digits in text[text.rindex(wanted.file) :]


def test_weights_are_downloaded_once(network, published, monkeypatch, capsys):
    path = published(network)
    assert pretrained.weights(network) == path and path.read_bytes() == CONTENT
    monkeypatch.setenv("TF1GRAPHS_OFFLINE", "1")
    capsys.readouterr()
    assert pretrained.weights(network) == path
    assert capsys.readouterr().err == ""


def test_a_wrong_file_is_refused(network, published):
    path = published(network, fault="wrong")
    with pytest.raises(DatasetError, match=f"{path.name} has a wrong checksum"):
        pretrained.weights(network)
    assert not path.exists()


def test_without_a_network_one_line_says_what_stands_in(network, monkeypatch, capsys):
    monkeypatch.setenv("TF1GRAPHS_OFFLINE", "1")
    assert pretrained.weights(network) is None
    (line,) = capsys.readouterr().err.splitlines()
    assert "TF1GRAPHS_OFFLINE is set" in line and "a small network trained on textures stands in" in line


def test_an_unknown_network_is_no_network_of_keras():
    with pytest.raises(KeyError):
        pretrained.weights("LeNet")
