# moto's server on a free port of 127.0.0.1. It ends when its standard input does, so that it never outlives the tests,
# however they end.
import os
import sys
import threading

from moto.server import main


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
main(["-H", "127.0.0.1", "-p", "0"])
