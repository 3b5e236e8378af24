"""网格: the tree and each unit's card."""

from gridoffice.core.module import Module

MODULE = Module(
    key="grids",
    title="网格",
    order=2,
    icon="grids",
    page="gridoffice.modules.grids.page:GridsPage",
    listings="gridoffice.modules.grids.service:LISTINGS",
    counts="gridoffice.modules.grids.service:counts",
    sheets="gridoffice.modules.grids.sheets:SHEETS",
    tour="gridoffice.modules.grids.page_tour:tour",
    actions="gridoffice.modules.grids.actions:ACTIONS",
    sample="gridoffice.modules.grids.sample_map:sample",
)
