"""Textbook detection figures, as listed for validation.

Skolnik, Introduction to Radar Systems (fourth-root law); Swerling 1954, case 1; Albersheim 1981.
"""

import numpy as np
import pytest

from shieldwall.coverage.detection import albersheim_snr_db, rcs_scaled, swerling1_detection


def test_fourth_root_of_cross_section():
    ratio = rcs_scaled(np.array([1.0]), 1.0, np.array([0.01]))[0]
    assert ratio == pytest.approx(0.316228, abs=5e-7)


def test_swerling_1_single_pulse():
    assert swerling1_detection(13.0, 1e-6) == pytest.approx(0.517178, abs=5e-7)


def test_albersheim():
    assert albersheim_snr_db(0.9, 1e-6) == pytest.approx(13.1364, abs=5e-5)
