"""RSS and Atom in, articles on `news.raw` out: the monitor watches real incoming news."""
