"""消防: premises, checks, hazards and re-checks."""

from gridoffice.core.module import Module

MODULE = Module(
    key="inspections",
    title="消防",
    order=8,
    icon="inspections",
    page="gridoffice.modules.inspections.page:InspectionsPage",
    listings="gridoffice.modules.inspections.service:LISTINGS",
    counts="gridoffice.modules.inspections.service:counts",
    slides="gridoffice.modules.inspections.service:slides",
    sheets="gridoffice.modules.inspections.sheets:SHEETS",
    sample="gridoffice.modules.inspections.sample:sample",
    belongings="gridoffice.modules.inspections.belongings:BELONGINGS",
    doors="gridoffice.modules.inspections.doors:DOORS",
    contacts="gridoffice.modules.inspections.doors:PREMISES_SEEN",
)
