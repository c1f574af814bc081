"""Systems that are told of without a place: nothing later than the as-of date tells of any."""

import makers
import weighing
from shieldwall.case.moments import parse_moment
from shieldwall.evidence.gather import gather
from shieldwall.network.draw import draw_ensemble
from shieldwall.raid.fight import unsited, variant_names


def test_what_was_published_later_tells_of_no_system():
    late = makers.claim("late", place=None, publication=parse_moment("2031-01-01"))
    case, catalogue = makers.case(claims=(late,)), makers.catalogue()
    evidence = gather(case)
    assert evidence.late == ("late",)
    order = weighing.order_of_battle(case, catalogue, evidence)
    ensemble = draw_ensemble(case, catalogue, order, (1.3, 1.33, 1.4), draws=4)
    assert unsited(case, catalogue, evidence, ensemble) == ()
    assert variant_names(case, catalogue, evidence, ensemble).systems == ()
    read = weighing.evidence(case)
    assert unsited(case, catalogue, read, ensemble) == ("sam",)
