"""随访: register, due list and follow-up sheets of the health programmes."""

from gridoffice.core.module import Module

MODULE = Module(
    key="followup",
    title="随访",
    order=7,
    icon="followup",
    page="gridoffice.modules.followup.page:FollowupPage",
    listings="gridoffice.modules.followup.service:LISTINGS",
    counts="gridoffice.modules.followup.service:counts",
    slides="gridoffice.modules.followup.service:slides",
    sheets="gridoffice.modules.followup.sheets:SHEETS",
    sample="gridoffice.modules.followup.sample:sample",
    belongings="gridoffice.modules.followup.belongings:BELONGINGS",
    endings="gridoffice.modules.followup.endings:ENDINGS",
    facts="gridoffice.modules.followup.facts:facts",
    doors="gridoffice.modules.followup.doors:DOORS",
)
