# With one pod left everything is the same pod, but the shop has lost its strength, and news with it.
# misses: sticky, timeout, spread
kubectl scale deployment shop --replicas 1
