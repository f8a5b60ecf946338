"""The game has the rules that its page tells, and refuses what is no move; replay memory and returns."""

from __future__ import annotations

import sys

import numpy as np
import pytest
import short
from loading import load

FOLDER = short.TUTORIALS / "32_reinforcement"


@pytest.fixture(scope="module")
def game():
    return load(FOLDER / "game.py")


@pytest.fixture
def playing(monkeypatch, game):
    monkeypatch.setitem(sys.modules, "game", game)
    return load(FOLDER / "playing.py")


def new_game(game, seed=0):
    return game.Game(np.random.RandomState(seed))


def towards_the_gap(raft):
    gap = next(gap for gap in raft.gaps[1:] if gap >= 0)
    return 1 + int(np.sign(gap - raft.lane))


def test_every_log_can_be_passed_and_the_last_ends_the_game(game):
    for seed in range(50):
        raft = new_game(game, seed)
        rewards = 0.0
        while not raft.done:
            rewards += raft.step(towards_the_gap(raft))[1]
        assert (raft.passed, rewards) == (game.LOGS, game.LOGS)


def test_a_log_beside_its_gap_ends_the_game_without_reward(game):
    raft = new_game(game)
    raft.gaps[1] = 0
    raft.lane = 4
    _, reward, done = raft.step(1)
    assert (reward, done, raft.passed) == (0.0, True, 0)


def test_banks_stop_the_raft(game):
    raft = new_game(game)
    raft.gaps = [-1] * len(raft.gaps)
    lanes = []
    for action in (0, 0, 0, 2, 2):
        raft.step(action)
        lanes.append(raft.lane)
    assert lanes == [1, 0, 0, 1, 2]


def test_the_state_shows_the_lane_and_each_log_with_its_gap(game):
    raft = new_game(game)
    state = raft.state()
    assert (state.shape, state.dtype) == ((game.STATE_SIZE,), np.float32)
    assert state[: game.LANES].tolist() == [0, 0, 1, 0, 0]
    rows = state[game.LANES :].reshape(game.ROWS, game.LANES)
    assert [row.sum() for row in rows] == [0, 0, 4, 0, 0, 4]
    assert [int(row.argmin()) for row in rows[[2, 5]]] == [raft.gaps[3], raft.gaps[6]]


def test_the_same_seed_is_the_same_game(game):
    first, second = new_game(game, 3), new_game(game, 3)
    while not first.done:
        action = towards_the_gap(first)
        assert first.step(action)[0].tolist() == second.step(action)[0].tolist()
    assert first.reset().tolist() == second.reset().tolist()


@pytest.mark.parametrize("action", [-1, 3, 0.5, "left", None])
def test_a_bad_action_is_refused(action, game):
    raft = new_game(game)
    with pytest.raises(ValueError, match="must be 0, 1 or 2"):
        raft.step(action)
    assert raft.lane == game.LANES // 2


def test_a_step_after_the_end_is_refused(game):
    raft = new_game(game)
    raft.done = True
    with pytest.raises(ValueError, match="the game is over"):
        raft.step(1)


def test_returns_are_discounted_sums(playing):
    assert playing.returns([0.0, 0.0, 1.0]) == pytest.approx([playing.discount**2, playing.discount, 1.0])
    assert playing.returns([1.0, 1.0])[0] == pytest.approx(1.0 + playing.discount)


def test_actions_are_drawn_by_their_probabilities(playing):
    probabilities = np.tile(np.array([[0.2, 0.5, 0.3]]), (20000, 1))
    actions = playing.draw(np.random.RandomState(0), probabilities)
    assert np.bincount(actions) / len(actions) == pytest.approx([0.2, 0.5, 0.3], abs=0.02)
    # The sum of float32 probabilities may be a little less than 1.
    assert playing.draw(np.random.RandomState(0), np.zeros((100, 3))).max() == 2


def test_games_side_by_side_each_play_to_their_end(game, playing):
    games = [new_game(game, seed) for seed in range(5)]
    played = playing.play(games, lambda states: np.ones(len(states), int))
    for raft, (states, actions, rewards) in zip(games, played, strict=True):
        assert raft.done
        assert len(states) == len(actions) == len(rewards) >= game.SPACING
        assert rewards.sum() == raft.passed


def test_the_memory_forgets_the_oldest_steps_and_draws_from_all_others(playing):
    memory = playing.Memory(3, np.random.RandomState(0))
    for step in range(5):
        memory.add([step], step, 1.0, [step + 1], step == 4)
    assert len(memory) == 3
    states, actions, _, next_states, done = memory.batch(200)
    assert set(actions) == {2, 3, 4}
    assert (states[:, 0] == actions).all() and (next_states[:, 0] == actions + 1).all()
    assert (done == (actions == 4)).all()
