"""Pages of each kind, by their addresses in the site of 江北区: what the access tests and the pictures go through."""

PAGE_KINDS = [
    "",
    "assessment/",
    "policies/",
    "policies/jbfbf-2023-65/",
    "interpretations/",
    "interpretations/jbfbf-2023-65-jiedu/",
    "interpretations/jbfbf-2023-65-picture/",
    "interpretations/jbfbf-2023-65-questions/",
    "regulations/",
    "regulations/anti-unfair-competition-law-2025/",
    "cases/",
    "cases/carbomer-2020/",
    "countries/",
    "countries/korea/",
    "templates/",
    "templates/leak-emergency-plan/",
    "guides/",
    "guides/leak-response/",
    "questions/",
    "questions/patent-or-secret/",
    "alerts/",
    "alerts/korea-2027-amendment/",
    "newsletter/",
    "newsletter/issue-4/",
    "events/",
    "events/sample-training/",
    "stations/",
    "units/",
    "services/",
    "progress/",
    "tasks/",
    "glossary/",
    "training/",
    "search/?q=联络点",
    "about/",
    "accessibility/",
    "sitemap/",
    "leaving/",
    "404.html",
]

ALIKE = {
    "interpretations/",
    "templates/",
    "alerts/",
    "units/",
    "accessibility/",
}
"""Pages made by the same template as others of them, and with no tag or class that these do not have."""
ONE_OF_EACH = [kind for kind in PAGE_KINDS if kind not in ALIKE]
"""Of those of one template, the ones with most in them: what takes a browser long goes through these."""
