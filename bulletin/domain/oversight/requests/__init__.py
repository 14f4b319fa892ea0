"""依申请公开: what is asked of the township, by which day it answers, and how it is counted."""
