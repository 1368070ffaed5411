# More pods on the same node change nothing for the other one.
# misses: outside, inside
kubectl scale deployment shop --replicas 3
