"""Static files with the hash of their content in the name, imports inside ES modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names also inside `import … from "./x.js"`, so a deployed module never mixes versions."""

    support_js_module_import_aggregation = True
    manifest_strict = True
