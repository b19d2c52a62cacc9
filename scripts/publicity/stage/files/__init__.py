"""Files of the staging folder: styles and scripts, pictures, attachments, and the pages' texts as written."""
