"""What may stand in the content: one typed model a kind of file. An unknown key is an error.

The descriptions and examples of the fields are the editors' reference (`publicity schema`), in Chinese as the editors are;
error messages quote the examples.
"""

from pydantic import BaseModel

from publicity.models.entries import (
    ENTRY_MODELS,
    Alert,
    Case,
    Country,
    Entry,
    Event,
    Guide,
    Interpretation,
    Newsletter,
    Policy,
    Question,
    Regulation,
    Template,
)
from publicity.models.fields import (
    LANGUAGES,
    Alias,
    ClockTime,
    Date,
    Language,
    LocalText,
    Model,
    Number,
    Slug,
    SourceNote,
    Text,
    WebAddress,
)
from publicity.models.lists import Glossary, Register, Service, Station, Term, Unit
from publicity.models.lists.explanations import Explanations
from publicity.models.lists.tasks import Task, TaskList
from publicity.models.lists.training import QuizQuestion, Slide, Training
from publicity.models.page import Need, Page, Translation, TranslationNote
from publicity.models.parts import (
    COUNTRY_AREAS,
    COUNTRY_FACTS,
    COUNTRY_LAWS,
    REVIEW_STEPS,
    Amount,
    ArticleMove,
    ArticleSummary,
    Change,
    Citation,
    Correction,
    CountryFact,
    Fact,
    Penalty,
    Review,
    ReviewStep,
    Validity,
)
from publicity.models.parts.attachments import Attachment, Captions, Video
from publicity.models.parts.diagram import Panel, Part
from publicity.models.parts.events import TO_COME, Moment
from publicity.models.region import (
    Contact,
    HostPortal,
    NavigationKey,
    Organisation,
    Phase,
    Progress,
    PublishedFigure,
    Region,
    Signer,
    SiteIdentity,
    Succession,
    Target,
    Words,
    plural,
)

__all__ = [
    "COUNTRY_AREAS",
    "COUNTRY_FACTS",
    "COUNTRY_LAWS",
    "ENTRY_MODELS",
    "LANGUAGES",
    "REVIEW_STEPS",
    "TO_COME",
    "Alert",
    "Alias",
    "Amount",
    "ArticleMove",
    "ArticleSummary",
    "Attachment",
    "Captions",
    "Case",
    "Change",
    "Citation",
    "ClockTime",
    "Contact",
    "Correction",
    "Country",
    "CountryFact",
    "Date",
    "Entry",
    "Event",
    "Explanations",
    "Fact",
    "Glossary",
    "Guide",
    "HostPortal",
    "Interpretation",
    "Language",
    "LocalText",
    "Model",
    "Moment",
    "NavigationKey",
    "Need",
    "Newsletter",
    "Number",
    "Organisation",
    "Page",
    "Panel",
    "Part",
    "Penalty",
    "Phase",
    "Policy",
    "Progress",
    "PublishedFigure",
    "Question",
    "QuizQuestion",
    "Region",
    "Register",
    "Regulation",
    "Review",
    "ReviewStep",
    "Service",
    "Signer",
    "SiteIdentity",
    "Slide",
    "Slug",
    "SourceNote",
    "Station",
    "Succession",
    "Target",
    "Task",
    "TaskList",
    "Template",
    "Term",
    "Text",
    "Training",
    "Translation",
    "TranslationNote",
    "Unit",
    "Validity",
    "Video",
    "WebAddress",
    "Words",
    "example",
    "plural",
]


def example(model: type[BaseModel], name: object) -> str | None:
    """A right value for a field of a model, for an error message."""
    if name not in model.model_fields:
        return None
    examples = model.model_fields[str(name)].examples
    return str(examples[0]) if examples else None
