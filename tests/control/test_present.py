"""The present, inferred forward only and remembered, is that of the whole inference."""

import numpy as np
import pytest

from control_models import heard, model
from shieldwall.control.effects import level
from shieldwall.control.infer import infer
from shieldwall.control.present import Present

SYSTEMS = ("sam", "gun", "third")


@pytest.mark.parametrize("seed", range(3))
def test_it_equals_the_whole_inference_by_the_same_paths(seed):
    made = model(seed, SYSTEMS, draws=7)
    windows = heard(seed, SYSTEMS)
    present = Present(made, 2)
    for found in ((), windows, windows[::2], windows[1::2], windows):
        whole = level(infer(made, found, exact=False, workers=1))
        for system, at in present(found).items():
            assert at == pytest.approx(whole[system], abs=1e-12)
    assert present(windows) != present(())


def test_any_number_of_workers_and_any_memory_give_the_same():
    made, windows = model(4, SYSTEMS, draws=9), heard(4, SYSTEMS)
    used = Present(made, 1)
    for n in range(len(windows)):
        used(windows[:n])
    found = [used(windows), *(Present(made, workers)(windows) for workers in (1, 2, 5, 40))]
    assert all(each == found[0] for each in found)


def test_by_paths_it_is_near_the_exact_answer_of_two_systems():
    made, windows = model(5, paths=4000), heard(5, many=12)
    exact, ours = level(infer(made, windows, exact=True)), Present(made, 1)(windows)
    for system, at in ours.items():
        assert np.abs(np.array(at) - exact[system]).max() < 0.03
