"""The editor of a resident: numbers told right or wrong as they are typed, and who may be the same beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from gridoffice.domain import person
from gridoffice.modules.residents import households, service
from gridoffice.modules.residents.page_similar import Similar
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import button, label
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.residents.page import ResidentsPage

NOTE = "人员类别只收困难帮扶和服务需要的内容，不登记信仰、病情和信访。"


def fields(page: ResidentsPage) -> tuple[Field, ...]:
    """The fields of a resident."""
    office = page.office
    return (
        Field("name", "姓名", required=True),
        Field("id_number", "证件号", "id"),
        Field("sex", "性别", "choice", choices=(("男", "男"), ("女", "女"))),
        Field("born", "出生日期", "date"),
        Field("phone", "电话", "phone"),
        Field("relation", "与户主", "choice", choices=[(w, w) for w in households.relations()], is_open=True),
        Field(
            "household_id", "户", "seek", help="编号、地址、户主；空着则新立一户",
            find=partial(households.find, office), name_of=partial(households.words_of, office),
        ),
        Field("unit_id", "网格", "pick", choices=service.units(office)),
        Field("address", "住址", help="整户一起改"),
        Field("tags", "人员类别", "multi", choices=[(tag, tag) for tag in service.tags()]),
        Field("note", "备注", "multiline"),
    )  # fmt: skip


def split_tags(values: Mapping[str, Any]) -> dict[str, Any]:
    """A resident's values as the form has them: tags as a list."""
    return {**values, "tags": [tag for tag in str(values.get("tags") or "").split("、") if tag]}


class ResidentEditor(Editor):
    """Enters or edits a resident. `wanted` is the id of a record that was to be opened instead; `merges` when joined.

    With `again` it can enter one member after the other: 保存并加下一个, Ctrl+Enter.
    """

    def __init__(
        self,
        page: ResidentsPage,
        title: str,
        values: Mapping[str, Any],
        save: Callable[[dict[str, Any]], Any],
        *,
        own: int = 0,
        again: bool = False,
        **more: Any,
    ) -> None:
        self.page, self.own, self.again = page, own, again
        self.wanted: int | None = None
        self.merges = False
        self._derived: dict[str, Any] = {}
        self.entered = 0

        def joined(new: dict[str, Any]) -> Any:
            return save({**new, "tags": "、".join(new["tags"])})

        super().__init__(page, title, fields(page), split_tags(values), joined, note=NOTE, **more)
        self.similar = Similar(can_merge=bool(own))
        self.similar.opened.connect(self._open_other)
        self.similar.merged.connect(self._merge_with)
        self.under.addWidget(self.similar)
        if again:
            following = button("保存并加下一个", self.save_next)
            following.setToolTip("保存并加下一个（Ctrl+Enter）")
            self.foot.insertWidget(1, following)
            self.done_word = label("", "done", wrap=True)
            self.foot.insertWidget(0, self.done_word, 1)
        for key in ("name", "id_number", "phone", "born"):
            self.form.inputs[key].edited.connect(self._look)
        self.form.inputs["id_number"].edited.connect(self._derive)
        for key in ("sex", "born"):
            self.form.inputs[key].edited.connect(self._tell_number)
        self.form.inputs["phone"].edited.connect(self._tell_phone)
        self._tell_number()
        self._tell_phone()
        self.resize(self.width(), min(theme.px(660), self.screen().availableGeometry().height() - 80))

    def _value(self, key: str) -> Any:
        try:
            return self.form.inputs[key].value()
        except ValueError:
            return None

    # -- numbers

    def _derive(self) -> None:
        """Put birth and sex in from the number, unless something else was typed there."""
        told = person.told_number(self._value("id_number"), self.page.office.today())
        for key, value in (("sex", told.sex), ("born", told.birth)):
            if value and self._value(key) in (None, "", self._derived.get(key)):
                made = self.form.inputs[key]
                made.blockSignals(True)
                made.put(value)
                made.blockSignals(False)
                self._derived[key] = value
        self._tell_number()

    def _tell_number(self) -> None:
        told = person.told_number(self._value("id_number"), self.page.office.today())
        self.form.inputs["id_number"].tell(told.words, told.tone)
        sex, born = self._value("sex"), self._value("born")
        against = {
            "sex": f"号码上是{told.sex}" if told.sex and sex and sex != told.sex else "",
            "born": f"号码上是 {told.birth}" if told.birth and born and born != told.birth else "",
        }
        for key, words in against.items():
            self.form.inputs[key].tell(words, "late")
            self.form.inputs[key].mark(bool(words))

    def _tell_phone(self) -> None:
        told = person.told_phone(self._value("phone"))
        self.form.inputs["phone"].tell("" if told.tone == "done" else told.words, told.tone)

    # -- who may be the same

    def _look(self) -> None:
        values = {key: self._value(key) for key in ("name", "id_number", "phone", "born")}
        found = service.similar(self.page.office, values, self.own) if self.form.is_changed() else []
        self.similar.tell((one.id, f"{one.why}：{one.words}") for one in found)

    def _open_other(self, resident: int) -> None:
        """Leave for the record that is there already; more than the name and number typed is asked about first."""
        self.wanted = resident
        others = {key: made for key, made in self.form.inputs.items() if key not in ("name", "id_number")}
        clean = self.form.clean()
        derived = {**clean, **self._derived}
        if any(self._value(key) not in (clean.get(key), derived.get(key)) for key in others):
            self.reject()
            if self.isVisible():
                self.wanted = None
            return
        self.done(0)

    def _merge_with(self, resident: int) -> None:
        self.merges = True
        self._open_other(resident)
        if self.isVisible():
            self.merges = False

    # -- one after the other

    def save_next(self) -> None:
        """Save; where members are entered in a row, empty the form for the next one of this household."""
        if not self.again:
            self.save()
            return
        if not self.store():
            return
        self.entered += 1
        kept = service.get(self.page.office, int(self.result_value))
        self._derived = {}
        same = {"household_id": kept.household_id, "unit_id": kept.unit_id, "address": self._value("address")}
        self.form.fill(split_tags(same))
        self.similar.passed = set()
        self.similar.tell(())
        self._tell_number()
        self._tell_phone()
        self.done_word.setText(f"已保存 {kept.name}（第 {self.entered} 人），接着填下一位")
        self.form.inputs["name"].setFocus()
