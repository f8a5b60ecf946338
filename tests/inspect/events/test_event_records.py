"""Records are read as they were framed; damage is told with its place, and an incomplete end is not damage."""

from __future__ import annotations

import struct
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading.records import RecordFile, frame, masked_checksum, starts_with_record

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tf115" / "inspect_events"
DATA = [b"first", b"", b"third" * 100]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "records"
    path.write_bytes(b"".join(frame(data) for data in DATA))
    return path


def test_records_are_what_was_framed(file):
    records = RecordFile(file)
    assert list(records) == DATA
    assert records.position == records.size and not records.is_cut


def test_the_frame_is_that_of_tensorflow():
    for path in FIXTURES.glob("*/events*"):
        assert b"".join(frame(data) for data in RecordFile(path)) == path.read_bytes()


def test_the_checksum_is_that_of_the_standard():
    # RFC 3720, B.4: 32 bytes of zeros have the CRC32C 8a9136aa.
    crc = 0x8A9136AA
    assert masked_checksum(bytes(32)) == (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


@pytest.mark.parametrize("cut", [1, 3, 20, 510, 515])
def test_an_incomplete_last_record_is_told(file, cut):
    file.write_bytes(file.read_bytes()[:-cut])
    records = RecordFile(file)
    assert list(records) == DATA[:2]
    assert records.is_cut


@pytest.mark.parametrize(
    ("place", "begins", "problem"),
    [(0, 0, "length"), (13, 0, "data"), (22, 21, "length"), (38, 37, "length"), (60, 37, "data")],
)
def test_a_flipped_bit_is_told_with_the_place_of_its_record(file, place, begins, problem):
    content = bytearray(file.read_bytes())
    content[place] ^= 4
    file.write_bytes(content)
    with pytest.raises(
        InvalidFile, match=f"damaged at byte {begins}: the {problem} of the record has a wrong checksum"
    ):
        list(RecordFile(file))


def test_a_huge_length_with_a_right_checksum_allocates_nothing(file):
    for size in (2**31 - 1, 2**40):
        length = struct.pack("<Q", size)
        file.write_bytes(length + struct.pack("<I", masked_checksum(length)) + bytes(1000))
        tracemalloc.start()
        records = RecordFile(file)
        try:
            assert list(records) == [] and records.is_cut
        except InvalidFile as error:
            assert "more than a record can hold" in str(error)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
        tracemalloc.stop()


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InvalidFile, match="No such file"):
        RecordFile(tmp_path / "none")


def test_a_record_file_is_known_by_its_beginning(file, tmp_path):
    assert starts_with_record(file)
    (tmp_path / "text").write_text("a text of some length")
    assert not starts_with_record(tmp_path / "text")
    assert not starts_with_record(tmp_path / "none")
    assert not starts_with_record(tmp_path)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_damage_ends_in_one_error_or_in_what_was_written(tmp_path_factory, data):
    content = bytearray(b"".join(frame(part) for part in DATA))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=20))
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(content)
    read = []
    try:
        read.extend(RecordFile(path))
    except InvalidFile as error:
        assert "damaged at byte" in str(error)
    assert all(part in DATA or frame(part) in bytes(content) for part in read)
