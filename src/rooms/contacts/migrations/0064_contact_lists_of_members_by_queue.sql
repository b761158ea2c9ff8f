-- An agent's or a group's contacts of one queue, which most of them may not serve.
CREATE INDEX contacts_by_member_and_queue ON contacts (member, queue, offered_at, call_id, number, outcome);
