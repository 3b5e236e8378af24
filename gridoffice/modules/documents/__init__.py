"""文书: cards, handbooks, boards, lists; signing and checking."""

from gridoffice.core.module import Module

MODULE = Module(
    key="documents",
    title="文书",
    order=9,
    icon="documents",
    page="gridoffice.modules.documents.page:DocumentsPage",
    listings="gridoffice.modules.documents.service:LISTINGS",
    places="gridoffice.modules.documents.service:PLACES",
    actions="gridoffice.modules.documents.actions:ACTIONS",
    tour="gridoffice.modules.documents.page_tour:tour",
    counts="gridoffice.modules.documents.counts:counts",
    commands="gridoffice.modules.documents.commands:COMMANDS",
    starts="gridoffice.modules.documents.page_watch:start",
)
