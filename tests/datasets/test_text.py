"""Texts are read from files and folders, downloaded with a checksum, or embedded."""

import hashlib

import pytest

from tf1graphs.datasets import DatasetError, cache, text

DOWNLOADED = b"SUPPOSING that Truth is a woman"


@pytest.fixture
def published(monkeypatch, mirror):
    """Publish a small text in the place of the real one; returns what the mirror is asked."""
    address, asked = mirror({text.NIETZSCHE: DOWNLOADED})
    monkeypatch.setattr(text, "NIETZSCHE_MIRRORS", (address,))
    monkeypatch.setattr(text, "NIETZSCHE_SHA256", hashlib.sha256(DOWNLOADED).hexdigest())
    return asked


def test_a_file_is_read_without_its_byte_order_mark(tmp_path):
    (tmp_path / "a.txt").write_text("één\ntwo\n", encoding="utf-8-sig")
    assert text.read(tmp_path / "a.txt") == "één\ntwo\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "cannot be read"), (b"\xff\xfe", "is not UTF-8 text"), (b"", "holds no text"), (b" \n", "holds no text")],
)
def test_a_file_that_is_no_text_is_refused(content, message, tmp_path):
    path = tmp_path / "a.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DatasetError, match=message):
        text.read(path)


def test_a_folder_is_read_in_the_order_of_names(tmp_path):
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(name)
    assert text.read_all(tmp_path) == "a.txt\nb.txt"
    assert text.read_all(tmp_path / "c.md") == "c.md"


def test_a_folder_without_texts_is_refused(tmp_path):
    with pytest.raises(DatasetError, match="holds no .txt files"):
        text.read_all(tmp_path)


def test_the_keepers_book_is_prose_of_few_different_characters():
    book = text.keepers_book()
    assert 25_000 < len(book) < 40_000
    assert len(set(book.lower())) == 32
    notes = book.strip().split("\n\n")
    assert len(set(notes)) == len(notes) > 40


def test_songs_are_hundreds_of_different_verses():
    songs = [song.splitlines() for song in text.songs().strip().split("\n\n")]
    assert {len(song) for song in songs} == {4}
    assert len({verse for song in songs for verse in song}) > 300


def test_nietzsche_is_downloaded_once(published, monkeypatch):
    assert text.nietzsche() == DOWNLOADED.decode()
    monkeypatch.setenv("TF1GRAPHS_OFFLINE", "1")
    assert text.nietzsche() == DOWNLOADED.decode()
    assert [method for method, _ in published].count("GET") == 1


def test_the_keepers_book_stands_in_without_a_network(monkeypatch, capsys):
    monkeypatch.setenv("TF1GRAPHS_OFFLINE", "1")
    assert text.nietzsche() == text.keepers_book()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "TF1GRAPHS_OFFLINE is set" in said and "keeper's book stands in" in said
    assert not cache.directory("text").exists()


def test_a_wrong_download_is_refused(published, monkeypatch):
    monkeypatch.setattr(text, "NIETZSCHE_SHA256", "0" * 64)
    with pytest.raises(DatasetError, match="wrong checksum"):
        text.nietzsche()
