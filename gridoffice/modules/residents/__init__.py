"""居民: the ledger of households and residents."""

from gridoffice.core.module import Module

MODULE = Module(
    key="residents",
    title="居民",
    order=4,
    icon="residents",
    page="gridoffice.modules.residents.page:ResidentsPage",
    listings="gridoffice.modules.residents.service:LISTINGS",
    counts="gridoffice.modules.residents.service:counts",
    sheets="gridoffice.modules.residents.sheets:SHEETS",
    sample="gridoffice.modules.residents.sample:sample",
    tour="gridoffice.modules.residents.page_tour:tour",
    actions="gridoffice.modules.residents.actions:ACTIONS",
    doors="gridoffice.modules.residents.doors:DOORS",
)
