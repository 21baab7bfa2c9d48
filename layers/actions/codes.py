"""Keep code lists as they are written down."""

from dataclasses import dataclass

from django.db import transaction

from layers.codes.lists import CodeRow, ListRow
from layers.codes.titles import forget
from layers.models import Code, CodeList


@dataclass(frozen=True)
class KeptCodes:
    code_list: CodeList
    added: int
    changed: int


@transaction.atomic
def keep_code_list(*, row: ListRow) -> KeptCodes:
    """Add what is missing and mend what is said differently; codes that the row does not know stay. Lists that it
    follows are kept before it. Keeping the same twice changes nothing."""
    code_list, _made = CodeList.objects.update_or_create(
        slug=row.slug, defaults={"title": row.title, "title_en": row.title_en, "source": row.source}
    )
    known = {code.code: code for code in code_list.codes.all()}
    added = changed = 0
    for position, one in enumerate(row.codes, start=1):
        added += one.code not in known
        changed += _keep(known.get(one.code) or Code(code_list=code_list, code=one.code), one, position)
    transaction.on_commit(forget)
    return KeptCodes(code_list, added, changed)


def _keep(code: Code, row: CodeRow, position: int) -> bool:
    """Whether a code that was there is said differently now."""
    said = {
        "title": row.title,
        "title_en": row.title_en,
        "group": row.group,
        "color": row.color,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "position": position,
    }
    was_there = code.pk is not None
    differs = [name for name, value in said.items() if getattr(code, name) != value]
    if differs or not was_there:
        for name, value in said.items():
            setattr(code, name, value)
        code.full_clean()
        code.save()
    before = [Code.objects.get(code_list__slug=slug, code=name) for slug, name in row.follows]
    moved = {one.pk for one in before} != set(code.follows.values_list("pk", flat=True))
    if moved:
        code.follows.set(before)
    return was_there and bool(differs or moved)
