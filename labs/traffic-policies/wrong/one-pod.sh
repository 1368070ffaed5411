# Still one pod: the other worker falls silent.
# misses: workers, inner
kubectl patch svc outer -p '{"spec":{"externalTrafficPolicy":"Local"}}'
kubectl patch svc inner -p '{"spec":{"internalTrafficPolicy":"Local"}}'
