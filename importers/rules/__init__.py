"""Which field of a file fills which field of a target: names, constants, lists of values, splits, formats."""

from importers.rules.document import read_rules
from importers.rules.fields import TargetField, schema_fields
from importers.rules.files import read_mapping_file
from importers.rules.rule import Rule, Split
from importers.rules.rules import Rules

__all__ = ["Rule", "Rules", "Split", "TargetField", "read_mapping_file", "read_rules", "schema_fields"]
