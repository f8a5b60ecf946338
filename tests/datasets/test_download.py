"""Downloads take good copies only, from whichever mirror has them."""

import io
import os
import socket
import stat
import time

import pooch
import pytest

from tf1graphs.datasets import DatasetError, download, mnist_download
from tf1graphs.datasets.errors import UnavailableError


def gets(asked):
    return [path for method, path in asked if method == "GET"]


def test_the_checksums_are_the_published_ones():
    assert {name: digest[:8] for name, digest in mnist_download.SHA256.items()} == {
        "train-images-idx3-ubyte.gz": "440fcabf",
        "train-labels-idx1-ubyte.gz": "3552534a",
        "t10k-images-idx3-ubyte.gz": "8d422c7b",
        "t10k-labels-idx1-ubyte.gz": "f7ae60f9",
    }
    assert all(len(digest) == 64 for digest in mnist_download.SHA256.values())


def test_downloads_the_missing_files(complete, mirror, published, names, cache, listing, capsys):
    address, asked = mirror(published)
    complete([address], names)
    assert listing(cache) == sorted(names)
    for name in names:
        assert (cache / name).read_bytes() == published[name]
        assert stat.S_IMODE((cache / name).stat().st_mode) & 0o444 == 0o444 or os.name == "nt"
    assert len(gets(asked)) == 4
    err = capsys.readouterr().err
    assert err == f"tf1graphs: downloading MNIST (12 MB) into {cache}\n"


def test_keeps_what_is_there(complete, mirror, published, names, cache, put):
    address, asked = mirror(published)
    put(cache, {names[0]: published[names[0]]})
    complete([address], names[1:], [cache / names[0]])
    assert gets(asked) == ["/" + name for name in names[1:]]


@pytest.mark.parametrize("fault", ["breaks", "wrong", "half", "down"])
def test_goes_on_to_the_next_mirror(complete, mirror, published, names, cache, listing, fault):
    broken, broken_asked = mirror(published, fault)
    good, good_asked = mirror(published)
    complete([broken, good], names)
    assert listing(cache) == sorted(names)
    assert all((cache / name).read_bytes() == published[name] for name in names)
    assert len(gets(good_asked)) == 4
    # A mirror that failed once is asked after the one that did not.
    assert len(gets(broken_asked)) == (0 if fault == "down" else 1)


@pytest.mark.parametrize("way", ["no length", "packs", "slow"])
def test_a_mirror_with_ways_of_its_own_is_no_fault(complete, mirror, published, names, cache, listing, way):
    complete([mirror(published, way)[0]], names)
    assert listing(cache) == sorted(names)


def test_a_mirror_that_never_answers_costs_one_wait(
    monkeypatch, complete, mirror, published, names, cache, listing, hanging
):
    monkeypatch.setattr(download, "PATIENCE", 0.3)
    complete([hanging, mirror(published)[0]], names)
    assert listing(cache) == sorted(names)


def test_a_download_that_stalls_is_given_up(monkeypatch, mirror, published, names, cache):
    monkeypatch.setattr(download, "STALL", 0.2)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        stalling = f"http://127.0.0.1:{server.getsockname()[1]}/"
        good = mirror(published)[0]
        bar = download.Bar(download.bars(), names[0])
        start = time.monotonic()
        assert download.fetch(cache, names[0], mnist_download.SHA256[names[0]], [stalling, good], bar) == good
        assert time.monotonic() - start < 5
    assert (cache / names[0]).read_bytes() == published[names[0]]


def test_a_wrong_checksum_everywhere_is_an_error(complete, mirror, published, names, cache, listing):
    mirrors = [mirror(published, "wrong")[0], mirror(published, "breaks")[0]]
    with pytest.raises(DatasetError) as caught:
        complete(mirrors, names)
    message = str(caught.value)
    assert message.startswith(f"{names[0]} has a wrong checksum at {mirrors[0]};")
    assert "by hand" in message and "\n" not in message
    assert listing(cache) == []


@pytest.mark.parametrize("fault", ["breaks", "half"])
def test_no_copy_anywhere_leaves_nothing(complete, mirror, published, names, cache, listing, fault):
    with pytest.raises(UnavailableError, match=f"no mirror handed out {names[0]}"):
        complete([mirror(published, fault)[0]], names)
    assert listing(cache) == []


def test_refuses_to_mix_with_another_set(complete, mirror, published, names, cache, put):
    address, asked = mirror(published)
    put(cache, {names[0]: published[names[0]], names[1]: b"fashion"})
    with pytest.raises(DatasetError) as caught:
        complete([address], names[2:], [cache / names[0], cache / names[1]])
    message = str(caught.value)
    assert message.startswith(f"{cache / names[1]} is not a file of MNIST's")
    assert names[2] in message and names[3] in message
    assert not asked


def test_names_a_directory_that_cannot_be_made(complete, mirror, published, names, cache):
    cache.parent.parent.mkdir(parents=True, exist_ok=True)
    cache.parent.write_text("a file where a directory belongs")
    with pytest.raises(DatasetError, match="cannot be written .*set TF1GRAPHS_DATA"):
        complete([mirror(published)[0]], names)


def test_pooch_logs_nothing_during_a_download_and_as_before_after_it(monkeypatch, complete, mirror, published, names):
    logger = pooch.get_logger()
    lines = []
    monkeypatch.setattr(logger, "callHandlers", lines.append)
    complete([mirror(published)[0]], names)
    assert lines == []
    logger.info("after")
    assert len(lines) == 1


def test_a_terminal_shows_a_bar_for_each_file(monkeypatch, complete, mirror, published, names):
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    complete([mirror(published)[0]], names)
    drawn = terminal.getvalue()
    assert all(name in drawn for name in names)
    assert "downloading" not in drawn
