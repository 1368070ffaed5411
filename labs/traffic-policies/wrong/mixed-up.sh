# The two policies were mixed up: outer got the inner one, and inner has no door to the outside.
# misses: outer, inner, workers
kubectl patch svc outer -p '{"spec":{"internalTrafficPolicy":"Local"}}'
kubectl patch svc inner -p '{"spec":{"externalTrafficPolicy":"Local"}}'
kubectl scale deployment web --replicas 2
