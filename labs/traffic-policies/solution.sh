# Imperative.
kubectl patch svc outer -p '{"spec":{"externalTrafficPolicy":"Local"}}'
kubectl patch svc inner -p '{"spec":{"internalTrafficPolicy":"Local"}}'
kubectl scale deployment web --replicas 2
