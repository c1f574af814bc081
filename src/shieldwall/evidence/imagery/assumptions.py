"""What imagery readings take for granted: one table, each row with its reason."""

from __future__ import annotations

from shieldwall.case.records import Assumption, Band

WHERE = "evidence/imagery/assumptions.py"

DEFAULTS = (
    Assumption(
        "image_recognition_cycles", "Line pairs across an object at which half of the readers can "
        "tell what it is; a line pair is two pixels.",
        Band(3.2, 4.0, 4.8), "line pairs",
        "Johnson 1958, Analysis of Image Forming Systems: recognition at 4.0 +/- 0.8. Later work "
        "(Vollmerhausen 2004) finds the criteria rough for sampled images: hence the whole band.",
        WHERE,
    ),
    Assumption(
        "image_vehicle_m", "Size of a launcher, radar or lorry from above: root of length x width.",
        Band(4.5, 5.5, 7.0), "m",
        "Carriers are 8 to 13 m long and 2.5 to 3.5 m wide; the root of the area stands for both.",
        WHERE,
    ),
    Assumption(
        "image_aircraft_m", "Size of an aircraft from above: root of length x span.",
        Band(12.0, 20.0, 50.0), "m",
        "From fighters to large transports.",
        WHERE,
    ),
    Assumption(
        "image_missile_m", "Size of a missile or its tube from above: root of length x width.",
        Band(0.3, 0.8, 2.0), "m",
        "From a shoulder-launched tube to a long missile on its trailer.",
        WHERE,
    ),
    Assumption(
        "image_open_share", "Share of the time that a mobile system stands in the open.",
        Band(0.4, 0.7, 0.95), "share",
        "Sheds, nets and woods hide the rest; no published share was found. A reading that knows "
        "better gives its own.",
        WHERE,
    ),
    Assumption(
        "image_cloud_unknown", "Chance of a clear view where no cloud cover is given.",
        Band(0.6, 0.85, 1.0), "share",
        "An image that was bought, read and published is mostly clear.",
        WHERE,
    ),
    Assumption(
        "image_period", "Looks at one place within this time share the chance that it is hidden: "
        "together they find no more than what stands in the open.",
        Band(30.0, 30.0, 30.0), "days",
        "Cloud changes between looks, a shed does not; weeks are the time in which batteries move.",
        WHERE,
    ),
    Assumption(
        "image_recycled", "An image taken longer than this before the event it is shown for is no "
        "reading of it.",
        Band(7.0, 7.0, 7.0), "days",
        "Newsrooms reach for library pictures; a week allows for late reporting.",
        WHERE,
    ),
)  # fmt: skip
