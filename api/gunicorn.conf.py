"""gunicorn reads this from its working directory; it listens on $PORT by itself."""

import os
import shutil
import tempfile

worker_class = "uvicorn_worker.UvicornWorker"
# One worker: its 40 threads are plenty for staging's 500 requests a minute, the container has half
# of production's memory, and only with one do /metrics include the process's memory and CPU.
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
# The heartbeat file must not wait for a disk, and the root file system is read-only.
worker_tmp_dir = "/dev/shm"
control_socket_disable = True
# Less than the 10 s that Docker gives a container between SIGTERM and SIGKILL.
graceful_timeout = 8
# Longer than nginx keeps an idle upstream connection (60 s): nginx must be the one to close it.
keepalive = 75
accesslog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info").lower()

if workers > 1:
    # prometheus_client looks for this once, when it is imported.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(
        prefix="azals-metrics-", dir=worker_tmp_dir
    )

    def child_exit(server, worker):
        """Take the gauges of a worker that ended out of /metrics."""
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)

    def on_exit(server):
        """Leave no metrics behind in memory."""
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"])
