"""The editions of one issue: mail, WeChat, short texts, e-book."""
