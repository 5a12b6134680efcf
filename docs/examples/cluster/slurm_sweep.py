"""A sweep on a SLURM cluster: workers are jobs of the queue, and end with the sweep.

``python slurm_sweep.py rankings --over country=KAZ,UZB --over lang=kk,ru,en`` takes the arguments of
``digital-diplomacy sweep``. Run it in the folder of the project, on a node from which jobs can be sent; the folder and
the environment have to be on a disk that all nodes see.
"""

import subprocess
import sys
from pathlib import Path

from dask_jobqueue.slurm import SLURMCluster

PROJECT = Path.cwd()
WORKERS = 4  # jobs

JOB = {
    "queue": "normal",  # partition; `sinfo` lists those there are
    "account": None,  # who pays, where the cluster asks
    "cores": 4,
    "processes": 4,  # a notebook has one thread: as many processes as cores
    "memory": "16GB",
    "walltime": "01:00:00",
    "python": sys.executable,  # of this environment, on every node
    "job_script_prologue": [f'cd "{PROJECT}"'],  # a worker works on the project it is started in
    "worker_extra_args": ["--no-dashboard"],
}


def main(words: list[str]) -> int:
    """Start the workers, sweep on them, and say how the sweep ended."""
    with SLURMCluster(**JOB, scheduler_options={"dashboard": False}) as cluster:
        cluster.scale(jobs=WORKERS)
        cluster.wait_for_workers(1)  # jobs may have to wait in the queue
        command = [sys.executable, "-m", "digital_diplomacy", "sweep", *words, "--scheduler", cluster.scheduler_address]
        return subprocess.run(command, cwd=PROJECT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
