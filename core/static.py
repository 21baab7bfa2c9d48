"""Static files with the hash of their content in the name, imports inside ES modules included."""

from typing import Any, ClassVar

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Django's own pattern also reads `import("…")` in JSDoc types, which name packages and go in circles.
AWAITED_IMPORT = (
    r"""(?P<matched>await\s+import\(["'](?P<url>[./].*?)["']\))""",
    """await import("%(url)s")""",
)


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names also inside `import … from "./x.js"` and `await import("./x.js")`, so a deployed module never
    mixes versions."""

    support_js_module_import_aggregation = True
    # A module's name follows from those of the modules it imports: one pass for each step of the longest chain.
    max_post_process_passes = 20
    manifest_strict = True
    _extension, _static_imports = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns
    _js_module_import_aggregation_patterns: ClassVar[Any] = (
        _extension,
        (*_static_imports[:-1], AWAITED_IMPORT),
    )
