"""M/M/c in SimPy, a process per customer: python3 simpy-mmc.py SERVERS LAMBDA MU CUSTOMERS SEED. Prints one line of JSON."""

import json
import random
import sys
import time

import simpy

servers, rate, mu, customers, seed = (kind(word) for kind, word in zip((int, float, float, int, int), sys.argv[1:]))
draw = random.Random(seed)
waited = 0.0


def customer(env, desk):
    global waited
    came = env.now
    with desk.request() as request:
        yield request
        waited += env.now - came
        yield env.timeout(draw.expovariate(mu))


def source(env, desk):
    for _ in range(customers):
        yield env.timeout(draw.expovariate(rate))
        env.process(customer(env, desk))


env = simpy.Environment()
desk = simpy.Resource(env, servers)
began = time.perf_counter()
env.process(source(env, desk))
env.run()
seconds = time.perf_counter() - began
print(json.dumps({"version": simpy.__version__, "seconds": seconds, "meanWait": waited / customers}))
