"""The words of the report, for a reader who is new to them."""

from __future__ import annotations

GLOSSARY: tuple[tuple[str, str], ...] = (
    ("Band", "The 5th to the 95th percentile over the draws, or low to high as published: what "
             "better evidence could narrow."),
    ("Bit", "A weight of evidence: one bit doubles the odds, or halves them; of a look, how much "
            "doubt it is expected to take away."),
    ("Claim", "One thing said by one source, in this report's own words."),
    ("Connected", "Joined to radars, data links and a command post, so that it fights in a network "
                  "and not alone."),
    ("Coverage floor", "The lowest altitude above ground at which a target is in line of sight of "
                       "a radar, given terrain and the Earth's curve."),
    ("Defended area", "An area whose cover the case asks about; drawn as a dashed outline."),
    ("Depth", "How many layers cover a point at the same time."),
    ("Draw", "One way things could be, given the evidence: which units are there, how many "
             "launchers work, where exactly they stand, what each figure is inside its band."),
    ("Envelope", "Where an interceptor can reach: slant range and altitude, least and most."),
    ("Evidence code", "How a catalogue figure is known: V read in the page named, V2 in a "
                      "compilation that quotes it, C computed from such figures, R1 and R2 "
                      "attributed but not opened (unverified), U unsourced."),
    ("Grade", "A letter A to F for how reliable a source is, and a figure 1 to 6 for how credible "
              "a claim is; F and 6 mean that it cannot be judged."),
    ("In service", "There, and at least one launcher or set works."),
    ("Independent", "Operated by the host’s crews on their own: nobody of the supplier’s sits at "
                    "the consoles or stands behind them."),
    ("Integrated", "Of a network: all its functions well and all units joined; autonomous is every "
                   "unit by its own radars, unplugged nothing joined and nothing with a radar "
                   "fighting."),
    ("Layer", "Long, medium, short range or point defence. A layer matters by what the others "
              "miss."),
    ("Likelihood terms", "Those of Intelligence Community Directive 203: almost no chance 1 to "
                         "5 %, very unlikely 5 to 20 %, unlikely 20 to 45 %, roughly even chance "
                         "45 to 55 %, likely 55 to 80 %, very likely 80 to 95 %, almost certain "
                         "95 to 99 %."),
    ("Look", "One way to look for a sign among published things, with its cost and how often it "
             "would be right."),
    ("Operational control", "Who makes a system work: nobody, the supplier’s instructors, "
                            "contractors, joint crews, the host’s crews under supervision, or "
                            "these on their own."),
    ("Origin", "The first publication of a claim. Relays repeat it and add no evidence."),
    ("Precision", "How exactly a position was published; a unit is drawn anywhere inside it, and "
                  "no map here is finer."),
    ("Range ring", "The published range as a circle: it assumes that everything is there, works, "
                   "and sees through the ground."),
    ("Raid", "A published class of attack on a defended area, flown here by straight, generic "
             "tracks: no prediction, no plan."),
    ("Reference class", "Published transfers of such systems in the past; how long each step took "
                        "there is what is expected before anything is read."),
    ("Refraction factor k", "How much larger the Earth seems to a radar, because air bends its "
                            "beam."),
    ("Serviceable", "Able to work on the day; inventories count what is owned, not what works."),
    ("Shapley value", "A layer’s fair share of what is stopped: the mean of what it adds over all "
                      "orders in which the layers could be added."),
    ("Sign", "Something that is likelier in some states of control than in others, such as a tour "
             "that is prolonged."),
    ("Spread", "How far single raids scatter by chance, whatever is known."),
    ("Variance, shares of", "How much of the scatter over the draws one group of unknowns makes, "
                            "by itself and with all that it does together with others (Sobol "
                            "indices); learning that group would take about so much away."),
)  # fmt: skip
