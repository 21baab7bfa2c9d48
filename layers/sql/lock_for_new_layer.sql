-- Layers are made one at a time. Attaching a partition locks both tables, and the catalogue more strongly than the
-- row of the new layer has by then, so that two makers would wait for each other. Readers do not notice.
LOCK TABLE ONLY layers_feature IN SHARE UPDATE EXCLUSIVE MODE;
LOCK TABLE layers_layer IN SHARE ROW EXCLUSIVE MODE;
