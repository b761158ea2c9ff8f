-- Which product a queue serves from a day on; a queue without a row is a product of its own.
CREATE TABLE queue_products (
  queue TEXT NOT NULL,
  effective_from INTEGER NOT NULL,
  product TEXT NOT NULL,
  PRIMARY KEY (queue, effective_from)
) WITHOUT ROWID, STRICT;
