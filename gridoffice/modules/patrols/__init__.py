"""巡查: patrol logs; problems found become cases."""

from gridoffice.core.module import Module

MODULE = Module(
    key="patrols",
    title="巡查",
    order=5,
    icon="patrols",
    page="gridoffice.modules.patrols.page:PatrolsPage",
    listings="gridoffice.modules.patrols.service:LISTINGS",
    counts="gridoffice.modules.patrols.service:counts",
    slides="gridoffice.modules.patrols.service:slides",
    sheets="gridoffice.modules.patrols.sheets:SHEETS",
    sample="gridoffice.modules.patrols.sample:sample",
    belongings="gridoffice.modules.patrols.belongings:BELONGINGS",
    commands="gridoffice.modules.patrols.commands:COMMANDS",
    facts="gridoffice.modules.patrols.visits:facts",
    actions="gridoffice.modules.patrols.actions:ACTIONS",
    contacts="gridoffice.modules.patrols.contacts:PREMISES_SEEN",
    tour="gridoffice.modules.patrols.page_tour:tour",
)
