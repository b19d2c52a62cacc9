"""How each kind of entry is shown, a module each, and here all of them by their collections."""

from publicity.stage.kinds.case import CASE
from publicity.stage.kinds.country import COUNTRY
from publicity.stage.kinds.event import EVENT
from publicity.stage.kinds.interpretation import INTERPRETATION
from publicity.stage.kinds.kind import Kind
from publicity.stage.kinds.newsletter import NEWSLETTER
from publicity.stage.kinds.others import ALERT, GUIDE, TEMPLATE
from publicity.stage.kinds.policy import POLICY
from publicity.stage.kinds.question import QUESTION
from publicity.stage.kinds.regulation import REGULATION

KINDS: dict[str, Kind] = {
    kind.model.collection: kind
    for kind in (
        QUESTION,
        REGULATION,
        POLICY,
        INTERPRETATION,
        GUIDE,
        TEMPLATE,
        CASE,
        NEWSLETTER,
        EVENT,
        COUNTRY,
        ALERT,
    )
}
"""In the order in which a search lists entries that fit equally well."""
