#!/usr/bin/python3
"""A window with the machine's WebKit, to be driven by WebKitWebDriver: `webkit_window.py PROFILE [SCRIPT]`.

WebKitGTK's own MiniBrowser keeps nothing on disk while it is driven; a phone does, and the faults are about what is
there after a power cut. Debian's python3 runs this file, since its gi package is not in the tests' environment.
"""

import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

profile, script = Path(sys.argv[1]), "".join(sys.argv[2:])
manager = WebKit2.WebsiteDataManager(
    base_data_directory=str(profile / "data"), base_cache_directory=str(profile / "cache")
)
context = WebKit2.WebContext(website_data_manager=manager)
cookies = context.get_cookie_manager()
cookies.set_persistent_storage(str(profile / "cookies.sqlite"), WebKit2.CookiePersistentStorage.SQLITE)
context.set_automation_allowed(True)


def show_a_tab(*_):
    content = WebKit2.UserContentManager()
    if script:
        top, start = WebKit2.UserContentInjectedFrames.TOP_FRAME, WebKit2.UserScriptInjectionTime.START
        content.add_script(WebKit2.UserScript.new(script, top, start, None, None))
    view = WebKit2.WebView(web_context=context, user_content_manager=content, is_controlled_by_automation=True)
    window = Gtk.Window()
    window.set_default_size(360, 640)
    window.add(view)
    window.show_all()
    view.connect("close", lambda _: window.destroy())
    return view


def begin(_, session):
    about = WebKit2.ApplicationInfo()
    about.set_name("window")
    about.set_version(1, 0, 0)
    session.set_application_info(about)
    session.connect("create-web-view", show_a_tab)
    session.connect("will-close", Gtk.main_quit)


context.connect("automation-started", begin)
Gtk.main()
