-- The features of an empty layer are loaded beside it, without indexes, and take their place at the end.
CREATE TABLE {loading} (LIKE layers_feature INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS);
