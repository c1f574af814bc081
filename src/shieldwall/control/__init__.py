"""Who operates the network, week by week, how sure, and what to look for next.

``operate.py`` is the door. ``indicators.py`` and ``readings.py`` turn claims into signs seen at
weeks; ``transfers.py`` and ``rates.py`` learn from history how long handing over takes;
``dynamics.py`` makes weekly steps of it; ``kernel.py`` and ``infer.py`` weigh signs against steps;
``forecast.py``, ``gain.py``, ``effects.py`` and ``hindcast.py`` say what follows.
"""
