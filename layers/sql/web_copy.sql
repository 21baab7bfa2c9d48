-- The web copy is written by whoever writes the row: a trigger for every statement on layers_feature, the loader for
-- a table that is filled apart and becomes a partition. A generated column would not let the loader.
ALTER TABLE layers_feature ALTER COLUMN geom_web DROP EXPRESSION;
CREATE FUNCTION layers_feature_web_copy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.geom_web := ST_Transform(NEW.geom, {web_srid});
    RETURN NEW;
END
$$;
CREATE TRIGGER feature_web_copy BEFORE INSERT OR UPDATE OF geom, geom_web ON layers_feature
    FOR EACH ROW EXECUTE FUNCTION layers_feature_web_copy();
