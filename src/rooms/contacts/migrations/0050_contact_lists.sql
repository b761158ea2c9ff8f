-- Lists of contacts read an index from their place on, whatever the filter and however many contacts there are. A
-- customer's calls are found by time, so their numbers keep the time beside them.
ALTER TABLE contact_customers ADD COLUMN offered_at INTEGER NOT NULL DEFAULT 0;
UPDATE contact_customers SET offered_at = COALESCE((SELECT c.offered_at FROM contacts c
  WHERE c.call_id = contact_customers.call_id AND c.number = contact_customers.number), 0);
CREATE INDEX contact_customers_by_customer ON contact_customers (customer, offered_at, call_id, number);

-- The first one also answers what orders a few days by waiting or talking time, without looking at the contacts.
DROP INDEX contacts_by_offered_at;
CREATE INDEX contacts_by_time ON contacts (offered_at, call_id, number, queue, outcome, wait_ms, talk_ms);
CREATE INDEX contacts_by_queue ON contacts (queue, outcome, offered_at, call_id, number);
CREATE INDEX contacts_by_member ON contacts (member, offered_at, call_id, number);
