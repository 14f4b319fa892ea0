"""What else carries a notice besides board and page: websites, media, chats, loudspeakers."""
