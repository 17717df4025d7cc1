"""What Python's multiprocessing makes of the calls of the bench `pool`. Driven by lines of JSON on stdin: one question a
line, answered by one line on stdout."""
import json
import multiprocessing
import os
import signal
import sys
import time

now = time.perf_counter


def increment(params):
    return {"value": params["value"] + 1}


def negate(value):
    return -value


def echo(data):
    return data


def work(params):
    time.sleep(params["workMs"] / 1000)
    return {"pid": os.getpid()}


def say_ready(connection):
    connection.send("ready")
    connection.recv()  # lives until its parent ends it


def times_of(count, call):
    times = []
    for index in range(count):
        began = now()
        call(index)
        times.append((now() - began) * 1000)
    return times


class Peer:
    def __init__(self, method):
        self.context = multiprocessing.get_context(method)
        self.pool = self.context.Pool(1)

    def version(self):
        return sys.version.split()[0]

    def round_trips(self, count):
        return times_of(count, lambda index: self.pool.apply(increment, ({"value": index},)))

    def map(self, payload, hosts, count):
        """Seconds; the workers run before the clock does."""
        function = increment if payload == "object" else negate
        inputs = [{"value": index} for index in range(count)] if payload == "object" else list(range(count))
        with self.context.Pool(hosts) as pool:
            pool.map(function, inputs[: hosts * 100])
            began = now()
            results = pool.map(function, inputs)
            seconds = now() - began
        if results[-1] != function(inputs[-1]):
            raise RuntimeError("a wrong result")
        return seconds

    def echoes(self, size, count):
        data = os.urandom(size)
        return times_of(count, lambda _: self.pool.apply(echo, (data,)))

    def start(self):
        began = now()
        here, there = self.context.Pipe()
        process = self.context.Process(target=say_ready, args=(there,))
        process.start()
        here.recv()
        elapsed = (now() - began) * 1000
        here.send("end")
        process.join()
        return elapsed

    def kill(self, calls, work_ms, kill_after, wait_seconds):
        """Kills a worker while it works. What has no answer when `wait_seconds` are over is unanswered."""
        outcome = {"succeeded": 0, "failed": 0, "unanswered": 0, "error": None}
        pool = self.context.Pool(2)
        pending = [pool.apply_async(work, ({"workMs": work_ms},)) for _ in range(calls)]
        deadline = None
        for index, result in enumerate(pending):
            if index == kill_after:
                os.kill(pool._pool[0].pid, signal.SIGKILL)
                deadline = now() + wait_seconds
            try:
                result.get(None if deadline is None else max(0, deadline - now()))
                outcome["succeeded"] += 1
            except multiprocessing.TimeoutError:
                outcome["unanswered"] += 1
            except Exception as error:
                outcome["failed"] += 1
                outcome["error"] = str(error)
        return outcome  # and no terminate: a pool that has lost a worker can wait there for ever

    def next_after_kill(self, wait_seconds):
        """Milliseconds from the kill of the worker at work to the answer of the next call; null when there is none."""
        pid = self.pool.apply(work, ({"workMs": 0},))["pid"]
        self.pool.apply_async(work, ({"workMs": 1000},))
        time.sleep(0.1)
        os.kill(pid, signal.SIGKILL)
        began = now()
        try:
            self.pool.apply_async(work, ({"workMs": 0},)).get(wait_seconds)
        except multiprocessing.TimeoutError:
            return None
        return (now() - began) * 1000


def main():
    peer = Peer(sys.argv[1])
    for line in sys.stdin:
        question = json.loads(line)
        answer = getattr(peer, question["do"])(*question["args"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
