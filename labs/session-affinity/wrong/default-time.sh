# The three hours that are the default were left.
# misses: timeout
kubectl patch svc shop -p '{"spec":{"sessionAffinity":"ClientIP"}}'
