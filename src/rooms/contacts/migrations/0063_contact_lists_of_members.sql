-- What is asked of an agent's or a group's contacts besides is answered by the index alone, so that a filter nothing
-- passes reads no contact.
DROP INDEX contacts_by_member;
CREATE INDEX contacts_by_member ON contacts (member, offered_at, call_id, number, queue, outcome, wait_ms, talk_ms);
