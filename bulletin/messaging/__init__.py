"""Letters and messages out: mail, and the robots of group chats."""
