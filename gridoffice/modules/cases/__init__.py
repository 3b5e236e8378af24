"""事项: cases of all sources and their closed loop."""

from gridoffice.core.module import Module

MODULE = Module(
    key="cases",
    title="事项",
    order=6,
    icon="cases",
    page="gridoffice.modules.cases.page:CasesPage",
    listings="gridoffice.modules.cases.service:LISTINGS",
    counts="gridoffice.modules.cases.service:counts",
    slides="gridoffice.modules.cases.service:slides",
    belongings="gridoffice.modules.cases.belongings:BELONGINGS",
    actions="gridoffice.modules.cases.actions:ACTIONS",
    sample="gridoffice.modules.cases.sample:sample",
    tour="gridoffice.modules.cases.page_tour:tour",
    doors="gridoffice.modules.cases.doors:DOORS",
)
