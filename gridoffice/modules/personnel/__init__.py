"""人员: staff and grid workers, their cards and photos."""

from gridoffice.core.module import Module

MODULE = Module(
    key="personnel",
    title="人员",
    order=3,
    icon="personnel",
    page="gridoffice.modules.personnel.page:PersonnelPage",
    listings="gridoffice.modules.personnel.service:LISTINGS",
    counts="gridoffice.modules.personnel.service:counts",
    sheets="gridoffice.modules.personnel.sheets:SHEETS",
    sample="gridoffice.modules.personnel.sample:sample",
    tour="gridoffice.modules.personnel.page_tour:tour",
)
