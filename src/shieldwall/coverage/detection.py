"""Detection of a target by a radar: textbook relations, no radar's own parameters.

Coverage uses ``rcs_scaled`` alone: published ranges are taken as they are told, with no chance of
detection, since hardly any maker tells it. The two relations of signal and chance are for readers
who set a range told for one chance against another, in Python; they are held to the textbook in
``tests/authorities/test_detection.py``.
"""

from __future__ import annotations

import math

from shieldwall.network.ensemble import Floats

RCS_EXPONENT = 0.25
"""Range goes with the fourth root of radar cross-section (radar equation; Skolnik, ch. 2)."""


def rcs_scaled(range_m: Floats, reference_rcs_m2: float, rcs_m2: Floats) -> Floats:
    """Detection range against another cross-section: 0.01 against 1 m2 gives 0.316228 of it."""
    return range_m * (rcs_m2 / reference_rcs_m2) ** RCS_EXPONENT


def swerling1_detection(snr_db: float, false_alarm: float) -> float:
    """Probability of detection of a slowly fluctuating target by one pulse.

    ``Pd = Pfa ** (1 / (1 + SNR))`` (Swerling 1954, case 1). ``false_alarm`` in (0, 1).
    """
    return float(false_alarm ** (1.0 / (1.0 + 10.0 ** (snr_db / 10.0))))


def albersheim_snr_db(detection: float, false_alarm: float) -> float:
    """Signal-to-noise ratio, dB, that one pulse needs to detect a steady target.

    ``SNR = A + 0.12 A B + 1.7 B`` with ``A = ln(0.62 / Pfa)``, ``B = ln(Pd / (1 - Pd))``
    (Albersheim 1981): good to 0.2 dB for detection 0.1 to 0.9, false alarm 1e-7 to 1e-3.
    """
    a = math.log(0.62 / false_alarm)
    b = math.log(detection / (1.0 - detection))
    return 10.0 * math.log10(a + 0.12 * a * b + 1.7 * b)
