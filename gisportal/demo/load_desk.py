"""Categories and the rules that route them."""

from assets.models import AssetType
from issues.models import Category, RoutingRule
from layers.models import Layer
from municipality.models import Area, Department

from .categories import CATEGORIES, RULES


def load_categories(types: dict[str, AssetType]) -> dict[str, Category]:
    """Categories by slug, parents first."""
    found: dict[str, Category] = {}
    for position, row in enumerate(CATEGORIES, start=1):
        category = Category(
            slug=row.slug,
            parent=found.get(row.parent),
            title=row.title,
            title_en=row.title_en,
            keywords=row.keywords,
            icon=row.icon,
            questions=list(row.questions),
            asset_type=types.get(row.asset),
            sla_working_days=row.days,
            duplicate_radius_metres=row.radius,
            is_public=row.public,
            position=10 * position,
        )
        category.save(force_insert=True)
        found[row.slug] = category
    return found


def load_rules(
    categories: dict[str, Category],
    departments: dict[str, Department],
    areas: dict[str, Area],
    layers: dict[str, Layer],
    types: dict[str, AssetType],
) -> None:
    """The routing rules in their order."""
    RoutingRule.objects.bulk_create(
        [
            RoutingRule(
                position=10 * position,
                name=row.name,
                name_en=row.name_en,
                category=categories.get(row.category),
                area=areas.get(row.area),
                asset_type=types.get(row.asset_type),
                asset_owner=departments.get(row.asset_owner),
                layer=layers.get(row.layer),
                layer_where=list(row.where),
                layer_distance_metres=row.metres,
                department=departments[row.department],
            )
            for position, row in enumerate(RULES, start=1)
        ]
    )
