# The field counts seconds, not minutes.
# misses: timeout
kubectl patch svc shop -p '{"spec":{"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":10}}}}'
