"""The words of the report, for a reader who is new to them."""

from __future__ import annotations

GLOSSARY: tuple[tuple[str, str], ...] = (
    ("Band", "The 5th to the 95th percentile over the draws, or low to high as published: what "
             "better evidence could narrow."),
    ("Bit", "A weight of evidence: one bit doubles the odds, or halves them; of a look, how much "
            "doubt it is expected to take away."),
    ("Claim", "One thing said by one source, in this report's own words."),
    ("Confidence", "How good the ground of a judgement is: how many independent origins, of which "
                   "families, whether they agree, how wide the band is, what one source alone "
                   "moves. High, moderate or low, and in sentences of its own: a thing may be "
                   "likely on poor ground."),
    ("Connected", "Joined to radars, data links and a command post, so that it fights in a network "
                  "and not alone."),
    ("Coverage floor", "The lowest altitude above ground at which a target is in line of sight of "
                       "a radar, given terrain and the Earth's curve."),
    ("Defended area", "An area whose cover the case asks about; drawn as a dashed outline."),
    ("Depth", "How many layers cover a point at the same time."),
    ("Deterrent effect", "By how many percentage points the systems change the chance of a strike: "
                         "with them less without them, on the same draws. Below nought they deter "
                         "it, above nought they draw it."),
    ("Draw", "One way things could be, given the evidence: which units are there, how many "
             "launchers work, where exactly they stand, what each figure is inside its band. "
             "Chance is not in it: see replication."),
    ("Envelope", "Where an interceptor can reach: slant range and altitude, least and most."),
    ("Even-at threshold", "Where a strike is as likely as not, while one thing alone moves over "
                          "its band and all else stays in its middle. None is given where the "
                          "chance never passes one half."),
    ("Evidence code", "How a catalogue figure is known: V read in the page named, V2 in a "
                      "compilation that quotes it, C computed from such figures, R1 and R2 "
                      "attributed but not opened (unverified), U unsourced."),
    ("Extensive form", "A game told as a tree: who chooses when, knowing what, and what each way "
                       "through it brings about."),
    ("Grade", "A letter A to F for how reliable a source is, and a figure 1 to 6 for how credible "
              "a claim is; F and 6 mean that it cannot be judged."),
    ("In service", "There, and at least one launcher or set works."),
    ("Independent", "Operated by the host’s crews on their own: nobody of the supplier’s sits at "
                    "the consoles or stands behind them."),
    ("Integrated", "Of a network: all its functions well and all units joined; autonomous is every "
                   "unit by its own radars, unplugged nothing joined and nothing with a radar "
                   "fighting."),
    ("Key judgement", "One sentence that answers a question of the reader with a likelihood term; "
                      "beside it stand its confidence, what would change it and what to look for "
                      "next."),
    ("Layer", "Long, medium, short range or point defence. A layer matters by what the others "
              "miss."),
    ("Likelihood terms", "Those of Intelligence Community Directive 203: almost no chance 1 to "
                         "5 %, very unlikely 5 to 20 %, unlikely 20 to 45 %, roughly even chance "
                         "45 to 55 %, likely 55 to 80 %, very likely 80 to 95 %, almost certain "
                         "95 to 99 %. A term says how likely a thing is, never how sure "
                         "that is."),
    ("Look", "One way to look for a sign among published things, with its cost and how often it "
             "would be right."),
    ("Node of chance", "A point of the game at which nobody chooses: what follows has the chance "
                       "that another chapter found, or that is assumed."),
    ("Operational control", "Who makes a system work: nobody, the supplier’s instructors, "
                            "contractors, joint crews, the host’s crews under supervision, or "
                            "these on their own."),
    ("Origin", "The first publication of a claim. Relays repeat it and add no evidence. Who "
               "repeats whom is known only with odds, so that numbers of independent origins are "
               "expected ones and may hold a fraction."),
    ("Payoff", "What a government gains or loses by one consequence: a band on a scale of its own, "
               "assumed, with a reason. Never compared with another government’s."),
    ("Precision", "How exactly a position was published; a unit is drawn anywhere inside it, and "
                  "no map here is finer."),
    ("Quantal response", "Governments take a better move more often, and not always. How sharply "
                         "they choose is one figure: 0 is chance alone; the larger it is, the more "
                         "surely the best move is taken (McKelvey and Palfrey 1998)."),
    ("Range ring", "The published range as a circle: it assumes that everything is there, works, "
                   "and sees through the ground."),
    ("Raid", "A published class of attack on a defended area, flown here by straight, generic "
             "tracks: no prediction, no plan."),
    ("Reference class", "Published transfers of such systems in the past; how long each step took "
                        "there is what is expected before anything is read."),
    ("Refraction factor k", "How much larger the Earth seems to a radar, because air bends its "
                            "beam."),
    ("Replication", "One run of a raid inside a draw: what is there stays the same, chance alone "
                    "decides anew. Draws make the band, replications the spread."),
    ("Serviceable", "Able to work on the day; inventories count what is owned, not what works."),
    ("Shapley value", "A layer’s fair share of what is stopped: the mean of what it adds over all "
                      "orders in which the layers could be added."),
    ("Sign", "Something that is likelier in some states of control than in others, such as a tour "
             "that is prolonged."),
    ("Spread", "How far single raids scatter by chance, whatever is known."),
    ("Subgame-perfect", "Solved from the end backwards, everybody always taking the best move: "
                        "what a quantal response comes to when it is sharp without end."),
    ("Variance, shares of", "How much of the scatter over the draws one group of unknowns makes, "
                            "by itself and with all that it does together with others (Sobol "
                            "shares); learning that group would take about so much away."),
    ("World", "The crisis with one thing set and all else as drawn: as it is, without the systems, "
              "with the supplier’s crews or the host’s, joined or not. Worlds meet the same draws, "
              "so that only what was set makes a difference between them."),
)  # fmt: skip
