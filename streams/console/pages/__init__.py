"""The pages that people look at: a module each, over templates of the same name.

A page's module has `routes(api)`, which gives its addresses, and is listed in `addresses.py`. Its handlers
answer with `frame.page(request, "its-name.html", **values)`; a template extends `layout.html` and fills
`title` and `main`. What can't be answered is raised as for a program (`RequestError`, `KafkaUnusable`,
`HTTPException`), and is told as a page.
"""
