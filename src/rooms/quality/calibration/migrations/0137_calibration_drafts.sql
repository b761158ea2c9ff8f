-- A reading that is not handed in yet is its inspector's draft; its score is empty while no item is answered.
ALTER TABLE calibration_readings ADD COLUMN handed_in INTEGER NOT NULL DEFAULT 1;
