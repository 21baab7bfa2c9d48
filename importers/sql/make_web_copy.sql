-- Made by the database, where its projections are not ours.
UPDATE {loading} SET geom_web = ST_Transform(geom, {web_srid});
