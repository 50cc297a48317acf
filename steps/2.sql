-- Version 1 to 2: tables, columns, jobs and events get the field's own words.

ALTER TABLE reception RENAME TO greeting;
ALTER TABLE sweep RENAME TO bulk_closing;
ALTER TABLE contact_union RENAME TO contact_merge;
ALTER TABLE merge RENAME TO conversation_merge;
ALTER TABLE template_field RENAME TO custom_field;
ALTER TABLE template_field_department RENAME TO custom_field_department;
ALTER TABLE opening RENAME TO outbound;
ALTER TABLE reading RENAME TO read;
ALTER TABLE notice RENAME TO notification;
ALTER TABLE import RENAME TO catalogue_import;
ALTER TABLE department RENAME COLUMN distribution TO assignment;
ALTER TABLE department RENAME COLUMN distribution_cap TO assignment_cap;

-- Work that waits goes on under its new name, and what ran today does not run again.
UPDATE job SET name = 'bulk-closing', key = 'bulk-closing' || substr(key, length('sweep') + 1) WHERE name = 'sweep';
UPDATE cron_slot SET name = 'assignment' WHERE name = 'distribution';
UPDATE cron_slot SET name = 'notifications' WHERE name = 'notices';

-- Pages that were away catch up with events of the last day, and know only the new word.
UPDATE event SET name = 'notification', data = replace(data, '{"notice":', '{"notification":') WHERE name = 'notice';
