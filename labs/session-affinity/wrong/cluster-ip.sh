# The word of the old notes, which the API refuses.
# misses: sticky, timeout, spread
kubectl patch svc shop -p '{"spec":{"sessionAffinity":"ClusterIP"}}'
