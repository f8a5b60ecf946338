"""Event files of TensorFlow 1.15 and 2 are read as 1.15 and TensorBoard read them."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.events.scalars import Point
from tf1graphs.inspect.events.steps import Gap, Restart
from tf1graphs.inspect.events.summary import Tag, summarize
from tf1graphs.inspect.reading.protos import Event, Summary
from tf1graphs.inspect.reading.records import frame

LOGS = Path(__file__).parents[2] / "fixtures" / "tf115" / "inspect_events"
RECORDED = json.loads((LOGS / "values.json").read_text())
KINDS_OF_TF1 = {
    ("", "graph"),
    ("", "meta graph"),
    ("loss", "scalar"),
    ("broken", "scalar"),
    ("weights", "histogram"),
    ("picture/image/0", "image"),
    ("sound/audio/0", "audio"),
    ("words", "text"),
    ("tensor", "tensor"),
    ("step 50", "run metadata"),
}
KINDS_OF_TF2 = {
    ("loss", "scalar"),
    ("half", "scalar"),
    ("values", "histogram"),
    ("picture", "image"),
    ("sound", "audio"),
    ("words", "text"),
    ("own", "tensor"),
    ("_hparams_/session_start_info", "hparams"),
    ("trace", "run metadata"),
    ("", "graph"),
}


def tags_of(path: Path) -> dict[str, Tag]:
    (run,) = summarize(path).runs
    return {tag.name or tag.kind: tag for tag in run.tags}


def scalar(step: int, value: float, tag: str = "loss") -> Event:
    return Event(wall_time=2.0 + step, step=step, summary=Summary(value=[Summary.Value(tag=tag, simple_value=value)]))


def start(step: int) -> Event:
    event = Event(wall_time=2.0, step=step)
    event.session_log.status = 1
    return event


@pytest.mark.parametrize("log", RECORDED)
def test_scalars_are_those_that_tensorflow_reads(log):
    tags = tags_of(LOGS / log)
    for name, values in RECORDED[log]["scalars"].items():
        points = [Point(step, float(value)) for step, value in values]
        finite = [point for point in points if math.isfinite(point.value)]
        found = tags[name].scalars
        assert tags[name].steps.count == len(points)
        assert found.first == points[0]
        assert (found.last == points[-1]) or (math.isnan(found.last.value) and math.isnan(points[-1].value))
        assert found.minimum == min(finite, key=lambda point: point.value)
        assert found.maximum == max(finite, key=lambda point: point.value)
        assert found.nans == len(points) - len(finite) and found.infinities == 0
        assert list(found.curve) == finite
    for name, steps in RECORDED[log]["others"].items():
        found = tags[name].steps
        assert (found.count, found.first, found.last) == (len(steps), steps[0], steps[-1])


def test_kinds_of_tensorflow_1():
    assert {(tag.name, tag.kind) for tag in tags_of(LOGS / "training").values()} == KINDS_OF_TF1


def test_kinds_of_tensorflow_2(of_tf2):
    tags = tags_of(of_tf2)
    assert {(tag.name, tag.kind) for tag in tags.values()} == KINDS_OF_TF2
    assert tags["loss"].scalars.last == Point(2, pytest.approx(1 / 3)) and tags["loss"].plugin == "scalars"
    assert tags["half"].scalars.maximum == Point(2, 2.0)
    assert tags["values"].steps.count == 3


def test_the_gap_of_the_recorded_training():
    steps = tags_of(LOGS / "training")["loss"].steps
    assert steps.interval == 10 and steps.gaps == (Gap(90, 150, 1),)


@pytest.mark.parametrize("log", RECORDED)
def test_tensorboard_keeps_what_is_not_purged(log):
    accumulator = EventAccumulator(str(LOGS / log), {"tensors": 0, "scalars": 0})
    accumulator.Reload()
    tags = tags_of(LOGS / log)
    for name in accumulator.Tags()["scalars"]:
        assert len(accumulator.Scalars(name)) == tags[name].steps.count - tags[name].steps.purged


def test_a_restart_purges_the_steps_that_come_again():
    steps = tags_of(LOGS / "restarted")["loss"].steps
    assert steps.purged == 4 and steps.restarts == (Restart(7, 4),)


def test_a_step_that_goes_back_purges_in_files_of_the_first_version_only(write):
    events = [scalar(0, 1), scalar(1, 1), scalar(5, 1, "other"), scalar(2, 1), scalar(1, 1)]
    for version, purged in (("brain.Event:1", 2), ("brain.Event:2", 0), ("unreadable", 2)):
        path = write(*events, first=Event(wall_time=1.0, file_version=version))
        tags = tags_of(path)
        assert tags["loss"].steps.purged == purged and tags["other"].steps.purged == 0


def test_the_first_start_of_a_run_is_no_restart(write):
    assert tags_of(write(scalar(3, 1), start(0), scalar(4, 1)))["loss"].steps.purged == 0
    assert tags_of(write(start(0), scalar(3, 1), start(0), scalar(4, 1)))["loss"].steps.purged == 1


def test_infinite_values_are_counted_and_no_extremes(write):
    values = tags_of(write(*(scalar(step, value) for step, value in enumerate([math.inf, -math.inf, math.nan]))))
    found = values["loss"].scalars
    assert (found.infinities, found.nans, found.minimum, found.maximum, found.curve) == (2, 1, None, None, ())


def test_curves_have_a_bounded_number_of_points(write):
    found = tags_of(write(*(scalar(step, step) for step in range(3000))))["loss"].scalars
    assert 64 <= len(found.curve) <= 128 and found.curve[0] == Point(0, 0.0)
    steps = [point.step for point in found.curve]
    assert len({after - before for before, after in zip(steps, steps[1:], strict=False)}) == 1


def test_the_plugin_is_said_with_the_first_value_only(write):
    events = [Event(step=step, summary=Summary(value=[Summary.Value(tag="loss")])) for step in range(3)]
    for event in events:
        event.summary.value[0].tensor.dtype = 1
        event.summary.value[0].tensor.float_val.append(event.step)
    events[0].summary.value[0].metadata.plugin_data.plugin_name = "scalars"
    assert tags_of(write(*events))["loss"].scalars.last == Point(2, 2.0)


def test_runs_are_the_directories_with_event_files(write, tmp_path):
    write(scalar(0, 1.0))
    write(scalar(0, 1.0), run="b/eval")
    write(scalar(0, 1.0), run="empty", name="notes.txt")
    write(scalar(0, 1.0), run="profiled", name="events.out.tfevents.1.profile-empty")
    assert [run.name for run in summarize(tmp_path).runs] == [".", "b/eval"]


def test_the_files_of_a_run_are_read_in_the_order_in_which_they_were_begun(write, tmp_path):
    late, early = Event(wall_time=9.0, file_version="brain.Event:2"), Event(wall_time=3.0, file_version="brain.Event:2")
    write(scalar(1, 1.0), name="tfevents.a", first=late)
    write(scalar(0, 1.0), name="tfevents.b", first=early)
    (tmp_path / "tfevents.just_begun").touch()
    (run,) = summarize(tmp_path).runs
    assert [Path(file.path).name for file in run.files] == ["tfevents.b", "tfevents.a", "tfevents.just_begun"]
    assert (run.tags[0].steps.first, run.tags[0].steps.last) == (0, 1)


def test_a_file_that_is_still_written_is_told(write):
    path = write(scalar(0, 1.0), scalar(1, 2.0))
    path.write_bytes(path.read_bytes()[:-5])
    (run,) = summarize(path).runs
    assert run.files[0].is_cut and run.tags[0].steps.count == 1


def test_progress_adds_up_to_the_file(write):
    path = write(scalar(0, 1.0), scalar(1, 2.0))
    told = []
    summarize(path, told.append)
    assert sum(told) == path.stat().st_size


@pytest.mark.parametrize("content", [b"", b"no records at all", frame(b"\x0a\x03abc"), frame(b"\xff\xff")])
def test_other_files_are_refused(tmp_path, content):
    path = tmp_path / "events.out.tfevents"
    path.write_bytes(content)
    with pytest.raises(InvalidFile, match="no event file"):
        summarize(path)


def test_a_directory_without_event_files_is_refused(tmp_path):
    with pytest.raises(InvalidFile, match="no event file in it or below it"):
        summarize(tmp_path)
    with pytest.raises(InvalidFile, match="No such file"):
        summarize(tmp_path / "none")


def test_a_damaged_tensor_of_a_scalar_is_refused(write):
    event = Event(step=1, summary=Summary(value=[Summary.Value(tag="loss")]))
    event.summary.value[0].metadata.plugin_data.plugin_name = "scalars"
    tensor = event.summary.value[0].tensor
    tensor.dtype = 1
    tensor.tensor_shape.dim.add(size=2**40)
    with pytest.raises(InvalidFile, match="more than a message can hold"):
        summarize(write(event))


def test_the_summary_is_plain_data(write):
    text = json.dumps(dataclasses.asdict(summarize(LOGS)))
    assert {run["name"] for run in json.loads(text)["runs"]} == set(RECORDED)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_records_of_damaged_messages_end_in_one_error_or_a_summary(tmp_path_factory, data):
    values = [Summary.Value(tag="loss", simple_value=1.0), Summary.Value(tag="tensor")]
    values[1].tensor.dtype = 1
    values[1].tensor.tensor_shape.dim.add(size=1)
    values[1].metadata.plugin_data.plugin_name = "scalars"
    content = bytearray(Event(wall_time=1.0, step=3, summary=Summary(value=values)).SerializeToString())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "fuzzed.tfevents"
    path.write_bytes(frame(bytes(content)))
    try:
        assert len(summarize(path).runs) == 1
    except InvalidFile as error:
        assert "\n" not in str(error)
