"""From a commit to a server and back: publish, verify, roll back. Places differ in what they can; what is published does not."""
