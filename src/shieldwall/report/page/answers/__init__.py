"""The first page: five questions, an answer to each, and how sure each is.

No sentence is canned: which unit, area, raid and step it speaks of is chosen from the numbers, and
where a number is missing the sentence says so or is left out. A likelihood stands with its figure;
confidence is that of the key judgements, in sentences of its own.
"""

from __future__ import annotations

from shieldwall.report.page.answers.control import control_answer
from shieldwall.report.page.answers.coverage import coverage_answer
from shieldwall.report.page.answers.network import network_answer
from shieldwall.report.page.answers.raids import raid_answer
from shieldwall.report.page.answers.records import Answer
from shieldwall.report.page.answers.ripple import ripple_answer
from shieldwall.report.page.answers.sure import sure
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import Names
from shieldwall.report.records import Assessment

__all__ = ["Answer", "answers", "sure"]


def answers(assessment: Assessment, figures: Figures, names: Names) -> tuple[Answer, ...]:
    """One for each question, in the order in which a report asks them."""
    return (
        network_answer(assessment, figures, names),
        coverage_answer(assessment, figures, names),
        control_answer(assessment, figures, names),
        raid_answer(assessment, figures),
        ripple_answer(assessment, figures),
    )
